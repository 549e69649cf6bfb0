"""The wordings of facts, arranged so that a line looks up only those that it may hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType
from assistant.notes.lexicon import CALENDAR, FUNCTION, is_ordinary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assistant.notes.context import Surface

NAMED_THINGS = frozenset({DisclosureType.PERSON, DisclosureType.ORG, DisclosureType.LOCATION})
"""Types whose ordinary words count with a capital only: the diner called "Corner"."""

SPECIFIC_TYPES = frozenset(
    {
        *NAMED_THINGS,
        DisclosureType.ADDRESS,
        DisclosureType.EMAIL,
        DisclosureType.ID,
        DisclosureType.MEDICATION,
        DisclosureType.DIAGNOSIS,
        DisclosureType.SUBSTANCE,
    }
)
"""Types of which one rare word gives the fact away."""

READ_OUT = frozenset({DisclosureType.PHONE, DisclosureType.ID})

LONG_NUMBER = 4
"""Digits from which a number is looked for inside longer ones: the last four of a social security number."""

SHORTEST_PART = 4

SPOKEN_MARKS = frozenset({"dot", "at", "underscore", "dash", "hyphen", "period"})


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """A fact with numbers in it, or an address for mail."""

    surface: Surface = field(repr=False)
    numbers: tuple[str, ...] = field(repr=False)
    """The long ones, also the whole of one that was read out with breaks in it; sorted."""
    mail: str | None = field(repr=False)
    """An address for mail in one piece."""


@dataclass(frozen=True, slots=True, eq=False)
class Wordings:
    """Facts by their words, each list in the order in which the facts were first told."""

    cores: tuple[tuple[Surface, tuple[str, ...]], ...] = field(repr=False)
    """Facts with their words that count."""
    beginning: Mapping[str, Sequence[int]] = field(repr=False)
    """Places among ``cores`` by the first of these words."""
    parts: tuple[tuple[Surface, str], ...] = field(repr=False)
    """Rare words that give a fact away alone."""
    numbered: tuple[Numbered, ...] = field(repr=False)

    def begun_in(self, words: Iterable[str]) -> Iterator[tuple[Surface, tuple[str, ...]]]:
        """Yield the facts whose first word is one of these."""
        places = {at for word in set(words) & self.beginning.keys() for at in self.beginning[word]}
        return (self.cores[at] for at in sorted(places))


def wordings(surfaces: Iterable[Surface]) -> Wordings:
    """Arrange facts by their words."""
    cores: list[tuple[Surface, tuple[str, ...]]] = []
    beginning: dict[str, list[int]] = {}
    parts: list[tuple[Surface, str]] = []
    numbered: list[Numbered] = []
    for surface in surfaces:
        core = core_of(surface.words)
        if core:
            beginning.setdefault(core[0], []).append(len(cores))
            cores.append((surface, core))
        if surface.type in SPECIFIC_TYPES:
            parts.extend((surface, part) for part in surface.words if _is_rare(part))
        one = _numbered(surface)
        if one.numbers or one.mail is not None:
            numbered.append(one)
    return Wordings(tuple(cores), beginning, tuple(parts), tuple(numbered))


def core_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a fact without those at its ends that carry nothing."""
    first, last = 0, len(words)
    while first < last and words[first] in FUNCTION and words[first] not in CALENDAR:
        first += 1
    while last > first and words[last - 1] in FUNCTION and words[last - 1] not in CALENDAR:
        last -= 1
    return tuple(words[first:last])


def glued(words: Iterable[str]) -> str:
    """Return words in one piece, without the marks that are spoken in an address for mail."""
    return "".join(w for w in words if w not in SPOKEN_MARKS)


def _is_rare(part: str) -> bool:
    return not (len(part) < SHORTEST_PART or part.isdigit() or is_ordinary(part))


def _numbered(surface: Surface) -> Numbered:
    whole = "".join(w for w in surface.words if w.isdigit())
    # A number that was read out with breaks in it is looked for in one piece too.
    pieces = {*surface.words, *((whole,) if surface.type in READ_OUT else ())}
    numbers = tuple(sorted(w for w in pieces if w.isdigit() and len(w) >= LONG_NUMBER))
    return Numbered(surface, numbers, glued(surface.words) if surface.type is DisclosureType.EMAIL else None)
