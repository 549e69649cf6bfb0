"""Everything that was said, in order: words that were given to the wrong person with confidence are found here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding

from assistant.domain import SAMPLE_RATE
from assistant.ui.dialogs.choice import Choice, Option
from assistant.ui.painted import Painted
from assistant.ui.people import colour, short
from assistant.ui.review.dialogs import Line, TypedDialog
from assistant.ui.review.rows import BOLD, DIM, REVERSE, Row, RowList, remark
from assistant.ui.review.screens import ReviewScreen
from assistant.ui.wording import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.domain import Person, PersonId
    from assistant.review.view import Spoken

_KEYS = 9
"""People that have a key of their own."""
_NAME = 14


class TranscriptScreen(ReviewScreen, inherit_bindings=True):
    """One row an utterance, with whoever is taken for its speaker; the whole room's screen, never one member's."""

    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("1-9", "said by", "Say who said what is pointed at, and go on to the next"),
        ("A", "whole run", "Then a number, 0 or n: for all that its speaker said there without a break"),
        ("0", "list", "Choose from the whole roster"),
        ("n", "nobody can say", "Nobody can say: it stays out of every note"),
        ("space", "play", "Play what is pointed at; again stops"),
        ("/", "find", "Find words"),
        ("N", "", "Find the same words further down"),
        ("u", "undo", ""),
        ("tab", "back", "Back to the stretches that want an ear"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"name({number})", show=False) for number in range(1, _KEYS + 1)),
        Binding("0", "pick", show=False),
        Binding("A,shift+a", "alike", show=False),
        Binding("n", "nobody", show=False),
        Binding("N,shift+n", "find_next", show=False),
        Binding("slash", "find", show=False),
        Binding("space", "play", show=False),
        Binding("tab", "back", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._list = RowList(id="spoken")
        self._legend = Painted(id="legend")
        self._spoken: tuple[Spoken, ...] = ()
        self._people: tuple[Person, ...] = ()
        self._alike = False
        self._sought = ""

    def body(self) -> Iterable[Widget]:
        """Return the list, and who has which key."""
        return (self._list, self._legend)

    def ask(self) -> None:
        """Ask for all of it."""
        self._spoken = self.room.transcript()
        self._people = self.room.overview().people

    def forget(self) -> None:
        """Let go of what was asked for."""
        self._spoken = ()
        self._people = ()
        self._alike = False
        self._sought = ""

    def show(self) -> None:
        """Show it."""
        unknown = sum(1 for one in self._spoken if one.speaker is None)
        self.paint_header(f"Transcript · {len(self._spoken)} utterances, {unknown or 'none'} of nobody known")
        names = {person.id: short(person.name, _NAME) for person in self._people}
        styles = {
            person.id: Style(color=colour(number, dark=self.look.dark), bold=True)
            for number, person in enumerate(self._people, start=1)
        }
        rows = [
            Row(
                one.key,
                one.text,
                head=f"{clock(one.start)} {names.get(one.speaker, '?') if one.speaker else '?':<{_NAME}}"
                f"{'✎' if one.by_hand else ' '} ",
                head_style=REVERSE if one.speaker is None else styles.get(one.speaker),
            )
            for one in self._spoken
        ]
        self._list.fill(rows or [remark("none", "Nothing was said.")])
        self.moved()

    def moved(self) -> None:
        """Show who has which key."""
        text = Text()
        if self._alike:
            run = self._run()
            text.append(f" the whole run of {run}: ", Style(bold=True, reverse=True)).append(" ")
        for number, person in enumerate(self._people[:_KEYS], start=1):
            style = Style(color=colour(number, dark=self.look.dark), bold=True)
            text.append(f"{number} {short(person.name, _NAME)}", style).append("   ")
        text.append("n nobody can say", DIM if not self._alike else BOLD)
        self._legend.paint(text)

    def _run(self) -> int:
        """Return how many utterances stand around what is pointed at without another speaker between."""
        at = self._at()
        if at is None:
            return 0
        who, first, last = self._spoken[at].speaker, at, at
        while first and self._spoken[first - 1].speaker == who:
            first -= 1
        while last + 1 < len(self._spoken) and self._spoken[last + 1].speaker == who:
            last += 1
        return last - first + 1

    def _at(self) -> int | None:
        return next((n for n, one in enumerate(self._spoken) if one.key == self._list.at), None)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_name(self, number: int) -> None:
        """Say who said it."""
        if number <= len(self._people):
            self._is_by(self._people[number - 1].id)
        else:
            self.app.say(f"Nobody has the number {number}.", failed=True)

    def action_nobody(self) -> None:
        """Say that nobody can say."""
        self._is_by(None)

    def action_pick(self) -> None:
        """Choose from the whole roster."""
        if self._at() is None:
            return
        options = [
            Option(str(number) if number <= _KEYS else "", person.name, person.id)
            for number, person in enumerate(self._people, start=1)
        ]
        self.app.push_screen(Choice("Who said it?", options), lambda one: None if one is None else self._is_by(one))

    def _is_by(self, person: PersonId | None) -> None:
        at = self._at()
        if at is None:
            return
        one, run, alike = self._spoken[at], self._run(), self._alike
        self._alike = False
        name = next((p.name for p in self._people if p.id == person), "nobody can say")
        count = f" All {run} of the run." if alike else ""
        said = f"{clock(one.start)}: {name}.{count} u takes it back."
        self.app.order(lambda: self.room.name(one.key, person, alike=alike), said)
        self.app.quiet()
        self._list.move(1)
        self.moved()

    def action_alike(self) -> None:
        """Have the next number count for the whole run."""
        if self._at() is not None:
            self._alike = not self._alike
            self.moved()

    def action_play(self) -> None:
        """Play what is pointed at."""
        at = self._at()
        if at is not None:
            self.app.play_or_stop(self._spoken[at].start, self._spoken[at].end, SAMPLE_RATE)

    def action_move(self, by: int) -> None:
        """Point at another; what was armed for this one is not for that."""
        self._alike = False
        self.app.quiet()
        super().action_move(by)

    def action_find(self) -> None:
        """Find words."""

        def look(typed: tuple[str, ...] | None) -> None:
            if typed is not None and typed[0]:
                self._sought = typed[0]
                self.action_find_next()

        ask = [Line("words", text=self._sought)]
        self.app.push_screen(TypedDialog("Find in the transcript", ask, keeps="enter"), look)

    def action_find_next(self) -> None:
        """Point at the next utterance that holds the words."""
        at = self._at()
        sought = self._sought.casefold()
        if at is None or not sought:
            return
        for one in (*self._spoken[at + 1 :], *self._spoken[: at + 1]):
            if sought in one.text.casefold():
                self._list.point(one.key)
                self.moved()
                return
        self.app.say("Nobody said that.", failed=True)

    def action_back(self) -> None:
        """Go back to the stretches, or only disarm."""
        if self._alike:
            self.action_alike()
        else:
            self.app.quiet()
            self.app.to_speakers()
