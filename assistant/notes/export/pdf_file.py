"""A document as a PDF. The file that imports reportlab for notes.

The bytes hold no metadata, no bookmark, no link and no time; the letters are embedded. A character that the font does
not have, or that runs from right to left (which needs shaping that reportlab does not do), is refused: a box or a name
read backwards in a chart is worse than another kind of file.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import unicodedata
from importlib.resources import as_file, files
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm, inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, HRFlowable, KeepTogether, PageTemplate, Paragraph

from assistant.domain import PersonId
from assistant.errors import OutputError
from assistant.notes.document import Document, DocumentLine, DocumentPart, LineKind
from assistant.notes.export import furniture
from assistant.notes.export.proof import wanted
from assistant.notes.export.script import Item, Look, foot, head, part

BODY, BOLD = "NoteSans", "NoteSansBold"
"""DejaVu Sans Condensed, which has the letters of every name that is written in Latin, Greek or Cyrillic."""
_FILES = {BODY: "DejaVuSansCondensed.ttf", BOLD: "DejaVuSansCondensed-Bold.ttf"}
_GREY, _RULE, _RED = HexColor(0x555555), HexColor(0x999999), HexColor(0x9B1C1C)
_MARGIN = 0.9 * inch


def pdf_bytes(document: Document) -> bytes:
    """Return the document as a PDF, Letter size, with "Page 1 of 2" at its foot.

    Raises:
        OutputError: A character cannot be shown, or a page cannot hold what must stand on it.
    """
    _require_letters(document)
    out = io.BytesIO()
    frame = Frame(
        _MARGIN,
        _MARGIN,
        LETTER[0] - 2 * _MARGIN,
        LETTER[1] - 2 * _MARGIN,
        0,
        0,
        0,
        0,  # its own padding
    )
    template = BaseDocTemplate(out, pagesize=LETTER, pageCompression=1, invariant=1, initialFontName=BODY, lang="en")
    template.addPageTemplates(PageTemplate(frames=[frame]))
    template.build(_story(document), canvasmaker=functools.partial(_Pages, draft=document.is_draft))
    return out.getvalue()


@functools.cache
def specimen() -> bytes:
    """Return a file with one paragraph of every look and no word of anybody's: what may be in a file besides text."""
    # Long enough for lines to break in it.
    lines = tuple(DocumentLine("x " * 600, kind) for kind in LineKind)
    bare = Document(PersonId(""), "x", "x", dt.date(2000, 1, 1), (DocumentPart("x", lines),), "", None, ("x",))
    return pdf_bytes(bare)


class _Pages(Canvas):  # type: ignore[misc] # the library has no types
    """Pages that know how many they are: their margins are drawn when the last one is done."""

    def __init__(self, *args: object, draft: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._draft = draft
        self._done: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802 # the library's name
        self._done.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        info = self._doc.info
        info.title = info.author = info.subject = info.keywords = info.creator = info.producer = ""
        for number, page in enumerate(self._done, 1):
            self.__dict__.update(page)
            self.setFont(BODY, 8.5)
            self.setFillColor(_GREY)
            self.drawCentredString(LETTER[0] / 2, 0.5 * inch, furniture.page(number, len(self._done)))
            if self._draft:
                self.setFont(BOLD, 10)
                self.setFillColor(_RED)
                self.drawCentredString(LETTER[0] / 2, LETTER[1] - 0.55 * inch, furniture.DRAFT)
            super().showPage()
        super().save()


def _story(document: Document) -> list[Flowable]:
    story: list[Flowable] = [_paragraph(item) for item in head(document)]
    for one in document.parts:
        story.append(_together(part(one)[:2]))
        story.extend(_paragraph(item) for item in part(one)[2:])
    story.append(_together(foot(document)))
    return story


def _together(items: tuple[Item, ...]) -> Flowable:
    """Return a heading over its rule, and what must not be parted from it."""
    heading, *rest = map(_paragraph, items)
    rule = HRFlowable(width="100%", thickness=0.5, color=_RULE, spaceBefore=0, spaceAfter=4)
    return KeepTogether([heading, rule, *rest])


def _paragraph(item: Item) -> Flowable:
    text = escape(_composed(item.plain if not item.label else item.text))
    if item.label:
        text = f'<font name="{BOLD}">{escape(item.label)}</font> {text}'
    return Paragraph(text, _styles()[item.look], encoding="utf-8")


@functools.cache
def _styles() -> dict[Look, ParagraphStyle]:
    _register()
    line = ParagraphStyle("line", fontName=BODY, fontSize=10, leading=14, spaceAfter=4, splitLongWords=1)

    def style(look: Look, **values: object) -> ParagraphStyle:
        return ParagraphStyle(look.value, parent=line, **values)

    return {
        Look.TITLE: style(Look.TITLE, fontName=BOLD, fontSize=17, leading=21, spaceAfter=8),
        Look.MARK: style(Look.MARK, fontName=BOLD, textColor=_RED, spaceAfter=6),
        Look.FACT: style(Look.FACT, spaceAfter=2),
        Look.NOTICE: style(
            Look.NOTICE,
            fontSize=8,
            leading=10.5,
            textColor=_GREY,
            borderWidth=0.5,
            borderColor=_RULE,
            borderPadding=4,
            leftIndent=4,
            rightIndent=4,
            spaceBefore=12,
            spaceAfter=6,
        ),
        Look.HEADING: style(Look.HEADING, fontName=BOLD, fontSize=11.5, leading=15, spaceBefore=12, spaceAfter=1),
        Look.QUOTE: style(Look.QUOTE, leftIndent=0.9 * cm, rightIndent=0.9 * cm),
        Look.LINE: line,
    }


@functools.cache
def _register() -> None:
    folder = files("assistant.notes.export").joinpath("fonts")
    for name, file in _FILES.items():
        with as_file(folder.joinpath(file)) as path:
            pdfmetrics.registerFont(TTFont(name, path))


def _composed(text: str) -> str:
    """Return the text with each letter and its marks in one character where there is one: the font draws it whole."""
    return unicodedata.normalize("NFC", text)


_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def _require_letters(document: Document) -> None:
    _register()
    known = [pdfmetrics.getFont(name).face.charToGlyph for name in _FILES]
    for where, text in wanted(document):
        for char in _composed(text):
            if char.isspace():
                continue
            if unicodedata.bidirectional(char) in _RIGHT_TO_LEFT:
                raise OutputError(f"a PDF of this program cannot show {where}, which runs from right to left: {_ELSE}")
            if any(ord(char) not in glyphs for glyphs in known):
                raise OutputError(f"a PDF of this program cannot show a character in {where}: {_ELSE}")


_ELSE = "hand it out as docx, txt or md"
