"""What was told of turns before they were read: one provisional entry each, until the turn itself is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from assistant.attribution.stretches import nobodys
from assistant.domain import SAMPLE_RATE, Alert, Entry, UtteranceId, Word
from assistant.pipeline.joining import AttributedRun, utterance_of
from assistant.pipeline.live_joining import number_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.domain import Utterance
    from assistant.pipeline.live_turns import Recognised

EARLY = "t"
"""What the id of a provisional entry begins with; the millisecond follows at which its turn begins."""


def nobodys_words(recognised: Recognised) -> Utterance | None:
    """Return the words of a turn as nobody's utterance, named for its turn; None where there are none to trust."""
    runs = [AttributedRun(_nobody_said(s.words), nobodys()) for s in recognised.segments if not s.suspicions]
    runs = [run for run in runs if run.words]
    if not runs:
        return None
    number = number_at(recognised.start)
    return replace(utterance_of(number, runs), id=UtteranceId(f"{EARLY}{number}"))


class _Told(NamedTuple):
    start: int
    end: int
    alerts: tuple[Alert, ...]


class EarlyEntries:
    """The provisional entries that the screen shows now.

    Args:
        entries: Told by an earlier reader.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._told = {
            e.utterance.id: _Told(e.utterance.number * SAMPLE_RATE // 1000, e.utterance.end, e.alerts) for e in entries
        }

    def told(self, entry: Entry, recognised: Recognised) -> tuple[tuple[Entry, ...], tuple[UtteranceId, ...]]:
        """Take an entry, and return it as it is shown, with those in whose place it comes.

        A warning stays, though its words be heard otherwise by now: only the reading of the turn takes it back.

        Args:
            entry: With an id of its turn.
            recognised: The turn, as far as it was heard.
        """
        name = entry.utterance.id
        old = {n: t for n, t in self._told.items() if t.start < recognised.end and recognised.start < t.end}
        kinds = {alert.kind for alert in entry.alerts}
        # Where the words of a warning are now, nobody knows.
        held = {a.kind: replace(a, utterance=name, span=None) for t in old.values() for a in t.alerts}
        alerts = (*entry.alerts, *(alert for kind, alert in held.items() if kind not in kinds))
        for gone in old:
            del self._told[gone]
        self._told[name] = _Told(recognised.start, recognised.end, alerts)
        return (replace(entry, alerts=alerts),), tuple(n for n in old if n != name)

    def over(self, sample: int) -> tuple[UtteranceId, ...]:
        """Let go of the entries of turns that begin before a sample, and return their ids: these turns are read."""
        gone = tuple(name for name, told in self._told.items() if told.start < sample)
        for name in gone:
            del self._told[name]
        return gone

    def taken_back(self, start: int, end: int) -> None:
        """Have those go next time whose turns reach into half-open samples: they are told again, of what is left."""
        for name, told in self._told.items():
            if told.start < end and start < told.end:
                self._told[name] = told._replace(start=-1)

    def end(self) -> None:
        """Have all of them go next time: their turns are read."""
        self._told = {name: told._replace(start=-1) for name, told in self._told.items()}


def _nobody_said(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(replace(word, speaker=None, guess=None) for word in words)
