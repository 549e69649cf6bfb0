"""The alerts, newest first: terse until a key reveals one, and for 20 seconds alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import SAMPLE_RATE, AlertLevel, AlertState
from assistant.live.kept import PROVISIONAL
from assistant.ui.alert_rows import AlertRow, Revealed
from assistant.ui.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.live.view import AlertKey, AlertView

_SETTLE_S = 0.6
"""Seconds after the mark has moved by itself in which a key is not taken as meant for its new place."""
_CALLS_S = 30.0
"""Seconds, of those in which the screen is seen, that a new A1 calls from beneath the header."""
_TURN = 30 * SAMPLE_RATE
"""Samples within which an alert that was told early is told again: the longest turn."""


def is_new(view: AlertView) -> bool:
    """Whether nobody has seen to an alert."""
    return view.state is AlertState.OPEN and view.resolution is None


class AlertsPane(Lines):
    """All alerts, one of them marked: the one that the keys are about.

    The mark goes to a new A1 at once, unless another alert is revealed; else it leaves an alert only when that was seen
    to, or by a key.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start empty; ``clock`` counts seconds."""
        super().__init__(id="alerts")
        self._clock = clock
        self._moved_at = float("-inf")
        self._looked_at = clock()
        self._rows: dict[AlertKey, AlertRow] = {}
        self._calls: dict[AlertKey, float] = {}
        self.views: tuple[AlertView, ...] = ()
        self.revealed: AlertKey | None = None

    @property
    def marked(self) -> AlertView | None:
        """The alert that the keys are about."""
        return next((view for view in self.views if view.key == self.selected), None)

    @property
    def just_moved(self) -> bool:
        """Whether the mark moved by itself a moment ago."""
        return self._clock() - self._moved_at < _SETTLE_S

    @property
    def calling(self) -> tuple[AlertView, ...]:
        """The A1 alerts that came a moment ago and that nobody has looked at, newest first."""
        return tuple(view for view in self.views if view.key in self._calls and is_new(view))

    def take(self, views: tuple[AlertView, ...], *, in_sight: bool = True) -> None:
        """Show these; ``in_sight``: whether the screen can be seen."""
        now = self._clock()
        if in_sight:
            gone_by = now - self._looked_at
            self._calls = {key: left - gone_by for key, left in self._calls.items() if left > gone_by}
        self._looked_at = now
        if views == self.views:
            return
        before, self.views = {view.key: view for view in self.views}, views
        self._follow_early(before)
        here = {view.key for view in views}
        # One that becomes an A1 as its words are told in full has come just now, too.
        known = {key for key, view in before.items() if view.alert.level == AlertLevel.A1}
        arrived = {v.key for v in views if v.key not in known and is_new(v) and v.alert.level == AlertLevel.A1}
        self._calls = {key: left for key, left in self._calls.items() if key in here}
        self._calls |= dict.fromkeys(arrived, _CALLS_S)
        if self.revealed not in here:
            self.revealed = None
        self._mark(arrived)
        self._show()

    def move(self, by: int) -> None:
        """Move the mark so many alerts down."""
        if not self.views:
            return
        keys = [view.key for view in self.views]
        at = keys.index(self.selected) if self.selected in keys else -1
        self._calls.clear()
        self.hide()
        self.selected = keys[(at + by) % len(keys)]
        self._moved_at = float("-inf")
        self._show()

    def show(self, revealed: Revealed) -> None:
        """Reveal the marked alert."""
        view = self.marked
        if view is not None:
            self.revealed = view.key
            self._calls.pop(view.key, None)
            row = self._rows.get(view.key)
            if row is None or row.revealed != revealed:
                self._rows[view.key] = AlertRow(view, revealed)
                self._show()

    def hide(self) -> None:
        """Be terse again."""
        if self.revealed is not None:
            self._rows.pop(self.revealed, None)
            self.revealed = None
            self._mark({view.key for view in self.calling})
            self._show()

    def _follow_early(self, before: dict[AlertKey, AlertView]) -> None:
        """Stay with what was told early where it is told again in full: its words have another id now."""
        for key, old in list(before.items()):
            if not key.utterance.startswith(PROVISIONAL):
                continue
            again = [
                view.key
                for view in reversed(self.views)
                if view.key not in before and view.key.kind == key.kind and 0 <= view.at - old.at < _TURN
            ]
            if again and all(view.key != key for view in self.views):
                before[again[0]] = old
                self.selected = again[0] if self.selected == key else self.selected
                self.revealed = again[0] if self.revealed == key else self.revealed
                if key in self._calls:
                    self._calls[again[0]] = self._calls.pop(key)

    def _mark(self, arrived: set[AlertKey]) -> None:
        marked = self.marked
        fresh = [view for view in self.views if is_new(view)]
        urgent = [view for view in fresh if view.alert.level is AlertLevel.A1]
        if marked is not None and (marked.key == self.revealed or (is_new(marked) and not arrived)):
            return
        next_ = next(iter(urgent or fresh), marked or next(iter(self.views), None))
        if next_ is not None and next_.key != self.selected:
            self.selected = next_.key
            if marked is not None and is_new(marked):
                self._moved_at = self._clock()

    def _show(self) -> None:
        rows: dict[AlertKey, AlertRow] = {}
        for view in self.views:
            row = self._rows.get(view.key)
            if row is None or row.view != view:
                row = AlertRow(view, row.revealed if row is not None and view.key == self.revealed else None)
            rows[view.key] = row
        self._rows = rows
        self.show_rows(list(rows.values()))
        index = self.index_of(self.selected)
        if index is not None:
            self.select(self.selected)
