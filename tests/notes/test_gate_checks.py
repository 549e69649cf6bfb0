"""Each check of the gate catches a leak that no other check does: switched off, that leak would pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import Note, NoteLine, NoteSection, PersonId, Severity
from assistant.notes.entities import RawFinding
from assistant.notes.gate import CHECKS, Gate, refuses
from assistant.notes.index import index_session
from assistant.notes.passages import passages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.domain import GateFinding
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage

LEAKS: list[tuple[str, list[str], int, str, Sequence[tuple[str, str]]]] = [
    ("check_names", ["m1: I sat beside Tobias on the bus."], 0, "name", ()),
    (
        "check_facts",
        ["m2: I was [[LEGAL:m2|on probation]] at last.", "m1: I felt on probation in my own house."],
        1,
        "fact of another",
        (),
    ),
    (
        "check_fact_parts",
        ["m1: The Harlen yard is loud at six.", "m2: I drive for [[ORG:m2|Harlan Freight]]."],
        0,
        "part of another's fact",
        (),
    ),
    (
        "check_numbers",
        ["m1: My code ends in four four seven two.", "m2: It is [[ID:m2|991 4472]]."],
        0,
        "number of another",
        (),
    ),
    (
        "check_known_facts",
        ["m1: I was in hospital for alcohol in January."],
        0,
        "known fact of another",
        [("m2", "hospital stay for alcohol in January")],
    ),
    (
        "check_echo",
        [
            "m2: My uncle burned every photograph from before the flood.",
            "m1: My uncle burned every photograph from before the flood.",
        ],
        1,
        "repeated after another",
        (),
    ),
    ("check_terms", ["m2: We saw a quagga lamp.", "m1: The quagga got to me."], 1, "term first said by another", ()),
    ("check_references", ["m1: I cried when another member was talking."], 0, "points at another member", ()),
]


@pytest.mark.parametrize("leak", LEAKS, ids=[leak[0] for leak in LEAKS])
def test_a_check_switched_off_lets_its_leak_through(
    told: Callable[..., Any], leak: tuple[str, list[str], int, str, Sequence[tuple[str, str]]]
) -> None:
    """The whole gate refuses the line by that rule; without that one check it would be written."""
    name, script, number, rule, facts = leak
    scene = told(script, facts=facts)
    note, context = scene.note("m1", number), scene.context("m1")
    assert rule in {f.rule for f in Gate().check(note, context) if f.severity is Severity.REFUSE}
    others = tuple(c for c in CHECKS if c.__name__ != name)
    assert len(others) == len(CHECKS) - 1
    assert not refuses(Gate(checks=others).check(note, context))


def test_words_in_a_row_of_another_are_refused(told: Callable[..., Any]) -> None:
    """Words that the reader used one by one, but another in a row, are that other's; only the run check sees it."""
    scene = told(
        [
            "m1: My brother hid letters. Letters in the attic. The attic trunk was mine.",
            "m2: He hid letters in the attic trunk.",
        ]
    )
    note = scene.note("m1", ("He hid letters in the attic trunk.", 0))
    assert {f.rule for f in Gate().check(note, scene.context("m1"))} == {"words of another"}


def test_a_word_only_another_used_is_refused(told: Callable[..., Any]) -> None:
    """No list of rare words is needed: what the reader never said and another did is another's."""
    scene = told(["m1: I like the quiet.", "m2: I like the lantern."])
    found = Gate().check(scene.note("m1", ("I like the lantern.", 0)), scene.context("m1"))
    assert [(f.rule, f.whose, f.line) for f in found] == [("word of another", "m2", 0)]


def test_a_word_must_come_from_the_evidence_that_is_given(told: Callable[..., Any]) -> None:
    """A word the reader said elsewhere, and another said too, does not pass under the wrong utterance's number."""
    scene = told(["m1: I like the quiet.", "m1: I own a lantern.", "m2: A lantern?"])
    assert refuses(Gate().check(scene.note("m1", ("I own a lantern.", 0)), scene.context("m1")))
    assert not refuses(Gate().check(scene.note("m1", 1), scene.context("m1")))


def test_contested_words_are_not_the_readers(told: Callable[..., Any]) -> None:
    """Words of the reader's utterance that belong to nobody may be somebody else's."""
    scene = told(["m1: I like trains. My lantern broke."])
    assert not Gate().check(scene.note("m1", 0), scene.context("m1"))
    unsure = scene.contested(0, slice(3, None))
    found = Gate().check(unsure.note("m1", 0), unsure.context("m1"))
    assert {(f.rule, f.whose) for f in found} == {("word of another", None)}


def test_evidence_of_another_is_refused(told: Callable[..., Any]) -> None:
    """A line tied to another's utterance is refused, even if the reader said the same words."""
    scene = told(["m1: I like trains.", "m2: I like trains."])
    found = Gate().check(scene.note("m1", 1), scene.context("m1"))
    assert ("evidence is not the reader's", "m2") in {(f.rule, f.whose) for f in found}


def test_a_sentence_without_evidence_is_refused(told: Callable[..., Any]) -> None:
    """Outside the fixed sentences, no evidence means no sentence; only the evidence check sees it."""
    scene = told(["m1: I like trains."])
    note = Note(PersonId("m1"), "s1", (NoteSection("Session", (NoteLine("I like trains."),)),))
    assert [f.rule for f in Gate().check(note, scene.context("m1"))] == ["no evidence"]


def test_a_numbered_placeholder_is_refused(told: Callable[..., Any]) -> None:
    """Numbered placeholders link charts; one that says "90 or older" does not."""
    scene = told(["m1: I told Anna."])
    gate = Gate()
    found = gate.check(scene.note("m1", ("I told [person 2].", 0)), scene.context("m1"))
    assert [f.rule for f in found if f.severity is Severity.REFUSE] == ["numbered placeholder"]
    assert not gate.check(scene.note("m1", ("I told [90 or older].", 0)), scene.context("m1"))


def test_what_a_raw_detector_sees_is_refused_or_shown(told: Callable[..., Any]) -> None:
    """A person nobody knows is refused; an entity that is not known to be the reader's is for review."""
    scene = told(["m1: Brannigan came by from Tarrowick."])
    note, context = scene.note("m1", 0), scene.context("m1")

    def scan(text: str) -> list[RawFinding]:
        return [
            RawFinding(text.index("Brannigan"), text.index("Brannigan") + 9, "PERSON", 0.3),
            RawFinding(text.index("Tarrowick"), text.index("Tarrowick") + 9, "LOCATION", 0.3),
        ]

    assert not Gate().check(note, context)
    found = Gate(raw_scan=scan).check(note, context)
    assert [(f.rule, f.severity) for f in found] == [
        ("a person's name", Severity.REFUSE),
        ("raw LOCATION", Severity.REVIEW),
    ]


def test_the_readers_own_entities_pass_the_raw_detector(told: Callable[..., Any]) -> None:
    """The reader's own name and own facts are the reader's, whatever a detector takes them for."""
    scene = told(["m1: I'm [[PERSON:m1|Priscilla Okonkwo]] and I take [[MEDICATION:m1|Wellbutrin]]."])

    def scan(text: str) -> list[RawFinding]:
        return [RawFinding(0, len(text), "PERSON", 0.3)]

    assert not Gate(raw_scan=scan).check(scene.note("m1", 0), scene.context("m1"))


def test_a_check_that_fails_refuses_the_line(told: Callable[..., Any]) -> None:
    """A line that could not be checked is not written, and what went wrong is not repeated."""
    scene = told(["m1: I like trains."])

    def broken(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
        raise ValueError(passage.text)

    found = Gate(checks=(broken,)).check(scene.note("m1", 0), scene.context("m1"))
    assert [(f.section, f.line, f.rule) for f in found] == [("What the member said", 0, "failed: broken")]


def test_findings_hold_no_words(told: Callable[..., Any]) -> None:
    """A finding names the rule and the place; neither it nor a passage's or a context's repr repeats speech."""
    scene = told(["m1: I sat by Tobias at the quarry.", "m2: My [[LOCATION:m2|quarry]] is full."])
    note, context = scene.note("m1", 0), scene.context("m1")
    found = Gate().check(note, context)
    assert found
    index = index_session(context)
    for shown in (repr(found), repr(passages_of(note)), repr(index)):
        assert "quarry" not in shown.lower()
        assert "tobias" not in shown.lower()


def test_a_seldom_word_that_another_said_first_is_shown(told: Callable[..., Any]) -> None:
    """One outside the dictionary is refused; one in it, but seldom, is for review; a usual one is nobody's."""
    for word, severity in (("quagga", Severity.REFUSE), ("bucket", Severity.REVIEW), ("window", None)):
        scene = told([f"m2: I saw the {word}.", f"m1: A {word} is mine too."])
        found = Gate().check(scene.note("m1", 1), scene.context("m1"))
        assert [f.severity for f in found if f.rule == "term first said by another"] == ([severity] if severity else [])


def test_a_name_that_is_a_seldom_word_is_a_name_in_lower_case(told: Callable[..., Any]) -> None:
    """Recognised text may have no capitals; "hope" may be hope, "bucket" is Ms Bucket."""
    people = (("m1", "member", "Ada Lu", ()), ("m2", "member", "Hyacinth Bucket", ()), ("m3", "member", "Hope Day", ()))
    scene = told(["m1: i sat near bucket again", "m1: i lost hope again"], people)
    assert refuses(Gate().check(scene.note("m1", 0), scene.context("m1")))
    assert not refuses(Gate().check(scene.note("m1", 1), scene.context("m1")))


def test_what_may_be_said_to_anybody_is_shown(told: Callable[..., Any]) -> None:
    """Whoever loses "your job" may be anybody, or somebody in the room."""
    scene = told(["m1: And there goes your job."])
    found = Gate().check(scene.note("m1", 0), scene.context("m1"))
    assert [(f.rule, f.severity) for f in found] == [("speaks to another member", Severity.REVIEW)]
