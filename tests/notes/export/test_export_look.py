"""What a PDF can show it shows, and what it cannot it refuses in one line; the note reads from top to bottom."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest
from pypdf import PdfReader

from assistant.domain import Part2
from assistant.errors import OutputError
from assistant.handout import FileKind, Recipient
from assistant.notes.export import write

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from assistant.notes.document import Document


def to_record(document: Document, kind: FileKind, at: dt.datetime) -> bytes:
    """Return the file of a note for the clinic's own record."""
    return write(document, kind, recipient=Recipient.RECORD, part2=Part2.UNKNOWN, at=at)


@pytest.mark.parametrize(
    "name",
    [
        "José Núñez",
        "Łukasz Żółć",
        "Ștefan Țepeș",
        "Nguyễn Thị Ánh",
        "Nguye\u0302\u0303n",
        "Ольга Жукова",
        "Ωμέγα Νίκη",
        "Ğülşen İnönü",
        "Þóra Æðý",
        "Keali\u02bbi O\u02bbahu",
        "D\u2019Arcy-O'Neil",
    ],
)
def test_a_pdf_shows_the_name(name: str, make: Callable[..., Document], at: dt.datetime) -> None:
    """Every letter of it, in the regular and in the bold font, comes back out of the page."""
    page = PdfReader(io.BytesIO(to_record(replace(make(), member=name), FileKind.PDF, at))).pages[0]

    assert "�" not in page.extract_text()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        pytest.param("مريم حداد", "right to left", id="Arabic"),
        pytest.param("אברהם", "right to left", id="Hebrew"),
        pytest.param("佐藤 花子", "a character", id="Japanese"),
        pytest.param("Anna 🧿", "a character", id="emoji"),
    ],
)
def test_a_pdf_refuses_what_it_cannot_show(name: str, why: str, make: Callable[..., Document], at: dt.datetime) -> None:
    """No box stands for a letter and no name is read backwards; the line says which kinds can, and not the name."""
    with pytest.raises(OutputError, match=why) as refused:
        to_record(replace(make(), member=name), FileKind.PDF, at)

    assert "docx" in str(refused.value)
    assert not [part for part in name.split() if part in str(refused.value)]
    assert "\n" not in str(refused.value)


def test_a_docx_has_its_headings_quotations_and_margins(make: Callable[..., Document], at: dt.datetime) -> None:
    """Word finds a heading by its style, and quotations are indented between quotation marks."""
    word = docx.Document(io.BytesIO(to_record(make(signed=False), FileKind.DOCX, at)))
    looks: dict[str | None, list[str]] = {}
    for paragraph in word.paragraphs:
        assert paragraph.style is not None
        looks.setdefault(paragraph.style.name, []).append(paragraph.text)

    assert looks["Note Title"] == ["Group session note"]
    assert looks["Note Heading"][0] == "Session"
    assert all(text.startswith("“") and text.endswith("”") for text in looks["Note Quote"])
    assert word.styles["Note Quote"].paragraph_format.left_indent > 0
    assert [p.text for p in word.sections[0].header.paragraphs] == ["DRAFT. Not signed by a clinician."]
    assert "PAGE" in word.sections[0].footer._element.xml
    assert "NUMPAGES" in word.sections[0].footer._element.xml


def test_a_signed_docx_has_an_empty_head(make: Callable[..., Document], at: dt.datetime) -> None:
    """What is signed is no draft."""
    word = docx.Document(io.BytesIO(to_record(make(), FileKind.DOCX, at)))

    assert [p.text for p in word.sections[0].header.paragraphs] == [""]


def test_neither_kind_has_properties(make: Callable[..., Document], at: dt.datetime) -> None:
    """No author, no title, no last user, no time."""
    info = PdfReader(io.BytesIO(to_record(make(), FileKind.PDF, at))).metadata
    word = docx.Document(io.BytesIO(to_record(make(), FileKind.DOCX, at)))

    assert info is not None
    assert {info.title, info.author, info.subject, info.creator, info.producer} <= {"", None}
    assert {r.target_part.partname for r in word.part.package.rels.values()} == {"/word/document.xml"}
