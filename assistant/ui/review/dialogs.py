"""The review's dialogs: keys, a few lines to type, and words that were held back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from assistant.ui.dialogs.dialog import Dialog, words
from assistant.ui.review.typed_text import TypedText
from assistant.ui.review.wording import KEYS_EVERYWHERE, LIMITS, PRIVATE, PRIVATE_S, UNSAVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

_AT_ONCE = 4
"""Lines that a dialog opens with; the others come right after it was painted, since each takes a while to make."""


class KeysDialog(Dialog[None], inherit_bindings=True):
    """The keys of a screen, those of all screens, and what the review cannot do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("question_mark,enter", "leave", show=False),
    ]

    def __init__(self, keys: tuple[tuple[str, str, str], ...]) -> None:
        """Take the screen's own keys."""
        super().__init__("Keys", "up/down · esc leaves")
        self._keys = keys

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(justify="right", width=8, no_wrap=True)
        table.add_column()
        for key, what in (*((key, what) for key, _, what in self._keys), ("", ""), *KEYS_EVERYWHERE):
            table.add_row(Text(key, "bold"), Text(what))
        yield VerticalScroll(Static(table, markup=False), words(f"\n{LIMITS}"), id="help", can_focus=False)

    def action_scroll(self, by: int) -> None:
        """Move through the list."""
        self.query_one("#help", VerticalScroll).scroll_relative(y=by, animate=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line to type."""

    label: str
    asks: str = ""
    """What it is for."""
    text: str = ""
    """What stands there at first."""
    needed: bool = False
    """Whether the dialog is not answered while it is empty."""
    warns: str = ""
    """What stands against what is there, and what to do; stands out above the line."""


class TypedDialog(Dialog[tuple[str, ...]], inherit_bindings=True):
    """One or more lines to type; enter goes on to the next, on the last it answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab,down", "go(1)", show=False, priority=True),
        Binding("shift+tab,up", "go(-1)", show=False, priority=True),
        Binding("ctrl+s", "keep", show=False, priority=True),
    ]

    def __init__(  # noqa: PLR0913  one for each thing that it says
        self,
        title: str,
        lines: Iterable[Line],
        *,
        about: str = "",
        keeps: str = "enter keeps it",
        last: int = 0,
        more: str = "",
    ) -> None:
        """Take what is asked, a sentence about it, what the last enter does, on which line (0: the last), more keys."""
        self._lines = tuple(lines)
        self._last = last or len(self._lines)
        keys = ("enter: next" if len(self._lines) > 1 else "", keeps, "esc leaves", more, "ctrl+x hides")
        super().__init__(title, " · ".join(key for key in keys if key))
        self._about = about
        self._warned = False

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        if self._about:
            yield words(self._about, id="about")
        for number in range(min(_AT_ONCE, len(self._lines))):
            yield from self._line(number)
        yield words("", id="warning")

    def _line(self, number: int) -> Iterable[Widget]:
        line = self._lines[number]
        if line.warns:
            yield words(f"! {line.warns}", id=f"warns-{number}", classes="warns")
        yield words(f"{line.label}{' (needed)' if line.needed else ''}", id=f"label-{number}")
        yield TypedText(line.text, placeholder=line.asks, id=f"line-{number}")

    def on_mount(self) -> None:
        """Begin at the first line."""
        if not self._there():  # the screen ends as it opens
            return
        self._at(0).focus()
        if len(self._lines) > _AT_ONCE:
            self.call_after_refresh(self._more)

    async def _more(self) -> None:
        if self.is_attached:
            more = [each for number in range(_AT_ONCE, len(self._lines)) for each in self._line(number)]
            await self.query_one("#box").mount_all(more, before="#warning")

    def on_typed_text_done(self, event: TypedText.Done) -> None:
        """Go on, or answer."""
        event.stop()
        number = int((event.by.id or "line-0").removeprefix("line-"))
        if number + 1 in {self._last, len(self._lines)}:
            self.action_keep()
        else:
            self._at(number + 1).focus()

    def action_go(self, by: int) -> None:
        """Go to the next or the former line."""
        now = self.focused.id if self.focused is not None else None
        number = int((now or "line-0").removeprefix("line-"))
        there = self._there()
        if there > 1:
            self._at((number + by) % there).focus()

    def action_keep(self) -> None:
        """Answer, unless something that is needed is empty."""
        typed = tuple(text.strip() for text in self._typed())
        for number, (line, text) in enumerate(zip(self._lines, typed, strict=True)):
            if line.needed and not text:
                self.query_one("#warning", Static).update(f"! {line.label} is needed.")
                self._at(number).focus()
                return
        self.dismiss(typed)

    def action_leave(self) -> None:
        """Leave; what was typed is dropped only when it is said twice."""
        typed = self._typed()
        if self._warned or typed == tuple(line.text for line in self._lines):
            self.dismiss(None)
            return
        self._warned = True
        self.query_one("#warning", Static).update(UNSAVED)

    def _typed(self) -> tuple[str, ...]:
        """Return what stands in each line; one that is not there yet says what it will."""
        there = self._there()
        return tuple(self._at(n).text if n < there else line.text for n, line in enumerate(self._lines))

    def _there(self) -> int:
        """Return how many lines are there by now."""
        return len(self.query(TypedText))

    def _at(self, number: int) -> TypedText:
        return self.query_one(f"#line-{number}", TypedText)


class PrivateDialog(Dialog[None], inherit_bindings=True):
    """Words that were held back: asked for, logged, shown for a minute, and gone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", show=False),
        Binding("escape,v", "leave", show=False),
    ]

    def __init__(self, read: Callable[[PrivateDialog], None]) -> None:
        """Take what fetches the words, which the log notes; it gives them to ``reveal``."""
        super().__init__("Held back", "enter shows the words, for 60 s · esc leaves")
        self._read = read
        self._asked = False
        self._concealed = False

    def body(self) -> Iterable[Widget]:
        """Return the warning, and a place for the words."""
        yield words(PRIVATE, id="about")
        yield words("", id="private-words")

    def action_read(self) -> None:
        """Ask for the words, once."""
        if not self._asked:
            self._asked = True
            self._read(self)

    def reveal(self, said: str) -> None:
        """Show the words for a minute, if the dialog is still what is shown."""
        if self.is_attached and self.app.screen is self and not self._concealed:
            self.query_one("#private-words", Static).update(Text(f"“{said}”"))
            self.set_timer(PRIVATE_S, self.conceal)

    def conceal(self) -> None:
        """Close, whatever stands above; the words go at once."""
        self._concealed = True
        for each in self.query(Static):
            each.update("")
        if self.app.screen is self:
            self.dismiss(None)
        else:
            self.set_timer(0.05, self.conceal)

    def on_unmount(self) -> None:
        """Keep nothing."""
        for each in self.query(Static):
            each.update("")
