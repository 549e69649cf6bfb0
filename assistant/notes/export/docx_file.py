"""A document as a Word file. The only file that imports python-docx.

The package holds no properties, no thumbnail and no custom XML, and its times are fixed: there is nothing in it that
could name anybody, and the same document gives the same bytes.
"""

from __future__ import annotations

import functools
import io
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Inches, Pt, RGBColor

from assistant.notes.export import furniture
from assistant.notes.export.script import Item, Look, script

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

    from assistant.notes.document import Document

FONT = "Arial"
"""On every machine with an office program; a script that it lacks is shown in a font that has it."""
_GREY = RGBColor(0x55, 0x55, 0x55)
_RED = RGBColor(0x9B, 0x1C, 0x1C)
_PLAIN_PARTS = frozenset({"/word/document.xml", "/word/styles.xml", "/word/settings.xml", "/word/fontTable.xml"})
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can say."""


def docx_bytes(document: Document) -> bytes:
    """Return the document as a Word file, Letter size, with "Page 1 of 2" at its foot."""
    return _package(script(document), draft=document.is_draft)


@functools.cache
def specimen() -> bytes:
    """Return a file with one paragraph of every look and no word of anybody's: what may be in a file besides text."""
    items = tuple(Item(look, "x", "x" if look is Look.FACT else "") for look in Look)
    return _package(items, draft=True)


def _package(items: tuple[Item, ...], *, draft: bool) -> bytes:
    word = docx.Document()
    _strip(word)
    _set_styles(word)
    _set_margins(word.sections[0], draft=draft)
    styles = {look: _style(word, _name(look)) for look in Look}
    for item in items:
        _add(word, item, styles[item.look])
    raw = io.BytesIO()
    word.save(raw)
    return _timeless(raw.getvalue())


def _strip(word: WordDocument) -> None:
    """Take away all that the library's template brings and a note does not need: properties, thumbnail, custom XML."""
    package = word.part.package
    if package is None:
        return
    for name, rel in tuple(package.rels.items()):
        if rel.target_part is not word.part:
            del package.rels[name]
    for name, rel in tuple(word.part.rels.items()):
        if rel.is_external or str(rel.target_part.partname) not in _PLAIN_PARTS:
            del word.part.rels[name]


def _set_styles(word: WordDocument) -> None:
    normal = _style(word, "Normal")
    normal.font.name = FONT
    normal.font.size = Pt(10.5)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(slot), FONT)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.15
    for look, size, before, after in (
        (Look.TITLE, 18, 0, 6),
        (Look.MARK, 10.5, 0, 6),
        (Look.FACT, 10.5, 0, 2),
        (Look.NOTICE, 8.5, 6, 0),
        (Look.HEADING, 12, 14, 4),
        (Look.QUOTE, 10.5, 0, 4),
        (Look.LINE, 10.5, 0, 4),
    ):
        style = word.styles.add_style(_name(look), WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size = Pt(size)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    title, mark, heading = (_style(word, _name(look)) for look in (Look.TITLE, Look.MARK, Look.HEADING))
    title.font.bold = mark.font.bold = heading.font.bold = True
    mark.font.color.rgb = _RED
    heading.paragraph_format.keep_with_next = True
    _border(heading, "bottom", "999999", 2)
    quote = _style(word, _name(Look.QUOTE))
    quote.paragraph_format.left_indent = Cm(0.9)
    quote.paragraph_format.right_indent = Cm(0.9)
    _border(quote, "left", "999999", 8)
    notice = _style(word, _name(Look.NOTICE))
    notice.font.color.rgb = _GREY
    for side in ("top", "left", "bottom", "right"):
        _border(notice, side, "999999", 4)


def _name(look: Look) -> str:
    return f"Note {look.value.capitalize()}"


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    style: ParagraphStyle = word.styles[name]
    return style


def _border(style: ParagraphStyle, side: str, colour: str, space: int) -> None:
    properties = style.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
        )
    line = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", "4"), ("space", str(space)), ("color", colour)):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)


def _set_margins(section: Section, *, draft: bool) -> None:
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin = section.bottom_margin = Inches(0.9)
    top = section.header.paragraphs[0]
    if draft:
        top.add_run(furniture.DRAFT).bold = True
        top.runs[0].font.color.rgb = _RED
    top.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, between = furniture.PAGE
    foot.add_run(f"{before} ")
    _field(foot, "PAGE")
    foot.add_run(f" {between} ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, instruction: str) -> None:
    """Add a number that the office program counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 # the library has no other way to a field


def _add(word: WordDocument, item: Item, style: ParagraphStyle) -> None:
    paragraph = word.add_paragraph(style=style)
    if item.label:
        paragraph.add_run(f"{item.label} ").bold = True
        paragraph.add_run(item.text)
    else:
        paragraph.add_run(item.plain)


def _timeless(data: bytes) -> bytes:
    """Return the package with fixed times, in the order of its names."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        # The list of content types comes first: some readers know the kind of file by it.
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            new.writestr(info, old.read(name))
    return made.getvalue()
