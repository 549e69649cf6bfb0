"""Rows of the review's lists: a head that stands apart, a text that wraps beside it, and a pointer.

Of a list only what is in sight is drawn (``ui.lines``), so that 1,500 rows cost no more than twenty.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from assistant.ui.lines import Lines
from assistant.ui.wrapping import breaks

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from assistant.ui.marks import Look

BOLD, DIM, REVERSE = Style(bold=True), Style(dim=True), Style(bold=True, reverse=True)
_LEAST = 12
"""Cells that a text gets, however narrow the list."""

Marks = tuple[tuple[int, int, Style], ...]


class Row:
    """One row: pointer, head, text."""

    def __init__(  # noqa: PLR0913  one for each thing that a row shows
        self,
        key: Hashable,
        text: str,
        *,
        head: str = "",
        head_style: Style | None = None,
        style: Style | None = None,
        marks: Marks = (),
        heading: bool = False,
    ) -> None:
        """Take what it says.

        Args:
            key: What it is, whatever it says.
            text: Wraps beside the head.
            head: Stands before the first line; the lines below are as far in.
            head_style: Of the head.
            style: Of the text.
            marks: Half-open offsets into the text, each with a style of its own.
            heading: Whether it only heads others, and cannot be pointed at.
        """
        self.key = key
        self.text = text
        self.head = head
        self.heading = heading
        self._head_style = head_style
        self._style = BOLD if heading and style is None else style
        self._marks = marks

    @property
    def says(self) -> tuple[object, ...]:
        """Everything that is shown; rows that say the same are the same."""
        return self.key, self.text, self.head, self.heading, self._head_style, self._style, self._marks

    def height(self, width: int, look: Look) -> int:
        """Return how many lines it takes."""
        del look
        return len(self._breaks(width))

    def lines(self, width: int, look: Look, *, selected: bool) -> list[list[Segment]]:
        """Return its lines."""
        del look
        pointer = "" if self.heading else ("▸ " if selected else "  ")
        first = [Segment(pointer, BOLD), Segment(self.head, self._head_style)]
        indent = [Segment(" " * (len(pointer) + len(self.head)))]
        return [
            [*(indent if number else first), *self._pieces(begin, end)]
            for number, (begin, end) in enumerate(self._breaks(width))
        ]

    def _breaks(self, width: int) -> list[tuple[int, int]]:
        return breaks(self.text, max(_LEAST, width - len(self.head) - (0 if self.heading else 2)))

    def _pieces(self, begin: int, end: int) -> list[Segment]:
        if not self._marks:
            return [Segment(self.text[begin:end], self._style)]
        cuts = sorted({begin, end, *(at for s, e, _ in self._marks for at in (s, e) if begin < at < end)})
        return [Segment(self.text[a:b], self._at(a)) for a, b in pairwise(cuts)] or [Segment("")]

    def _at(self, at: int) -> Style | None:
        found = [style for start, end, style in self._marks if start <= at < end]
        if not found:
            return self._style
        return Style.combine([self._style, *found] if self._style else found)


def heading(text: str) -> Row:
    """Return a row that heads others."""
    return Row(("heading", text), text, heading=True)


def remark(key: Hashable, text: str, style: Style = DIM) -> Row:
    """Return a row that only says something."""
    return Row(("remark", key), text, style=style, heading=True)


class RowList(Lines):
    """Rows from the top, of which one is pointed at while the list is the one that keys go to."""

    def __init__(self, *, id: str, active: bool = True) -> None:  # noqa: A002  Textual's name for it
        """Start empty."""
        super().__init__(id=id)
        self._active = active
        self._keeps = False
        self._at: Hashable | None = None

    @property
    def active(self) -> bool:
        """Whether keys go here."""
        return self._active

    @property
    def at(self) -> Hashable | None:
        """Key of the row that is pointed at, or would be; None: the list has none."""
        return self._at

    def fill(self, rows: Sequence[Row]) -> None:
        """Show these rows; the pointer stays on its row, or near where that was."""
        old = [row for row in self.rows if isinstance(row, Row)]
        same = {row.says: row for row in old}
        rows = [same.get(row.says, row) for row in rows]
        keys = [row.key for row in rows if not row.heading]
        if self._at not in keys:
            before = [row.key for row in old if not row.heading]
            index = before.index(self._at) if self._at in before else 0
            self._at = keys[min(index, len(keys) - 1)] if keys else None
        self.selected = self._at if self._active or self._keeps else None
        self.show_rows(rows)
        self._into_sight()

    def empty(self) -> None:
        """Let go of the rows, and begin at the top."""
        self._at = None
        self.selected = None
        self.rows = []
        self._ends = []
        self._heights.clear()
        self._drawn.clear()
        self._lay_out()
        self.scroll_to(y=0, animate=False, immediate=True)

    def activate(self, *, active: bool, keeps: bool = False) -> None:
        """Have keys go here, or no longer; ``keeps``: its row stays marked all the same."""
        self._active = active
        self._keeps = keeps
        self.selected = self._at if active or keeps else None
        self.refresh()

    def move(self, by: int) -> bool:
        """Point so many rows further down (negative: up); whether that is another row."""
        keys = [row.key for row in self.rows if isinstance(row, Row) and not row.heading]
        if not keys:
            return False
        index = keys.index(self._at) if self._at in keys else 0
        return self.point(keys[min(max(0, index + by), len(keys) - 1)])

    def point(self, key: Hashable) -> bool:
        """Point at a row; whether that is another one."""
        if key == self._at or self.index_of(key) is None:
            return False
        self._at = key
        if self._active or self._keeps:
            self.selected = key
        self.refresh()
        self._into_sight()
        return True

    def to_the_end(self) -> None:
        """Stay: a list of the review begins at its top."""

    def on_resize(self) -> None:
        """Wrap again, and keep what is pointed at in sight."""
        super().on_resize()
        self._into_sight()

    def _into_sight(self) -> None:
        index = self.index_of(self._at)
        if index is None or not self._ends or index >= len(self._ends):
            return
        first = index
        while first and isinstance(above := self.rows[first - 1], Row) and above.heading:
            first -= 1
        top = self._ends[first - 1] if first else 0
        lowest = self._ends[index] - self.size.height
        self.scroll_to(y=max(0, min(top, max(lowest, self.scroll_offset.y))), animate=False, immediate=True)
