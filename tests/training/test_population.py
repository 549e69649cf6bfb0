"""How many people fit is arithmetic over a table that a site may replace, and what the table lacks counts as one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import SettingsError
from assistant.training.data_files import table
from assistant.training.material import QuasiIdentifier
from assistant.training.population import ATTRIBUTES, EVENT, JOB, REGION, age_band, read_population

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.training.population import Population

OWN = """
[about]
place = "Ruritania"
date = 2025-01-31
sources = ["a count of our own"]
[gender]
"woman" = 0.5
["job group"]
"miner" = {share}
"""


def _told(**values: str) -> list[QuasiIdentifier]:
    return [QuasiIdentifier(attribute.replace("_", " "), value) for attribute, value in values.items()]


def test_the_expected_number_is_the_catchment_times_the_shares(population: Population) -> None:
    """Two attributes multiply; nothing told leaves the whole catchment."""
    gender, age = population.shares["gender"]["woman"], population.shares["age band"]["40-49"]

    assert population.expected([]) == population.catchment == 250_000
    assert population.expected(_told(gender="woman", age_band="40-49")) == pytest.approx(250_000 * gender * age)


def test_what_is_told_twice_counts_once(population: Population) -> None:
    """The same value from two places is one value."""
    assert population.expected(_told(gender="woman") * 2) == population.expected(_told(gender="woman"))


def test_an_unknown_value_is_one_person(population: Population) -> None:
    """Nobody counted lion tamers: whoever is one is alone."""
    assert population.expected(_told(gender="woman", job_group="lion tamer")) == 1


def test_an_exact_age_is_a_tenth_of_its_band(population: Population) -> None:
    """An age is worth more to an intruder than its band."""
    exact, band = (population.expected(_told(age_band=value)) for value in ("34", "30-39"))

    assert exact == pytest.approx(band / 10)


@given(st.integers(min_value=0, max_value=130))
def test_every_age_lies_in_a_band_of_the_table(years: int) -> None:
    """No age is without a share, and 90 and older are one band."""
    band = age_band(years)

    assert band in read_population().values("age band")
    if years >= 90:
        assert band == "90 or older"
    else:
        low, high = map(int, band.split("-"))
        assert low <= years <= high == low + 9


@given(st.sets(st.sampled_from([(a, v) for a in ATTRIBUTES for v in read_population().values(a)]), max_size=8))
def test_telling_more_never_makes_more_people_fit(told: set[tuple[str, str]]) -> None:
    """Each further value leaves as many people or fewer, and never fewer than the one."""
    table_ = read_population()
    values = [QuasiIdentifier(*one) for one in sorted(told)]
    numbers = [table_.expected(values[:count]) for count in range(len(values) + 1)]

    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] >= 1


def test_the_shares_of_what_excludes_each_other_add_up_to_no_more_than_all(population: Population) -> None:
    """Nobody has two ages or two genders; both lists cover (nearly) everybody."""
    for attribute in ("age band", "gender"):
        assert math.fsum(population.shares[attribute].values()) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(("attribute", "name"), [(JOB, "jobs"), (REGION, "regions"), (EVENT, "events")])
def test_everything_that_a_sample_is_coarsened_to_has_a_share(
    attribute: str, name: str, population: Population
) -> None:
    """What the coarsening writes is counted, or every sample with it would be refused."""
    written = {head for head, _ in table(name)} - {"-"}

    assert written <= set(population.values(attribute))


def test_the_table_says_what_it_rests_on(population: Population) -> None:
    """Place, day and sources."""
    assert population.place
    assert population.date.year >= 2020
    assert population.sources


def test_another_table_changes_k(tmp_path: Path) -> None:
    """The table is data: with another file the same person counts otherwise."""
    told = _told(gender="woman", job_group="miner")
    numbers = []
    for share in (0.2, 0.001):
        path = tmp_path / "own.toml"
        path.write_text(OWN.format(share=share))
        numbers.append(read_population(path, catchment=10_000).expected(told))

    assert numbers == [pytest.approx(1000), pytest.approx(5)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (OWN.format(share=0), "fraction"),
        (OWN.format(share=2), "fraction"),
        (OWN.format(share='"many"'), "fraction"),
        (OWN.format(share=0.1).replace("[gender]", "[hats]"), "hats"),
        (OWN.format(share=0.1).replace('sources = ["a count of our own"]', "sources = []"), "sources"),
        ("[gender", "not valid TOML"),
    ],
)
def test_a_wrong_table_is_refused(text: str, message: str, tmp_path: Path) -> None:
    """One line that says what and where."""
    path = tmp_path / "own.toml"
    path.write_text(text)

    with pytest.raises(SettingsError, match=message):
        read_population(path)


def test_an_empty_catchment_is_refused() -> None:
    """Somebody has to live there."""
    with pytest.raises(SettingsError, match="catchment"):
        read_population(catchment=0)
