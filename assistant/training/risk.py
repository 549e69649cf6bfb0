"""How far a sample holds: per person, the worst first; whether it may go out, and if not, what to make coarser.

The number that decides is local: how many people of the catchment are expected to fit what is left of one person
(``domain.md`` 8.3). It is not a statement about the population, and it takes the attributes to be independent. How many
people in the group fit is shown and does not decide: in a group of four nobody has five who are alike.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from assistant.training.cuts import Less
from assistant.training.population import ATTRIBUTES, JOB, REGION
from assistant.training.quasi import left, telling_turns, told_once
from assistant.training.signs import stands

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from assistant.training.linking import Linked
    from assistant.training.material import Profiled, QuasiIdentifier, Sample, SampleProfile
    from assistant.training.population import Population

NOTHING_LESS: Final = Less()
LEAST: Final = 5
"""A sample in which fewer people fit what is left of somebody is refused (``domain.md`` 8.3)."""


@dataclass(frozen=True, slots=True)
class SingleFact:
    """What an intruder who knows one thing of somebody finds in the sample."""

    what: QuasiIdentifier
    same: int
    """People of whom the sample tells it: 1 singles out, for an intruder who knows that the person was there."""
    open: int
    """Further people of whom the sample tells nothing of the kind, so that they may be meant too."""


@dataclass(frozen=True, slots=True)
class PersonRisk:
    """What is left of one person and how far it singles them out."""

    label: str
    left: tuple[QuasiIdentifier, ...]
    in_group: int
    """People of the sample who fit all that is left of this person, this person too: 1 is unique in the group."""
    expected: float
    """People of the catchment who are expected to fit it, at least 1."""
    facts: tuple[SingleFact, ...]
    once: tuple[str, ...] = field(repr=False)
    """Rare words that stand once in the sample, said by this person."""
    coarsen: tuple[str, ...]
    """The fewest attributes that must go or become coarser; empty where enough people fit."""
    turns: tuple[int, ...] = ()
    """Numbers of the turns in which this person's own words tell those."""

    @property
    def k(self) -> int:
        """Whole people who are expected to fit."""
        return math.floor(self.expected)

    @property
    def unique(self) -> bool:
        """Whether nobody else in the sample fits."""
        return self.in_group == 1

    @property
    def singled_out_by(self) -> int:
        """How many single facts point to nobody else: things told of this person only, and words that stand once."""
        return sum(fact.same == 1 for fact in self.facts) + len(self.once)


@dataclass(frozen=True, slots=True)
class RiskReport:
    """How far one sample holds."""

    profile: SampleProfile
    people: tuple[PersonRisk, ...]
    """The worst first."""
    least: int
    catchment: int
    place: str
    date: dt.date
    """The day that the population table describes."""
    sources: tuple[str, ...]
    linked: tuple[Linked, ...]
    """What became of the linking attacks; empty where none was run."""
    shared: int | None
    """Stand-ins that two samples of the session share; None where no second one was drawn."""
    turns: int
    words: int
    changed: int
    emptied: int
    left_out: int
    less: Less = NOTHING_LESS
    standing: tuple[int, ...] = ()
    """Numbers of the turns that still call somebody the most, the only, the first or the last of their kind."""

    @property
    def worst(self) -> PersonRisk:
        """The person whom fewest others resemble: nobody is safer than that."""
        return self.people[0]

    @property
    def refused(self) -> bool:
        """Whether the sample may not go out."""
        return any(person.k < self.least for person in self.people)

    @property
    def kept(self) -> float:
        """Share of the words that stand as they were said; 1 where nothing was said."""
        return 1 - self.changed / self.words if self.words else 1.0

    def to_generalise(self) -> Mapping[str, tuple[str, ...]]:
        """Return, by label, the attributes that must become coarser or go."""
        return {person.label: person.coarsen for person in self.people if person.coarsen}

    def refusal(self) -> str:
        """Return why the sample is refused, in one line: labels, attributes and counts, never a value.

        Raises:
            ValueError: It is not refused.
        """
        if not self.refused:
            raise ValueError("the sample is not refused")
        what = "; ".join(_to_coarsen(person) for person in self.people if person.coarsen)
        turns = sorted({number for person in self.people if person.coarsen for number in person.turns})
        without = f", or '--leave-out {','.join(map(str, turns))}'" if turns else ""
        if self.less.coarser:
            return (
                f"the sample is refused: k is below {self.least} although nothing is left to generalise, for {what}"
                + (f"; try '--leave-out {','.join(map(str, turns))}' too" if turns else "")
            )
        return (
            f"the sample is refused: k is below {self.least}; generalise or leave out, for {what}; "
            f"'--generalise' does it{without}"
        )


def assess(  # noqa: PLR0913 - what a report rests on, each by name
    sample: Sample,
    population: Population,
    is_rare: Callable[[str], bool],
    *,
    least: int = LEAST,
    linked: Sequence[Linked] = (),
    shared: int | None = None,
    less: Less = NOTHING_LESS,
) -> RiskReport:
    """Return how far a sample holds.

    Args:
        sample: The finished sample, with at least one person.
        population: Shares and catchment.
        is_rare: Whether a lower-case word is rare in English.
        least: The smallest k that may go out.
        linked: Figures of ``linking.figures``.
        shared: ``linking.shared_stand_ins``.
        less: What was taken out of it, and what was made coarser.
    """
    regions, jobs = population.values(REGION), population.values(JOB)
    profiled = left(sample, regions, jobs)
    once = told_once(sample, is_rare)
    people: list[PersonRisk] = []
    for each in profiled:
        person = _person(each, profiled, population, once.get(each.label, ()), least)
        people.append(replace(person, turns=telling_turns(sample, each.label, person.coarsen, regions, jobs)))
    return RiskReport(
        profile=sample.profile,
        people=tuple(sorted(people, key=lambda p: (p.expected, p.in_group, -p.singled_out_by, p.label))),
        least=least,
        catchment=population.catchment,
        place=population.place,
        date=population.date,
        sources=population.sources,
        linked=tuple(linked),
        shared=shared,
        turns=len(sample.turns),
        words=sum(turn.words for turn in sample.turns),
        changed=sum(turn.changed for turn in sample.turns),
        emptied=sample.emptied,
        left_out=sample.left_out,
        less=less,
        standing=tuple(turn.number for turn in sample.turns if stands(turn.text, "watch")),
    )


def _person(
    person: Profiled, everyone: Sequence[Profiled], population: Population, once: tuple[str, ...], least: int
) -> PersonRisk:
    return PersonRisk(
        label=person.label,
        left=tuple(sorted(person.left, key=lambda what: (_place(what.attribute), what.value))),
        in_group=sum(set(person.left) == set(other.left) for other in everyone),
        expected=population.expected(person.left),
        facts=tuple(_known(what, everyone) for what in person.left),
        once=once,
        coarsen=coarsest(person.left, population, least),
    )


def coarsest(left_: Sequence[QuasiIdentifier], population: Population, least: int = LEAST) -> tuple[str, ...]:
    """Return the fewest attributes without which at least ``least`` people fit; empty where they fit already.

    Of several as small, the set that leaves most people: it names what is rarest. Where the catchment itself is too
    small, all attributes.
    """
    told = [attribute for attribute in ATTRIBUTES if any(what.attribute == attribute for what in left_)]
    told += sorted({what.attribute for what in left_} - set(told))

    def without(gone: Sequence[str]) -> float:
        return population.expected(what for what in left_ if what.attribute not in gone)

    for number in range(len(told) + 1):
        found = max(combinations(told, number), key=without)
        if without(found) >= least:
            return found
    return tuple(told)


def _known(what: QuasiIdentifier, everyone: Sequence[Profiled]) -> SingleFact:
    same = sum(what in other.left for other in everyone)
    silent = sum(not any(told.attribute == what.attribute for told in other.left) for other in everyone)
    return SingleFact(what, same, silent)


def _to_coarsen(person: PersonRisk) -> str:
    turns = ", ".join(map(str, person.turns))
    where = f" (turn{'s' * (len(person.turns) > 1)} {turns})" if turns else ""
    return f"{person.label} (k = {person.k}): {', '.join(person.coarsen)}{where}"


def _place(attribute: str) -> int:
    return ATTRIBUTES.index(attribute) if attribute in ATTRIBUTES else len(ATTRIBUTES)
