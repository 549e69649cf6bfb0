"""What somebody else owns does not pass, however it is said; what is the reader's own does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import Severity
from assistant.notes.facts import check_fact_parts, check_facts, check_known_facts, check_numbers
from assistant.notes.gate import Gate

if TYPE_CHECKING:
    from collections.abc import Callable

FACTS = (check_facts, check_fact_parts, check_numbers, check_known_facts)


def _refusals(scene: Any, number: int) -> set[tuple[str, str | None]]:  # noqa: ANN401  the type lives in conftest, which no test can import
    found = Gate(checks=FACTS).check(scene.note("m1", number), scene.context("m1"))
    return {(f.rule, f.whose) for f in found if f.severity is Severity.REFUSE}


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ("I drive for [[ORG:m2|Harlan Freight]].", "My cousin is at Harlan Freight."),
        ("I drive for [[ORG:m2|Harlan Freight]].", "my cousin is at harlan freight"),
        ("I drive for [[ORG:m2|Harlan Freight]].", "My cousin is at Harlan's."),
        ("I take [[MEDICATION:m2|trazodone]].", "I took trazadone once."),
        ("I live in [[LOCATION:m2|Kensington]].", "I saw kemsimgton once."),
        ("I live on [[ADDRESS:m2|nineteen Orchard Lane]].", "I parked at 19 Orchard Lane."),
        ("It's [[PHONE:m2|five five five, oh one eight eight]].", "I dialled 555-0188 twice."),
        ("It's [[PHONE:m2|555 0188]].", "It ends in oh one eight eight."),
        ("Mail me, [[EMAIL:m2|may dot lin eighty at example dot com]].", "I wrote may.lin80@example.com down."),
        ("My son [[PERSON:*m2|Corvin]] is ill.", "Corvin is a nice boy."),
        ("He is [[AGE:*m2|seven]].", "He just turned seven."),
        ("I am [[AGE:m2|thirty-nine]].", "He's only, what, thirty-nine."),
        ("I have [[DIAGNOSIS:m2|panic disorder]].", "I looked up panic disorder."),
        ("It was [[DATE:m2|March third]].", "I left on March 3rd."),
        ("It was on [[DATE:m2|Saturday]].", "I slept on Saturday."),
        ("We [[FAMILY:m2|lost our baby girl]].", "They lost our baby girl."),
        ("I work at [[ORG:m2|Target]].", "I shop at Target."),
    ],
)
def test_a_fact_of_another_is_refused(told: Callable[..., Any], theirs: str, mine: str) -> None:
    """Exact, cased, misspelled, in part, in digits or in words; whoever said it first."""
    assert {whose for _, whose in _refusals(told([f"m2: {theirs}", f"m1: {mine}"]), 1)} == {"m2"}


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ("I take [[MEDICATION:m2|trazodone]].", "I take [[MEDICATION:m1|Zoloft]]."),
        ("He is [[AGE:*m2|seven]].", "I have seven chairs."),
        ("I work at [[ORG:m2|Target]].", "I missed my target."),
        ("It was on [[DATE:m2|Saturday]].", "I slept in on [[DATE:m1|Saturday]]."),
        ("That was [[DATE:m2|last week]].", "I slept badly last week."),
        ("I am [[SUBSTANCE:m2|drinking]] again.", "My [[SUBSTANCE:m1|drinking]] is over."),
        ("It's [[PHONE:m2|555 0188]].", "I owe 900 dollars."),
        ("My son [[PERSON:*m2|Rusty]] is ill.", "I found a rusty nail."),
        ("I have two kids.", "I have two kids."),
    ],
)
def test_the_readers_own_words_pass(told: Callable[..., Any], theirs: str, mine: str) -> None:
    """Everyday words, and facts of the reader's own, are not another's for being like theirs."""
    assert not _refusals(told([f"m2: {theirs}", f"m1: {mine}"]), 1)


def test_a_term_belongs_to_who_said_it_first(told: Callable[..., Any]) -> None:
    """Two members take the same drug: it stays in the note of the first, and not in that of the second (promise 1)."""
    scene = told(["m1: I take [[MEDICATION:m1|trazodone]].", "m2: I take [[MEDICATION:m2|trazodone]] too."])
    assert not Gate().check(scene.note("m1", 0), scene.context("m1"))
    found = Gate().check(scene.note("m2", 1), scene.context("m2"))
    assert "first said by another" in {f.rule for f in found if f.severity is Severity.REFUSE}


def test_ones_own_fact_in_the_facilitators_question_stays_ones_own(told: Callable[..., Any]) -> None:
    """The facilitator asks after the reader's own drug; the reader's answer may hold it."""
    scene = told(["f: How is the [[MEDICATION:m1|trazodone]]?", "m1: The [[MEDICATION:m1|trazodone]] helps."])
    assert not Gate().check(scene.note("m1", 1), scene.context("m1"))


def test_a_fact_of_nobody_that_another_said_is_not_the_readers(told: Callable[..., Any]) -> None:
    """Where the owner is unknown and the reader did not say it, it is refused."""
    scene = told(["?: We met in [[LOCATION:unknown|Tarrowick]].", "m1: I liked Tarrowick."])
    assert ("fact of another", None) in _refusals(scene, 1)


def test_what_the_group_file_knows_of_another_is_refused(told: Callable[..., Any]) -> None:
    """A fact from intake that nobody said in the session stays out; the reader's own from intake does not."""
    scene = told(["m1: I had an arrest for driving in March."], facts=[("m2", "an arrest for driving, in March")])
    assert ("known fact of another", "m2") in _refusals(scene, 0)
    own = told(["m1: I had an arrest for driving in March."], facts=[("m1", "an arrest for driving, in March")])
    assert not _refusals(own, 0)
