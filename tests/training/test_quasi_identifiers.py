"""What a finished sample tells of each person is read from its words too, not only from what was meant to stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.training.quasi import LEADS_GROUPS, UNLISTED, left, read, told_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.training.material import Sample

REGIONS = ("the Midwest", "New England")
JOBS = ("health worker", "driver")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("I'm thirty-four, and tired.", ("age band", "34")),
        ("I\u2019m 34.", ("age band", "34")),
        ("I just turned 61 last week", ("age band", "61")),
        ("I am forty-two years old", ("age band", "42")),
        ("I'm in my thirties", ("age band", "30-39")),
        ("I'm in my early forties", ("age band", "40-49")),
        ("I'm fifty-something", ("age band", "50-59")),
        ("I'm in my teens", ("age band", "10-19")),
        ("I'm a teenager", ("age band", "10-19")),
        ("I'm over ten now", ("age band", "10-19")),
        ("I'm school-age", ("age band", "10-19")),
        ("I'm still under ten", ("age band", "0-9")),
        ("I'm a young child", ("age band", "0-9")),
        ("It's hard, being Somali", ("belonging", "a people")),
        ("We're Baptist", ("belonging", "a church")),
        ("As a Sikh I bow", ("belonging", "another faith")),
        ("They saw me at the synagogue", ("belonging", "another faith")),
        ("I'm 90 or older", ("age band", "90 or older")),
        ("I'm a single mother", ("gender", "woman")),
        ("I grew up in the Midwest", ("region", "the Midwest")),
        ("I'm a health worker", ("job group", "health worker")),
        ("I work as a driver", ("job group", "driver")),
        ("My wife left", ("family shape", "married or partnered")),
        ("since my divorce", ("family shape", "separated or divorced")),
        ("My late husband did that", ("family shape", "widowed")),
        ("My two kids know", ("family shape", "has children")),
        ("my grandson came", ("family shape", "has grandchildren")),
        ("I was the only woman in the brigade", ("headline event", UNLISTED)),
        ("We were all over the news", ("headline event", UNLISTED)),
        ("I was the first woman to fly it", ("headline event", UNLISTED)),
        ("It was on the news", ("headline event", UNLISTED)),
        ("I won the lottery", ("headline event", UNLISTED)),
    ],
)
def test_a_second_reading_finds_what_stands(said: str, expected: tuple[str, str]) -> None:
    """Ages, kin, work, regions, and signs of what happens to few."""
    assert expected in {(what.attribute, what.value) for what in read([said], REGIONS, JOBS)}


@pytest.mark.parametrize(
    "said",
    [
        "I'm ninety days sober.",
        "I'm 100 percent sure.",
        "He drove through the Midwestern cold.",
        "It was my only chance.",
        "I am two minutes late",
        "She said I'm sorry, forty times.",
        "The news was on.",
        "When he was a young child he ate Thai food.",
        "I'm selfish, like my teenage boy.",
        "I'm Al, on the papers.",
    ],
)
def test_a_second_reading_sees_nothing_where_nothing_is(said: str) -> None:
    """Days, percentages and minutes are no ages."""
    assert not list(read([said], REGIONS, JOBS))


def test_both_readings_count(sample_of: Callable[..., Sample]) -> None:
    """What was kept on purpose and what still stands, in the same words; an age takes the place of its band."""
    sample = sample_of(
        [("Facilitator", "Welcome."), ("Member A", "I'm 34. My kids are fine."), ("Member B", "Hello.")],
        told={
            "Member A": {"gender": "female", "age band": "30-39", "family shape": "separated, with children"},
            "A sister": {"gender": "female"},
        },
    )

    found = {each.label: {(w.attribute, w.value) for w in each.left} for each in left(sample)}

    assert found["Member A"] == {
        ("gender", "woman"),
        ("age band", "34"),
        ("family shape", "separated or divorced"),
        ("family shape", "has children"),
    }
    assert found["Member B"] == set()
    assert found["A sister"] == {("gender", "woman")}, "somebody who does not speak is somebody too"
    assert found["Facilitator"] == {("job group", LEADS_GROUPS)}


def test_rare_words_that_stand_once_are_listed_by_who_said_them(sample_of: Callable[..., Sample]) -> None:
    """Not words said twice, not frequent ones, not stand-ins."""
    sample = sample_of(
        [
            ("Member A", "The kiln and the falconry. Brunhilde knows."),
            ("Member B", "A kiln? My theremin broke."),
        ],
        names={"Member C": "Brunhilde Ok"},
    )

    once = told_once(sample, lambda word: word in {"kiln", "falconry", "theremin", "brunhilde"})

    assert once == {"Member A": ("falconry",), "Member B": ("theremin",), "Member C": ()}
