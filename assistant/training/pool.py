"""What is left to make up in one sample: nothing that is said in the session, or is or sounds like anybody's name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.training.bodies import initials_drawn
from assistant.training.invented import FALLBACK, family_names
from assistant.training.material import Kind
from assistant.training.words import key_of, keys_of, name_keys, sounds_like

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Collection, Mapping, Sequence

    from assistant.domain import Group
    from assistant.training.material import Thing
    from assistant.training.people_called import Named

_LENGTH = 2
"""Letters by which a stand-in may be longer or shorter, where the lists allow."""
_SHORTEST = 3
_ENDINGS = ("son", "er", "man", "well", "ley", "ard")
"""Behind a name, when all lists are used up."""
_TRIES = 400
_TRIES_OF_A_LENGTH = 40
_MORE_INITIALS = 4
"""Letters by which initials grow where none of their length is free."""


@dataclass(frozen=True, slots=True)
class Knowing:
    """What a draw must know of the session."""

    group: Group = field(repr=False)
    also_called: Callable[[str], tuple[str, ...]]
    common: Callable[[str], bool]
    """Whether a folded word is an everyday word."""
    said: frozenset[str] = field(repr=False)
    """Every word of the session, folded."""
    genders: Mapping[int, str] = field(default_factory=dict)
    """What the session tells of each thing that is a person, by number; what is missing is guessed from the name."""
    avoid: Collection[str] = field(default=(), repr=False)
    """Folded stand-ins of earlier samples of the same session."""
    named: Mapping[int, Named] = field(default_factory=dict, repr=False)
    """What each person's name tells, by number of the thing; what is missing is worked out as it is drawn."""


class Pool:
    """Draws names of which none was said, was drawn before, is an everyday word, or is like somebody's name."""

    def __init__(self, things: Sequence[Thing], knowing: Knowing, rng: random.Random) -> None:
        self._also_called = knowing.also_called
        self._common = knowing.common
        self._rng = rng
        self.made: set[str] = set()
        """Everything that was drawn, folded."""
        roster = {
            key
            for person in knowing.group.people
            for name in (person.name, *person.aliases)
            for part in (*name_keys(name), key_of(name))
            for key in (part, *map(key_of, knowing.also_called(part)))
        }
        called = {
            key for thing in things if thing.kind is Kind.PERSON for form in thing.forms for key in name_keys(form)
        }
        self._people = frozenset(roster | called)
        self._taken = roster | called | {k for t in things for f in t.forms for k in keys_of(f)} | knowing.said
        self._taken |= set(knowing.avoid)

    def __repr__(self) -> str:
        return f"Pool(made={len(self.made)})"

    def pick(self, like: str, *lists: Sequence[str], wanted: Callable[[str], bool] | None = None) -> str:
        """Return a free name of the first list that has one, of like length where there is one.

        Args:
            like: What it stands for; only its length counts.
            lists: Names to draw from, the best list first.
            wanted: What a name should have besides, where one has it.
        """
        for listed in lists:
            near = [n for n in listed if abs(len(n) - len(like)) <= _LENGTH]
            for choice in (near, listed):
                name = self._some_free(choice, wanted)
                if name is not None:
                    return self.take(name)
        return self.take(self._compound())

    def _some_free(self, names: Sequence[str], wanted: Callable[[str], bool] | None) -> str | None:
        order = list(names)
        self._rng.shuffle(order)
        first = None
        for name in order:
            if self.free(name):
                if wanted is None or wanted(name):
                    return name
                first = first or name
        return first

    def _compound(self) -> str:
        """Return a name that is on no list: every list is finite, the number of samples is not."""
        names = family_names(FALLBACK)
        name = ""
        for tries in range(_TRIES):
            endings = (self._rng.choice(_ENDINGS) for _ in range(1 + tries // _TRIES_OF_A_LENGTH))
            name = self._rng.choice(names) + "".join(endings)
            if self.free(name):
                return name
        while self._has(key_of(name)):  # ends: what is taken is finite, and the name grows
            name += self._rng.choice(_ENDINGS)
        return name

    def initials(self, letters: str) -> str:
        """Return free initials, as many as ``letters``; more where so few leave none, and at last a name."""
        for more in range(_MORE_INITIALS):
            for _ in range(_TRIES):
                made = initials_drawn(letters + letters[-1:] * more or "x", self._rng)
                if self.free(made):
                    return self.take(made)
        return self.take(self._compound())

    def first(self, names: Sequence[str], of: str = "") -> str | None:
        """Return the first free name and take it; None where none is.

        Args:
            names: To choose from.
            of: A drawn name that they are forms of.
        """
        name = next((n for n in names if len(n) >= _SHORTEST and self.free(n, of)), None)
        return name if name is None else self.take(name)

    def free(self, name: str, of: str = "") -> bool:
        """Whether a name may stand in this sample.

        Args:
            name: It.
            of: A drawn name that it is a form of: only those two may be alike ("Gerry" and "Ger" are else two people).
        """
        key = key_of(name)
        if self._has(key) or self._common(key):
            return False
        if any(sounds_like(key, other) for other in self._people):
            return False
        own = {key_of(of), *keys_of(of)}
        return not any(_alike(key, other) for other in self.made if other not in own)

    def _has(self, key: str) -> bool:
        return key in self._taken or key in self.made

    def take(self, name: str) -> str:
        """Return a name that nobody else gets; of several words ("Villa ...") the last one is the invented one."""
        self.made |= {key_of(name), *keys_of(name)[-1:]}
        return name


def _alike(one: str, two: str) -> bool:
    """Whether a reader could take one invented name for another: one begins the other, or they sound alike."""
    if min(len(one), len(two)) < _SHORTEST:
        return False
    return one.startswith(two) or two.startswith(one) or sounds_like(one, two)
