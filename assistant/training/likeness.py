"""How alike two people of two samples look, by what an attacker can look at."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from assistant.domain import Role
from assistant.training.origins import origin_of
from assistant.training.quasi import left
from assistant.training.words import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assistant.training.material import Part, QuasiIdentifier, Sample

_LEAST_WORDS: Final = 20
"""Who says less in either sample has no manner to speak of; they still count as tried."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LITTLE = """
    the a an and but or so because if when then that this it i you he she we they me my your his her our their him us
    them is am are was were be been being have has had do did does don't didn't can can't could would will just like
    really very not no yeah yes okay oh um uh well know think mean kind sort of to in on at for with about from up out
    what how why there here all some any more one it's i'm that's i've
"""
LITTLE: Final = tuple(_LITTLE.split())
"""Words that everybody uses, each in their own measure."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One member of one sample as the attacker sees them."""

    label: str
    name: str = field(repr=False)
    names: frozenset[str] = field(repr=False)
    origin: str
    """Where the stand-in is a common name."""
    place: int
    voice: int
    told: frozenset[QuasiIdentifier]
    manner: tuple[float, ...]
    words: frozenset[str] = field(repr=False)
    """Words of their own: neither little ones nor stand-ins."""
    said: int
    """How many words."""


Alike: TypeAlias = "Callable[[Seen, Seen], float]"
"""How alike two people look; higher is more so, and only comparisons count."""


def by_stand_ins(_ones: Sequence[Seen], _twos: Sequence[Seen]) -> Alike:
    """Compare what the sample brings in itself: names, letters, place in the list, voice."""

    def alike(one: Seen, two: Seen) -> float:
        return (
            4.0 * len(one.names & two.names)
            + 2.0 * (one.label == two.label)
            + (one.place == two.place)
            + (one.name[:1] == two.name[:1])
            + (one.voice == two.voice)
        )

    return alike


def by_told(_ones: Sequence[Seen], _twos: Sequence[Seen]) -> Alike:
    """Compare what is kept on purpose, and the length and origin of the stand-ins."""

    def alike(one: Seen, two: Seen) -> float:
        shape = 0.5 * (one.origin == two.origin) - 0.1 * abs(len(one.name) - len(two.name))
        return len(one.told & two.told) - 0.5 * len(one.told ^ two.told) + shape

    return alike


def by_manner(ones: Sequence[Seen], twos: Sequence[Seen]) -> Alike:
    """Burrows' Delta: the mean distance of all measures, each in its own standard deviations."""
    rows = [seen.manner for seen in (*ones, *twos)]
    spread = [_deviation(column) for column in zip(*rows, strict=True)]

    def alike(one: Seen, two: Seen) -> float:
        if min(one.said, two.said) < _LEAST_WORDS:
            return -math.inf
        return -sum(abs(a - b) / s for a, b, s in zip(one.manner, two.manner, spread, strict=True) if s)

    return alike


def by_words(_ones: Sequence[Seen], twos: Sequence[Seen]) -> Alike:
    """Compare which words each uses; one that a single person uses tells most."""
    often = Counter(word for two in twos for word in two.words)

    def alike(one: Seen, two: Seen) -> float:
        both = sum(1 / often[word] for word in one.words & two.words)
        return both / math.sqrt(max(1, len(one.words)) * max(1, len(two.words)))

    return alike


def seen(sample: Sample) -> tuple[Seen, ...]:
    """Return the members of a sample as an attacker sees them, in the order of its parts."""
    told = {profiled.label: profiled.left for profiled in left(sample)}
    everything = sum(len(_words(turn.text)) for turn in sample.turns)
    members = [part for part in sample.parts if part.role is Role.MEMBER]
    return tuple(_member(part, at, sample, told[part.label], everything) for at, part in enumerate(members))


def _member(part: Part, place: int, sample: Sample, told: Iterable[QuasiIdentifier], everything: int) -> Seen:
    turns = [turn.text for turn in sample.turns if turn.label == part.label and turn.text]
    words = [word for text in turns for word in _words(text)]
    made_up = sample.invented.words
    return Seen(
        label=part.label,
        name=part.name,
        names=frozenset(_words(part.name)),
        origin=origin_of(key_of(part.name.split(" ")[0])),
        place=place,
        voice=part.voice,
        told=frozenset(told),
        manner=_manner(turns, words, everything),
        words=frozenset(word for word in words if word not in made_up and word not in LITTLE),
        said=len(words),
    )


def _manner(turns: Sequence[str], words: Sequence[str], everything: int) -> tuple[float, ...]:
    said = max(1, len(words))
    often = Counter(words)
    return (
        *(often[word] / said for word in LITTLE),
        math.log1p(len(words) / max(1, len(turns))),
        len(words) / max(1, everything),
        sum(text.rstrip().endswith("?") for text in turns) / max(1, len(turns)),
        len(often) / said,
    )


def _deviation(column: Sequence[float]) -> float:
    middle = sum(column) / len(column)
    return math.sqrt(sum((x - middle) ** 2 for x in column) / len(column))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("\u2019", "'").lower())
