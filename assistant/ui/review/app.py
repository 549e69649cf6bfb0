"""The review's app: one screen at a time, and orders to the review beside it.

A screen that is left is taken apart before the next one is filled, so that with one member's note on the screen no
widget holds anything of another member.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rich.style import Style
from rich.text import Text

from assistant.errors import AssistantError, SessionError
from assistant.review.view import Step
from assistant.ui.crash_safe import run_safely
from assistant.ui.guarded import GuardedApp
from assistant.ui.orders import Orders
from assistant.ui.review.dialogs import PrivateDialog
from assistant.ui.review.group_screen import GroupScreen
from assistant.ui.review.hand_out_screen import HandOutScreen
from assistant.ui.review.note_screen import NoteScreen
from assistant.ui.review.overview_screen import OverviewScreen
from assistant.ui.review.pictures_screen import PicturesScreen
from assistant.ui.review.risk_screen import RiskScreen
from assistant.ui.review.screens import ReviewScreen
from assistant.ui.review.sessions_screen import SessionsScreen
from assistant.ui.review.speakers_screen import SpeakersScreen
from assistant.ui.review.unlock_screen import UnlockScreen
from assistant.ui.review.wording import CALM
from assistant.ui.tidying import Tidying

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.await_complete import AwaitComplete
    from textual.driver import Driver
    from textual.timer import Timer
    from textual.widget import AwaitMount

    from assistant.domain import PersonId
    from assistant.ui.review_room import ReviewRoom

_POLL_S = 0.1
_SAID_S = 15.0
"""Seconds that the line about the last key stays."""
Result = TypeVar("Result")


class ReviewApp(GuardedApp, inherit_bindings=True):
    """The sessions of a vault, one at a time."""

    CSS_PATH = "review.tcss"
    TITLE = "assistant"
    CALM = CALM

    def __init__(  # noqa: PLR0913  one for each thing that a site sets
        self,
        room: ReviewRoom | None,
        *,
        opening: Callable[[str], ReviewRoom] | None = None,
        session: str = "",
        unlock: Callable[[str], bool] | None,
        idle_lock_minutes: float = 5.0,
        plain: bool = False,
        who: str = "",
        folder: Path = Path("handed-out"),
        save: Callable[[], None] = lambda: None,
        driver: type[Driver] | None = None,
        tidying: Tidying | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the review, or what opens it, and what the site has set; see ``run_review``."""
        if room is None and opening is None:
            raise SessionError("a review needs an open vault, or what opens one")
        self._kind_of_driver = driver
        super().__init__(save, unlock=unlock, idle_lock_minutes=idle_lock_minutes, clock=clock)
        self._room = room
        self.opening = opening
        self.plain = plain
        self.signature = who
        self.folder = folder
        self.member: PersonId | None = None
        """Whose note was shown last, for the overview to point at."""
        self._session = session
        self._by_roster: tuple[PersonId, ...] = ()
        """Whose notes the open session has."""
        self._sound = Orders()
        self._playing_until = 0.0
        self._said: Timer | None = None
        self._tidying = tidying

    @property
    def room(self) -> ReviewRoom:
        """The review."""
        if self._room is None:
            raise SessionError("the vault is not open")
        return self._room

    def get_driver_class(self) -> type[Driver]:
        """Return the system's driver, or the one that draws in a browser."""
        return self._kind_of_driver if self._kind_of_driver is not None else super().get_driver_class()

    # -- running ------------------------------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        """Ask for the passphrase, or show what there is."""
        self.install_guard()
        if self._room is None:
            await self.push_screen(UnlockScreen())
        else:
            self.begin()
        self.set_interval(_POLL_S, self.poll)

    def opened(self, room: ReviewRoom) -> None:
        """Take the review that a passphrase opened."""
        self._room = room
        self.begin()

    def begin(self) -> None:
        """Show the sessions, or the one that was asked for."""
        if self._session:
            self.take_up(self._session)
        else:
            self.go(SessionsScreen())

    def poll(self) -> None:
        """Show what is new."""
        if not self.is_running:
            return
        if self.is_idle and self._room is not None:
            self.action_lock()
        elif self._tidying is not None:
            self._tidying.in_a_quiet_moment(self.clock(), self.last_key)
        screen = self.screen
        if (
            isinstance(screen, ReviewScreen)
            and self._room is not None
            and screen.is_mounted
            and screen.version != self._room.version
        ):
            screen.take()

    def review_screen(self) -> ReviewScreen | None:
        """Return the review's screen, whatever stands above it."""
        return next((s for s in reversed(self.screen_stack) if isinstance(s, ReviewScreen)), None)

    # -- going about --------------------------------------------------------------------------------------------------

    def go(self, screen: ReviewScreen) -> None:
        """Show a screen in the place of the one that is there, which is taken apart."""
        while isinstance(self.screen, PrivateDialog):
            self.pop_screen()
        replaces = isinstance(self.screen, ReviewScreen | UnlockScreen)
        # Nothing is painted until the new screen is whole: the half-made ones would take as long as the last.
        self._begin_batch()
        self.call_next(self._painted, self.switch_screen(screen) if replaces else self.push_screen(screen))

    async def _painted(self, shown: AwaitComplete | AwaitMount) -> None:
        try:
            await shown
        finally:
            self._end_batch()

    def take_up(self, session: str) -> None:
        """Open a session, and show it as a whole."""
        self.member = None

        def members() -> tuple[PersonId, ...]:
            self.room.open(session)
            return tuple(row.person.id for row in self.room.overview().notes if row.person is not None)

        def show(people: tuple[PersonId, ...]) -> None:
            self._by_roster = people
            self.to_overview()

        self.fetch(members, show)

    def to_sessions(self) -> None:
        """Show the sessions."""
        self.go(SessionsScreen())

    def to_overview(self) -> None:
        """Show the session as a whole."""
        self.go(OverviewScreen())

    def to_speakers(self) -> None:
        """Show what wants an ear."""
        self.go(SpeakersScreen())

    def to_risk(self) -> None:
        """Show the alerts of risk."""
        self.go(RiskScreen())

    def to_hand_out(self, person: PersonId | None = None) -> None:
        """Show what hands out notes: one member's, or all that are signed."""
        self.go(HandOutScreen(person))

    def to_pictures(self) -> None:
        """Show what the session looked like."""
        self.go(PicturesScreen())

    def to_note(self, person: PersonId | None) -> None:
        """Show one note; None: the group's part."""
        self.member = person
        self.go(GroupScreen() if person is None else NoteScreen(person))

    def to_neighbour(self, person: PersonId, by: int) -> None:
        """Show the note of the next member by roster, or the one before."""
        people = self._by_roster
        if person in people:
            self.to_note(people[(people.index(person) + by) % len(people)])

    def to_next_unsigned(self, after: PersonId | None) -> None:
        """Show the next note that nobody signed; where there is none, the session as a whole."""
        try:
            rows = self.room.overview().notes
        except AssistantError as error:
            self.say(str(error), failed=True)
            return
        open_ = {row.person.id for row in rows if row.person is not None and row.step is not Step.SIGNED}
        people = self._by_roster
        start = people.index(after) + 1 if after in people else 0
        following = next((p for p in (*people[start:], *people[:start]) if p in open_), None)
        if following is None:
            self.to_overview()
            self.call_later(self.say, "Every note is signed. e hands them out.")
        else:
            self.to_note(following)

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

    # -- being seen ---------------------------------------------------------------------------------------------------

    def be_terse(self) -> None:
        """Close what was opened on purpose, and fall silent."""
        self.quiet()
        for screen in self.screen_stack:
            if isinstance(screen, PrivateDialog):
                screen.conceal()
            elif isinstance(screen, ReviewScreen):
                screen.be_terse()

    def action_light_or_dark(self) -> None:
        """Change between light and dark."""
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"
        screen = self.review_screen()
        if screen is not None:
            screen.dress()

    def on_unmount(self) -> None:
        """Take no more orders."""
        self.quiet()
        self.orders.stop()
        self._sound.stop()
        if self._tidying is not None:
            self._tidying.stop()


def run_review(  # noqa: PLR0913  one for each thing that a site sets
    room: ReviewRoom | None = None,
    *,
    opening: Callable[[str], ReviewRoom] | None = None,
    session: str = "",
    unlock: Callable[[str], bool] | None,
    idle_lock_minutes: float = 5.0,
    plain: bool = False,
    who: str = "",
    folder: Path = Path("handed-out"),
    in_browser: bool = False,
) -> int:
    """Show the review until it is left.

    Args:
        room: The review, open; it outlives the screen and is the caller's to put away. None: ``opening`` opens it.
        opening: Given a typed passphrase, returns the review or raises VaultError; called in a thread.
        session: Id of the session to begin with; empty: the list of them.
        unlock: Whether a passphrase opens the vault; asked in a thread. None: what would lock hides everything.
        idle_lock_minutes: Minutes without a key after which the screen locks; 0: never.
        plain: One column of sentences without boxes, bars or colour, for a screen reader.
        who: The signature that is proposed: name and credentials.
        folder: Where files go unless somebody types another folder.
        in_browser: Draw for ``textual-serve``, whose wire standard output is; no terminal is needed.

    Returns:
        0 when it was left, 70 after a failure (reported), 128 and the number of the signal that ended it.

    Raises:
        SessionError: There is no terminal (unless ``in_browser``), or neither a review nor what opens one.
    """
    if room is None and opening is None:
        raise SessionError("a review needs an open vault, or what opens one")

    def make(driver: type[Driver] | None = None) -> ReviewApp:
        return ReviewApp(
            room,
            opening=opening,
            session=session,
            unlock=unlock,
            idle_lock_minutes=idle_lock_minutes,
            plain=plain,
            who=who,
            folder=folder,
            driver=driver,
            tidying=Tidying(),
        )

    if in_browser:
        from assistant.ui.review.browser import browser_driver, run_in_browser  # noqa: PLC0415  only there

        return run_in_browser(lambda: make(browser_driver()))
    return run_safely(make)
