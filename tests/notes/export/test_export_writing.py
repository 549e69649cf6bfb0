"""A file is written only where it may leave, and holds every line of the note."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from assistant.domain import Part2
from assistant.errors import OutputError
from assistant.handout import FileKind, Recipient, ReleaseConsent
from assistant.notes import sentences as say
from assistant.notes.document import Document, DocumentLine, DocumentPart, LineKind
from assistant.notes.export import write
from assistant.notes.notices import part2_notice

if TYPE_CHECKING:
    from collections.abc import Callable


def to_record(document: Document, kind: FileKind, at: dt.datetime, part2: Part2 = Part2.UNKNOWN) -> bytes:
    """Return the file of a note for the clinic's own record."""
    return write(document, kind, recipient=Recipient.RECORD, part2=part2, at=at)


def with_line(document: Document, text: str) -> Document:
    """Return the note with another plan."""
    plan = DocumentPart("Plan", (DocumentLine(text, LineKind.HAND, section=say.PLAN),))
    return replace(document, parts=(*document.parts[:-1], plan))


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "draft"])
@pytest.mark.parametrize("kind", FileKind)
def test_every_line_is_in_the_file(
    kind: FileKind,
    signed: bool,
    make: Callable[..., Document],
    at: dt.datetime,
    everything: Callable[[bytes], str],
) -> None:
    """Speech, a clinician's words, counts, name, date, notices and signature: all is there, and a draft is marked."""
    document = make(signed=signed, speech=40)

    data = to_record(document, kind, at)

    if kind is FileKind.PDF:
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    else:
        text = everything(data)
    squeezed = re.sub(r"[\s\\]", "", text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    wanted = [document.title, document.member, "2026-01-15", *document.notices]
    wanted += [line.text for part in document.parts for line in part.lines]
    wanted += ["Dana Ruiz, LCSW", "2026-01-15 16:02 UTC"] if signed else ["DRAFT. Not signed by a clinician."]
    assert [text for text in wanted if "".join(text.split()) not in squeezed] == []
    assert ("DRAFT" in squeezed) is not signed
    assert "u417" not in squeezed


@pytest.mark.parametrize("kind", [kind for kind in FileKind if kind is not FileKind.FHIR])
def test_the_same_note_gives_the_same_bytes(kind: FileKind, make: Callable[..., Document], at: dt.datetime) -> None:
    """No time and no chance is in a file, so that a copy can be known by its checksum."""
    assert to_record(make(), kind, at) == to_record(make(), kind, at + dt.timedelta(days=3))


@pytest.mark.parametrize("kind", FileKind)
def test_a_file_is_written_and_proved_quickly(kind: FileKind, make: Callable[..., Document], at: dt.datetime) -> None:
    """A file of some pages takes less than 300 ms of one core, once its library is there."""
    document = make(speech=30)
    to_record(document, kind, at)
    took: list[float] = []
    for _ in range(4):
        begun = time.process_time()
        to_record(document, kind, at)
        took.append(time.process_time() - begun)

    assert min(took) < 0.3


def test_the_libraries_wait_until_a_file_is_asked_for() -> None:
    """Asking for help must not load what writes files."""
    heavy = {"docx", "reportlab", "pypdf", "fhir", "pydantic"}
    code = "import sys, assistant.notes.export, assistant.notes.presets; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert not {name.split(".")[0] for name in done.stdout.split()} & heavy


@pytest.mark.parametrize("recipient", [r for r in Recipient if r is not Recipient.RECORD])
def test_a_draft_goes_to_nobody(
    recipient: Recipient, make: Callable[..., Document], at: dt.datetime, consent: ReleaseConsent
) -> None:
    """Without a signature there is no file for anyone outside."""
    whole = replace(consent, kinds=tuple(Recipient), expiry="end of treatment")
    draft = make(signed=False, consent=whole, recipient=recipient)

    with pytest.raises(OutputError, match="not signed"):
        write(draft, FileKind.TEXT, recipient=recipient, part2=Part2.YES, at=at, consent=whole)


def test_no_consent_no_file(make: Callable[..., Document], at: dt.datetime, consent: ReleaseConsent) -> None:
    """The last to ask before a note leaves asks for the consent again, and names what is missing of it."""
    unsigned = replace(consent, signed_by="", revoked_on=dt.date(2026, 1, 10))
    document = make(consent=unsigned, recipient=Recipient.PAYER)

    with pytest.raises(OutputError, match=r"\(signed_by, revoked\)"):
        write(document, FileKind.TEXT, recipient=Recipient.PAYER, part2=Part2.UNKNOWN, at=at, consent=unsigned)
    with pytest.raises(OutputError, match=r"\(consent\)"):
        write(document, FileKind.TEXT, recipient=Recipient.PAYER, part2=Part2.UNKNOWN, at=at)


@pytest.mark.parametrize("kind", FileKind)
def test_a_payer_gets_no_quotation(
    kind: FileKind,
    make: Callable[..., Document],
    at: dt.datetime,
    consent: ReleaseConsent,
    everything: Callable[[bytes], str],
) -> None:
    """A whole note is refused for a payer; the payer's own holds neither speech nor assessment."""
    whole = make(consent=consent)
    with pytest.raises(OutputError, match="may not have"):
        write(whole, kind, recipient=Recipient.PAYER, part2=Part2.YES, at=at, consent=consent)

    data = write(
        make(consent=consent, recipient=Recipient.PAYER),
        kind,
        recipient=Recipient.PAYER,
        part2=Part2.YES,
        at=at,
        consent=consent,
    )

    assert not [canary for canary in ("zebra lamp", "copper violin") if canary in everything(data)]


@pytest.mark.parametrize("part2", [Part2.YES, Part2.UNKNOWN])
def test_without_its_notice_nothing_leaves_a_part_2_group(
    part2: Part2, make: Callable[..., Document], at: dt.datetime, consent: ReleaseConsent
) -> None:
    """The notice of 42 CFR 2.32, and with a consent its scope, must stand in the note word for word."""
    notices = make(part2=part2, consent=consent).notices

    for gone in range(len(notices)):
        less = replace(make(consent=consent), notices=(*notices[:gone], *notices[gone + 1 :]))
        with pytest.raises(OutputError, match="notice"):
            write(less, FileKind.PDF, recipient=Recipient.CLINICIAN, part2=part2, at=at, consent=consent)


@pytest.mark.parametrize("kind", FileKind)
def test_the_notice_stands_on_page_1_of_every_kind(
    kind: FileKind, make: Callable[..., Document], at: dt.datetime, everything: Callable[[bytes], str]
) -> None:
    """Before the first heading; in a PDF on its first page."""
    data = to_record(make(speech=60), kind, at)
    text = PdfReader(io.BytesIO(data)).pages[0].extract_text() if kind is FileKind.PDF else everything(data)
    squeezed = "".join(text.split())

    for notice in (part2_notice().short, part2_notice().long):
        place = squeezed.find("".join(notice.split()))
        assert 0 <= place < squeezed.find("Interventions")


def test_a_notice_that_does_not_fit_on_page_1_is_refused(
    make: Callable[..., Document], at: dt.datetime, consent: ReleaseConsent
) -> None:
    """A consent whose words fill a page pushes the notices off it: better no file."""
    endless = replace(consent, description="progress notes and what belongs to them, " * 200)
    document = make(consent=endless)

    with pytest.raises(OutputError, match="page 1"):
        write(document, FileKind.PDF, recipient=Recipient.CLINICIAN, part2=Part2.YES, at=at, consent=endless)


@pytest.mark.parametrize("kind", FileKind)
@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param("To\u200bbias", id="zero width space"),
        pytest.param("To\u200dbias", id="joiner between letters"),
        pytest.param("To\ufe0fbias", id="variation selector"),
        pytest.param("\u202esaiboT", id="turned around"),
        pytest.param("To\u00adbias", id="soft hyphen"),
        pytest.param("To\u034fbias", id="grapheme joiner"),
        pytest.param("a\x00b", id="null"),
        pytest.param("a\x1b[31mb", id="escape sequence"),
        pytest.param("\U000e0054\U000e006f", id="tags"),
        pytest.param("To\u3164bias", id="filler"),
    ],
)
def test_what_nobody_can_see_is_refused(
    hidden: str, kind: FileKind, make: Callable[..., Document], at: dt.datetime
) -> None:
    """A name that the gate reads in two halves must not be whole on paper."""
    with pytest.raises(OutputError, match="cannot be seen") as refused:
        to_record(with_line(make(), f"Talked of {hidden} at home."), kind, at)

    assert "bias" not in str(refused.value)


@pytest.mark.parametrize("kind", [FileKind.MARKDOWN, FileKind.TEXT, FileKind.DOCX, FileKind.FHIR])
@pytest.mark.parametrize("seen", ["مريم حداد", "אברהם", "👩‍👧 and 🙂️", "日本", "می‌خواهم", "x" * 5000])
def test_every_script_and_sign_can_be_written(
    seen: str, kind: FileKind, make: Callable[..., Document], at: dt.datetime
) -> None:
    """Names in any script, emoji and endless words stand in every kind but the PDF, which has one font."""
    assert to_record(with_line(make(), seen), kind, at)


@pytest.mark.parametrize("field", ["line", "heading", "title"])
def test_an_empty_line_is_refused(field: str, make: Callable[..., Document], at: dt.datetime) -> None:
    """What is empty cannot be proved to be there."""
    document = make()
    broken = {
        "line": with_line(document, "  "),
        "heading": replace(document, parts=(DocumentPart(" ", ()),)),
        "title": replace(document, title=""),
    }[field]

    with pytest.raises(OutputError, match="empty"):
        to_record(broken, FileKind.DOCX, at)


@pytest.mark.parametrize("kind", FileKind)
def test_a_part_without_lines_is_its_heading(
    kind: FileKind, make: Callable[..., Document], at: dt.datetime, everything: Callable[[bytes], str]
) -> None:
    """An empty part neither breaks a file nor vanishes from it."""
    data = to_record(make(more=(DocumentPart("Quarterly review", ()),)), kind, at)
    text = PdfReader(io.BytesIO(data)).pages[0].extract_text() if kind is FileKind.PDF else everything(data)

    assert "Quarterly review" in text


def test_plain_text_has_one_paragraph_a_line(make: Callable[..., Document], at: dt.datetime) -> None:
    """A record system breaks the lines; it gets no marks, no tabs and no carriage returns."""
    text = to_record(make(part2=Part2.NO), FileKind.TEXT, at, Part2.NO).decode()

    assert text.splitlines()[:3] == [
        "Group session note",
        "Member: Priscilla Okonkwo",
        "Date of session: 2026-01-15",
    ]
    assert "“I keep the zebra lamp by my bed & it's *mine*, <0> “really”.”\n" in text
    assert not re.search(r"[\t\r]|^#", text, re.MULTILINE)


def test_a_docx_is_a_package_that_a_reader_takes(make: Callable[..., Document], at: dt.datetime) -> None:
    """Every part is whole, and its content type is known."""
    with zipfile.ZipFile(io.BytesIO(to_record(make(), FileKind.DOCX, at))) as package:
        assert package.testzip() is None
        assert package.namelist()[0] == "[Content_Types].xml"
        assert not [name for name in package.namelist() if "docProps" in name or "custom" in name]


@pytest.mark.parametrize("kind", FileKind)
def test_what_a_library_says_of_a_note_goes_nowhere(
    kind: FileKind, make: Callable[..., Document], at: dt.datetime
) -> None:
    """A foreign error may quote what it choked on; the one line that comes of it does not, nor does its cause."""
    broken = replace(make(), date="walrus ladder")  # type: ignore[arg-type] # what no writer can use

    with pytest.raises(OutputError, match="could not be made") as refused:
        to_record(broken, kind, at)
    assert "walrus" not in str(refused.value)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("kind", FileKind)
@pytest.mark.parametrize("where", ["line", "heading", "title", "signature", "member"])
def test_a_text_longer_than_a_page_is_written_or_refused_in_one_line(
    kind: FileKind, where: str, make: Callable[..., Document], at: dt.datetime
) -> None:
    """Nothing is so long that words of it come back in an error."""
    long = "walrus " * 3000
    document = {
        "line": with_line(make(), long),
        "heading": make(more=(DocumentPart(long, ()),)),
        "title": replace(make(), title=long),
        "signature": replace(make(), signature=long),
        "member": replace(make(), member=long),
    }[where]

    if kind is FileKind.PDF and where in {"title", "member"}:
        with pytest.raises(OutputError, match="page 1") as refused:
            to_record(document, kind, at)
        assert "walrus" not in str(refused.value)
    else:
        assert to_record(document, kind, at)
