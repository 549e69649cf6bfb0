"""What a person types for the disclosure log: one clean line, and nobody's name but the member's own.

An accounting of disclosures goes to the member it is about (45 CFR 164.528), so it is held to what a note is held to.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from assistant.errors import SessionError

if TYPE_CHECKING:
    from assistant.domain import Group, Person, PersonId


def log_line(text: str, group: Group, member: PersonId) -> str:
    """Return typed text as it may stand in the log.

    Raises:
        SessionError: It holds an invisible character, or the full name of somebody else in the group.
    """
    line = text.strip()
    if any(unicodedata.category(mark).startswith("C") for mark in line):
        raise SessionError("the disclosure log takes one line of visible characters: type it again without line breaks")
    if any(names(line, person) for person in group.people if person.id != member and person.is_member):
        raise SessionError("the disclosure log may name no other member of the group: say it otherwise")
    return line


def names(text: str, person: Person) -> bool:
    """Whether a text holds somebody's full name."""
    said, name = name_words(text), name_words(person.name)
    return len(name) > 1 and any(said[i : i + len(name)] == name for i in range(len(said) - len(name) + 1))


def name_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as names are compared: folded, without accents and marks."""
    bare = (c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return tuple("".join(c if c.isalnum() else " " for c in bare).split())
