"""The rows of the transcript: what was said, what is gone, and what the facilitator typed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from assistant.domain import Attribution, DecidedBy, Entry, Jotting, Tombstone, TombstoneReason
from assistant.live.kept import PROVISIONAL
from assistant.ui.marks import Look, Shown, shown
from assistant.ui.people import Cast, colour, initials, short
from assistant.ui.wording import GONE, clock, length
from assistant.ui.wrapping import breaks

if TYPE_CHECKING:
    from collections.abc import Hashable

_NAME = 14
"""Cells for a name in a wide transcript."""
_DIM = Style(dim=True)
_EARLY = Style(dim=True, italic=True)
"""Of what is told while somebody still speaks."""
_BOLD = Style(bold=True)


@dataclass(frozen=True, slots=True)
class Speech:
    """The text of one utterance, and who is beside it."""

    number: int | None
    """Of the speaker; None: unknown."""
    name: str
    voice: str | None


def speech_of(attribution: Attribution, cast: Cast) -> Speech:
    """Return who is to be shown beside an utterance."""
    view = cast.of(attribution.person)
    if view is None:
        return Speech(None, "unknown", attribution.voice)
    return Speech(view.number, view.person.name, None)


class EntryRow:
    """One utterance."""

    def __init__(self, entry: Entry, speech: Speech, *, risk: bool) -> None:
        """Take what was said and who is shown for it; ``risk``: whether risk language may be marked."""
        self.entry = entry
        self.speech = speech
        self._risk = risk
        self._shown: tuple[Look, Shown] | None = None

    @property
    def key(self) -> Hashable:
        """The utterance's id."""
        return self.entry.utterance.id

    @property
    def is_early(self) -> bool:
        """Whether somebody is still speaking: these words are told again in full, with a name, within seconds."""
        return self.entry.utterance.id.startswith(PROVISIONAL)

    @property
    def start(self) -> int:
        """First sample."""
        return self.entry.utterance.start

    @property
    def end(self) -> int:
        """One past the last sample."""
        return self.entry.utterance.end

    def height(self, width: int, look: Look) -> int:
        """Return how many lines it takes."""
        return len(self._breaks(width, look))

    def lines(self, width: int, look: Look, *, selected: bool) -> list[list[Segment]]:
        """Return time, who, and the text beside them."""
        text = self._text(look)
        head = self._head(look, selected=selected)
        indent = Segment(" " * sum(len(segment.text) for segment in head))
        return [
            [*(head if first == 0 else [indent]), *_pieces(text, begin, end, _EARLY if self.is_early else None)]
            for first, (begin, end) in enumerate(self._breaks(width, look))
        ]

    def _text(self, look: Look) -> Shown:
        if self._shown is None or self._shown[0] != look:
            text = shown(self.entry, look, risk=self._risk)
            self._shown = (look, text.after(self._sentence()) if look.plain else text)
        return self._shown[1]

    def _sentence(self) -> str:
        speech = self.speech
        who = f"{speech.number} {speech.name}" if speech.number is not None else "? unknown speaker"
        if self.is_early:
            who = "... still speaking"
        return f"{clock(self.start)} {who}: "

    def _breaks(self, width: int, look: Look) -> list[tuple[int, int]]:
        return breaks(self._text(look).text, max(12, width - self._indent(look)))

    def _indent(self, look: Look) -> int:
        return sum(len(segment.text) for segment in self._head(look, selected=False))

    def _head(self, look: Look, *, selected: bool) -> list[Segment]:
        pointer = Segment("▸" if selected else " ", _BOLD)
        if look.plain:
            return [pointer]
        time = Segment(f"{clock(self.start):>5} ", _DIM)
        speech = self.speech
        if self.is_early:
            who = ("..." if look.letters else "…") if not look.names else f" {'...' if look.letters else '…'} speaking"
            return [pointer, time, Segment(f"{who:<{_NAME + 3 if look.names else 4}}", _EARLY), Segment(" ")]
        if speech.number is None:
            who = f"? {speech.voice}" if speech.voice else "?"
            style = Style(bold=True, reverse=True)
        else:
            who = f"{speech.number} {initials(speech.name)}"
            style = Style(color=colour(speech.number, dark=look.dark), bold=True)
        if not look.names:
            return [pointer, time, Segment(f"{who:<4}", style), Segment(" ")]
        if speech.number is None:
            who = f" ? voice {speech.voice}" if speech.voice else " ? unknown"
        else:
            who = f"{speech.number:>2} {short(speech.name, _NAME)}"
        return [pointer, time, Segment(f"{who:<{_NAME + 3}}", style), Segment(" ")]


class GapRow:
    """A stretch of which nothing is kept."""

    def __init__(self, tombstone: Tombstone, who: str) -> None:
        """Take the stretch, and whose words alone are gone (or "")."""
        self.tombstone = tombstone
        self._who = who

    @property
    def key(self) -> Hashable:
        """The tombstone."""
        return self.tombstone

    @property
    def start(self) -> int:
        """Where it stands: what one person took back stands where they did so, at its end."""
        gone = self.tombstone
        return gone.end if gone.reason is TombstoneReason.WITHDRAWN else gone.start

    @property
    def end(self) -> int:
        """One past the last sample."""
        return self.tombstone.end

    def height(self, width: int, look: Look) -> int:
        """Return 1."""
        del width, look
        return 1

    def lines(self, width: int, look: Look, *, selected: bool) -> list[list[Segment]]:
        """Return a line across that says how long and why, and nothing else."""
        gone = self.tombstone
        words = GONE[gone.reason].format(who=self._who)
        if gone.reason is not TombstoneReason.WITHDRAWN:
            words = f"{length(gone.end - gone.start)} {words}"
        dash = "-" if look.plain or look.letters else "╌"
        begin = f"{'▸' if selected else ' '}{clock(self.start):>5} {dash * 3} {words} "
        return [[Segment(begin + dash * max(0, min(width, 100) - len(begin) - 1), _DIM)]]


class JottingRow:
    """A mark, or a note, that the facilitator typed."""

    def __init__(self, jotting: Jotting, who: str) -> None:
        """Take what was typed, and whom it is about (or "")."""
        self.jotting = jotting
        self._who = who

    @property
    def key(self) -> Hashable:
        """The jotting."""
        return self.jotting

    @property
    def start(self) -> int:
        """When it was typed."""
        return self.jotting.at

    @property
    def end(self) -> int:
        """When it was typed."""
        return self.jotting.at

    def height(self, width: int, look: Look) -> int:
        """Return how many lines it takes."""
        return len(breaks(self._text(), max(12, width - self._indent(look))))

    def lines(self, width: int, look: Look, *, selected: bool) -> list[list[Segment]]:
        """Return the time, a flag, and what was typed."""
        text, indent = self._text(), self._indent(look)
        head = f"{'▸' if selected else ' '}{clock(self.start):>5} {'*' if look.letters or look.plain else '⚑'} "
        return [
            [Segment(f"{head if first == 0 else '':<{indent}}", _BOLD), Segment(text[begin:end], _BOLD)]
            for first, (begin, end) in enumerate(breaks(text, max(12, width - indent)))
        ]

    @staticmethod
    def _indent(look: Look) -> int:
        del look
        return 9

    def _text(self) -> str:
        if not self.jotting.text:
            return "mark"
        about = f" about {self._who}" if self._who else ""
        return f"note{about}: {self.jotting.text}"


class HintRow:
    """A line of the screen's own at the top: why nothing else may be there. It cannot be selected."""

    key: Hashable = "hint"
    start = end = -1

    def __init__(self, text: str) -> None:
        """Take the line."""
        self._text = text

    def height(self, width: int, look: Look) -> int:
        """Return how many lines it takes."""
        del look
        return len(breaks(self._text, max(12, width - 2)))

    def lines(self, width: int, look: Look, *, selected: bool) -> list[list[Segment]]:
        """Return the line, wrapped."""
        del look, selected
        return [[Segment(f" {self._text[a:b]}", _DIM)] for a, b in breaks(self._text, max(12, width - 2))]


TranscriptRow = EntryRow | GapRow | JottingRow | HintRow


def heard_by(attribution: Attribution) -> str:
    """Return in words what a speaker's name rests on."""
    if attribution.person is None:
        return "speaker unknown"
    return {
        DecidedBy.VOICE: "named by voice",
        DecidedBy.KEY: "named by key",
        DecidedBy.CHANNEL: "named by microphone",
        DecidedBy.TRANSCRIPT: "named in the transcript",
    }[attribution.decided_by]


def _pieces(text: Shown, begin: int, end: int, under: Style | None) -> list[Segment]:
    cuts = sorted({begin, end, *(at for s, e, _ in text.styles for at in (s, e) if begin < at < end)})
    return [Segment(text.text[a:b], _style_at(text, a, under)) for a, b in pairwise(cuts)] or [Segment("")]


def _style_at(text: Shown, at: int, under: Style | None) -> Style | None:
    found = [style for start, end, style in text.styles if start <= at < end]
    return Style.combine([under, *found] if under else found) if found else under
