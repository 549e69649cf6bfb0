"""Whatever is put into finished bytes, or taken out of them, the proof finds: it reads the bytes, not the writer."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from assistant.domain import Part2
from assistant.errors import OutputError
from assistant.handout import FileKind, Recipient
from assistant.notes.document import Document, LineKind
from assistant.notes.export import (
    docx_file,
    docx_text,
    fhir_file,
    fhir_resources,
    fhir_text,
    pdf_file,
    pdf_text,
    text_file,
    write,
)
from assistant.notes.export.proof import prove

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

CANARY = "walrus ladder"


def held(document: Document, kind: FileKind, data: bytes, at: dt.datetime) -> None:
    """Prove bytes against a document, as ``write`` does."""
    match kind:
        case FileKind.MARKDOWN:
            prove(document, text_file.from_markdown(data))
        case FileKind.TEXT:
            prove(document, text_file.from_plain(data))
        case FileKind.DOCX:
            prove(document, docx_text.from_docx(data, docx_file.specimen()), docx_text.margins(document))
        case FileKind.PDF:
            taken = pdf_text.from_pdf(data, pdf_file.specimen(), draft=document.is_draft)
            prove(document, taken, pdf_text.margins(document, len(taken.pages)))
        case FileKind.FHIR:
            model = fhir_file.specimen(
                recipient=Recipient.RECORD, part2=Part2.UNKNOWN, consent=None, draft=document.is_draft
            )
            for taken in fhir_text.from_bundle(data, model, document, fhir_resources.days(document, at, None)):
                prove(document, taken)


def written(document: Document, kind: FileKind, at: dt.datetime) -> bytes:
    """Return the file of a note for the clinic's own record."""
    return write(document, kind, recipient=Recipient.RECORD, part2=Part2.UNKNOWN, at=at)


@pytest.mark.parametrize("kind", FileKind)
def test_bytes_as_they_were_written_are_proved(kind: FileKind, make: Callable[..., Document], at: dt.datetime) -> None:
    """What follows fails for what was done to the bytes, and for nothing else."""
    held(make(), kind, written(make(), kind, at), at)


@pytest.mark.parametrize("kind", FileKind)
@pytest.mark.parametrize("change", ["line", "member", "date", "signature", "time", "kind", "order", "less", "draft"])
def test_the_bytes_of_another_note_are_refused(
    change: str, kind: FileKind, make: Callable[..., Document], at: dt.datetime
) -> None:
    """One word, one name, one day, one line more or less, another order: none passes for the other."""
    document = make()
    first, second, *rest = document.parts
    one, *lines = first.lines
    other = {
        "line": replace(document, parts=(replace(first, lines=(replace(one, text="Other."), *lines)), second, *rest)),
        "member": replace(document, member="Tobias Lindgren"),
        "date": replace(document, date=document.date.replace(day=16)),
        "signature": replace(document, signature="Noor Haddad, LMFT"),
        "time": replace(document, signed_at=at),
        "kind": replace(
            document, parts=(replace(first, lines=(replace(one, kind=LineKind.SPEECH), *lines)), second, *rest)
        ),
        "order": replace(document, parts=(second, first, *rest)),
        "less": replace(document, parts=(first, *rest)),
        "draft": replace(document, signature="", signed_at=None),
    }[change]

    with pytest.raises(OutputError, match="does not hold the note") as refused:
        held(document, kind, written(other, kind, at), at)
    assert "Lindgren" not in str(refused.value)


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a package with one part changed, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, change(old.read(info)) if info.filename == name else old.read(info))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


def _commented(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.comment = CANARY.encode()
    return out.getvalue()


BODY = "word/document.xml"
END = b"</w:body>"
DOCX_TRICKS: dict[str, Callable[[bytes], bytes]] = {
    "a paragraph": lambda d: with_part(
        d, BODY, lambda x: x.replace(END, f"<w:p><w:r><w:t>{CANARY}</w:t></w:r></w:p>".encode() + END)
    ),
    "hidden text": lambda d: with_part(
        d,
        BODY,
        lambda x: x.replace(END, f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{CANARY}</w:t></w:r></w:p>".encode() + END),
    ),
    "deleted text": lambda d: with_part(
        d, BODY, lambda x: x.replace(b"</w:p>", f"<w:r><w:delText>{CANARY}</w:delText></w:r></w:p>".encode(), 1)
    ),
    "an attribute": lambda d: with_part(d, BODY, lambda x: x.replace(b"<w:p>", b'<w:p w:rsidR="walrus">', 1)),
    "a remark": lambda d: with_part(d, BODY, lambda x: x.replace(END, f"<!--{CANARY}-->".encode() + END)),
    "an instruction": lambda d: with_part(d, BODY, lambda x: x.replace(END, b"<?walrus ladder?>" + END)),
    "a header": lambda d: with_part(
        d, "word/header1.xml", lambda x: x.replace(b"</w:p>", f"<w:r><w:t>{CANARY}</w:t></w:r></w:p>".encode())
    ),
    "a footer": lambda d: with_part(d, "word/footer1.xml", lambda x: x.replace(b">Page ", b">Walrus ")),
    "a style": lambda d: with_part(d, "word/styles.xml", lambda x: x.replace(b"Note Quote", b"Walrus")),
    "properties": lambda d: with_part(
        d, "docProps/core.xml", lambda _: f"<coreProperties><creator>{CANARY}</creator></coreProperties>".encode()
    ),
    "comments": lambda d: with_part(d, "word/comments.xml", lambda _: CANARY.encode()),
    "a note on the package": _commented,
    "bytes before the package": lambda d: CANARY.encode() + d,
}


@pytest.mark.parametrize("trick", DOCX_TRICKS)
def test_nothing_hides_in_a_docx(trick: str, make: Callable[..., Document], at: dt.datetime) -> None:
    """Text, hidden or deleted, attributes, remarks, margins, styles, properties, comments, the package itself."""
    data = DOCX_TRICKS[trick](written(make(), FileKind.DOCX, at))

    with pytest.raises(OutputError):
        held(make(), FileKind.DOCX, data, at)


def _pdf(change: Callable[[PdfWriter], object]) -> Callable[[bytes], bytes]:
    def changed(data: bytes) -> bytes:
        writer = PdfWriter(clone_from=io.BytesIO(data))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return changed


def _more_pages(writer: PdfWriter) -> None:
    writer.append(io.BytesIO(pdf_file.specimen()))


def _annotate(writer: PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text=CANARY, rect=(0, 0, 90, 20)))


def _orphan(writer: PdfWriter) -> None:
    writer._add_object(TextStringObject(CANARY))


def _script(writer: PdfWriter) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(f"// {CANARY}")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)


PDF_TRICKS: dict[str, Callable[[bytes], bytes]] = {
    "metadata": _pdf(lambda w: w.add_metadata({"/Author": CANARY})),
    "a key": _pdf(lambda w: w.add_metadata({"/Walrus": ""})),
    "an attachment": _pdf(lambda w: w.add_attachment("x.txt", CANARY.encode())),
    "a bookmark": _pdf(lambda w: w.add_outline_item(title=CANARY, page_number=0)),
    "a script": _pdf(_script),
    "an annotation": _pdf(_annotate),
    "another page": _pdf(_more_pages),
    "a remark behind the end": lambda d: d + f"% {CANARY}".encode(),
    "a remark before the trailer": lambda d: d.replace(b"\ntrailer", f"\n% {CANARY}\ntrailer".encode()),
    "an object that nothing shows": _pdf(_orphan),
}


@pytest.mark.parametrize("trick", PDF_TRICKS)
def test_nothing_hides_in_a_pdf(trick: str, make: Callable[..., Document], at: dt.datetime) -> None:
    """Metadata, attachments, bookmarks, scripts, annotations, pages, and objects that nothing points to."""
    data = PDF_TRICKS[trick](written(make(), FileKind.PDF, at))

    with pytest.raises(OutputError):
        held(make(), FileKind.PDF, data, at)


def test_a_pdf_that_pypdf_wrote_again_is_still_proved(make: Callable[..., Document], at: dt.datetime) -> None:
    """So that the tricks above are refused for what they add."""
    held(make(), FileKind.PDF, _pdf(lambda w: w.add_metadata({"/Producer": ""}))(written(make(), FileKind.PDF, at)), at)


def _json(change: Callable[[dict[str, dict[str, object]]], object]) -> Callable[[bytes], bytes]:
    def changed(data: bytes) -> bytes:
        bundle = json.loads(data)
        by_kind = {entry["resource"]["resourceType"]: entry["resource"] for entry in bundle["entry"]}
        change({"Bundle": bundle, **by_kind})
        return json.dumps(bundle).encode()

    return changed


def _say(resource: dict[str, object], div: str) -> None:
    text = resource["text"]
    assert isinstance(text, dict)
    text["div"] = text["div"].replace("</div>", f"{div}</div>")


def _attach(reference: dict[str, object]) -> None:
    content = reference["content"]
    assert isinstance(content, list)
    content[0]["attachment"]["data"] = base64.b64encode(CANARY.encode()).decode()


FHIR_TRICKS: dict[str, Callable[[bytes], bytes]] = {
    "a paragraph": _json(lambda r: _say(r["Composition"], f"<p>{CANARY}</p>")),
    "text outside of a paragraph": _json(lambda r: _say(r["Composition"], CANARY)),
    "a remark": _json(lambda r: _say(r["Composition"], f"<!-- {CANARY} -->")),
    "an attribute": _json(lambda r: _say(r["Composition"], '<p title="walrus"></p>')),
    "a link": _json(lambda r: _say(r["Composition"], "<a></a>")),
    "a name": _json(lambda r: r["Patient"].update(name=[{"use": "official", "text": CANARY}])),
    "a clinician": _json(lambda r: r["Practitioner"].update(name=[{"text": CANARY}])),
    "a title": _json(lambda r: r["Composition"].update(title=CANARY)),
    "an extension": _json(lambda r: r["Device"].update(extension=[{"url": "x", "valueString": CANARY}])),
    "an identifier": _json(lambda r: r["Bundle"].update(identifier={"system": "x", "value": "walrus"})),
    "a description": _json(lambda r: r["DocumentReference"].update(description=CANARY)),
    "an attachment": _json(lambda r: _attach(r["DocumentReference"])),
    "a day": _json(lambda r: r["AuditEvent"].update(recorded="1961-04-12T00:00:00Z")),
    "a narrative": _json(lambda r: r["Patient"].update(text={"status": "additional", "div": f"<div>{CANARY}</div>"})),
    "a key": _json(lambda r: r["Device"].update({CANARY: []})),
}


@pytest.mark.parametrize("trick", FHIR_TRICKS)
def test_nothing_hides_in_a_bundle(trick: str, make: Callable[..., Document], at: dt.datetime) -> None:
    """Every string and every key is the note's, a code of the frame, a random address or a day of this export."""
    data = FHIR_TRICKS[trick](written(make(), FileKind.FHIR, at))

    with pytest.raises(OutputError):
        held(make(), FileKind.FHIR, data, at)


@pytest.mark.parametrize("kind", [FileKind.MARKDOWN, FileKind.TEXT])
@pytest.mark.parametrize("where", [0, 40, -1])
def test_nothing_hides_in_text(kind: FileKind, where: int, make: Callable[..., Document], at: dt.datetime) -> None:
    """A word more is refused wherever it stands."""
    data = written(make(), kind, at)

    with pytest.raises(OutputError):
        held(make(), kind, data[:where] + b" walrus " + data[where:], at)


def test_pages_are_numbered_and_a_draft_says_so_on_each(make: Callable[..., Document], at: dt.datetime) -> None:
    """A page that is parted from the rest still says which it is of how many, and that nobody signed."""
    pages = PdfReader(io.BytesIO(written(make(signed=False, speech=60), FileKind.PDF, at))).pages

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()
        assert "DRAFT. Not signed by a clinician." in page.extract_text()
