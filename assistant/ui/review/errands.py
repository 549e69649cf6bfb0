"""What the screens have the review do beside them, and the line that says what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rich.style import Style
from rich.text import Text

from assistant.errors import AssistantError, SessionError
from assistant.ui.guarded import GuardedApp
from assistant.ui.orders import Orders
from assistant.ui.review.screens import ReviewScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from assistant.ui.review_room import ReviewRoom

_SAID_S = 15.0
"""Seconds that the line about the last key stays."""
Result = TypeVar("Result")


class Errands(GuardedApp, inherit_bindings=True):
    """Orders in a thread of their own, one after another; sound in another one."""

    def __init__(
        self,
        room: ReviewRoom | None,
        save: Callable[[], None],
        *,
        unlock: Callable[[str], bool] | None,
        idle_lock_minutes: float,
        clock: Callable[[], float],
    ) -> None:
        """Take the review, where it is open already, and what the guard needs."""
        super().__init__(save, unlock=unlock, idle_lock_minutes=idle_lock_minutes, clock=clock)
        self._room = room
        self._sound = Orders()
        self._playing_until = 0.0
        self._said: Timer | None = None

    @property
    def room(self) -> ReviewRoom:
        """The review."""
        if self._room is None:
            raise SessionError("the vault is not open")
        return self._room

    def poll(self) -> None:
        """Show what is new."""

    def review_screen(self) -> ReviewScreen | None:
        """Return the review's screen, whatever stands above it."""
        return next((s for s in reversed(self.screen_stack) if isinstance(s, ReviewScreen)), None)

    # -- orders -------------------------------------------------------------------------------------------------------

    def order(
        self,
        order: Callable[[], object],
        said: str,
        *,
        then: Callable[[], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Have the review do something, and say what became of it; ``then`` where it did, ``failed`` where not."""

        def carry_out() -> None:
            order()

        def done(error: BaseException | None) -> None:
            self.call_later(self._ordered, error, said, then, failed)

        self.orders.give(carry_out, done, urgent=False)

    def fetch(self, order: Callable[[], Result], take: Callable[[Result], None]) -> None:
        """Have the review find something, and hand it on; nothing keeps it afterwards."""
        found: list[Result] = []

        def done(error: BaseException | None) -> None:
            self.call_later(self._ordered, error, "", lambda: take(found.pop()), None)

        self.orders.give(lambda: found.append(order()), done, urgent=False)

    def _ordered(
        self,
        error: BaseException | None,
        said: str,
        then: Callable[[], None] | None,
        failed: Callable[[], None] | None,
    ) -> None:
        if not self.is_running:
            return
        if error is None:
            if then is not None:
                then()
            if said:
                self.say(said)
            self.poll()
        elif isinstance(error, AssistantError):
            self.say(str(error), failed=True)
            self.poll()
            if failed is not None:
                failed()
        else:
            self.fail(error)

    def say(self, words: str, *, failed: bool = False) -> None:
        """Show what became of a key, for a while."""
        style = Style(bold=True, reverse=True) if failed else Style(bold=True)
        screen = self.review_screen()
        if screen is not None:
            screen.say(Text("! " + words if failed else words, style))
        if self._said is not None:
            self._said.stop()
        self._said = self.set_timer(_SAID_S, self._unsay)

    def _unsay(self) -> None:
        screen = self.review_screen()
        if screen is not None:
            screen.say(Text())

    def action_undo(self) -> None:
        """Take the last decision back."""
        self.fetch(self.room.undo, lambda what: self.say(f"Taken back: {what}" if what else "Nothing to undo."))

    # -- sound --------------------------------------------------------------------------------------------------------

    def play_or_stop(self, start: int, end: int, rate: int) -> None:
        """Play a stretch; the same key again stops it."""
        if self.clock() < self._playing_until:
            self.quiet()
            return
        self._playing_until = self.clock() + (end - start) / rate
        room = self.room

        def done(error: BaseException | None) -> None:
            if error is not None:
                self._playing_until = 0.0
                self.call_later(self._ordered, error, "", None, None)

        self.say("Playing. space stops.")
        self._sound.give(lambda: room.play(start, end), done, urgent=False)

    def quiet(self) -> None:
        """Stop playing."""
        if self._room is None or not self._playing_until:
            return
        self._playing_until = 0.0
        self._sound.give(self._room.quiet, lambda _: None, urgent=True)
