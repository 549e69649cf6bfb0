"""What the screen may see, and since when: changes in, pictures out. Thread-safe, and quick on both sides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from assistant.domain import AlertLevel, AlertState, UtteranceStatus
from assistant.live.view import AlertKey, AlertView, Changes
from assistant.store.trimming import TO_BE_READ_AGAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.domain import Alert, Entry, PersonId, Resolution, SessionUpdate, UtteranceId
    from assistant.live.view import RoomView


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an alert, by a person's hand."""

    state: AlertState
    resolution: Resolution | None = None
    text: str = field(default="", repr=False)
    """The facilitator's words."""


class Board:
    """Everything that is kept of the session, as it is shown."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = 1
        self._entries: dict[UtteranceId, tuple[int, Entry]] = {}
        self._removed: dict[UtteranceId, int] = {}
        self._settled: dict[AlertKey, Settled] = {}
        self._alerts: tuple[AlertView, ...] = ()
        self._talk: Counter[PersonId] = Counter()
        self._last: Entry | None = None

    @property
    def last(self) -> Entry | None:
        """The utterance that ends last."""
        return self._last

    @property
    def alerts(self) -> tuple[AlertView, ...]:
        """All alerts, newest first."""
        return self._alerts

    def talk(self, person: PersonId) -> int:
        """Return for how many samples somebody has spoken."""
        return self._talk[person]

    def unsettled(self) -> tuple[AlertKey, ...]:
        """Return the alerts that must be settled before the session can be closed."""
        return tuple(a.key for a in self._alerts if a.must_be_resolved)

    def publish(self, update: SessionUpdate) -> None:
        """Show what changed. What a person had decided about the same words under another id stays decided."""
        with self._lock:
            self._version += 1
            gone = [self._drop(u) for u in update.removed]
            for entry in update.entries:
                self._put(entry)
            self._inherit([e for e in gone if e is not None], update.entries)
            self._redraw()

    def settle(self, key: AlertKey, settled: Settled) -> None:
        """Show what became of an alert."""
        with self._lock:
            if self.alert(key) is None:
                # Taken back, or read again, since the key was pressed: what was typed about it goes with it.
                return
            self._version += 1
            self._settled[key] = settled
            self._redraw()

    def alert(self, key: AlertKey) -> AlertView | None:
        """Return an alert; None where it is not there any more."""
        return next((view for view in self._alerts if view.key == key), None)

    def settled(self, key: AlertKey) -> Settled | None:
        """Return what became of an alert."""
        with self._lock:
            return self._settled.get(key)

    def changes(self, since: int, room: RoomView) -> Changes:
        """Return what changed since a version, beside the room as it is."""
        with self._lock:
            if since >= self._version:
                return Changes(self._version, room, (), (), self._alerts)
            entries = [e for version, e in self._entries.values() if version > since]
            return Changes(
                version=self._version,
                room=room,
                entries=tuple(sorted(entries, key=lambda e: e.utterance.number)),
                removed=tuple(u for u, version in self._removed.items() if version > since),
                alerts=self._alerts,
            )

    def _put(self, entry: Entry) -> None:
        before = self._drop(entry.utterance.id)
        if before is not None and TO_BE_READ_AGAIN in entry.findings.failed and len(entry.alerts) < len(before.alerts):
            # As the vault does: what a person wrote about an alert may repeat the words that are taken back.
            for alert in before.alerts:
                self._settled.pop(AlertKey(entry.utterance.id, alert.kind), None)
        self._removed.pop(entry.utterance.id, None)
        self._entries[entry.utterance.id] = (self._version, entry)
        self._count(entry, 1)

    def _drop(self, utterance: UtteranceId) -> Entry | None:
        known = self._entries.pop(utterance, None)
        if known is None:
            return None
        self._removed[utterance] = self._version
        self._count(known[1], -1)
        return known[1]

    def _count(self, entry: Entry, sign: int) -> None:
        said = entry.utterance
        if said.speaker is not None and said.status is UtteranceStatus.CLEAR:
            self._talk[said.speaker] += sign * (said.end - said.start)

    def _inherit(self, gone: Iterable[Entry], entries: Iterable[Entry]) -> None:
        for old in gone:
            for alert in old.alerts:
                settled = self._settled.pop(AlertKey(old.utterance.id, alert.kind), None)
                if settled is None:
                    continue
                for new in entries:
                    if _same_words(old, new) and any(a.kind == alert.kind for a in new.alerts):
                        self._settled.setdefault(AlertKey(new.utterance.id, alert.kind), settled)

    def _redraw(self) -> None:
        shown = [entry for _, entry in self._entries.values()]
        self._last = max(shown, key=lambda e: e.utterance.end, default=None)
        # A3 is for the review afterwards (domain rules 7): it stays in the vault and off the screen.
        loud = ((entry, alert) for entry in shown for alert in entry.alerts if alert.level is not AlertLevel.A3)
        views = [self._view(entry, alert) for entry, alert in loud]
        self._alerts = tuple(sorted(views, key=lambda v: v.at, reverse=True))

    def _view(self, entry: Entry, alert: Alert) -> AlertView:
        key = AlertKey(entry.utterance.id, alert.kind)
        settled = self._settled.get(key)
        view = AlertView(key, alert, entry.utterance.start, AlertState.OPEN)
        return view if settled is None else replace(view, state=settled.state, resolution=settled.resolution)


def _same_words(old: Entry, new: Entry) -> bool:
    return old.utterance.start < new.utterance.end and new.utterance.start < old.utterance.end
