"""A sample made coarser step by step until enough people fit everybody, or nothing is left that could be coarser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.training.coarsening import next_step, order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.domain import PersonId
    from assistant.pipeline.sampling.drawn import Drawn, Made
    from assistant.training.coarsening import Step
    from assistant.training.material import Sample
    from assistant.training.risk import RiskReport


@dataclass(frozen=True, slots=True)
class Coarsened:
    """A sample with all that had to be said less exactly."""

    made: Made
    report: RiskReport
    steps: tuple[Step, ...]
    """By label and attribute, the last of each."""
    by_person: Mapping[PersonId, Mapping[str, str]] = field(repr=False)
    """The same for further samples of the session, whose labels are others; it must not be kept."""


def coarsened(drawn: Drawn, assess: Callable[[Sample], RiskReport]) -> Coarsened:
    """Return a sample, made coarser where it would be refused.

    Args:
        drawn: What chance decided of it: labels, stand-ins and turns stay the same from step to step.
        assess: How far a sample holds.
    """
    made = drawn.written()
    report = assess(made.sample)
    people = {label: person for person, label in made.labels.items()}
    taken: list[Step] = []
    by_person: dict[PersonId, dict[str, str]] = {}
    while report.refused and (step := next_step(report, taken)) is not None:
        taken.append(step)
        by_person.setdefault(people[step.label], {})[step.attribute] = step.how
        made = drawn.written(by_person)
        report = assess(made.sample)
    return Coarsened(made, report, order(taken), by_person)
