"""The figures of a session without anybody's name: what a picture for supervision may know.

Members are called by letters that are drawn anew for every picture, and stand in the order of the letters, so that
neither the letter nor the place says who it was, or ties one picture to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from assistant.domain import AlertKind, AlertLevel, PersonId
    from assistant.pipeline.figures import Figures

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Lane:
    """One person, or all unknown voices together."""

    label: str
    """``facilitator``, ``member C``, ``unknown voices``."""
    short: str
    """``Fac``, ``C``, ``?``."""
    leads: bool
    """Whether it is a facilitator."""
    known: bool
    """Whether it is a person on the roster."""
    talk: int
    """Samples."""
    turns: tuple[tuple[int, int], ...]
    """First and one past the last sample, in order."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What a picture shows."""

    duration: int
    """Samples."""
    lanes: tuple[Lane, ...]
    """Facilitators first, then members by letter, then unknown voices where there are any."""
    referred: tuple[tuple[int, int, int], ...]
    """Index of the lane that referred, of the one referred to, how often."""
    alerts: tuple[tuple[int, AlertLevel, AlertKind], ...]
    """Sample, level, kind; nobody's."""


def unnamed(figures: Figures, chance: Random) -> Unnamed:
    """Return the figures with letters in the place of people.

    Args:
        figures: With names.
        chance: Draws the letters. Only one that nobody can foresee (``random.SystemRandom``) keeps pictures apart.
    """
    leaders = [person.id for person in figures.people if not person.is_member]
    members = [person.id for person in figures.people if person.is_member]
    chance.shuffle(leaders)
    chance.shuffle(members)
    names: dict[PersonId | None, tuple[str, str]] = {}
    for number, person in enumerate(leaders, 1):
        names[person] = ("facilitator", "Fac") if len(leaders) == 1 else (f"facilitator {number}", f"Fac{number}")
    names |= {person: (f"member {letter(number)}", letter(number)) for number, person in enumerate(members)}
    talk = dict(figures.talk)
    if None in talk or any(turn[0] is None for turn in figures.turns):
        names[None] = ("unknown voices", "?")
    lanes = tuple(
        Lane(
            label,
            short,
            person in leaders,
            person is not None,
            talk.get(person, 0),
            tuple((start, end) for who, start, end in figures.turns if who == person),
        )
        for person, (label, short) in names.items()
    )
    place = {person: index for index, person in enumerate(names)}
    referred = tuple(sorted((place[by], place[to], count) for by, to, count in figures.referred))
    return Unnamed(figures.duration, lanes, referred, figures.alerts)


def letter(number: int) -> str:
    """Return the letter of the member with that number, from 0: A to Z, then AA, AB."""
    first, second = divmod(number, len(_LETTERS))
    return (_LETTERS[first - 1] if first else "") + _LETTERS[second]
