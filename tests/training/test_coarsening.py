"""What would be refused becomes coarser step by step: the fewest things, the cheapest first, of the worst person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.training.coarsening import (
    DROPPED,
    LADDER,
    WIDER,
    Step,
    next_step,
    order,
    said_coarser,
    said_wider,
    still_told,
    wider,
)
from assistant.training.material import QuasiIdentifier
from assistant.training.population import AGE, EVENT, FAMILY, GENDER, JOB, REGION, read_population
from assistant.training.quasi import read
from assistant.training.risk import assess

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.training.material import Sample
    from assistant.training.risk import RiskReport

SMALL = 2_000
SAID = [("Facilitator", "Hello."), ("Member A", "I come from the Mountain states."), ("Member B", "Fine.")]
TOLD = {
    "Member A": {REGION: "the Mountain states", JOB: "tradesperson", AGE: "80-89", FAMILY: "widowed"},
    "Member B": {AGE: "40-49"},
}


@pytest.fixture
def report_after(sample_of: Callable[..., Sample]) -> Callable[..., RiskReport]:
    """Return what assesses a sample from which steps took away what they name."""

    def report(steps: list[Step], told: dict[str, dict[str, str]] = TOLD, catchment: int = SMALL) -> RiskReport:
        made = sample_of(SAID[:1] + SAID[2:] if steps else SAID, told)
        people = tuple(
            replace(p, left=still_told(p.left, {s.attribute: s.how for s in steps if s.label == p.label}))
            for p in made.people
        )
        return assess(replace(made, people=people), read_population(None, catchment), lambda _: False)

    return report


def test_steps_lead_to_a_sample_that_goes_out(report_after: Callable[..., RiskReport]) -> None:
    """Each step is of somebody too few fit; nobody else loses anything; in the end enough people fit everybody."""
    taken: list[Step] = []
    while (step := next_step(report_after(taken), taken)) is not None:
        assert step.label == "Member A"
        taken.append(step)

    assert taken
    assert not report_after(taken).refused
    assert len(taken) <= sum(map(len, LADDER.values()))


def test_no_step_where_enough_people_fit(report_after: Callable[..., RiskReport]) -> None:
    """A large catchment hides the same person."""
    assert next_step(report_after([], catchment=50_000_000), []) is None


def test_no_step_where_nothing_is_left_to_coarsen(sample_of: Callable[..., Sample]) -> None:
    """Gender cannot go: then the refusal stands."""
    made = sample_of([("Member A", "Fine.")], {"Member A": {GENDER: "another"}})
    report = assess(made, read_population(None, 100), lambda _: False)

    assert report.refused
    assert next_step(report, []) is None


def test_a_region_goes_step_by_step(report_after: Callable[..., RiskReport]) -> None:
    """First the wider one, then none."""
    told = {"Member A": {REGION: "central Asia"}}
    one = next_step(report_after([], told), [])
    assert one == Step("Member A", REGION, WIDER)
    taken = [Step("Member A", REGION, WIDER)]
    assert next_step(report_after(taken, told, 20), taken) == Step("Member A", REGION, DROPPED)


def test_only_the_last_step_of_each_is_told() -> None:
    """The report says what became of it in the end."""
    taken = [Step("Member B", AGE, WIDER), Step("Member A", JOB, DROPPED), Step("Member B", AGE, DROPPED)]

    assert order(taken) == (Step("Member A", JOB, DROPPED), Step("Member B", AGE, DROPPED))


def test_wider_values_are_counted() -> None:
    """Whatever the ladder writes has a share, and that of a rare value is larger than before."""
    population = read_population()
    for attribute, values in ((AGE, population.values(AGE)), (REGION, population.values(REGION))):
        for value in values:
            one = QuasiIdentifier(attribute, value)
            assert population.share(QuasiIdentifier(attribute, wider(one))) >= min(0.1, population.share(one))


@pytest.mark.parametrize(
    ("text", "steps", "left", "expected"),
    [
        ("I'm in my forties. I rest.", {AGE: WIDER}, {}, "I'm middle-aged. I rest."),
        ("I'm sixty-something now.", {AGE: WIDER}, {}, "I'm getting on now."),
        ("I'm thirty-something.", {AGE: DROPPED}, {}, "I'm of some age."),
        ("I was a driver then.", {JOB: DROPPED}, {JOB: "driver"}, "I was employed then."),
        ("I worked as a teacher.", {JOB: DROPPED}, {JOB: "teacher"}, "I worked in a job."),
        ("My wife cooks and my kids eat.", {FAMILY: DROPPED}, {}, "My family cooks and my family eat."),
        ("I sleep badly. I'm divorced. I walk.", {FAMILY: DROPPED}, {}, "I sleep badly. [\u2026] I walk."),
        ("There was an accident. I froze.", {EVENT: DROPPED}, {EVENT: "an accident"}, "[\u2026] I froze."),
    ],
)
def test_words_say_less(text: str, steps: dict[str, str], left: dict[str, str], expected: str) -> None:
    """The rest of the turn stands, and a second reading of it finds the attribute no more."""
    out = said_coarser(text, steps, [QuasiIdentifier(*one) for one in left.items()], ["driver", "teacher"])

    assert out == expected
    assert not {what.attribute for what in read([out], (), ["driver", "teacher"])} & set(steps)


@pytest.mark.parametrize(
    ("text", "how", "expected"),
    [
        ("I grew up in eastern Africa.", WIDER, "I grew up in another country."),
        ("I grew up in eastern Africa.", DROPPED, "I grew up somewhere."),
        ("She is from eastern Africa too.", DROPPED, "She is from somewhere too."),
    ],
)
def test_a_region_is_wider_whoever_says_it(text: str, how: str, expected: str) -> None:
    """The preposition still fits."""
    assert said_wider(text, {"eastern Africa": how}) == expected
