"""The alerts, newest first: terse until a key reveals one, and for 20 seconds alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import AlertLevel, AlertState
from assistant.ui.alert_rows import AlertRow, Revealed
from assistant.ui.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.live.view import AlertKey, AlertView

_SETTLE_S = 0.6
"""Seconds after the mark has moved by itself in which a key is not taken as meant for its new place."""


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
        self._rows: dict[AlertKey, AlertRow] = {}
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

    def take(self, views: tuple[AlertView, ...]) -> bool:
        """Show these; return whether anything changed."""
        if views == self.views:
            return False
        known = {view.key for view in self.views}
        self.views = views
        if self.revealed is not None and all(view.key != self.revealed for view in views):
            self.revealed = None
        self._mark(known)
        self._show()
        return True

    def move(self, by: int) -> None:
        """Move the mark so many alerts down."""
        if not self.views:
            return
        keys = [view.key for view in self.views]
        at = keys.index(self.selected) if self.selected in keys else -1
        self.hide()
        self.selected = keys[(at + by) % len(keys)]
        self._moved_at = float("-inf")
        self._show()

    def show(self, revealed: Revealed) -> None:
        """Reveal the marked alert."""
        view = self.marked
        if view is not None:
            self.revealed = view.key
            self._rows[view.key] = AlertRow(view, revealed)
            self._show()

    def hide(self) -> None:
        """Be terse again."""
        if self.revealed is not None:
            self._rows.pop(self.revealed, None)
            self.revealed = None
            self._show()

    def _mark(self, known: set[AlertKey]) -> None:
        marked = self.marked
        fresh = [view for view in self.views if is_new(view)]
        urgent = [view for view in fresh if view.alert.level is AlertLevel.A1]
        arrived = [view for view in urgent if view.key not in known]
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
