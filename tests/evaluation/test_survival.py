"""Which facts still stand in a text, and which only seem to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.evaluation.alignment import align
from assistant.evaluation.facts import fact_book
from assistant.evaluation.machine import read_machine
from assistant.evaluation.survival import Survival, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.evaluation.gold import GoldSession

EXACT, FUZZY, NONE = Survival.EXACT, Survival.FUZZY, Survival.NONE


@pytest.mark.parametrize(
    ("said", "note", "expected"),
    [
        # names
        ("I'm [[PERSON:m1|Priya Raman]]", "She came with Priya.", EXACT),
        ("I'm [[PERSON:m1|Priya Raman]]", "She came with Raman's car.", EXACT),
        ("I'm [[PERSON:m1|Marisol]]", "Talked with Marisole.", FUZZY),
        ("Call me [[NICKNAME:m1|Sim]]", "It is simply cold.", NONE),
        ("Call me [[NICKNAME:m1|Sim]]", "sim was there", EXACT),
        ("I'm [[PERSON:m1|Derek]]", "a derelict house", NONE),
        ("I'm [[PERSON:m1|Bill]]", "Paid the bill for the furnace.", NONE),
        ("I'm [[PERSON:m1|Bill]]", "Went home with Bill.", EXACT),
        ("I'm [[PERSON:m1|Hope]]", "Hope you are well.", NONE),
        ("I'm [[PERSON:m1|Hope]]", "Hope said it first.", EXACT),
        ("I'm [[PERSON:m1|May]]", "It started in May.", NONE),
        ("I'm [[PERSON:m1|May]]", "It started with May.", EXACT),
        # numbers
        ("I'm [[AGE:m1|fifty-two]] now", "I have fifty-two cards.", NONE),
        ("I'm [[AGE:m1|fifty-two]] now", "I just turned 52.", EXACT),
        ("He's [[AGE:third|four]]", "Worked four shifts.", NONE),
        ("He's [[AGE:third|four]]", "The boy is 4.", EXACT),
        ("He's [[AGE:third|four]], he's present", "- The member was present for 4 of 4 minutes.", NONE),
        ("My niece is [[AGE:third|three]] now", "Three or more members spoke of sleep.", NONE),
        ("My niece is [[AGE:third|three]] now", "The member said:\n“A niece is three now.”", EXACT),
        ("He's [[AGE:third|four]], he's present", "> “The boy was present: he is 4.”", EXACT),
        ("It's [[PHONE:m1|five five five, oh one four two]]", "Phone 555-0142.", EXACT),
        ("It's [[PHONE:m1|five five five, oh one four two]]", "Ends in 0142.", FUZZY),
        ("It's [[PHONE:m1|five five five, oh one four two]]", "At 01:42 in the recording.", NONE),
        ("My number is [[OTHER_ID:m1|four four seven two]]", "Client 4472.", EXACT),
        ("My number is [[OTHER_ID:m1|four four seven two]]", "Client 44725.", NONE),
        ("Since [[DATE:m1|the ninth of June]]", "Starts June 9th.", EXACT),
        ("I saw her at the gym on [[DATE:m1|Saturday]]", "Cooked on Saturday.", NONE),
        ("I saw her at the gym on [[DATE:m1|Saturday]]", "Saturday at the gym.", EXACT),
        # places and contacts
        ("I'm at [[ADDRESS:m1|nineteen Orchard Lane]]", "Lives at 19 Orchard Lane.", EXACT),
        ("I'm at [[ADDRESS:m1|nineteen Orchard Lane]]", "All alone on Orchard Lane.", EXACT),
        ("I drive for [[ORG:m1|Harlan Freight]]", "Drives for Harlan.", FUZZY),
        ("I drive for [[ORG:m1|Harlan Freight]]", "Moves freight.", NONE),
        ("Write to [[EMAIL:m1|bill dot o at plainmail dot com]]", "bill.o@plainmail.com", EXACT),
        # what was done and felt
        ("I [[RISK_SELF:m1|hope I just don't wake up]]", "Hopes: I just do not wake up.", FUZZY),
        ("It [[ABUSE:m1|shoved me into a wall once]]", "Says he shoved her into the wall once.", FUZZY),
        ("It [[ABUSE:m1|shoved me into a wall once]]", "Leaned on a wall once.", NONE),
        ("[[RELATIONSHIP_EVENT:m1|we split up]]", "We split the bill.", NONE),
        ("I take [[MEDICATION:m1|sertraline]]", "Takes sertralin daily.", FUZZY),
    ],
)
def test_a_fact_in_a_text(build_gold: Callable[..., GoldSession], said: str, note: str, expected: Survival) -> None:
    """Exact, fuzzy or not at all, as the module's rules say."""
    book = fact_book(build_gold(("m1", said)))
    fact = next(fact for fact in book.facts if fact.turn == 0)

    assert Text(note).holds(fact, book) is expected


def test_an_empty_text_holds_nothing(build_gold: Callable[..., GoldSession]) -> None:
    """No words, no leaks."""
    book = fact_book(build_gold(("m1", "I'm [[PERSON:m1|Marcus]], [[AGE:m1|52]]")))

    assert all(Text("").holds(fact, book) is NONE for fact in book.facts)


def test_a_name_as_it_was_misheard_is_found(
    build_gold: Callable[..., GoldSession], build_machine: Callable[..., dict[str, object]]
) -> None:
    """What the recogniser made of a name gives it away as well."""
    gold = build_gold(("m1", "I am [[PERSON:m1|Adeyemi]]."))
    machine = read_machine(build_machine(gold, ("m1", "I am Adayimi.")))
    told = fact_book(gold, align(gold, machine, timed=True))
    untold = fact_book(gold)
    note = Text("Spoke with Adayimi.")

    assert [note.holds(fact, told) for fact in told.facts if fact.turn == 0] == [EXACT]
    assert [note.holds(fact, untold) for fact in untold.facts if fact.turn == 0] == [NONE]
