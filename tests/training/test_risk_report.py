"""A sample in which somebody stands alone is refused, with what to make coarser and never with what is told."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.training.material import QuasiIdentifier
from assistant.training.population import ATTRIBUTES, read_population
from assistant.training.report import still_to_check
from assistant.training.risk import LEAST, assess, coarsest

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.training.material import Sample
    from assistant.training.population import Population
from assistant.training.risk import RiskReport

COMMON = {"gender": "woman", "age band": "40-49"}
SAID = [("Facilitator", "Welcome."), ("Member A", "Hello."), ("Member B", "Fine."), ("Member C", "Good.")]


def _never_rare(_word: str) -> bool:
    return False


@pytest.fixture
def report_of(sample_of: Callable[..., Sample], population: Population) -> Callable[..., RiskReport]:
    """Assesses a sample of three members, of whom so much is told."""

    def build(told: dict[str, dict[str, str]], said: list[tuple[str, str]] = SAID) -> RiskReport:
        return assess(sample_of(said, told), population, _never_rare)

    return build


def test_a_planted_singleton_is_refused_and_the_attribute_named(report_of: Callable[..., RiskReport]) -> None:
    """A rare event of one person refuses the sample; the line names label and attribute, no value."""
    report = report_of(
        {"Member A": COMMON, "Member B": COMMON | {"headline event": "struck by a meteorite"}, "Member C": COMMON}
    )

    assert report.refused
    assert report.worst.label == "Member B"
    assert report.worst.k == 1
    assert report.to_generalise() == {"Member B": ("headline event",)}
    line = report.refusal()
    assert "Member B (k = 1): headline event" in line
    assert "\n" not in line
    assert not {"meteorite", "woman", "40-49"} & set(line.replace(",", " ").split())
    assert "meteorite" not in repr(report)


def test_a_unique_fact_that_only_the_words_tell_is_refused(report_of: Callable[..., RiskReport]) -> None:
    """Nothing was listed for the person: the second reading of the text still finds it."""
    report = report_of({}, [*SAID, ("Member C", "I was the only woman on the oil platform.")])

    assert report.to_generalise() == {"Member C": ("headline event",)}
    assert report.worst.turns == (5,)
    assert "Member C (k = 1): headline event (turn 5); '--generalise' does it, or '--leave-out 5'" in report.refusal()


def test_turns_that_call_somebody_the_most_of_a_kind_are_listed_for_the_signer(
    report_of: Callable[..., RiskReport],
) -> None:
    """Nobody is refused for it: plain words do not say how rare it is, so a person has to read the turn."""
    report = report_of({}, [*SAID, ("Member A", "I was the tallest girl in my whole class."), ("Member B", "At last.")])

    assert not report.refused
    assert report.standing == (5,)
    assert any("5" in line and "single out" in line for line in still_to_check(report))
    assert "tallest" not in " ".join(still_to_check(report))


def test_a_sample_of_common_people_goes_out(report_of: Callable[..., RiskReport]) -> None:
    """Thousands fit: nothing has to become coarser, and there is no refusal to read."""
    report = report_of({"Member A": COMMON})

    assert not report.refused
    assert report.to_generalise() == {}
    with pytest.raises(ValueError, match="not refused"):
        report.refusal()


def test_the_worst_person_decides_and_stands_first(report_of: Callable[..., RiskReport]) -> None:
    """Not the average: one person below the least is enough."""
    report = report_of({"Member A": COMMON, "Member B": {"job group": "lion tamer"}, "Member C": {}})

    assert [person.expected for person in report.people] == sorted(person.expected for person in report.people)
    assert report.refused
    assert sum(person.k >= LEAST for person in report.people) == 3


def test_who_is_alike_in_the_group_is_counted(report_of: Callable[..., RiskReport]) -> None:
    """Two are alike and the third is unique; uniqueness in so small a group does not refuse by itself."""
    report = report_of({"Member A": COMMON, "Member B": COMMON, "Member C": COMMON | {"family shape": "widowed"}})

    assert {person.label: person.in_group for person in report.people} == {
        "Facilitator": 1,
        "Member A": 2,
        "Member B": 2,
        "Member C": 1,
    }
    assert not report.refused


def test_what_one_known_fact_leads_to(report_of: Callable[..., RiskReport]) -> None:
    """Who knows the widow finds one; of whom nothing is told may be meant too."""
    report = report_of(
        {
            "Member A": {"family shape": "widowed", "gender": "woman"},
            "Member B": {"family shape": "single", "gender": "woman"},
        }
    )
    facts = {
        (person.label, fact.what.attribute): (fact.same, fact.open) for person in report.people for fact in person.facts
    }

    assert facts["Member A", "family shape"] == (1, 2)
    assert facts["Member A", "gender"] == (2, 2)


def test_rare_words_reach_the_report(sample_of: Callable[..., Sample], population: Population) -> None:
    """Each counts as a fact that points to one person."""
    sample = sample_of([("Member A", "The theremin again."), ("Member B", "Yes.")])

    report = assess(sample, population, lambda word: word == "theremin")

    assert {person.label: person.once for person in report.people} == {"Member A": ("theremin",), "Member B": ()}
    assert report.worst.singled_out_by == 1
    assert "theremin" not in repr(report)


def test_a_smaller_catchment_makes_the_same_sample_fail(sample_of: Callable[..., Sample]) -> None:
    """The figure is local: what is common in a county may be rare in a village."""
    sample = sample_of(SAID, {"Member A": COMMON})

    assert not assess(sample, read_population(), _never_rare).refused
    assert assess(sample, read_population(catchment=50), _never_rare).refused


_VALUES = [QuasiIdentifier(a, v) for a in ATTRIBUTES for v in (*read_population().values(a)[:4], "unheard of")]


@given(st.sets(st.sampled_from(_VALUES), max_size=7), st.sampled_from([50, 10_000, 250_000]))
def test_what_must_become_coarser_is_enough_and_as_little_as_possible(
    told: set[QuasiIdentifier], catchment: int
) -> None:
    """Without those attributes enough people fit, and no smaller set would do."""
    table = read_population(catchment=catchment)
    attributes = {what.attribute for what in told}

    gone = coarsest(sorted(told, key=str), table)

    def enough(without: tuple[str, ...]) -> bool:
        return table.expected(what for what in told if what.attribute not in without) >= LEAST

    assert enough(gone)
    assert not any(enough(fewer) for count in range(len(gone)) for fewer in combinations(sorted(attributes), count))
