"""A direct identifier that stands at its place is found in whatever case it is written, and as it was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.domain import DisclosureType
from assistant.evaluation.alignment import align
from assistant.evaluation.facts import fact_book
from assistant.evaluation.machine import read_machine
from assistant.evaluation.training_figures import Places, Rewritten, trace
from assistant.evaluation.training_places import left_in, said_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.evaluation.gold import GoldSession

_EVERYDAY = """
    a art asked at bakes bank blue by clinic corner daisy day drew everyone finch good grace hope house i is it just
    lamp lane last left like me new nice of on poppy says shop the then they to was we went with
"""
WORDS = frozenset(_EVERYDAY.split())


def everyday(word: str) -> bool:
    """Whether it is in this small dictionary."""
    return word in WORDS


@pytest.fixture
def left(
    build_gold: Callable[..., GoldSession], build_machine: Callable[..., dict[str, object]]
) -> Callable[..., set[tuple[int, str]]]:
    """Returns what stands in finished turns: (utterance, words)."""

    def build(turns: list[tuple[str, str]], after: list[str], heard: list[str] | None = None) -> set[tuple[int, str]]:
        gold = build_gold(*turns)
        texts = heard or [turn.text for turn in gold.turns]
        rows = [(turn.speaker, text) for turn, text in zip(gold.turns, texts, strict=True)]
        alignment = align(gold, read_machine(build_machine(gold, *rows)), timed=False)
        said = said_of(gold, alignment, texts, everyday)
        found = left_in(said, dict(enumerate(texts)), dict(enumerate(after)), everyday)
        return {(one.unit, " ".join(one.words)) for one in found}

    return build


def test_a_name_that_is_a_word_counts_without_its_capital(left: Callable[..., set[tuple[int, str]]]) -> None:
    """It was a name in this turn: small letters do not make it a word."""
    turns = [("m1", "[[PERSON:third|Drew]] just went."), ("m1", "Then [[PERSON:third|Poppy]] asked.")]

    assert left(turns, ["drew just went.", "Then Ann asked."]) == {(0, "drew")}
    assert left(turns, ["Bob just went.", "then poppy asked"]) == {(1, "poppy")}
    assert not left(turns, ["Bob just went.", "Then Ann asked."])


def test_the_same_word_said_as_a_word_may_stand(left: Callable[..., set[tuple[int, str]]]) -> None:
    """As often as it is said outside of the name, and in every turn in which it is no name."""
    turns = [("m1", "I hope [[PERSON:m2|Hope]] left."), ("m1", "I hope it is good.")]

    assert not left(turns, ["I hope Ann left.", "I hope it is good."])
    assert left(turns, ["I hope hope left.", "I hope it is good."]) == {(0, "hope")}


def test_a_word_that_no_dictionary_knows_counts_anywhere(left: Callable[..., set[tuple[int, str]]]) -> None:
    """Also in a turn in which nobody marked it, and of somebody on the roster of whom nobody speaks."""
    turns = [("m1", "[[PERSON:third|Zuri Okonjo]] left."), ("m1", "It was like Okonjo says.")]

    assert left(turns, ["Ann Bell left.", "It was like Okonjo says."]) == {(1, "okonjo")}
    assert left(turns, ["Ann Bell left.", "It was like Ann and Lindqvist says."]) == {(1, "lindqvist")}


def test_a_name_in_the_name_of_a_shop_counts(left: Callable[..., set[tuple[int, str]]]) -> None:
    """The shop was marked as a shop; whose name it bears was marked elsewhere."""
    turns = [("m1", "[[PERSON:m2|Daisy]] bakes."), ("m1", "i went to [[ORG:m2|bakes by daisy]] last")]

    assert left(turns, ["Ann bakes.", "i went to a shop by daisy last"]) == {(1, "daisy")}


def test_places_and_employers_count_as_a_whole_and_by_their_rare_word(
    left: Callable[..., set[tuple[int, str]]],
) -> None:
    """Their everyday words alone do not; a place that is described and not named is none."""
    turns = [
        ("m1", "I was at [[ORG:m1|Tavistorp Clinic]] on [[LOCATION:m1|Blue Lane]], the [[LOCATION:m1|new house]].")
    ]

    assert left(turns, ["I was at tavistorp on Oak Lane, the new house."]) == {(0, "tavistorp")}
    assert left(turns, ["I was at Bell Clinic on blue lane, the new house."]) == {(0, "blue lane")}
    assert not left(turns, ["I was at Bell Clinic on Oak Lane, the new house."])


def test_numbers_count_however_they_are_written(left: Callable[..., set[tuple[int, str]]]) -> None:
    """Said in words, left in figures, whole or inside a longer one."""
    turns = [("m1", "It is [[PHONE:m1|five five five, oh one four two]].")]

    assert left(turns, ["It is 5550142."]) == {(0, "5550142")}
    assert not left(turns, ["It is five five five, oh one nine nine."])


def test_what_the_recogniser_made_of_a_name_counts(left: Callable[..., set[tuple[int, str]]]) -> None:
    """Misspelt, or in pieces; another word that it wrote in its place is no name."""
    turns = [("m1", "Then [[PERSON:third|Tavistorp]] asked me.")]

    assert left(turns, ["Then Tavisthorp asked me."], ["Then Tavisthorp asked me."]) == {(0, "tavisthorp")}
    assert left(turns, ["Then Tavis Torp asked me."], ["Then Tavis Torp asked me."]) >= {(0, "tavis torp")}
    assert not left(turns, ["Then the lamp asked me."], ["Then the lamp asked me."])


def test_the_evaluation_counts_a_name_that_stands_in_small_letters(build_gold: Callable[..., GoldSession]) -> None:
    """By itself a text without capitals gives nobody away; at its place the word is the name."""
    gold = build_gold(("m1", "[[PERSON:m2|Hope]] bakes."), ("m2", "Grace is nice."))
    texts = [turn.text for turn in gold.turns]
    rows = [{"id": f"u{n}", "text": text} for n, text in enumerate(texts)]
    alignment = align(gold, read_machine({"utterances": rows}), timed=False)
    places = Places(said_of(gold, alignment, texts, everyday), everyday)
    turns = [
        Rewritten(texts[0], "hope bakes.", "hope bakes.", 0),
        Rewritten(texts[1], texts[1], texts[1], 1),
    ]

    with_places, without = (trace(gold, fact_book(gold), turns, places=given) for given in (places, None))

    assert (without.direct_left, with_places.direct_left) == (0, 1)
    assert with_places.recall == 0
    assert {fact.type for fact in with_places.direct if fact.stands} == {DisclosureType.PERSON}
