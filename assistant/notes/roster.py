"""The forms in which the name of somebody on the roster may turn up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.notes.lexicon import nicknames, word_list
from assistant.notes.tokens import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assistant.domain import Person, PersonId

PARTICLES = frozenset(
    word_list(
        """de la le du di da del della der den des dos das van von zu ten ter el al bin ibn bint abu st san
        santa mac mc o mr mrs ms miss dr prof jr sr ii iii"""
    )
)
"""Parts of a name that single nobody out on their own."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of several people, by folded word."""

    words: Mapping[str, PersonId] = field(repr=False)
    """Every word of a name or alias."""
    variants: Mapping[str, PersonId] = field(repr=False)
    """Nicknames and full forms of their given names that the roster does not list."""
    initials: Mapping[str, PersonId] = field(repr=False)
    """First letters, two or three, lower case."""
    letters: Mapping[str, PersonId] = field(repr=False)
    """First letter of their given names and nicknames, lower case."""
    ids: Mapping[str, PersonId] = field(repr=False)


def names_of(people: Iterable[Person]) -> Names:
    """Return the forms of the names of some people; where two share one, the first is held to be its bearer."""
    words: dict[str, PersonId] = {}
    variants: dict[str, PersonId] = {}
    initials: dict[str, PersonId] = {}
    letters: dict[str, PersonId] = {}
    ids: dict[str, PersonId] = {}
    for person in people:
        ids.setdefault(person.id.casefold(), person.id)
        for name in (person.name, *person.aliases):
            parts = [w for w in plain_words(name) if w not in PARTICLES] or list(plain_words(name))
            for part in parts:
                words.setdefault(part, person.id)
                words.setdefault(part.replace("'", ""), person.id)
            if parts:
                letters.setdefault(parts[0][0], person.id)
            if len(parts) > 1:
                initials.setdefault("".join(p[0] for p in parts), person.id)
                for part in parts[1:]:
                    initials.setdefault(parts[0][0] + part[0], person.id)
            for variant in nicknames(parts[0]) if parts else ():
                variants.setdefault(variant, person.id)
    return Names(words, {v: p for v, p in variants.items() if v not in words}, initials, letters, ids)
