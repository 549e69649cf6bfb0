"""A widget that holds one text and is drawn again only when the text has changed."""

from __future__ import annotations

from rich.text import Text
from textual.widget import Widget


class Painted(Widget, can_focus=False):
    """A text at a place."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's name for it
        """Start empty."""
        super().__init__(id=id)
        self.text = Text()

    def paint(self, text: Text) -> None:
        """Show ``text`` if it is not what is shown."""
        if text.plain == self.text.plain and text.spans == self.text.spans and text.style == self.text.style:
            return
        # Whether it wraps into more lines than before is for the layout to say.
        lines = text.plain != self.text.plain
        self.text = text
        if self.has_class("-may-vanish"):
            self.display = bool(text.plain)
        self.refresh(layout=lines and self.styles.height is not None and self.styles.height.is_auto)

    def render(self) -> Text:
        """Return the text."""
        return self.text
