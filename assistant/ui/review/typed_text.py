"""A few lines to type in: enter goes on, long text wraps. What was typed is in no clipboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import TextArea

if TYPE_CHECKING:
    from textual import events


class TypedText(TextArea):
    """Text of the clinician's own, in as many lines as it needs."""

    @dataclass
    class Done(Message):
        """Enter was pressed."""

        by: TypedText

    def __init__(self, text: str = "", *, placeholder: str = "", id: str) -> None:  # noqa: A002  Textual's name for it
        """Start with ``text``, the cursor behind it."""
        super().__init__(
            text, id=id, placeholder=placeholder, compact=True, highlight_cursor_line=False, max_checkpoints=20
        )
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        # Enter makes no new line: a field of a note is one paragraph.
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Done(self))
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = " ".join(event.text.split())
        await super()._on_paste(event)
