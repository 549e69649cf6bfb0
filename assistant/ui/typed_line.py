"""A line to type in. Its cursor does not blink: that would be drawn twice a second for nothing."""

from __future__ import annotations

from textual.widgets import Input


class TypedLine(Input):
    """One line of the facilitator's own."""

    def __init__(self, placeholder: str, *, id: str, secret: bool = False, disabled: bool = False) -> None:  # noqa: A002  Textual's name for it
        """Start empty; ``secret``: what is typed is not shown."""
        super().__init__(placeholder=placeholder, id=id, password=secret, disabled=disabled)
        self.cursor_blink = False
