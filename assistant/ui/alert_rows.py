"""The rows of the alerts: one terse line each, and for one of them at a time what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from assistant.domain import AlertKind, AlertLevel, AlertState
from assistant.live.kept import PROVISIONAL
from assistant.ui.transcript_rows import heard_by
from assistant.ui.wording import REVEALED, STILL_SPEAKING, TERSE, clock
from assistant.ui.wrapping import breaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import Entry
    from assistant.live.view import AlertKey, AlertView
    from assistant.ui.marks import Look
    from assistant.ui.people import Cast

_BOLD, _DIM = Style(bold=True), Style(dim=True)
_URGENT = Style(bold=True, color="#ffffff", bgcolor="#b3261e")


REPAIRED = frozenset({AlertKind.CROSS_MEMBER, AlertKind.ABSENT_MEMBER, AlertKind.OUTSIDE_CONTACT, AlertKind.IDENTITY})
"""Where something has crossed between people, repair steps are offered (domain rule 7.3); they say nothing of risk."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """What a revealed alert tells, as lines of (words, bold)."""

    lines: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """How much a revealed alert tells."""

    owner: bool = False
    """Whether to say whose fact it is where that is held back at first."""
    repair: bool = False
    """Whether the site's repair steps stand beneath."""
    words: bool = True
    """Whether the words are there: where there is little room the repair steps take their place."""


def reveal(
    view: AlertView, entry: Entry | None, cast: Cast, advice: tuple[str, tuple[str, ...]], telling: Telling
) -> Revealed:
    """Return who, the exact words, the time, the site's advice and its repair steps.

    Args:
        view: The alert.
        entry: The utterance that it points at; None where it points at none.
        cast: Who is who.
        advice: The site's own words, and its repair steps.
        telling: How much.
    """
    text, steps = advice
    repair = bool(steps) and view.alert.kind in REPAIRED
    hint = "" if telling.repair or not repair else " · d: what can still be done"
    lines: list[tuple[str, bool]] = [(REVEALED[view.alert.kind] + hint, True)]
    if telling.words:
        lines += _words(view, entry, cast, telling, text)
    if telling.repair and repair:
        lines.append(("what can still be done, as your site wrote it:", False))
        lines += [(f"{number}. {step}", False) for number, step in enumerate(steps, start=1)]
        lines.append(("" if telling.words else "d: back to the words", False))
    return Revealed(tuple((words, bold) for words, bold in lines if words))


def _words(
    view: AlertView, entry: Entry | None, cast: Cast, telling: Telling, advice: str
) -> Iterator[tuple[str, bool]]:
    if entry is not None:
        said = entry.utterance
        early = said.id.startswith(PROVISIONAL)
        who = STILL_SPEAKING if early else f"{cast.name(said.speaker)} ({heard_by(said.attribution)})"
        yield f"{clock(said.start)}  {who}", False
        span = view.alert.span
        if span is not None and span.end <= len(said.text) and len(span):
            before, after = said.text[: span.start], said.text[span.end :]
            yield f"“{before}»{span.of(said.text)}«{after}”", True
        else:
            yield f"“{said.text}”", True
    if view.alert.owner is not None:
        held_back = "owner_hidden" in view.alert.advice and not telling.owner
        yield "whose: R shows it" if held_back else f"whose: {cast.name(view.alert.owner)}", False
    yield advice, False
    if view.resolution is not None:
        yield f"settled: {view.resolution}", False


class AlertRow:
    """One alert."""

    def __init__(self, view: AlertView, revealed: Revealed | None = None) -> None:
        """Take the alert, and what it tells while it is revealed."""
        self.view = view
        self.revealed = revealed

    @property
    def key(self) -> AlertKey:
        """Which alert."""
        return self.view.key

    def height(self, width: int, look: Look) -> int:
        """Return how many lines it takes."""
        return len(self.lines(width, look, selected=False))

    def lines(self, width: int, look: Look, *, selected: bool) -> list[list[Segment]]:
        """Return the terse line and, while it is revealed, the rest."""
        view = self.view
        fresh = view.state is AlertState.OPEN and view.resolution is None
        level = _URGENT if fresh and view.alert.level is AlertLevel.A1 else _BOLD if fresh else _DIM
        what = f"{view.alert.level} {TERSE[view.alert.kind]}"
        lines = [
            [
                Segment("▸" if selected else " ", _BOLD),
                Segment(f" {what:<11}", level),
                Segment(f" {clock(view.at):>5} ", None if fresh else _DIM),
                Segment(standing(view), _BOLD if fresh else _DIM),
            ]
        ]
        if look.plain:
            lines[0].insert(1, Segment("alert "))
        if self.revealed is not None:
            for words, bold in self.revealed.lines:
                for begin, end in breaks(words, max(12, width - 4)):
                    lines.append([Segment("    "), Segment(words[begin:end], _BOLD if bold else None)])
        return lines


def standing(view: AlertView) -> str:
    """Return in a word what became of an alert."""
    if view.resolution is not None:
        return str(view.resolution)
    if view.state is AlertState.OPEN:
        return "new"
    return "seen, to settle" if view.must_be_resolved else "seen"
