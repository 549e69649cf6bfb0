"""The linking attack: who of one sample is who in another? Run, counted, and shown beside plain chance.

Two samples of the same session are alike in what was said and when: nobody needs an attack to lay them side by side.
What must not link them is what the sample brings in itself: stand-ins, letters, order, voices. Beyond that four attacks
are counted, each by what it looks at, so that the report says what holds and what does not.

- stand-ins: names, letters, place in the list, voice. It must be no better than chance.
- what is told: what is kept on purpose (age band, gender, region ...), length and origin of the stand-in.
- manner of speaking: little words, length of turns, share of the talk (Burrows' Delta).
- choice of words: which words each of them uses.

An attacker matches members only: who facilitates is told by the label. Each member is matched with whoever is most
alike; where several are equally alike the attacker draws, and the expected number of right matches is counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from assistant.domain import Role
from assistant.training.likeness import by_manner, by_stand_ins, by_told, by_words, seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from assistant.training.likeness import Alike, Seen
    from assistant.training.material import Sample

PAIRS: Final = 20
"""Pairs of samples that are drawn for the figures."""
_Z: Final = 1.959964
"""Of the normal distribution, for an interval of 95 %."""
_TIE: Final = 1e-9


class Attack(StrEnum):
    """What the attacker looks at."""

    STAND_INS = "stand-ins, letters, order, voices"
    TOLD = "what is told of each"
    MANNER = "manner of speaking"
    WORDS = "choice of words"


class Kind(StrEnum):
    """How the two samples hang together."""

    AGAIN = "two samples of one session"
    NEXT = "two meetings of one group"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two samples with the same people, and who is who: the answer that the attacker does not have."""

    one: Sample
    two: Sample
    same: Mapping[str, str]
    """Label in ``one`` to label in ``two``."""
    kind: Kind = Kind.AGAIN


@dataclass(frozen=True, slots=True)
class Linked:
    """What one attack reached."""

    attack: Attack
    kind: Kind
    pairs: int
    tried: int
    """Members that were to be found again."""
    right: float
    """Expected number of right matches."""
    chance: float
    """Share that mere drawing gets right."""

    @property
    def rate(self) -> float:
        """Share of right matches; 0 where nobody was tried."""
        return self.right / self.tried if self.tried else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 % for the rate, as if every match were a trial of its own."""
        if not self.tried:
            return 0.0, 1.0
        n, p = self.tried, self.rate
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def better(self) -> bool:
        """Whether the attack is better than chance beyond doubt: the whole interval lies above it."""
        return self.tried > 0 and self.interval[0] > self.chance


def figures(pairs: Iterable[Pair]) -> tuple[Linked, ...]:
    """Run every attack on every pair, and return one row per kind of pair and attack.

    Stand-ins are not tried across two meetings that were cut out of one sample: they are the same by design there.
    """
    sums: dict[tuple[Kind, Attack], Linked] = {}
    looks: dict[int, tuple[Sample, tuple[Seen, ...]]] = {}

    def look(sample: Sample) -> tuple[Seen, ...]:
        if id(sample) not in looks:
            # One sample is in many pairs. It is held beside its look, so that no other one can take its id.
            looks[id(sample)] = (sample, seen(sample))
        return looks[id(sample)][1]

    for pair in pairs:
        ones, twos = look(pair.one), look(pair.two)
        known = [one for one in ones if one.label in pair.same]
        cut = pair.one.invented is pair.two.invented
        for attack, alike in _ATTACKS.items():
            if cut and attack in {Attack.STAND_INS, Attack.TOLD}:
                continue
            before = sums.get((pair.kind, attack), Linked(attack, pair.kind, 0, 0, 0.0, 0.0))
            right = sum(_found(one, twos, pair.same[one.label], alike(ones, twos)) for one in known)
            tried = before.tried + len(known)
            by_chance = before.chance * before.tried + (len(known) / len(twos) if twos else 0.0)
            sums[pair.kind, attack] = replace(
                before,
                pairs=before.pairs + 1,
                tried=tried,
                right=before.right + right,
                chance=by_chance / tried if tried else 0.0,
            )
    return tuple(sums.values())


def shared_stand_ins(pairs: Iterable[Pair]) -> int:
    """Return how many made-up names and figures two samples of one session have in common, over all pairs."""
    return sum(len(pair.one.invented.words & pair.two.invented.words) for pair in pairs if pair.kind is Kind.AGAIN)


def again(one: Sample, two: Sample) -> Pair:
    """Return two samples that were drawn from one session.

    Who is who is read off the turns: the same turn stands in both. That this is all it takes to know is the reason why
    two samples of one session must never be handed out together.
    """
    of = {turn.number: turn.label for turn in two.turns}
    members = {part.label for part in one.parts if part.role is Role.MEMBER}
    same = {turn.label: of[turn.number] for turn in one.turns if turn.label in members and turn.number in of}
    return Pair(one, two, same)


def halves(sample: Sample) -> Pair:
    """Return a sample's two halves as if they were two meetings of the group.

    It answers for the case that a trainer is given samples of several sessions of one group, without needing a second
    session: what links the halves (how somebody talks) links the meetings.
    """
    middle = len(sample.turns) // 2
    one = replace(sample, turns=sample.turns[:middle], people=())
    two = replace(sample, turns=sample.turns[middle:], people=())
    heard = {turn.label for turn in one.turns} & {turn.label for turn in two.turns}
    members = [part.label for part in sample.parts if part.role is Role.MEMBER and part.label in heard]
    return Pair(one, two, {label: label for label in members}, Kind.NEXT)


_ATTACKS: Final[Mapping[Attack, Callable[[Sequence[Seen], Sequence[Seen]], Alike]]] = {
    Attack.STAND_INS: by_stand_ins,
    Attack.TOLD: by_told,
    Attack.MANNER: by_manner,
    Attack.WORDS: by_words,
}


def _found(one: Seen, twos: Sequence[Seen], truth: str, alike: Alike) -> float:
    """Return the chance that the attacker picks the right one."""
    scores = {two.label: alike(one, two) for two in twos}
    if not scores or truth not in scores:
        return 0.0
    best = max(scores.values())
    nearest = [label for label, score in scores.items() if score >= best - _TIE]
    return 1 / len(nearest) if truth in nearest else 0.0
