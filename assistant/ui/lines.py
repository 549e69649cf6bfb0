"""A list of rows, of which only those in sight are drawn: a session of 90 minutes has 1,500 of them.

Heights are known for all rows (wrapping is cheap), coloured lines for those that were looked at since the last change
of width or colours.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from assistant.ui.marks import Look

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

_CHOSEN_ON_DARK, _CHOSEN_ON_LIGHT = Style(bgcolor="#34405a"), Style(bgcolor="#d3e0f5")
"""Beneath the selected row, beside its pointer: colour alone never tells."""


class Row(Protocol):
    """What can stand in the list. A row is told from another by identity: one that says something else is a new one."""

    @property
    def key(self) -> Hashable:
        """What the row is, whatever it says."""

    def height(self, width: int, look: Look) -> int:
        """Return how many lines it takes."""

    def lines(self, width: int, look: Look, *, selected: bool) -> list[list[Segment]]:
        """Return its lines, of ``height`` entries."""


class Lines(ScrollView, can_focus=False):
    """Rows, the newest at the bottom; it stays at the bottom until somebody looks back."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's name for it
        """Start empty."""
        super().__init__(id=id)
        self.look = Look()
        self.rows: list[Row] = []
        self.selected: Hashable | None = None
        self._follow = True
        self._spare = 0
        self._width = 0
        self._ends: list[int] = []
        self._heights: dict[Row, int] = {}
        self._drawn: dict[tuple[Row, bool], list[Strip]] = {}

    @property
    def looks_back(self) -> bool:
        """Whether somebody looks at older rows, so that the newest may be out of sight."""
        return not self._follow or self.index_of(self.selected) is not None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Put these rows in the place of those that are there."""
        first = next((i for i, (old, new) in enumerate(zip(self.rows, rows, strict=False)) if old is not new), None)
        if first is None:
            first = min(len(self.rows), len(rows))
            if len(self.rows) == len(rows):
                return
        self.rows = list(rows)
        self._lay_out()

    def dress(self, look: Look) -> None:
        """Draw everything in another way."""
        if look != self.look:
            self.look = look
            self._heights.clear()
            self._drawn.clear()
            self._lay_out()

    def reach_up(self, lines: int) -> None:
        """Let the last row be scrolled up by so many lines more: something stands over the bottom."""
        self._spare = lines
        self._lay_out()

    def select(self, key: Hashable | None) -> None:
        """Select a row, and bring it into sight; None: go to the newest."""
        self.selected = key
        self.refresh()
        if self.index_of(key) is None:
            self.to_the_end()
        else:
            self._bring_into_sight()

    def to_the_end(self) -> None:
        """Show the newest, and stay there."""
        self._follow = True
        self.scroll_to(y=max(0, self.virtual_size.height - self.size.height), animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Notice whether somebody looks back."""
        super().watch_scroll_y(old_value, new_value)
        self._follow = new_value >= self.virtual_size.height - self.size.height - 1

    def _bring_into_sight(self) -> None:
        index = self.index_of(self.selected)
        if index is None:
            return
        top = self._ends[index - 1] if index else 0
        lowest = self._ends[index] - self.size.height
        self.scroll_to(y=min(top, max(lowest, self.scroll_offset.y)), animate=False)

    def index_of(self, key: Hashable | None) -> int | None:
        """Return where a row stands, from the end backwards; None where it is not."""
        if key is not None:
            for index in range(len(self.rows) - 1, -1, -1):
                if self.rows[index].key == key:
                    return index
        return None

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        width, base = self._width, self.rich_style
        at = y + self.scroll_offset.y
        index = bisect_right(self._ends, at)
        if index >= len(self._ends):  # below the last row, or asked before there is a width
            return Strip.blank(width, base)
        row = self.rows[index]
        top = self._ends[index - 1] if index else 0
        return self._strips(row, base)[at - top]

    def on_resize(self) -> None:
        """Wrap again where the width has changed."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self._heights.clear()
            self._drawn.clear()
        self._lay_out()
        self._bring_into_sight()

    def notify_style_update(self) -> None:
        """Draw again: the colours have changed."""
        self._drawn.clear()
        super().notify_style_update()

    def _strips(self, row: Row, base: Style) -> list[Strip]:
        chosen = self.selected is not None and row.key == self.selected
        strips = self._drawn.get((row, chosen))
        if strips is None:
            under = base + (_CHOSEN_ON_DARK if self.look.dark else _CHOSEN_ON_LIGHT) if chosen else base
            strips = [
                Strip([Segment(s.text, under + s.style if s.style else under) for s in line]).adjust_cell_length(
                    self._width, under
                )
                for line in row.lines(self._width, self.look, selected=chosen)
            ]
            self._drawn[row, chosen] = strips
        return strips

    def _lay_out(self) -> None:
        width = self._width
        if not width:
            return
        heights = self._heights
        self._heights = {row: heights.get(row) or row.height(width, self.look) for row in self.rows}
        self._drawn = {key: strips for key, strips in self._drawn.items() if key[0] in self._heights}
        self._ends = list(accumulate(self._heights[row] for row in self.rows))
        self.virtual_size = Size(width, (self._ends[-1] if self._ends else 0) + self._spare)
        if self.selected is not None and self.index_of(self.selected) is None:
            self.selected = None
        if self.selected is None and self._follow:
            self.to_the_end()
        self.refresh()
