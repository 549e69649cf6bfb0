"""The middle of the screen: what was said, newest below."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING

from assistant.ui.lines import Lines
from assistant.ui.people import Cast
from assistant.ui.transcript_rows import EntryRow, GapRow, HintRow, JottingRow, TranscriptRow, speech_of
from assistant.ui.wording import AFTERWARDS

if TYPE_CHECKING:
    from assistant.domain import Entry, UtteranceId
    from assistant.live.view import Changes


def _order(row: TranscriptRow) -> tuple[int, int]:
    return row.start, row.entry.utterance.number if isinstance(row, EntryRow) else 0


class Transcript(Lines):
    """Utterances, gaps and jottings in the order of their time."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(id="transcript")
        self._entries: dict[UtteranceId, EntryRow] = {}
        self._gaps: dict[object, GapRow] = {}
        self._jottings: dict[object, JottingRow] = {}
        self._sorted: list[TranscriptRow] = []
        self._hint: HintRow | None = None
        self._cast = Cast()
        self.from_sample: int | None = None
        """Where a stretch to strike begins, chosen by the facilitator."""
        self.to_sample: int | None = None

    def take(self, changes: Changes) -> None:
        """Show what changed."""
        room = changes.room
        before = self._cast
        self._cast = Cast(room.people)
        risk = room.policy.risk_flags
        if [(v.number, v.person.name) for v in before] != [(v.number, v.person.name) for v in self._cast]:
            for row in list(self._entries.values()):
                self._put(row.entry, risk=risk)
        for entry in changes.entries:
            self._put(entry, risk=risk)
        for gone in changes.removed:
            self._drop(self._entries.pop(gone, None))
        touched = bool(changes.entries or changes.removed) or before.people == ()
        touched |= self._tell_why_empty(afterwards=room.policy.post_session_only and not self._entries)
        touched |= self._retell(self._gaps, room.tombstones, GapRow)
        touched |= self._retell(self._jottings, room.jottings, JottingRow)
        if touched:
            self.show_rows(self._sorted)

    def entry(self, utterance: UtteranceId) -> Entry | None:
        """Return an entry that is shown."""
        row = self._entries.get(utterance)
        return None if row is None else row.entry

    def aimed_at(self) -> Entry | None:
        """Return the entry of the selected row, else the newest, still being said or not; None where there is none."""
        index = self.index_of(self.selected)
        rows = self._sorted if index is None else [self._sorted[index]]
        return next((row.entry for row in reversed(rows) if isinstance(row, EntryRow)), None)

    @property
    def is_speaking(self) -> bool:
        """Whether the newest words are told early: somebody is still speaking."""
        newest = next((row for row in reversed(self._sorted) if isinstance(row, EntryRow)), None)
        return newest is not None and newest.is_early

    def move(self, by: int) -> None:
        """Select the row so many further down (negative: up); past the newest selects none."""
        rows = self._steady()
        if not rows:
            return
        index = next((i for i in range(len(rows) - 1, -1, -1) if rows[i].key == self.selected), len(rows))
        to = index + by
        if to >= len(rows):
            self.select(None)
        else:
            self.select(rows[max(0, to)].key)

    def move_to_start(self) -> None:
        """Select the oldest row."""
        rows = self._steady()
        if rows:
            self.select(rows[0].key)

    def _steady(self) -> list[TranscriptRow]:
        """Return the rows that can be selected: not what will be told again in full in a moment."""
        return [
            row
            for row in self._sorted
            if not isinstance(row, HintRow) and not (isinstance(row, EntryRow) and row.is_early)
        ]

    def selected_row(self) -> TranscriptRow | None:
        """Return the selected row."""
        index = self.index_of(self.selected)
        return None if index is None else self._sorted[index]

    def _put(self, entry: Entry, *, risk: bool) -> None:
        row = EntryRow(entry, speech_of(entry.utterance.attribution, self._cast), risk=risk)
        self._drop(self._entries.get(entry.utterance.id))
        self._entries[entry.utterance.id] = row
        insort(self._sorted, row, key=_order)

    def _tell_why_empty(self, *, afterwards: bool) -> bool:
        if afterwards is (self._hint is not None):
            return False
        self._drop(self._hint)
        self._hint = HintRow(AFTERWARDS) if afterwards else None
        if self._hint is not None:
            self._sorted.insert(0, self._hint)
        return True

    def _drop(self, row: TranscriptRow | None) -> None:
        if row is not None:
            self._sorted.remove(row)

    def _retell(
        self, kept: dict[object, GapRow] | dict[object, JottingRow], now: tuple[object, ...], kind: type
    ) -> bool:
        gone = [thing for thing in kept if thing not in now]
        new = [thing for thing in now if thing not in kept]
        for thing in gone:
            self._drop(kept.pop(thing))
        for thing in new:
            person = getattr(thing, "person", None) or getattr(thing, "about", None)
            row = kind(thing, self._cast.name(person) if person else "")
            kept[thing] = row
            insort(self._sorted, row, key=_order)
        return bool(gone or new)
