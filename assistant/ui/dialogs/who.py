"""Who is here and who agreed: people come late, leave early, and are asked before anything goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding

from assistant.ui.dialogs.dialog import Dialog, words
from assistant.ui.wording import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.live.view import Changes, PersonView
    from assistant.ui.app import LiveApp

_REVERSE, _BOLD, _DIM = Style(reverse=True), Style(bold=True), Style(dim=True)


def people_text(people: tuple[PersonView, ...], at: int) -> Text:
    """Return the list: a pointer, number, name, here or away, consent; all in words."""
    text = Text(no_wrap=True, overflow="ellipsis")
    for index, view in enumerate(people):
        person = view.person
        pointer = "▸" if index == at else " "
        text.append(f"{pointer} {view.number:>2} {person.name:<22.22} ", _REVERSE if index == at else _BOLD)
        text.append(f"{'here' if person.present else 'away':<5}", None if person.present else _DIM)
        if view.consented:
            text.append(" agreed", _DIM)
        else:
            text.append(" NO CONSENT" if person.present else " no consent", _BOLD if person.present else _DIM)
        text.append(f"  {ROLES[person.role]}" if not person.is_member else "", _DIM)
        text.append("\n" if index + 1 < len(people) else "")
    return text


class WhoDialog(Dialog[None], inherit_bindings=True):
    """The roster, to be kept true while the session runs."""

    app: LiveApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("space,enter", "come_or_go", show=False),
        Binding("g", "agree", show=False),
        Binding("j", "leave", show=False),
    ]

    def __init__(self, people: tuple[PersonView, ...]) -> None:
        """Take the people as they are."""
        super().__init__("Who is here", "space: here or away · g: agrees to be recorded, asked just now · esc: done")
        self._people = people
        self._at = next((i for i, view in enumerate(people) if view.person.present and not view.consented), 0)
        self._list = words(people_text(people, self._at), id="who")

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield self._list
        yield words("Recording is held while somebody here has not agreed. w takes consent back.", id="about")

    def take(self, changes: Changes) -> None:
        """Show who came, went or agreed."""
        if changes.room.people != self._people:
            self._people = changes.room.people
            self._repaint()

    def action_move(self, by: int) -> None:
        """Point at another person."""
        self._at = (self._at + by) % max(1, len(self._people))
        self._repaint()

    def action_come_or_go(self) -> None:
        """Turn here into away, and back."""
        self.app.people.come_or_go(self._people[self._at])

    def action_agree(self) -> None:
        """Say that the person agrees now."""
        self.app.people.agree(self._people[self._at])

    def _repaint(self) -> None:
        self._list.update(people_text(self._people, self._at))
