"""Span recall, precision and owners, on spans counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.domain import DisclosureType
from assistant.evaluation.alignment import align
from assistant.evaluation.gold import GoldSession
from assistant.evaluation.machine import read_machine
from assistant.evaluation.spans import IDENTIFIERS, SpanFigures, TypeFigures, span_figures

Gold = Callable[..., GoldSession]
Heard = Callable[..., dict[str, Any]]


def _found(text: str, words: str, kind: str, owner: str | None) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "type": kind, "owner": owner}


def _figures(gold: GoldSession, data: dict[str, Any], *, timed: bool = True) -> SpanFigures:
    machine = read_machine(data)
    return span_figures(gold, machine, align(gold, machine, timed=timed))


@pytest.mark.parametrize("timed", [True, False])
def test_half_of_the_characters_must_be_covered(build_gold: Gold, build_machine: Heard, *, timed: bool) -> None:
    """Of "Harlan Freight", "Harlan" is 6 of 13 letters: too little; "Freight" is enough."""
    gold = build_gold(("m1", "I drive for [[ORG:m1|Harlan Freight]]."))
    text = gold.turns[0].text
    for words, found in (("Harlan", 0), ("Freight", 1), ("Harlan Freight", 1)):
        data = build_machine(gold, ("m1", text, {"disclosures": [_found(text, words, "ORG", "m1")]}))
        figures = _figures(gold, data, timed=timed).over()

        assert (figures.found, figures.right) == (found, 1)


def test_a_span_under_the_wrong_type_is_covered_but_not_found(build_gold: Gold, build_machine: Heard) -> None:
    """It counts for "any type" and against precision."""
    gold = build_gold(("m1", "I live in [[LOCATION:m1|Millbrook]]."))
    text = gold.turns[0].text
    data = build_machine(gold, ("m1", text, {"disclosures": [_found(text, "Millbrook", "PERSON", "m1")]}))
    figures = _figures(gold, data)

    assert figures.by_type()[DisclosureType.LOCATION] == TypeFigures(gold=1, heard=1, covered=1)
    assert figures.by_type()[DisclosureType.PERSON] == TypeFigures(predicted=1, near=1)


def test_a_misheard_span_is_found_through_its_words_and_an_unheard_one_is_not(
    build_gold: Gold, build_machine: Heard
) -> None:
    """A name heard as "Kiroka" and tagged is found; a medication that was not heard cannot be."""
    gold = build_gold(("m1", "I'm [[PERSON:m1|Quiroga]]."), ("m1", "I take [[MEDICATION:m1|sertraline]]"))
    text = "I'm Kiroka."
    data = build_machine(
        gold, ("m1", text, {"disclosures": [_found(text, "Kiroka", "PERSON", "m1")]}), ("m1", "I take")
    )
    figures = _figures(gold, data)

    assert figures.over(IDENTIFIERS).recall == 1
    assert figures.by_type()[DisclosureType.MEDICATION] == TypeFigures(gold=1)
    assert figures.over().recall == pytest.approx(0.5)
    assert figures.over().recall_heard == 1


def test_owner_is_right_wrong_or_unknown(build_gold: Gold, build_machine: Heard) -> None:
    """Of three found spans one has the right owner and one none."""
    gold = build_gold(("m1", "[[AGE:m1|Forty]], [[LOCATION:m1|Millbrook]], [[MEDICATION:m1|sertraline]]"))
    text = gold.turns[0].text
    disclosures = [
        _found(text, "Forty", "AGE", "m1"),
        _found(text, "Millbrook", "LOCATION", "m2"),
        _found(text, "sertraline", "MEDICATION", None),
    ]
    figures = _figures(gold, build_machine(gold, ("m1", text, {"disclosures": disclosures}))).over()

    assert (figures.found, figures.owned, figures.unowned) == (3, 1, 1)


def test_an_absent_member_may_be_owner_where_the_gold_says_third(build_gold: Gold, build_machine: Heard) -> None:
    """Carla is on the roster: her own id is right for her name and for what is told of her; not for another's name."""
    gold = build_gold(
        ("m1", "[[PERSON:third|Carla]] is [[SUBSTANCE:third|using again]] with [[PERSON:third|Lorna]]."),
        absent=[{"id": "m9", "name": "Carla Mendes"}],
    )
    text = gold.turns[0].text
    disclosures = [
        _found(text, "Carla", "PERSON", "m9"),
        _found(text, "using again", "SUBSTANCE", "m9"),
        _found(text, "Lorna", "PERSON", "m9"),
    ]
    figures = _figures(gold, build_machine(gold, ("m1", text, {"disclosures": disclosures}))).over()

    assert (figures.found, figures.owned) == (3, 2)


def test_precision_leaves_out_what_the_gold_never_marks(build_gold: Gold, build_machine: Heard) -> None:
    """LEGAL is marked nowhere; "last week" and "my wife" are wrong, but unmarked by convention; "1988" is wrong."""
    gold = build_gold(
        ("m1", "Last week my wife left, on [[DATE:m1|Sunday]], [[RELATIONSHIP_EVENT:m1|for good]], in 1988.")
    )
    text = gold.turns[0].text
    disclosures = [
        _found(text, "Last week", "DATE", "m1"),
        _found(text, "Sunday", "DATE", "m1"),
        _found(text, "1988", "DATE", "m1"),
        _found(text, "my wife", "FAMILY", "m1"),
        _found(text, "left", "LEGAL", "m1"),
    ]
    figures = _figures(gold, build_machine(gold, ("m1", text, {"disclosures": disclosures}))).over()

    assert (figures.predicted, figures.right, figures.unmarked) == (4, 1, 2)
    assert figures.precision == pytest.approx(0.25)
    assert figures.precision_marked == pytest.approx(0.5)


def test_sessions_add_up(build_gold: Gold, as_heard: Callable[[GoldSession], dict[str, Any]]) -> None:
    """Figures over two sessions are sums of counts."""
    gold = build_gold(("m1", "[[PERSON:m1|Marcus]]"))
    figures = _figures(gold, as_heard(gold)) + _figures(gold, as_heard(gold))

    assert figures.over().gold == 2
