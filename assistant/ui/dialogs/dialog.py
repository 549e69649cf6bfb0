"""The frame of every dialog: a title, what it asks, its keys. Esc leaves it; hiding works from it too."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Static

from assistant.ui.forgetting import forget_drawn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from rich.text import Text
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Region
    from textual.widget import Widget

    from assistant.live.view import Changes

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer], Generic[Answer], inherit_bindings=False):
    """A question over the screen; it answers None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("x", "app.hide_everything", show=False),
    ]

    def __init__(self, title: str, keys: str) -> None:
        """Take the title and the line about the keys."""
        super().__init__()
        self._title_words = title
        self._keys_words = keys
        self._beneath: list[Strip] | None = None

    def compose(self) -> ComposeResult:
        """Frame the body."""
        with Vertical(id="box"):
            yield Static(self._title_words, id="dialog-title", markup=False)
            yield from self.body()
            yield Static(self._keys_words, id="dialog-keys", markup=False)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw again, with what is beneath as it is by now."""
        self._beneath = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        """Return a line of the screen beneath.

        Textual's own way goes through Rich and looks at the style of every word, which takes as long as all the rest.
        """
        if self._beneath is None:
            stack = self.app.screen_stack
            at = stack.index(self) if self in stack else 0
            self._beneath = stack[at - 1]._compositor.render_strips() if at else []  # noqa: SLF001  as Textual's own
        if y < len(self._beneath):
            return self._beneath[y]
        return Strip.blank(self.size.width, self.rich_style)

    def on_unmount(self) -> None:
        """Leave nothing of what was shown."""
        self._beneath = None
        forget_drawn()

    def body(self) -> Iterable[Widget]:
        """Return what stands between title and keys."""
        return ()

    def take(self, changes: Changes) -> None:
        """Heed what changed in the session while the dialog is open."""

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


def words(text: str | Text, *, id: str | None = None, classes: str | None = None) -> Static:  # noqa: A002  Textual's name for it
    """Return a text for a dialog; never read as markup, since it may hold what somebody said."""
    return Static(text, id=id, classes=classes, markup=False)
