"""A clinician's own sentences: ordinary ones pass for everybody, and what only another member told is refused."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import Note, NoteLine, NoteSection, PersonId, Severity
from assistant.notes import sentences
from assistant.notes.gate import Gate, refuses
from assistant.notes.sentences import INTERVENTIONS, RESPONSE, SAID, TOPIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.domain import GateFinding

HERE = Path(__file__).parent
LINES: dict[str, list[str]] = tomllib.loads((HERE / "hand_lines.toml").read_text(encoding="utf-8"))
LEAKS: dict[str, dict[str, list[list[str]]]] = tomllib.loads((HERE / "hand_leaks.toml").read_text(encoding="utf-8"))


def written(*lines: str, reader: str | None = "m1", section: str = RESPONSE) -> Note:
    """Return a note with nothing but lines that a clinician wrote."""
    member = PersonId(reader) if reader is not None else None
    return Note(member, "s1", (NoteSection(section, tuple(NoteLine(line, by_hand=True) for line in lines)),))


def refused(findings: tuple[GateFinding, ...]) -> set[str]:
    """Return the rules that refuse; a check that failed is none."""
    rules = {f.rule for f in findings if f.severity is Severity.REFUSE}
    assert not any(rule.startswith("failed") for rule in rules)
    return rules


def test_ordinary_sentences_pass_in_every_gold_session(gold_scenes: tuple[Any, ...]) -> None:
    """At least 97 of 100 sentences as clinicians write them pass for every member, and in the group's part."""
    gate = Gate()
    read = 0
    stopped: Counter[str] = Counter()
    for scene in gold_scenes:
        for reader in (*(p.id for p in scene.session.group.members_present), None):
            kinds = LINES if reader is not None else {k: LINES[k] for k in ("interventions", "topic")}
            for kind, lines in kinds.items():
                section = getattr(sentences, kind.upper())
                found = gate.check(written(*lines, reader=reader, section=section), scene.context(reader))
                refused(found)
                read += len(lines)
                stopped.update(lines[n] for n in {f.line for f in found if f.severity is Severity.REFUSE})
        gate.forget()
    assert read > 3_000
    assert stopped.total() <= 0.03 * read, stopped.most_common(5)


def _leaks(scene: Any, reader: PersonId) -> Iterator[tuple[str, str]]:  # noqa: ANN401  the type lives in conftest, which no test can import
    """Give each kind of leak into a reader's note, and a line that holds it."""
    group = scene.session.group
    own = " ".join(u.text.lower() for u in scene.utterances if u.speaker == reader)
    own_name = set(group.person(reader).name.lower().split()) | {a.lower() for a in group.person(reader).aliases}
    for person in group.people:
        first, *_, last = person.name.split()
        if person.id == reader or first.lower() in own_name:
            continue
        yield "name", f"Was supported by {first} today."
        yield "name", f"sat with {first.lower()} at the break"
        yield "name", f"Appreciated {last}'s feedback."
        yield from (("nickname", f"Thanked {alias} for the advice.") for alias in person.aliases)
        if first[0].lower() not in {name[0] for name in own_name} | {"i"}:
            yield "initial", f"Responded to {first[0]}. with warmth."
    for kind, rows in LEAKS[scene.session.id].items():
        yield from ((kind, line) for whose, line in rows if whose != reader)
    for utterance, findings in zip(scene.utterances, scene.findings, strict=True):
        for told in findings.disclosures:
            words = told.span.of(utterance.text)
            theirs = (told.owner.person or told.owner.outsider_of) != reader
            if theirs and told.type in {"ORG", "LOCATION", "MEDICATION", "PHONE", "EMAIL"} and words.lower() not in own:
                yield "term", f"Discussed {words} at length."


LEAST = {
    "name": 0.99,
    "nickname": 1.0,
    "initial": 0.99,
    "term": 0.99,
    "role": 0.97,
    "unnamed": 0.97,
    "paraphrase": 0.85,
}
"""The share of each kind that is refused at the least. A paraphrase that shares no two rare words with what was told
passes: no check of words finds it."""


def test_what_another_told_is_refused_in_every_gold_session(gold_scenes: tuple[Any, ...]) -> None:
    """Names, initials, roles, terms, and what was told of "a peer", of each other member, in every member's note."""
    gate = Gate()
    caught: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    missed: set[str] = set()
    for scene in gold_scenes:
        for reader in (p.id for p in scene.session.group.members_present):
            kinds, lines = zip(*_leaks(scene, reader), strict=True)
            found = gate.check(written(*lines, reader=reader), scene.context(reader))
            refused(found)
            at = {f.line for f in found if f.severity is Severity.REFUSE}
            planted.update(kinds)
            caught.update(kind for number, kind in enumerate(kinds) if number in at)
            missed.update(line for number, line in enumerate(lines) if number not in at)
        gate.forget()
    assert planted.keys() == LEAST.keys()
    assert {k: caught[k] / planted[k] for k in LEAST if caught[k] < LEAST[k] * planted[k]} == {}, sorted(missed)


SCRIPT = [
    "m3: I had my [[LEGAL:m3|second DUI]] in spring, and my son died in the lake.",
    "m4: I am a nurse, I drive a tractor on Sundays.",
    "m1: I sleep badly and I cry.",
    "f: Thank you. Let us try the lantern exercise.",
]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Priscilla comforted Hope about the DUI.", "name"),
        ("The member comforted another member who lost a son.", "points at another member"),
        ("Comforted a peer about the DUI.", "tells of another member"),
        ("A peer shared that her son drowned.", "tells of another member"),
        ("The nurse in the group offered help.", "points at another member"),
        ("The violinist in the group offered help.", "points at another member"),
        ("An older peer offered help.", "points at another member"),
        ("The new member offered help.", "points at another member"),
        ("Member 3 offered help.", "points at another member"),
        ("Participant B offered help.", "points at another member"),
        ("Client #2 cried.", "points at another member"),
        ("H. offered help.", "initials"),
        ("Offered help to W today.", "initials"),
        ("Lost a child, like another member.", "repeats or compares"),
        ("Carpools with another member.", "points at another member"),
        ("Same as him, she said.", "repeats or compares"),
        ("Upset by the tractor.", "word of another"),
        ("Reacted to how the son died.", "told by another"),
        ("She discussed a nurse.", "word of another"),
    ],
)
def test_another_member_does_not_survive_in_a_hand_line(told: Callable[..., Any], line: str, rule: str) -> None:
    """Row 27 of the forty utterances, and who or what the other is, without a name."""
    found = Gate().check(written("Engaged well.", line), told(SCRIPT).context("m1"))
    assert rule in refused(found)
    assert {(f.section, f.line) for f in found} == {(RESPONSE, 1)}


@pytest.mark.parametrize(
    "line",
    [
        "A peer offered support and the member accepted it.",
        "The member asked a peer for feedback.",
        "Feedback from a peer about tone was accepted.",
        "Family members were discussed.",
        "The member, who slept badly, was tired.",
        "Other members validated her.",
        "She had vitamin D checked; hepatitis B was ruled out; plan B is a hotline.",
        "Someone in the group offered support.",
    ],
)
def test_a_peer_without_more_passes(told: Callable[..., Any], line: str) -> None:
    """Others may be there, as long as nothing is told of them."""
    assert not refuses(Gate().check(written(line), told(SCRIPT).context("m1")))


def test_a_hand_may_paraphrase_the_member(told: Callable[..., Any]) -> None:
    """Words that nobody said are the clinician's; in a quotation they are shown."""
    scene = told(SCRIPT)
    by_hand = Note(
        PersonId("m1"),
        "s1",
        (NoteSection(SAID, (NoteLine("Insomnia and tearfulness.", (scene.utterances[2].id,), by_hand=True),)),),
    )
    assert Gate().check(by_hand, scene.context("m1")) == ()
    quoted = scene.note("m1", ("Insomnia and tearfulness.", 2))
    assert {f.rule for f in Gate().check(quoted, scene.context("m1"))} == {"word nobody said"}


RAISED = [
    "m1: I could not sleep, and money is short.",
    "m2: I sleep badly too, my garden has a walrus pond.",
    "m3: Sleep? I never sleep. The furnace died again.",
    "m4: The furnace is my life.",
    "m5: I own a furnace.",
    "f: What about trust tonight?",
    "m2: I trust nobody.",
]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Sleep hygiene and trust.", None),
        ("The furnace.", None),
        ("Coping with stress.", None),
        ("Members discussed feelings.", None),
        ("Money.", "theme of one member"),
        ("A walrus.", "word of another"),
        ("Priscilla led.", "name"),
        ("Dana led.", "name"),
        ("One member talked of rent.", "tells of another member"),
        ("The new member was welcomed.", "points at another member"),
    ],
)
def test_the_groups_part_holds_what_three_members_raised(told: Callable[..., Any], line: str, rule: str | None) -> None:
    """Everybody is another there: a word or theme of one member is refused, the facilitator's own is not."""
    for section in (TOPIC, INTERVENTIONS):
        found = refused(Gate().check(written(line, reader=None, section=section), told(RAISED).context(None)))
        assert found == set() if rule is None else rule in found


def test_a_theme_of_two_members_is_shown_and_left_to_the_clinician(told: Callable[..., Any]) -> None:
    """X13: three raisers, or approval by hand; a single member's theme has no such way."""
    script = ["m2: My rent is late.", "m3: My rent is due."]
    found = Gate().check(written("Money.", reader=None, section=TOPIC), told(script).context(None))

    assert [(f.rule, f.severity) for f in found] == [("theme of two members", Severity.REVIEW)]


@pytest.mark.parametrize(
    ("script", "line", "rule"),
    [
        # Three ordinary words of one sentence; two are chance.
        (
            ["m2: There is a piano in the kitchen by the bridge."],
            "Drew a bridge, a kitchen, a piano.",
            "told by another",
        ),
        (["m2: There is a piano in the kitchen by the bridge."], "Drew a bridge and a kitchen.", None),
        # Two ordinary words of one fact; one is chance, if it is common.
        (["m2: I [[WORK:m2|sell horses at the bridge]] now."], "Drew a horse on a bridge.", "told by another"),
        (["m2: I [[WORK:m2|sell horses at the bridge]] now."], "Drew a bridge.", None),
        # One word of the wording of a fact, less common; the same word told in passing is chance.
        (["m2: I got [[LEGAL:m2|custody]] at last."], "Spoke of custody.", "fact of another"),
        (["m2: I sleep in a [[LOCATION:m2|kitchen near the mill]]."], "Drew a kitchen.", "word of another"),
        (["m2: I sleep in a kitchen near the mill."], "Drew a kitchen.", None),
    ],
)
def test_how_many_words_tell_it(told: Callable[..., Any], script: list[str], line: str, rule: str | None) -> None:
    """What is chance and what is not: by how common a word is, and whether it carried a fact."""
    found = refused(Gate().check(written(line), told(["m1: I like trains.", *script]).context("m1")))
    assert found == set() if rule is None else rule in found
