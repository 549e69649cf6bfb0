"""An app that can be hidden and locked at any moment: one key empties the screen, a while without keys locks it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding

from assistant.errors import AssistantError
from assistant.ui.crash_safe import CrashSafeApp
from assistant.ui.lock_screen import LockScreen
from assistant.ui.orders import Orders
from assistant.ui.privacy_screen import PrivacyScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType


class GuardedApp(CrashSafeApp, inherit_bindings=True):
    """What the live screen and the review have in common: being seen by nobody but the person at the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+x", "hide_everything", show=False, priority=True)]
    CALM: ClassVar[str] = ""
    """What the locked screen says besides that it is locked."""

    def __init__(
        self,
        save: Callable[[], None],
        *,
        unlock: Callable[[str], bool] | None,
        idle_lock_minutes: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take what saves, what tells whether a passphrase opens, and the minutes without a key (0: never locks)."""
        super().__init__(save)
        self.clock = clock
        self.may_unlock = unlock
        self.orders = Orders()
        self.last_key = clock()
        self._idle_s = idle_lock_minutes * 60
        self._lock_due = False
        self._privacy = PrivacyScreen()
        self._lock = LockScreen(self.CALM)

    def install_guard(self) -> None:
        """Have the empty screen at hand: one that is not installed would be taken apart when it goes."""
        self.install_screen(self._privacy, "privacy")

    async def on_event(self, event: events.Event) -> None:
        """Notice that somebody is there."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self.last_key = self.clock()
        await super().on_event(event)

    @property
    def is_idle(self) -> bool:
        """Whether nobody pressed a key for so long that the screen is to be locked."""
        return self.clock() - self.last_key > self._idle_s > 0

    def be_terse(self) -> None:
        """Take away what was shown on purpose: the screen is being hidden or locked."""

    def action_hide_everything(self) -> None:
        """Put the empty screen over everything."""
        if self.screen in {self._privacy, self._lock}:
            return
        self.push_screen(self._privacy)
        self.be_terse()

    def action_show_again(self) -> None:
        """Take the empty screen away; where the lock came due meanwhile, it is there instead."""
        if self.screen is not self._privacy:
            return
        if self._lock_due:
            self._lock_due = False
            self.switch_screen(self._lock)
        else:
            self.pop_screen()

    def action_lock(self) -> None:
        """Lock; where no passphrase is set, hide everything instead."""
        if self.may_unlock is None:
            self.action_hide_everything()
        elif self.screen is self._privacy:
            self._lock_due = True
        elif self.screen is not self._lock:
            self._lock = LockScreen(self.CALM)
            self.push_screen(self._lock)
            self.be_terse()

    def try_passphrase(self, typed: str, answer: Callable[[bool], None]) -> None:
        """Ask whether a passphrase opens, beside the screen."""
        unlock = self.may_unlock
        opens = [False]

        def ask() -> None:
            opens[0] = unlock is not None and unlock(typed)

        def done(error: BaseException | None) -> None:
            if error is not None and not isinstance(error, AssistantError):
                self.call_later(self.fail, error)
            else:
                self.call_later(answer, opens[0])

        self.orders.give(ask, done, urgent=False)

    def unlocked(self) -> None:
        """Show what was there again."""
        if self.screen is self._lock:
            self.pop_screen()
