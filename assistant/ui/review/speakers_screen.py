"""Who said it: what wants an ear, worst first; one key sets a stretch right, and the next one comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.containers import Container

from assistant.domain import SAMPLE_RATE
from assistant.review.view import Doubt, Stretch
from assistant.ui.dialogs.choice import Choice, Option
from assistant.ui.painted import Painted
from assistant.ui.people import colour, short
from assistant.ui.review.rows import BOLD, DIM, Row, RowList, remark
from assistant.ui.review.screens import ReviewScreen
from assistant.ui.review.wording import DOUBTS, told
from assistant.ui.wording import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.domain import Person, PersonId
    from assistant.review.view import Work

_KEYS = 9
"""People that have a key of their own."""
_NAME = 14


class SpeakersScreen(ReviewScreen, inherit_bindings=True):
    """Left the stretches; right the one that is pointed at, with what came before and after."""

    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("1-9", "name", "Name who said it; the next one comes"),
        (
            "A",
            "all like it",
            "Then a number, 0 or n: for all of the same doubt and voice. esc: only this one after all",
        ),
        ("0", "list", "Choose from the whole roster"),
        ("n", "nobody can say", "Nobody can say: it stays out of every note"),
        ("a", "was said", "Text that may be invented was in fact said"),
        ("enter", "as it is", "Looked at, and left as it is; the next one comes"),
        ("space", "play", "Play the stretch; again stops"),
        ("tab", "transcript", "Everything that was said: words given to the wrong person are set right there"),
        ("u", "undo", ""),
        ("esc", "", "Back to the session as a whole"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"name({number})", show=False) for number in range(1, _KEYS + 1)),
        Binding("0", "pick", show=False),
        Binding("A,shift+a", "alike", show=False),
        Binding("n", "nobody", show=False),
        Binding("a", "was_said", show=False),
        Binding("enter", "leave", show=False),
        Binding("space", "play", show=False),
        Binding("tab", "transcript", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._list = RowList(id="stretches")
        self._detail = Painted(id="stretch")
        self._legend = Painted(id="legend")
        self._stretches: tuple[Stretch, ...] = ()
        self._people: tuple[Person, ...] = ()
        self._work: Work | None = None
        self._alike = False

    def body(self) -> Iterable[Widget]:
        """Return the panes."""
        return (Container(self._list, Container(self._detail, self._legend, id="stretch-box"), id="speaker-panes"),)

    def ask(self) -> None:
        """Ask what wants an ear."""
        self._stretches = self.room.speakers()
        overview = self.room.overview()
        self._people = overview.people
        self._work = overview.work

    def forget(self) -> None:
        """Let go of what was asked for."""
        self._stretches = ()
        self._people = ()
        self._work = None
        self._alike = False

    def show(self) -> None:
        """Show the list and the stretch."""
        open_ = sum(1 for stretch in self._stretches if not stretch.done)
        work = self._work
        under_way = "" if work is None else f" · {told(work)}"
        self.paint_header(f"Speakers · {open_ or 'none'} to check of {len(self._stretches)}{under_way}")
        rows = [self._row(stretch) for stretch in self._stretches]
        self._list.fill(rows or [remark("none", "Nothing wants an ear. tab: everything that was said.")])
        self.moved()

    def moved(self) -> None:
        """Show the stretch that is pointed at."""
        self._detail.paint(self._told())
        self._legend.paint(self._numbers())

    def _row(self, stretch: Stretch) -> Row:
        number = self._number(stretch.speaker)
        who = "?" if number is None else str(number)
        if stretch.speaker is None and stretch.voice:
            who = f"?{stretch.voice}"
        done = "✓" if stretch.done else " "
        style = DIM if stretch.done else None
        head = f"{done} {clock(stretch.start)} {who:<2} {DOUBTS[stretch.doubt]:<10}"
        more = f"{stretch.alike} alike" if stretch.alike > 1 else ""
        return Row(stretch.key, more, head=head, head_style=style, style=DIM)

    def _told(self) -> Text:
        stretch = self._pointed()
        if stretch is None:
            return Text()
        text = Text()
        seconds = (stretch.end - stretch.start) / SAMPLE_RATE
        text.append(f"{stretch.doubt.value} · {clock(stretch.start)} · {seconds:.0f} s", BOLD)
        if stretch.voice and stretch.speaker is None:
            text.append(f" · voice {stretch.voice}", BOLD)
        now = next((p for p in self._people if p.id == stretch.speaker), None)
        text.append(f" · now {now.name if now else 'nobody'}\n\n", BOLD)
        if stretch.before:
            text.append(f"{stretch.before}\n\n", DIM)
        text.append(stretch.text, Style(bold=True, strike=stretch.doubt is Doubt.SUSPECT and not stretch.done))
        if stretch.after:
            text.append(f"\n\n{stretch.after}", DIM)
        return text

    def _numbers(self) -> Text:
        text = Text()
        stretch = self._pointed()
        if self._alike and stretch is not None:
            text.append(f" all {stretch.alike} like it: ", Style(bold=True, reverse=True)).append(" ")
        for number, person in enumerate(self._people[:_KEYS], start=1):
            style = Style(color=colour(number, dark=self.look.dark), bold=True)
            text.append(f"{number} {short(person.name, _NAME)}", style).append("   ")
        text.append("n nobody can say")
        return text

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_name(self, number: int) -> None:
        """Name who said it."""
        if number <= len(self._people):
            self._is_by(self._people[number - 1].id)
        else:
            self.app.say(f"Nobody has the number {number}.", failed=True)

    def action_nobody(self) -> None:
        """Say that nobody can say."""
        self._is_by(None)

    def action_pick(self) -> None:
        """Choose from the whole roster."""
        if self._pointed() is None:
            return
        options = [
            Option(str(number) if number <= _KEYS else "", person.name, person.id)
            for number, person in enumerate(self._people, start=1)
        ]
        self.app.push_screen(Choice("Who said it?", options), lambda one: None if one is None else self._is_by(one))

    def _is_by(self, person: PersonId | None) -> None:
        stretch = self._pointed()
        if stretch is None:
            return
        alike, self._alike = self._alike, False
        key = stretch.key
        count = f" All {stretch.alike} like it." if alike else ""
        name = next((p.name for p in self._people if p.id == person), "nobody can say")
        self.app.order(lambda: self.room.name(key, person, alike=alike), f"{clock(stretch.start)}: {name}.{count}")
        self._next()

    def action_transcript(self) -> None:
        """Show everything that was said."""
        self.app.quiet()
        self.app.to_transcript()

    def action_alike(self) -> None:
        """Have the next number count for all like it."""
        stretch = self._pointed()
        if stretch is not None:
            self._alike = not self._alike
            self.moved()

    def action_was_said(self) -> None:
        """Say that text which may be invented was said."""
        stretch = self._pointed()
        if stretch is None:
            return
        if stretch.doubt is not Doubt.SUSPECT:
            self.app.say("Its words are not in doubt: name who said them, or leave it with enter.", failed=True)
            return
        self.app.order(lambda: self.room.accept_text(stretch.key), f"{clock(stretch.start)}: was said.")
        self._next()

    def action_leave(self) -> None:
        """Leave it as it is."""
        stretch = self._pointed()
        if stretch is not None:
            self.app.order(lambda: self.room.leave(stretch.key), f"{clock(stretch.start)}: left as it is.")
            self._next()

    def action_play(self) -> None:
        """Play the stretch."""
        stretch = self._pointed()
        if stretch is not None:
            self.app.play_or_stop(stretch.start, stretch.end, SAMPLE_RATE)

    def action_move(self, by: int) -> None:
        """Point at another stretch; what was armed for this one is not for that."""
        self._alike = False
        self.app.quiet()
        super().action_move(by)

    def action_back(self) -> None:
        """Go back, or only disarm."""
        if self._alike:
            self.action_alike()
        else:
            self.app.quiet()
            super().action_back()

    def _next(self) -> None:
        """Point at the next stretch that nobody looked at."""
        self.app.quiet()
        here = self._list.at
        keys = [stretch.key for stretch in self._stretches]
        at = keys.index(here) if here in keys else -1
        for stretch in (*self._stretches[at + 1 :], *self._stretches[: max(0, at)]):
            if not stretch.done:
                self._list.point(stretch.key)
                break
        self.moved()

    def _pointed(self) -> Stretch | None:
        return next((stretch for stretch in self._stretches if stretch.key == self._list.at), None)

    def _number(self, person: PersonId | None) -> int | None:
        return next((n for n, p in enumerate(self._people, start=1) if p.id == person), None)
