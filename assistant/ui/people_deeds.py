"""What is said about people, before the start and while the session runs: who is here, who agrees, whose voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.ui.dialogs.enrol import EnrolDialog

if TYPE_CHECKING:
    from assistant.live.view import PersonView
    from assistant.ui.app import LiveApp


class PeopleDeeds:
    """Both screens of the app offer these."""

    def __init__(self, app: LiveApp) -> None:
        """Take the app, which gives the orders."""
        self._app = app

    def come_or_go(self, view: PersonView) -> None:
        """Say that somebody came, or went."""
        person, who = view.person.id, f"{view.number} {view.person.name}"
        if view.person.present:
            self._app.order(lambda: self._app.room.leave(person), f"{who} is away.")
        elif view.consented:
            self._app.order(lambda: self._app.room.arrive(person), f"{who} is here.")
        else:
            self._app.order(
                lambda: self._app.room.arrive(person), f"{who} is here. Recording is held until they agree: g."
            )

    def agree(self, view: PersonView) -> None:
        """Say that somebody agreed to be recorded."""
        self._app.order(lambda: self._app.room.agree(view.person.id), f"{view.number} {view.person.name} agreed.")

    def enrol(self, view: PersonView) -> None:
        """Learn somebody's voice."""
        person, who = view.person.id, f"{view.number} {view.person.name}"

        def ended(keep: bool | None) -> None:  # noqa: FBT001  the one thing it says
            said = "kept with their consent" if keep else "known until the session closes"
            self._app.order(lambda: self._app.room.end_enrolment(bool(keep)), f"The voice of {who}: {said}.")

        def begun() -> None:
            self._app.room.begin_enrolment(person)
            self._app.call_later(self._app.push_screen, EnrolDialog(view, plain=self._app.plain), ended)

        self._app.order(begun, f"{who} reads the consent sentence.")
