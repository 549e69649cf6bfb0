"""The figures of a session as a picture without names, for supervision: SVG and PDF.

This is the only file that imports ``reportlab.graphics``. ``notes.export`` imports the same library for pages of text;
the two are kept apart because a room never imports its neighbour, and because a picture knows nothing of a note.

Colours are from Okabe and Ito's palette (``jfly.uni-koeln.de/color``), which colour-blind readers can tell apart; every
difference is a word, a shape or a place as well, so that a print in grey says the same.
"""

from __future__ import annotations

import io
import math
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Final

from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Path, Polygon, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from assistant.domain import AlertLevel, seconds
from assistant.pipeline.unnamed import unnamed

if TYPE_CHECKING:
    from assistant.pipeline.figures import Figures
    from assistant.pipeline.unnamed import Lane, Unnamed

TITLE: Final = "Session figures for supervision"
NOTICE: Final = "Counts and times alone: nothing of what was said. Letters are drawn anew for every picture."

_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_PAGE = (595.0, 842.0)
"""A4 upright, in points."""
_EDGE = 40.0
_LABEL = 84.0
"""Room for the name of a lane."""
_ROW = 14.0
_SIZE = 8.5
_MAP = 272.0
"""Width and height of the map."""

_FAMILY = "Helvetica, Arial, sans-serif"
_FONTS = {"Helvetica": {"family": _FAMILY}, "Helvetica-Bold": {"family": _FAMILY, "weight": "bold"}}
"""A browser knows families of type, not the PDF's names."""
_INK = HexColor("#1a1a1a")
_PALE = HexColor("#d9d9d9")
_BLUE = HexColor("#0072B2")
_ORANGE = HexColor("#E69F00")
_GREY = HexColor("#8c8c8c")
_LEVELS = {
    AlertLevel.A1: ("A1, at once", HexColor("#D55E00")),
    AlertLevel.A2: ("A2, quiet", HexColor("#0072B2")),
    AlertLevel.A3: ("A3, afterwards", None),
}


def svg(figures: Figures, chance: Random | None = None) -> str:
    """Return the picture as SVG.

    Args:
        figures: Of one session; no name of it is drawn.
        chance: Draws the letters; None: nobody can foresee them.
    """
    drawing, _, _ = _drawn(unnamed(figures, chance or SystemRandom()))
    whole = str(renderSVG.drawToString(drawing, fontHacks=_FONTS))
    # Its head names a file of rules on the web, which no viewer needs and none shall fetch.
    body = whole[whole.index("<svg") :].replace("<title>...</title>", f"<title>{TITLE}</title>", 1)
    return _XML + body.replace("<desc>...</desc>", f"<desc>{NOTICE}</desc>", 1)


def pdf(figures: Figures, chance: Random | None = None) -> bytes:
    """Return the picture as a PDF of one page, A4 unless more people were there than it holds; arguments as ``svg``."""
    drawing, width, height = _drawn(unnamed(figures, chance or SystemRandom()))
    file = io.BytesIO()
    # Invariant: nothing of the moment or the machine goes into the file's identifier.
    canvas = Canvas(file, pagesize=(width, height), invariant=1, pageCompression=1)
    canvas._doc.info = _Nothing()  # noqa: SLF001  reportlab offers no way to leave out dates and the maker
    renderPDF.draw(drawing, canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Nothing(PDFInfo):  # type: ignore[misc]  # reportlab has no types
    """What the PDF says of its making: neither when nor by what."""

    def format(self, document: object) -> object:
        """Return an empty dictionary."""
        return PDFDictionary({}).format(document)


def _drawn(picture: Unnamed) -> tuple[Drawing, float, float]:
    """Return the whole page, and its width and height in points."""
    lanes = picture.lanes
    upper = max(_MAP, 24 + _ROW * len(lanes))
    kinds = sorted({kind for _, _, kind in picture.alerts})
    times = 34 + _ROW * len(lanes)
    alerts = 48 + _ROW * max(1, len(kinds))
    needed = 2 * _EDGE + 40 + upper + 22 + times + 22 + alerts
    width, height = _PAGE[0], max(_PAGE[1], needed)
    drawing = Drawing(width, height)
    drawing.add(Rect(0, 0, width, height, fillColor=HexColor("#ffffff"), strokeColor=None))
    top, across = height - _EDGE, width - 2 * _EDGE
    drawing.add(_bold(_EDGE, top - 12, TITLE, 15))
    drawing.add(_text(_EDGE, top - 27, NOTICE))
    top -= 46
    drawing.add(_at(_EDGE, top, _talk(picture, across - _MAP - 16)))
    drawing.add(_at(width - _EDGE - _MAP, top, _map(picture)))
    top -= upper + 22
    drawing.add(_at(_EDGE, top, _turns(picture, across)))
    top -= times + 22
    drawing.add(_at(_EDGE, top, _alerts(picture, across)))
    return drawing, width, height


# Each panel is drawn downwards from (0, 0).


def _talk(picture: Unnamed, width: float) -> Group:
    panel = Group(_bold(0, -10, "Talk time", 11))
    spoken = sum(lane.talk for lane in picture.lanes)
    most = max((lane.talk for lane in picture.lanes), default=0)
    room = width - _LABEL - 66
    for index, lane in enumerate(picture.lanes):
        y = -24 - _ROW * (index + 1)
        panel.add(_text(0, y + 4, lane.label))
        panel.add(_bar(_LABEL, y + 1.5, room * lane.talk / most if most else 0.0, lane))
        share = f"{100 * lane.talk / spoken:.0f} %" if spoken else "0 %"
        panel.add(_text(width - 30, y + 4, _clock(lane.talk), anchor="end"))
        panel.add(_text(width, y + 4, share, anchor="end"))
    return panel


def _turns(picture: Unnamed, width: float) -> Group:
    panel = Group(_bold(0, -10, "Turns over time", 11))
    room = width - _LABEL - 40
    foot = -20 - _ROW * len(picture.lanes)
    _ticks(panel, picture.duration, room, -20, foot)
    for index, lane in enumerate(picture.lanes):
        y = -20 - _ROW * (index + 1)
        panel.add(_text(0, y + 4, lane.label))
        panel.add(_line(_LABEL, y, _LABEL + room, y))
        for start, end in lane.turns:
            left = _along(start, picture.duration, room)
            # A turn of a second in a session of an hour must still be seen.
            panel.add(_bar(left, y + 2, max(0.8, _along(end, picture.duration, room) - left), lane, _ROW - 4))
        count = len(lane.turns)
        panel.add(_text(width, y + 4, f"{count} turn{'' if count == 1 else 's'}", anchor="end"))
    return panel


def _alerts(picture: Unnamed, width: float) -> Group:
    panel = Group(_bold(0, -10, "Alerts", 11))
    room = width - _LABEL - 40
    kinds = sorted({kind for _, _, kind in picture.alerts})
    if not kinds:
        panel.add(_text(0, -28, "There was none."))
        return panel
    at = _LABEL + room
    for level in reversed(AlertLevel):
        words = _LEVELS[level][0]
        panel.add(_text(at, -10, words, anchor="end"))
        at -= stringWidth(words, "Helvetica", _SIZE) + 9
        panel.add(_mark(at, -7, level))
        at -= 18
    foot = -20 - _ROW * len(kinds)
    _ticks(panel, picture.duration, room, -20, foot)
    for index, kind in enumerate(kinds):
        y = -20 - _ROW * (index + 1)
        panel.add(_text(0, y + 4, kind.replace("_", " ")))
        panel.add(_line(_LABEL, y, _LABEL + room, y))
        those = [(start, level) for start, level, one in picture.alerts if one is kind]
        those.sort(key=lambda one: one[1], reverse=True)  # the graver lies on top
        for start, level in those:
            panel.add(_mark(_along(start, picture.duration, room), y + _ROW / 2, level))
        panel.add(_text(width, y + 4, str(len(those)), anchor="end"))
    return panel


def _map(picture: Unnamed) -> Group:
    """Draw a circle of people; an arrow for each pair, as thick and dark as it is frequent."""
    panel = Group(_bold(0, -10, "Who referred to whom", 11))
    lanes = [index for index, lane in enumerate(picture.lanes) if lane.known]
    size = 11.0 if len(lanes) <= 8 else 9.5  # noqa: PLR2004  beyond it the circles would touch the arrows
    radius = (_MAP - 38) / 2 - size - 1
    middle = (_MAP / 2, -22 - radius - size)
    places = {
        lane: (
            middle[0] + radius * math.sin(math.tau * index / len(lanes)),
            middle[1] + radius * math.cos(math.tau * index / len(lanes)),
        )
        for index, lane in enumerate(lanes)
    }
    most = max((count for _, _, count in picture.referred), default=1)
    # The frequent ones lie on top.
    for by, to, count in sorted(picture.referred, key=lambda one: one[2]):
        panel.add(_arrow(places[by], places[to], size, count / most))
    for lane, (x, y) in places.items():
        panel.add(_person(picture.lanes[lane], x, y, size))
    words = f"The thickest arrow stands for {most}, the thinnest for 1." if most > 1 else "Each arrow stands for 1."
    panel.add(_text(_MAP / 2, -_MAP + 2, words if picture.referred else "Nobody was referred to.", anchor="middle"))
    return panel


def _person(lane: Lane, x: float, y: float, size: float) -> Group:
    look = {"fillColor": _ORANGE if lane.leads else HexColor("#ffffff"), "strokeColor": _INK, "strokeWidth": 1}
    shape = Rect(x - size, y - size, 2 * size, 2 * size, **look) if lane.leads else Circle(x, y, size, **look)
    return Group(shape, _bold(x, y - 3.2, lane.short, 9 if len(lane.short) == 1 else 7, anchor="middle"))


def _arrow(start: tuple[float, float], end: tuple[float, float], size: float, weight: float) -> Group:
    """Return a curved arrow between two circles; it bends to its left, so that the two directions lie apart."""
    across, up = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, up)
    bend = 0.16 * length
    knee = ((start[0] + end[0]) / 2 - up / length * bend, (start[1] + end[1]) / 2 + across / length * bend)
    thick = 0.6 + 3.4 * weight
    head = 5.0 + 4.0 * weight
    begin, tip = _toward(start, knee, size), _toward(end, knee, size + 1)
    neck = _toward(tip, knee, head)
    # From pale to dark: a thin arrow must not hide behind a thick one, nor a thick one in grey.
    shade = HexColor("#{0:02x}{0:02x}{0:02x}".format(round(150 - 130 * weight)))
    path = Path(strokeColor=shade, strokeWidth=thick, fillColor=None)
    path.moveTo(*begin)
    # A quadratic curve, told as a cubic one.
    path.curveTo(*_between(begin, knee, 2 / 3), *_between(neck, knee, 2 / 3), *neck)
    aside = (-(tip[1] - neck[1]) / head * head * 0.42, (tip[0] - neck[0]) / head * head * 0.42)
    wings = [tip[0], tip[1], neck[0] + aside[0], neck[1] + aside[1], neck[0] - aside[0], neck[1] - aside[1]]
    return Group(path, Polygon(wings, fillColor=shade, strokeColor=None))


def _mark(x: float, y: float, level: AlertLevel) -> object:
    """Return a triangle for A1, a disc for A2, an empty square for A3."""
    look = {"fillColor": _LEVELS[level][1], "strokeColor": _INK, "strokeWidth": 0.7}
    if level is AlertLevel.A1:
        return Polygon([x - 4.2, y - 3.6, x + 4.2, y - 3.6, x, y + 4.4], **look)
    if level is AlertLevel.A2:
        return Circle(x, y, 3.4, **look)
    return Rect(x - 3, y - 3, 6, 6, **look)


def _bar(x: float, y: float, width: float, lane: Lane, height: float = _ROW - 3) -> Rect:
    colour = _ORANGE if lane.leads else _BLUE if lane.known else _GREY
    return Rect(x, y, width, height, fillColor=colour, strokeColor=None)


def _ticks(panel: Group, duration: int, room: float, head: float, foot: float) -> None:
    """Draw the minutes."""
    minutes = seconds(duration) / 60
    step = next(step for step in (1, 2, 5, 10, 15, 30, 60, 10**6) if minutes / step <= 10)  # noqa: PLR2004  readable
    for minute in range(0, math.floor(minutes) + 1, step):
        x = _along(round(minute * 60 * duration / seconds(duration)) if duration else 0, duration, room)
        panel.add(_line(x, head, x, foot - 3))
        panel.add(_text(x, foot - 12, f"{minute} min" if minute == 0 else str(minute), anchor="middle"))


def _along(sample: int, duration: int, room: float) -> float:
    return _LABEL + room * min(1.0, sample / duration if duration else 0.0)


def _clock(samples: int) -> str:
    minutes, rest = divmod(round(seconds(samples)), 60)
    return f"{minutes}:{rest:02d}"


def _line(*ends: float) -> Line:
    return Line(*ends, strokeColor=_PALE, strokeWidth=0.5)


def _text(x: float, y: float, words: str, anchor: str = "start") -> String:
    return String(x, y, words, fontName="Helvetica", fontSize=_SIZE, fillColor=_INK, textAnchor=anchor)


def _bold(x: float, y: float, words: str, size: float, anchor: str = "start") -> String:
    return String(x, y, words, fontName="Helvetica-Bold", fontSize=size, fillColor=_INK, textAnchor=anchor)


def _at(x: float, y: float, panel: Group) -> Group:
    panel.translate(x, y)
    return panel


def _between(one: tuple[float, float], other: tuple[float, float], share: float) -> tuple[float, float]:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _toward(one: tuple[float, float], other: tuple[float, float], far: float) -> tuple[float, float]:
    return _between(one, other, far / math.dist(one, other))
