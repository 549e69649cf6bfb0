"""The review from the first screen to the last, on a terminal or for a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import SessionError
from assistant.ui.crash_safe import run_safely
from assistant.ui.review.app import ReviewApp
from assistant.ui.tidying import Tidying

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver

    from assistant.ui.review_room import ReviewRoom


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
