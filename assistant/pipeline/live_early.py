"""What was told of turns before they were read: one provisional entry each, until the turn itself is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from assistant.domain import SAMPLE_RATE, Alert, Entry, UtteranceId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.pipeline.live_turns import Recognised

EARLY = "t"
"""What the id of a provisional entry begins with; the millisecond follows at which its turn begins."""


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

    def end(self) -> None:
        """Have all of them go next time: their turns are read, or taken back."""
        self._told = {name: told._replace(start=-1) for name, told in self._told.items()}
