"""What the session looked like, for the facilitator: who spoke how long and when, who referred to whom, alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style

from assistant.domain import AlertLevel
from assistant.ui.people import colour, initials, short
from assistant.ui.review.rows import DIM, Row, RowList, heading, remark
from assistant.ui.review.screens import ReviewScreen
from assistant.ui.room_pane import bar
from assistant.ui.wording import TERSE, clock, length

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from assistant.domain import PersonId
    from assistant.pipeline.figures import Figures

_NAME = 16
_SHORT = 7
_TICKS = 5
_PLAIN = Style()
Names = dict["PersonId | None", str]
Styles = dict["PersonId", Style]


class PicturesScreen(ReviewScreen, inherit_bindings=True):
    """Bars, strips and a table, from counts and times alone."""

    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = (("esc", "back", "Back to the session as a whole"),)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._list = RowList(id="pictures")
        self._figures: Figures | None = None

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        return (self._list,)

    def ask(self) -> None:
        """Ask for the counts, once: they change with the session's reading alone."""
        self._figures = self.room.figures()

    def forget(self) -> None:
        """Let go of what was asked for."""
        self._figures = None

    def show(self) -> None:
        """Draw them."""
        if self._figures is None:
            return
        self.paint_header("Pictures of the session · counts and times; what they mean is your judgment")
        width = max(30, min(self.size.width, 160) - 4)
        self._list.fill(page(self._figures, width, plain=self.look.plain, dark=self.look.dark))

    def action_move(self, by: int) -> None:
        """Scroll: nothing is pointed at here."""
        self._list.scroll_relative(y=by, animate=False)


def page(figures: Figures, width: int, *, plain: bool, dark: bool = True) -> list[Row]:
    """Return the page in rows of ``width`` cells; ``plain``: in words instead of bars and strips."""
    names: Names = {person.id: short(person.name, _NAME) for person in figures.people}
    names[None] = "unknown"
    styles = {p.id: Style(color=colour(number, dark=dark)) for number, p in enumerate(figures.people, start=1)}
    rows = [heading("Talk time"), *_talk(figures, names, styles, width, plain=plain), remark("gap1", "")]
    if not plain:
        rows += [heading("Turns over time"), *_turns(figures, names, styles, width), remark("gap2", "")]
    rows += [heading("Who referred to whom"), *_referred(figures, names, plain=plain), remark("gap3", "")]
    rows += [heading("Alerts over time"), *_alerts(figures, width, plain=plain)]
    return rows


def _talk(figures: Figures, names: Names, styles: Styles, width: int, *, plain: bool) -> list[Row]:
    most = max((samples for _, samples in figures.talk), default=0) or 1
    total = sum(samples for _, samples in figures.talk) or 1
    cells = max(8, width - _NAME - 26)
    rows = []
    for person, samples in figures.talk:
        told = f"{length(samples)}, {round(100 * samples / total)} %"
        text = told if plain else f"{bar(samples / most, cells)} {told}"
        rows.append(remark(("talk", person), f"{names.get(person, '?'):<{_NAME}} {text}", _of(person, styles)))
    return rows


def _turns(figures: Figures, names: Names, styles: Styles, width: int) -> list[Row]:
    cells = max(10, width - _NAME - 1)
    spoken: dict[PersonId | None, list[int]] = {person: [0] * cells for person, _ in figures.talk}
    each = max(1, figures.duration / cells)
    for person, start, end in figures.turns:
        strip = spoken.setdefault(person, [0] * cells)
        for cell in range(int(start / each), min(cells, int(end / each) + 1)):
            strip[cell] += max(0, round(min(end, (cell + 1) * each) - max(start, cell * each)))
    rows = []
    for person, strip in spoken.items():
        drawn = "".join(" ░▒▓█"[min(4, -(-4 * there // round(each)))] if there else " " for there in strip)
        rows.append(remark(("turns", person), f"{names.get(person, '?'):<{_NAME}} {drawn}", _of(person, styles)))
    rows.append(remark("axis", f"{'':<{_NAME}} {_axis(figures.duration, cells)}"))
    return rows


def _of(person: PersonId | None, styles: Styles) -> Style:
    return DIM if person is None else styles.get(person, _PLAIN)


def _axis(duration: int, cells: int) -> str:
    ticks = [" "] * (cells + 6)
    for tick in range(_TICKS):
        label = clock(duration * tick // (_TICKS - 1))
        at = min(cells * tick // (_TICKS - 1), cells - len(label))
        ticks[at : at + len(label)] = label
    return "".join(ticks).rstrip()


def _referred(figures: Figures, names: Names, *, plain: bool) -> list[Row]:
    if not figures.referred:
        return [remark("nobody", "nobody, by name or clearly")]
    counts = {(one, other): count for one, other, count in figures.referred}
    people = [p for p in figures.people if any(p.id in pair for pair in counts)]
    if plain:
        return [
            remark((one, other), f"{names.get(one, '?')} to {names.get(other, '?')}: {count}", _PLAIN)
            for (one, other), count in counts.items()
        ]
    head = "".join(f"{initials(p.name):>{_SHORT}}" for p in people)
    rows = [remark("to", f"{'from / to':<{_NAME}} {head}")]
    for one in people:
        cells = "".join(f"{counts.get((one.id, other.id), 0) or '·':>{_SHORT}}" for other in people)
        rows.append(remark(("from", one.id), f"{names[one.id]:<{_NAME}} {cells}", _PLAIN))
    return rows


def _alerts(figures: Figures, width: int, *, plain: bool) -> list[Row]:
    if not figures.alerts:
        return [remark("none", "none was raised; that is no reassurance")]
    rows = []
    if not plain:
        cells = max(10, width - _NAME - 1)
        each = max(1, figures.duration / cells)
        for level in AlertLevel:
            strip = [" "] * cells
            for at, its, _ in figures.alerts:
                if its is level:
                    strip[min(cells - 1, int(at / each))] = "▲" if level is AlertLevel.A1 else "•"
            rows.append(remark(("strip", level), f"{level.value:<{_NAME}} {''.join(strip)}", _PLAIN))
        rows.append(remark("alert-axis", f"{'':<{_NAME}} {_axis(figures.duration, cells)}"))
    for number, (at, level, kind) in enumerate(figures.alerts):
        rows.append(remark(("alert", number), f"{clock(at)}  {level.value}  {TERSE[kind]}", _PLAIN))
    return rows
