"""What every screen of the review has: a line above, a body, a line for what became of a key, and a footer of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.containers import Container
from textual.screen import Screen

from assistant.errors import AssistantError
from assistant.ui.forgetting import forget_widget
from assistant.ui.marks import Look
from assistant.ui.painted import Painted
from assistant.ui.review.dialogs import KeysDialog
from assistant.ui.review.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.ui.review.app import ReviewApp
    from assistant.ui.review_room import ReviewRoom

_FOOTER = 2
"""Lines for keys."""
WIDE = 110
"""Columns from which two panes stand side by side."""


class ReviewScreen(Screen[None], inherit_bindings=False):
    """One of the review's screens. The app shows one at a time: nothing of the former is left beneath it.

    A screen is kept when it is left, and wiped: of what it showed, nothing stays in it.
    """

    app: ReviewApp
    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    """Key, its name in the footer ("" keeps it out), what it does."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("x", "app.hide_everything", show=False),
        Binding("l", "app.lock", show=False),
        Binding("t", "app.light_or_dark", show=False),
        Binding("u", "app.undo", show=False),
        Binding("question_mark", "keys", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("home", "move(-100000)", show=False),
        Binding("end", "move(100000)", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._header = Painted(id="header")
        self._status = Painted(id="status")
        self._footer = Painted(id="keys")
        self.look = Look()
        self.version = -1
        self.visit = 0
        """Grows each time the screen is wiped: what was asked on a former visit is not for this one."""
        self._drawn_for = 0

    @property
    def room(self) -> ReviewRoom:
        """What it shows."""
        return self.app.room

    def compose(self) -> ComposeResult:
        """Frame the body."""
        yield self._header
        yield Container(*self.body(), id="body")
        yield self._status
        yield self._footer

    def body(self) -> Iterable[Widget]:
        """Return what stands between header and status."""
        return ()

    def lists(self) -> tuple[RowList, ...]:
        """Return the lists, the first of which keys go to unless another is active."""
        return tuple(self.query(RowList))

    def on_mount(self) -> None:
        """Draw for the first time."""
        self.dress()
        self.take()

    def on_screen_resume(self) -> None:
        """Show what changed while something stood above, or all of it after a wiping."""
        if not self.is_mounted:
            return
        if self.version < 0:
            self.dress()
        if self.version != self.room.version:
            self.take()
        self.call_after_refresh(self.app.uncovered)

    def wipe(self) -> None:
        """Let go of everything that it showed: the screen is being left."""
        self.version = -1
        self.visit += 1
        self.forget()
        for each in self.lists():
            each.empty()
        for each in (*self.query(Painted), *self.query(RowList), self):
            if isinstance(each, Painted) and each is not self._footer:
                each.paint(Text())
            forget_widget(each)

    def forget(self) -> None:
        """Let go of what was asked for."""

    def is_still(self, visit: int) -> bool:
        """Whether this is what is shown, with nothing above it, on the same visit as when something was asked."""
        return self.app.screen is self and self.visit == visit

    def on_resize(self, event: events.Resize) -> None:
        """Stand the panes beside or below each other."""
        self.dress(event.size.width)

    def dress(self, width: int | None = None) -> None:
        """Draw by the theme, the colours that there are, and the width."""
        app = self.app
        width = self.size.width if width is None else width
        look = Look(
            dark=app.current_theme.dark,
            letters=app.plain or app.no_color or app.console.color_system is None,
            plain=app.plain,
            narrow=app.plain or width < WIDE,
        )
        same = look == self.look and width == self._drawn_for
        self.look = look
        self._drawn_for = width
        self.set_class(look.narrow, "-narrow")
        self.set_class(look.plain, "-plain")
        for each in self.lists():
            each.dress(look)
        self._footer.paint(Text(footer(self.KEYS, width), no_wrap=True, overflow="ellipsis"))
        if self.version >= 0 and not same:
            self.show()

    def take(self) -> None:
        """Ask the review what there is, and show it."""
        self.version = self.room.version
        try:
            self.ask()
        except AssistantError as error:
            self.app.say(str(error), failed=True)
        else:
            self.show()

    def ask(self) -> None:
        """Ask the review for what this screen shows."""

    def show(self) -> None:
        """Show what was asked for."""

    def paint_header(self, words: str, *urgent: str) -> None:
        """Show the line above; ``urgent`` stands out, before it."""
        line = Text(no_wrap=True, overflow="ellipsis")
        for one in urgent:
            line.append(f" {one} ", Style(bold=True, reverse=True)).append(" ")
        line.append(words if urgent else f" {words}", Style(bold=True))
        self._header.paint(line)

    def say(self, words: Text) -> None:
        """Show what became of a key."""
        self._status.paint(words)

    def active(self) -> RowList | None:
        """Return the list that keys go to."""
        lists = self.lists()
        return next((each for each in lists if each.active), lists[0] if lists else None)

    def action_move(self, by: int) -> None:
        """Point at another row."""
        active = self.active()
        if active is not None and active.move(by):
            self.moved()

    def moved(self) -> None:
        """Show what belongs to the row that is now pointed at."""

    def action_back(self) -> None:
        """Go back to where this screen was opened from."""
        self.app.to_overview()

    def action_keys(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(KeysDialog(self.KEYS))

    def be_terse(self) -> None:
        """Take away what was shown on purpose: the screen is being hidden."""


def footer(keys: tuple[tuple[str, str, str], ...], width: int) -> str:
    """Return the keys that have a name, in two lines at most; a key that finds no place stands behind "?"."""
    lines = [""]
    for entry in ("? keys", *(f"{key} {name}" for key, name, _ in keys if name)):
        longer = f"{lines[-1]}  {entry}" if lines[-1] else entry
        if len(longer) <= width:
            lines[-1] = longer
        elif len(lines) < _FOOTER:
            lines.append(entry)
    return "\n".join(lines)
