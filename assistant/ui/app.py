"""The live session's app: it asks the session ten times a second what is new, and passes key presses on to it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from rich.style import Style
from rich.text import Text

from assistant.errors import AssistantError, ConsentError
from assistant.live.view import Phase
from assistant.ui.crash_safe import run_safely
from assistant.ui.dialogs.dialog import Dialog
from assistant.ui.dialogs.help import HelpDialog
from assistant.ui.guarded import GuardedApp
from assistant.ui.header import lacking_words
from assistant.ui.live_screen import LiveScreen
from assistant.ui.lock_screen import LockScreen
from assistant.ui.people_deeds import PeopleDeeds
from assistant.ui.preflight_screen import PreflightScreen
from assistant.ui.tidying import Tidying

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from assistant.live.view import Changes
    from assistant.ui.room import LiveRoom

_POLL_S = 0.1
_SAID_S = 12.0
"""Seconds that the line about the last key stays."""


class LiveApp(GuardedApp, inherit_bindings=True):
    """One session on one screen."""

    CSS_PATH = "live.tcss"
    TITLE = "assistant"
    CALM = "Recording goes on as it was."

    def __init__(  # noqa: PLR0913  one for each thing that a site sets
        self,
        room: LiveRoom,
        *,
        unlock: Callable[[str], bool] | None,
        save: Callable[[], None],
        microphone: str = "",
        idle_lock_minutes: float = 5.0,
        plain: bool = False,
        clock: Callable[[], float] = time.monotonic,
        tidying: Tidying | None = None,
    ) -> None:
        """Take the session and what the site has set; see ``run_live``."""
        super().__init__(save, unlock=unlock, idle_lock_minutes=idle_lock_minutes, clock=clock)
        self.room = room
        self.plain = plain
        self.people = PeopleDeeds(self)
        self._version = 0
        self._tidying = tidying
        self._waiting: dict[str, Timer] = {}
        self.live = LiveScreen()
        self.preflight = PreflightScreen(microphone)

    # -- running ------------------------------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        """Show what to settle before the start, above the screen of the session itself."""
        self.install_guard()
        await self.push_screen(self.live)
        await self.push_screen(self.preflight)
        self.poll()
        self.set_interval(_POLL_S, self.poll)

    def poll(self) -> None:
        """Show what is new."""
        if not self.is_running:
            return
        changes = self.room.changes(self._version)
        self._version = changes.version
        self.live.take(changes)
        for screen in self.screen_stack:
            if isinstance(screen, PreflightScreen | LockScreen | Dialog):
                self._hand(screen, changes)
        if changes.room.phase is Phase.CLOSED:
            self.exit(0)
        elif self.is_idle:
            self.action_lock()
        elif self._tidying is not None:
            self._tidying.in_a_quiet_moment(self.clock(), self.last_key)

    @staticmethod
    def _hand(screen: PreflightScreen | LockScreen | Dialog[Any], changes: Changes) -> None:
        if screen.is_mounted:
            screen.take(changes)

    def order(self, order: Callable[[], None], said: str, *, urgent: bool = False) -> None:
        """Have the session do something, and say what became of it."""

        def done(error: BaseException | None) -> None:
            self.call_later(self._ordered, error, said)

        self.orders.give(order, done, urgent=urgent)

    def _ordered(self, error: BaseException | None, said: str) -> None:
        if error is None:
            self.say(said)
        elif isinstance(error, ConsentError) and self.live.changes is not None and self.live.changes.room.lacking:
            self.say(lacking_words(self.live.changes.room, self.live.cast), failed=True)
        elif isinstance(error, AssistantError):
            self.say(str(error), failed=True)
        else:
            self.fail(error)

    def say(self, words: str, *, failed: bool = False) -> None:
        """Show what became of a key, for a while."""
        style = Style(bold=True, reverse=True) if failed else Style(bold=True)
        line = Text("! " + words, style) if failed else Text(words, style, no_wrap=True, overflow="ellipsis")
        for screen in (self.live, self.preflight):
            if screen in self.screen_stack:
                screen.say(line)
        self.later("said", _SAID_S, self._unsay)

    def _unsay(self) -> None:
        for screen in (self.live, self.preflight):
            if screen in self.screen_stack:
                screen.say(Text())

    def later(self, what: str, seconds: float, deed: Callable[[], None]) -> None:
        """Do something after a while; asked again, the while begins anew."""
        if what in self._waiting:
            self._waiting[what].stop()
        self._waiting[what] = self.set_timer(seconds, deed)

    # -- before the start, and the end --------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start to record, and show the session."""

        def start() -> None:
            self.room.start()
            self.call_later(self._to_session)

        self.order(start, "Recording.", urgent=True)

    def begin_by_hand(self) -> None:
        """Show the session without recording."""
        self._to_session()
        self.say("Nothing is recorded. n takes a note; p starts to record once everybody agreed.")

    def _to_session(self) -> None:
        if self.screen is self.preflight:
            self.pop_screen()

    def action_leave_open(self) -> None:
        """Leave without closing, once what was typed is kept: the caller ends recording, and can go on later."""
        self.orders.give(_nothing, lambda _: _nothing(self.call_later(self.exit, 0)), urgent=False)

    def close_room(self) -> None:
        """Close the session; the screen ends with it."""
        self.say("Closing: the drafts are being written.")
        self.order(self.room.close, "Closed.")

    # -- being seen ---------------------------------------------------------------------------------------------------

    def be_terse(self) -> None:
        """Take away what was revealed."""
        if self.live in self.screen_stack:
            self.live.hide_alert()
        if self.preflight in self.screen_stack:
            self.preflight.hide_facts()

    def action_light_or_dark(self) -> None:
        """Change between light and dark."""
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"
        self.live.dress()

    def action_help(self) -> None:
        """Show all keys."""
        self.push_screen(HelpDialog())

    def on_unmount(self) -> None:
        """Take no more orders."""
        self.orders.stop()
        if self._tidying is not None:
            self._tidying.stop()


def _nothing(_: object = None) -> None:
    """Wait behind the orders that were given before."""


def run_live(  # noqa: PLR0913  one for each thing that a site sets
    room: LiveRoom,
    *,
    unlock: Callable[[str], bool] | None,
    save: Callable[[], None],
    microphone: str = "",
    idle_lock_minutes: float = 5.0,
    plain: bool = False,
) -> int:
    """Show a session on the terminal until it is closed, or left.

    Args:
        room: The session; it outlives the screen and is the caller's to put away.
        unlock: Whether a passphrase opens the vault; asked in a thread. None: there is no passphrase, and what would
            lock hides everything instead.
        save: Saves what there is, in any state; called once, first of all, on a failure or a signal to end.
        microphone: Its name, for the screen before the start.
        idle_lock_minutes: Minutes without a key after which the screen locks; 0: never.
        plain: One column of sentences without boxes, bars or colour, for a screen reader.

    Returns:
        0 when the session was closed or left without closing it (its phase tells which), 70 after a failure (reported),
        128 and the number of the signal that ended it.

    Raises:
        SessionError: There is no terminal.
    """
    return run_safely(
        lambda: LiveApp(
            room,
            unlock=unlock,
            save=save,
            microphone=microphone,
            idle_lock_minutes=idle_lock_minutes,
            plain=plain,
            tidying=Tidying(),
        )
    )
