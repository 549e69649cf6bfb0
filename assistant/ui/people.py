"""How a person is shown: a number, initials and a colour, each of which tells them apart without the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import PersonId
    from assistant.live.view import PersonView

_ON_DARK = (
    "#7fc8ff", "#ffb86b", "#9be08a", "#ff9bd2", "#d7c8ff", "#ffe46b", "#6be3d6", "#ff9e8f", "#c9d36b", "#b8c4d6",
)  # fmt: skip
_ON_LIGHT = (
    "#0b5394", "#8f4a00", "#22671a", "#a3195b", "#5b3cc4", "#6b5900", "#00625a", "#a32a17", "#4d5a00", "#455468",
)  # fmt: skip
"""At least 4.5 to 1 against the background (WCAG 2.2, 1.4.3); told apart by hue first, then by lightness."""


def colour(number: int, *, dark: bool) -> str:
    """Return the colour of the person with that number, from 1; it repeats after ten."""
    shades = _ON_DARK if dark else _ON_LIGHT
    return shades[(number - 1) % len(shades)]


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    parts = name.split()
    return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper() if parts else "?"


def sign(view: PersonView) -> str:
    """Return number and initials (``2 HB``)."""
    return f"{view.number} {initials(view.person.name)}"


def short(name: str, width: int) -> str:
    """Return a name that fits: whole, else with the initial of the last name, else the first name."""
    first, *others = name.split()
    forms = [name, f"{first} {others[-1][:1]}" if others else name, first]
    return next((form for form in forms if len(form) <= width), first[:width])


class Cast:
    """Everybody on the roster, by id and by number."""

    def __init__(self, people: tuple[PersonView, ...] = ()) -> None:
        """Take the people as a view gives them."""
        self.people = people
        self._by_id = {view.person.id: view for view in people}
        self._by_number = {view.number: view for view in people}

    def __iter__(self) -> Iterator[PersonView]:
        return iter(self.people)

    def of(self, person: PersonId | None) -> PersonView | None:
        """Return the person, or None where the id is None or not on the roster."""
        return None if person is None else self._by_id.get(person)

    def numbered(self, number: int) -> PersonView | None:
        """Return the person with that number."""
        return self._by_number.get(number)

    def name(self, person: PersonId | None) -> str:
        """Return number and name, or "unknown"."""
        view = self.of(person)
        return "unknown" if view is None else f"{view.number} {view.person.name}"
