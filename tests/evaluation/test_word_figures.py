"""Word errors, names heard, and words in the wrong mouth, on examples counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.evaluation.alignment import align
from assistant.evaluation.gold import GoldSession
from assistant.evaluation.machine import read_machine
from assistant.evaluation.words import NamesHeard, WordErrors, WordOwners, names_heard, word_errors, word_owners

Gold = Callable[..., GoldSession]
Heard = Callable[..., dict[str, Any]]


def _errors(gold: GoldSession, data: dict[str, Any], *, timed: bool = True) -> WordErrors:
    return word_errors(align(gold, read_machine(data), timed=timed))


@pytest.mark.parametrize("timed", [True, False])
def test_one_of_each_error(build_gold: Gold, build_machine: Heard, *, timed: bool) -> None:
    """Seven words said: one substituted, one missed, one invented; "um" and "61" for "sixty-one" are no errors."""
    gold = build_gold(("m1", "Um, I'm sixty-one today, my friends."))
    data = build_machine(gold, ("m1", "I really am 61 Monday friends"))

    assert _errors(gold, data, timed=timed) == WordErrors(reference=7, substituted=1, missed=1, inserted=1)


def test_nothing_said_and_nothing_heard(build_gold: Gold, build_machine: Heard) -> None:
    """An empty session has no rate, and does not fail."""
    gold = build_gold()

    assert _errors(gold, build_machine(gold)) == WordErrors()
    assert WordErrors().rate is None


def test_nothing_heard_is_all_missed(build_gold: Gold, build_machine: Heard) -> None:
    """Every word is missed."""
    gold = build_gold(("m1", "one more day"))

    assert _errors(gold, build_machine(gold)) == WordErrors(reference=3, missed=3)


def test_words_heard_long_after_are_never_the_same_words(build_gold: Gold, build_machine: Heard) -> None:
    """The same sentence a quarter of an hour later is invented, not heard."""
    gold = build_gold(("m1", "I know"), ("m2", "Okay"))
    data = build_machine(gold, ("m1", "I know"), ("m2", "Okay"), ("m2", "I know"))

    assert _errors(gold, data) == WordErrors(reference=3, inserted=2)


def test_names_of_the_roster_are_counted_each_time(build_gold: Gold, build_machine: Heard) -> None:
    """Exact, misspelt, not heard; an outsider's name is not counted, an absent member's is."""
    gold = build_gold(
        ("f", "Welcome, [[PERSON:m1|Marcus]]."),
        ("f", "And [[PERSON:m1|Marcus]] again."),
        ("m1", "Where is [[PERSON:third|Carla]]?"),
        ("m1", "My sister [[PERSON:third|Lorna]] came."),
        absent=[{"id": "m9", "name": "Carla Mendes"}],
    )
    data = build_machine(
        gold,
        ("f", "Welcome Markus."),
        ("f", "And Marcus again."),
        ("m1", "Where is karma?"),
        ("m1", "My sister came."),
    )
    figures = names_heard(gold, align(gold, read_machine(data), timed=True))

    assert figures == NamesHeard(said=3, exact=1, alike=2)


def test_a_nickname_inside_a_word_is_not_heard(build_gold: Gold, build_machine: Heard) -> None:
    """The word simply does not hold the name Sim."""
    gold = build_gold(("f", "Hello, [[NICKNAME:m1|Sim]]."))
    data = build_machine(gold, ("f", "Hello simply."))

    assert names_heard(gold, align(gold, read_machine(data), timed=True)).alike == 0


def _owners(gold: GoldSession, data: dict[str, Any]) -> WordOwners:
    machine = read_machine(data)
    return word_owners(gold, machine, align(gold, machine, timed=True))


def test_words_on_the_wrong_person_before_and_after_abstention(build_gold: Gold, build_machine: Heard) -> None:
    """Ten words: the guess puts two on the wrong person; abstention takes one of them and one right word away."""
    gold = build_gold(("m1", "Every morning my hands shake"), ("m2", "Same with mine every evening"))
    data = build_machine(gold, ("m1", "Every morning my hands shake"), ("m1", "Same with mine every evening"))
    for word in data["utterances"][1]["words"]:
        word |= {"speaker": "m2", "guess": "m2"}
    first, second = data["utterances"][1]["words"][:2]
    first |= {"speaker": None, "guess": "m1"}
    second |= {"speaker": "m1", "guess": "m1"}
    data["utterances"][0]["words"][4] |= {"speaker": None, "guess": "m1"}
    figures = _owners(gold, data)

    assert figures == WordOwners(
        words=10, guessed=10, guessed_wrong=2, attributed=8, attributed_wrong=1, wrong_to_member=1
    )
    assert figures.wrong_before == pytest.approx(200)
    assert figures.wrong_after == pytest.approx(125)
    assert figures.lost == pytest.approx(0.2)


def test_a_wrong_word_given_to_the_facilitator_reaches_no_note(build_gold: Gold, build_machine: Heard) -> None:
    """It is wrong, but not wrong to a member."""
    gold = build_gold(("m1", "Every morning"))
    figures = _owners(gold, build_machine(gold, ("f", "Every morning")))

    assert (figures.attributed_wrong, figures.wrong_to_member) == (2, 0)


def test_words_while_nobody_talks_are_not_counted(build_gold: Gold, build_machine: Heard) -> None:
    """An invented word belongs to nobody, so nobody is the wrong person."""
    gold = build_gold(("m1", "Every morning"), ("m2", "Okay"))
    data = build_machine(gold, ("m1", "Every morning"), ("m2", "Okay"), ("m1", "Thanks for watching"))

    assert _owners(gold, data).words == 3


def test_unknown_speakers_are_lost_not_wrong(build_gold: Gold, build_machine: Heard) -> None:
    """Abstaining on everything costs everything and endangers nobody."""
    gold = build_gold(("m1", "Every morning"))
    figures = _owners(gold, build_machine(gold, (None, "Every morning")))

    assert figures == WordOwners(words=2)
    assert figures.lost == 1
    assert figures.wrong_after is None
