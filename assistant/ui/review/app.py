"""The review's app: one screen at a time, and the way from one to the next.

A screen is made once and kept, which is what makes the way fast. It is wiped when it is left, before the next one is
filled: with one member's note on the screen, no widget holds anything of another member.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import AssistantError, SessionError
from assistant.review.view import Step
from assistant.ui.forgetting import forget_drawn
from assistant.ui.review.dialogs import PrivateDialog
from assistant.ui.review.errands import Errands
from assistant.ui.review.group_screen import GroupScreen
from assistant.ui.review.hand_out_screen import HandOutScreen
from assistant.ui.review.note_screen import NoteScreen
from assistant.ui.review.overview_screen import OverviewScreen
from assistant.ui.review.pictures_screen import PicturesScreen
from assistant.ui.review.preview_screen import PreviewScreen
from assistant.ui.review.risk_screen import RiskScreen
from assistant.ui.review.screens import ReviewScreen
from assistant.ui.review.sessions_screen import SessionsScreen
from assistant.ui.review.speakers_screen import SpeakersScreen
from assistant.ui.review.transcript_screen import TranscriptScreen
from assistant.ui.review.unlock_screen import UnlockScreen
from assistant.ui.review.wording import CALM

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.await_complete import AwaitComplete
    from textual.driver import Driver
    from textual.widget import AwaitMount

    from assistant.domain import PersonId
    from assistant.notes.document import Document
    from assistant.ui.review_room import ReviewRoom
    from assistant.ui.tidying import Tidying

_POLL_S = 0.1
Shown = TypeVar("Shown", bound=ReviewScreen)


class ReviewApp(Errands, inherit_bindings=True):
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
        super().__init__(room, save, unlock=unlock, idle_lock_minutes=idle_lock_minutes, clock=clock)
        self.opening = opening
        self.plain = plain
        self.signature = who
        self.folder = folder
        self.member: PersonId | None = None
        """Whose note was shown last, for the overview to point at."""
        self._session = session
        self._by_roster: tuple[PersonId, ...] = ()
        """Whose notes the open session has."""
        self._tidying = tidying
        self._kept: dict[type[ReviewScreen], ReviewScreen] = {}
        self._postponed: Callable[[], None] | None = None
        """Where to go once nothing stands above the review's screen."""

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
            self.go(SessionsScreen)

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

    # -- going about --------------------------------------------------------------------------------------------------

    def go(self, kind: type[Shown], prepare: Callable[[Shown], None] = lambda _: None) -> None:
        """Show a screen in the place of the one that is there, which is wiped; ``prepare`` tells it what to show.

        While something else stands above (hidden, locked, a dialog), it waits until that is gone.
        """
        while isinstance(self.screen, PrivateDialog):
            self.pop_screen()
        top = self.screen
        if self.review_screen() is not None and not isinstance(top, ReviewScreen):
            self._postponed = lambda: self.go(kind, prepare)
            return
        self._postponed = None
        if isinstance(top, ReviewScreen):
            top.wipe()
            forget_drawn()
        screen = self._kept.get(kind)
        if not isinstance(screen, kind):
            screen = kind()
            self._kept[kind] = screen
            self.install_screen(screen, kind.__name__)
        prepare(screen)
        if screen is top:
            screen.take()
        else:
            replaces = isinstance(top, ReviewScreen | UnlockScreen)
            self.call_next(self._forgotten, self.switch_screen(screen) if replaces else self.push_screen(screen))

    async def _forgotten(self, shown: AwaitComplete | AwaitMount) -> None:
        await shown
        forget_drawn()

    def uncovered(self) -> None:
        """Go where it was to go while something stood above."""
        if self._postponed is not None:
            self._postponed()

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
        self.go(SessionsScreen)

    def to_overview(self) -> None:
        """Show the session as a whole."""
        self.go(OverviewScreen)

    def to_speakers(self) -> None:
        """Show what wants an ear."""
        self.go(SpeakersScreen)

    def to_transcript(self) -> None:
        """Show everything that was said."""
        self.go(TranscriptScreen)

    def to_risk(self) -> None:
        """Show the alerts of risk."""
        self.go(RiskScreen)

    def to_hand_out(self, person: PersonId | None = None) -> None:
        """Show what hands out notes: one member's, or all that are signed."""
        self.go(HandOutScreen, lambda screen: screen.about(person))

    def to_pictures(self) -> None:
        """Show what the session looked like."""
        self.go(PicturesScreen)

    def to_note(self, person: PersonId | None, *, fills: bool = False) -> None:
        """Show one note (None: the group's part); ``fills``: and ask for what is missing of it."""
        self.member = person
        if person is None:
            self.go(GroupScreen, lambda screen: screen.about(fills=True))
        else:
            self.go(NoteScreen, lambda screen: screen.about(person, fills=fills))

    def to_preview(self, person: PersonId, document: Document) -> None:
        """Show a final document."""
        self.go(PreviewScreen, lambda screen: screen.about(person, document))

    def to_neighbour(self, person: PersonId, by: int) -> None:
        """Show the note of the next member by roster, or the one before."""
        people = self._by_roster
        if person in people:
            self.to_note(people[(people.index(person) + by) % len(people)])

    def to_next_unsigned(self, after: PersonId | None, *, fills: bool = False) -> None:
        """Show the next note that nobody signed, as ``to_note`` does; where there is none, the session as a whole."""
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
            self.to_note(following, fills=fills)

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
