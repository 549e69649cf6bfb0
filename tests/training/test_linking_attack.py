"""The linking attack is at chance where nothing links, above it where something is planted, and says which is which."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.training.linking import Attack, Kind, Linked, Pair, again, figures, halves, shared_stand_ins
from assistant.training.material import Invented

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.training.material import Sample

    SampleBuilder = Callable[..., Sample]

PEOPLE = 4
LETTERS = "ABCD"
TALK = {
    0: "well you know I just think it was really like that and so I kind of let it go",
    1: "the doctor said no but they did not listen to what she had to say about it",
    2: "yeah okay um uh yeah maybe not this time um I don't know yeah okay",
    3: "my brother and his wife were there with all of the kids from up the road",
}


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a test repeats itself


def _drawn(sample_of: SampleBuilder, rng: random.Random, *, names: Sequence[str] | None = None) -> Sample:
    """Return a fresh sample of one talk: letters and names in random order, the same turns."""
    letters = list(LETTERS)
    rng.shuffle(letters)
    labels = [f"Member {letter}" for letter in letters]
    called = names or ["".join(rng.choices("bcdfghklmnprst", k=7)).capitalize() for _ in labels]
    said = [("Facilitator", "Who starts?")]
    said += [(labels[who], TALK[who]) for _ in range(6) for who in range(PEOPLE)]
    return sample_of(said, names=dict(zip(labels, called, strict=True)))


def _row(rows: Sequence[Linked], attack: Attack, kind: Kind = Kind.AGAIN) -> Linked:
    return next(row for row in rows if (row.attack, row.kind) == (attack, kind))


def test_fresh_stand_ins_and_letters_link_no_better_than_chance(sample_of: SampleBuilder) -> None:
    """Over 20 pairs the interval of the attack holds chance; the very same talk is found by everything else."""
    rng = _chance(5)
    pairs = [again(_drawn(sample_of, rng), _drawn(sample_of, rng)) for _ in range(20)]

    rows = figures(pairs)

    by_stand_ins = _row(rows, Attack.STAND_INS)
    assert by_stand_ins.pairs == 20
    assert by_stand_ins.tried == 20 * PEOPLE
    assert by_stand_ins.chance == pytest.approx(1 / PEOPLE)
    assert by_stand_ins.interval[0] <= 1 / PEOPLE <= by_stand_ins.interval[1]
    assert not by_stand_ins.better
    assert _row(rows, Attack.MANNER).rate == 1
    assert _row(rows, Attack.MANNER).better
    assert _row(rows, Attack.WORDS).better
    assert shared_stand_ins(pairs) == 0


def test_stand_ins_that_are_kept_link(sample_of: SampleBuilder) -> None:
    """A map that was kept from one sample to the next is found out: every match is right."""
    rng = _chance(5)
    names = ["Aldous", "Brenda", "Carl", "Dora"]
    pairs = [again(_drawn(sample_of, rng, names=names), _drawn(sample_of, rng, names=names)) for _ in range(20)]

    row = _row(figures(pairs), Attack.STAND_INS)

    assert row.rate == 1
    assert row.better
    assert shared_stand_ins(pairs) == 20 * PEOPLE


def test_what_is_told_links_where_it_tells_people_apart(sample_of: SampleBuilder) -> None:
    """Unique attributes find everybody; the same ones for all find nobody."""
    said = [(f"Member {letter}", "Hello.") for letter in LETTERS]
    bands = ("20-29", "30-39", "40-49", "50-59")
    apart = sample_of(said, {f"Member {x}": {"age band": band} for x, band in zip(LETTERS, bands, strict=True)})
    alike = sample_of(said, {f"Member {x}": {"age band": "20-29"} for x in LETTERS})

    found = _row(figures([again(apart, replace(apart, invented=Invented(frozenset())))]), Attack.TOLD)
    assert found.rate == 1
    row = _row(figures([again(alike, replace(alike, invented=Invented(frozenset())))]), Attack.TOLD)
    assert row.rate == row.chance == 0.25


def test_the_halves_of_a_sample_stand_for_two_meetings(sample_of: SampleBuilder) -> None:
    """Manner of speaking links them, which the figures say; stand-ins are not tried: they are the same by design."""
    rows = figures([halves(_drawn(sample_of, _chance(1)))])

    assert {row.kind for row in rows} == {Kind.NEXT}
    assert {row.attack for row in rows} == {Attack.MANNER, Attack.WORDS}
    assert _row(rows, Attack.MANNER, Kind.NEXT).rate == 1


def test_who_says_too_little_is_drawn_by_chance(sample_of: SampleBuilder) -> None:
    """No manner can be told from three words, and a tie counts by its chance."""
    said = [(f"Member {letter}", "Yes, I know.") for letter in LETTERS]
    one, two = sample_of(said), sample_of(said)

    row = _row(figures([again(one, two)]), Attack.MANNER)

    assert row.rate == row.chance == 0.25
    assert not row.better


def test_people_at_random_are_found_by_chance(sample_of: SampleBuilder) -> None:
    """Where the truth is shuffled no attack is better than chance."""
    rng = _chance(11)
    pairs = []
    for _ in range(20):
        pair = again(_drawn(sample_of, rng), _drawn(sample_of, rng))
        truth = list(pair.same.values())
        rng.shuffle(truth)
        pairs.append(Pair(pair.one, pair.two, dict(zip(pair.same, truth, strict=True))))

    assert not any(row.better for row in figures(pairs))


@pytest.mark.parametrize(
    ("right", "tried", "low", "high"), [(0, 10, 0.0, 0.278), (5, 10, 0.237, 0.763), (10, 10, 0.722, 1.0)]
)
def test_the_interval_is_wilsons(right: float, tried: int, low: float, high: float) -> None:
    """Against tabulated values; nobody tried says nothing."""
    found = Linked(Attack.STAND_INS, Kind.AGAIN, 1, tried, right, 0.25).interval

    assert found[0] == pytest.approx(low, abs=0.001)
    assert found[1] == pytest.approx(high, abs=0.001)
    assert Linked(Attack.STAND_INS, Kind.AGAIN, 0, 0, 0.0, 0.0).interval == (0.0, 1.0)
