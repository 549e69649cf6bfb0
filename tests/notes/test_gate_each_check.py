"""For each check of the gate there is a note that it alone refuses: delete any of them and a leak is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import Note, NoteLine, NoteSection, PersonId, Severity
from assistant.notes.gate import CHECKS, Gate, refuses
from assistant.notes.sentences import RESPONSE, SESSION, TOPIC

if TYPE_CHECKING:
    from collections.abc import Callable

M1 = PersonId("m1")


@dataclass(frozen=True)
class Leak:
    """A session, and a line that one check alone refuses in it."""

    rule: str
    script: list[str]
    line: int | tuple[str, int] | str
    """Number of what was said, or a text with the number of its evidence, or what a hand wrote."""
    whose: str | None = None
    facts: list[tuple[str, str]] = field(default_factory=list)
    reader: str | None = "m1"
    section: str = RESPONSE

    def note(self, scene: Any) -> Note:  # noqa: ANN401  the type lives in conftest, which no test can import
        """Return the note that holds the line."""
        if not isinstance(self.line, str):
            whole: Note = scene.note("m1", self.line)
            return whole
        by_hand = self.section != SESSION
        section = NoteSection(self.section, (NoteLine(self.line, by_hand=by_hand),))
        return Note(PersonId(self.reader) if self.reader else None, "s1", (section,))


QUIET = ["m1: I like the quiet."]

LEAKS = {
    "check_evidence": Leak("no evidence", QUIET, "I like the quiet.", section=SESSION),
    "check_names": Leak("name", ["m1: I sat beside Tobias on the bus."], 0, "m2"),
    "check_word_names": Leak("name", QUIET, "Hope phoned her.", "m3"),
    "check_facts": Leak(
        "fact of another",
        ["m2: I was [[LEGAL:m2|on probation]] at last.", "m1: I felt on probation in my own house."],
        1,
        "m2",
    ),
    "check_fact_parts": Leak(
        "part of another's fact",
        ["m1: The Harlen yard is loud at six.", "m2: I drive for [[ORG:m2|Harlan Freight]]."],
        0,
        "m2",
    ),
    "check_numbers": Leak(
        "number of another",
        ["m1: My code ends in four four seven two.", "m2: It is [[ID:m2|991 4472]]."],
        0,
        "m2",
    ),
    "check_known_facts": Leak(
        "known fact of another",
        ["m1: I was in hospital for alcohol in January."],
        0,
        "m2",
        [("m2", "hospital stay for alcohol in January")],
    ),
    "check_runs": Leak(
        "words of another",
        [
            "m1: My brother hid letters. Letters in the attic. The attic trunk was mine.",
            "m2: He hid letters in the attic trunk.",
        ],
        ("He hid letters in the attic trunk.", 0),
        "m2",
    ),
    "check_echo": Leak(
        "repeated after another",
        [
            "m2: My uncle burned every photograph from before the flood.",
            "m1: My uncle burned every photograph from before the flood.",
        ],
        1,
        "m2",
    ),
    "check_sources": Leak(
        "word of another", ["m1: I like the quiet.", "m2: I like the lantern."], ("I like the lantern.", 0), "m2"
    ),
    "check_terms": Leak(
        "term first said by another", ["m2: We saw a quagga lamp.", "m1: The quagga got to me."], 1, "m2"
    ),
    "check_references": Leak("points at another member", ["m1: I cried when another member was talking."], 0),
    "check_numbered": Leak("numbered placeholder", ["m1: I told Anna."], ("I told [person 2].", 0)),
    "check_masked": Leak(
        "another member behind a general word", ["m1: Tobias drove me there."], ("Someone drove me there.", 0), "m2"
    ),
    "check_disguised_names": Leak("disguised name", QUIET, "Sat by Ba*rl*ow today.", "m3"),
    "check_peers": Leak("tells of another member", QUIET, "Comforted a peer about the divorce."),
    "check_described": Leak("describes another", QUIET, "Her cousin is in the same group."),
    "check_hand_words": Leak("word of another", ["m1: I like the quiet.", "m2: A quagga."], "Drew a quagga.", "m2"),
    "check_hand_facts": Leak(
        "told by another",
        ["m1: I like the quiet.", "m2: My [[FAMILY:m2|son died]] in the lake."],
        "Spoke of a son and a lake.",
        "m2",
    ),
    "check_hand_themes": Leak(
        "theme of one member", ["m2: My rent is late."], "Money.", "m2", reader=None, section=TOPIC
    ),
}


def test_the_table_has_every_check() -> None:
    """A check that is added needs a leak that it alone stops."""
    assert LEAKS.keys() == {check.__name__ for check in CHECKS}


@pytest.mark.parametrize("name", LEAKS)
def test_a_check_alone_refuses_its_leak(told: Callable[..., Any], name: str) -> None:
    """The whole gate refuses by that rule and no other; without that check the note would be written."""
    leak = LEAKS[name]
    scene = told(leak.script, facts=leak.facts)
    note, context = leak.note(scene), scene.context(leak.reader)
    found = Gate().check(note, context)
    assert {(f.rule, f.whose) for f in found if f.severity is Severity.REFUSE} == {(leak.rule, leak.whose)}
    others = tuple(c for c in CHECKS if c.__name__ != name)
    assert len(others) == len(CHECKS) - 1
    assert not refuses(Gate(checks=others).check(note, context))


def test_a_name_across_two_lines_is_refused(told: Callable[..., Any]) -> None:
    """No line holds it; read on from the first, there it is."""
    scene = told(QUIET)

    def read(*lines: str) -> set[tuple[str, str | None, int]]:
        section = NoteSection(RESPONSE, tuple(NoteLine(line, by_hand=True) for line in lines))
        found = Gate().check(Note(M1, "s1", (section,)), scene.context("m1"))
        return {(f.rule, f.whose, f.line) for f in found}

    assert read("Engaged with Kowal", "czyk in the exercise.") == {("name across two lines", "m4", 0)}
    assert read("Wrote k, o, w, a,", "l, c, z, y, k on a card.") >= {("name across two lines", "m4", 0)}
    assert read("Engaged with others", "in the exercise.") == set()
