"""Every own fact has one fate, and the first thing that lost it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import DisclosureType
from assistant.evaluation.alignment import align
from assistant.evaluation.facts import fact_book
from assistant.evaluation.machine import read_machine
from assistant.evaluation.utility import Fate, Utility, utility

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.evaluation.gold import GoldSession

    Gold = Callable[..., GoldSession]
    Heard = Callable[..., dict[str, Any]]

WORDS = (
    "I'm [[PERSON:m1|Marcus]], [[AGE:m1|fifty-two]], on [[MEDICATION:m1|sertraline]], I left "
    "[[ORG:m1|Harlan Freight]] in [[LOCATION:m1|Millbrook]] with [[DIAGNOSIS:m1|panic disorder]]."
)
SAID = ("m1", WORDS)


def _utility(gold: GoldSession, data: dict[str, Any], **notes: str) -> Utility:
    machine = read_machine(data)
    return utility(gold, fact_book(gold, align(gold, machine, timed=True)), machine, notes)


def test_each_fate_once(build_gold: Gold, build_machine: Heard) -> None:
    """Reached, withheld, gated, unheard and unattributed, one own fact each; the name is left out of the share."""
    gold = build_gold(SAID)
    data = build_machine(
        gold,
        ("m1", "I'm Marcus, 52, on certain things, I left Harlan Freight in"),
        (None, "Millbrook with"),
        ("m1", "panic disorder."),
        withheld={"m1": [{"utterance": "u1", "span": [28, 58], "reason": "another participant"}]},
        notes={"m1": [{"section": "s", "text": "panic disorder", "evidence": []}]},
    )
    figures = _utility(gold, data, m1="Marcus is 52.")
    fates = {fact.type: fact.fate for fact in figures.facts}

    assert fates == {
        DisclosureType.PERSON: Fate.REACHED,
        DisclosureType.AGE: Fate.REACHED,
        DisclosureType.MEDICATION: Fate.UNHEARD,
        DisclosureType.ORG: Fate.WITHHELD,
        DisclosureType.LOCATION: Fate.UNATTRIBUTED,
        DisclosureType.DIAGNOSIS: Fate.GATED,
    }
    assert figures.kept == pytest.approx(1 / 5)
    assert figures.kept_with_names == pytest.approx(2 / 6)
    assert figures.fates()[Fate.REACHED] == 1
    assert figures.reasons() == {"another participant": 1}


def test_a_refused_note_keeps_nothing(build_gold: Gold, as_heard: Callable[..., dict[str, Any]]) -> None:
    """Without a file every own fact is lost."""
    gold = build_gold(SAID)

    assert _utility(gold, as_heard(gold)).kept == 0
    assert _utility(gold, as_heard(gold) | {"refused": ["m1"]}).fates()[Fate.GATED] == 5


def test_facts_that_only_others_said_are_not_expected(
    build_gold: Gold, as_heard: Callable[..., dict[str, Any]]
) -> None:
    """What m2 tells of m1 must not enter m1's note, and its absence costs nothing."""
    gold = build_gold(("m2", "You left [[ORG:m1|Harlan Freight]]."), ("m1", "Yes."))

    assert _utility(gold, as_heard(gold), m1="Said yes.").facts == ()
    assert _utility(gold, as_heard(gold), m1="Said yes.").kept is None
