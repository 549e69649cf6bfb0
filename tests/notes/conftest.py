"""Small invented sessions for the tests of this room, written as they are said."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.domain import (
    UNKNOWN_OWNER,
    Attribution,
    Basis,
    DecidedBy,
    Disclosure,
    DisclosureType,
    Findings,
    Group,
    KnownFact,
    Mention,
    Note,
    Owner,
    Part2,
    Person,
    PersonId,
    RedactedText,
    Release,
    ReleasedLine,
    Role,
    Session,
    Span,
    Utterance,
    UtteranceId,
    Word,
)
from assistant.evaluation.gold import read_gold
from assistant.groupfile import read_group
from assistant.notes.context import GateContext
from assistant.notes.writer import write_member_note

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SESSIONS = Path(__file__).parent.parent / "sessions"
SENTENCE = re.compile(r"[^.?!]+[.?!]*\s*")

MARKED = re.compile(r"\[\[(\w+):([\w*]+)\|(.+?)\]\]")

PEOPLE = (
    ("f", "facilitator", "Dana Ruiz", ()),
    ("m1", "member", "Priscilla Okonkwo", ("Cilla",)),
    ("m2", "member", "Tobias Lindgren", ()),
    ("m3", "member", "Hope Barlow", ()),
    ("m4", "member", "William Kowalczyk", ("Will",)),
    ("m5", "member", "Yesenia Quiroga", ("Yesi",)),
)


@dataclass(frozen=True)
class Scene:
    """A session as it was said, with who owns what."""

    session: Session
    utterances: tuple[Utterance, ...]
    findings: tuple[Findings, ...]

    def context(self, reader: str | None) -> GateContext:
        """Return what the gate holds a reader's note against."""
        return GateContext(
            PersonId(reader) if reader is not None else None, self.session.group, self.utterances, self.findings
        )

    def note(self, reader: str, *lines: tuple[str, int] | int) -> Note:
        """Return a member's note; a line is a text with the number of its utterance, or a number: as it was said."""
        released: list[ReleasedLine] = []
        for line in lines:
            number = line if isinstance(line, int) else line[1]
            utterance = self.utterances[number]
            text = utterance.text if isinstance(line, int) else line[0]
            span = Span(0, len(utterance.text))
            released.append(ReleasedLine(PersonId(reader), utterance.id, (span,), RedactedText(text)))
        release = Release(PersonId(reader), tuple(released), ())
        return write_member_note(self.session, release, exchanges=2, present_minutes=50, minutes=50)

    def contested(self, number: int, words: slice) -> Scene:
        """Return the session with some words of one utterance on nobody."""
        utterance = self.utterances[number]
        kept = list(utterance.words)
        kept[words] = [replace(w, speaker=None) for w in kept[words]]
        utterances = list(self.utterances)
        utterances[number] = replace(utterance, words=tuple(kept))
        return replace(self, utterances=tuple(utterances))

    def positions(self) -> dict[UtteranceId, int]:
        """Return the number of each utterance."""
        return {u.id: u.number for u in self.utterances}


def say(
    script: Sequence[str],
    people: Sequence[tuple[str, str, str, Sequence[str]]] = PEOPLE,
    facts: Sequence[tuple[str, str]] = (),
    kind: str = "psychotherapy",
    part2: Part2 = Part2.NO,
) -> Scene:
    """Return a session from lines like ``m1: I drive for [[ORG:m1|Parkline]]``.

    An owner ``*m1`` is an outsider of m1, ``unknown`` nobody; a speaker ``?`` is an unknown voice.
    """
    roster = tuple(Person(PersonId(i), Role(r), n, tuple(a)) for i, r, n, a in people)
    group = Group("Thursday group", kind, part2, roster, tuple(KnownFact(PersonId(o), t) for o, t in facts))
    utterances: list[Utterance] = []
    findings: list[Findings] = []
    for number, line in enumerate(script):
        who, marked = line.split(": ", 1)
        speaker = None if who == "?" else PersonId(who)
        text, disclosures = read_marks(marked)
        words = tuple(Word(w, 0, 1, 0.9, speaker) for w in text.split())
        attribution = Attribution(speaker, 0.8, 0.3, DecidedBy.VOICE)
        utterance = Utterance(
            UtteranceId(f"u{number}"), number, number * 100, number * 100 + 90, text, words, attribution
        )
        utterances.append(utterance)
        findings.append(Findings(utterance.id, disclosures))
    return Scene(Session("s1", group, dt.date(2026, 3, 10)), tuple(utterances), tuple(findings))


def read_marks(marked: str) -> tuple[str, tuple[Disclosure, ...]]:
    """Return the text without its marks, and what they mark."""
    text, at, found = "", 0, []
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        kind, owner, surface = match.groups()
        span = Span(len(text), len(text) + len(surface))
        found.append((span, DisclosureType(kind), owner_of(owner)))
        text += surface
        at = match.end()
    text += marked[at:]
    return text, tuple(
        Disclosure(Mention(span, kind, 0.9, "test"), Span(0, len(text)), owner, Basis.SELF)
        for span, kind, owner in found
    )


def owner_of(code: str) -> Owner:
    """Return the owner that a mark names."""
    if code == "unknown":
        return UNKNOWN_OWNER
    return Owner(outsider_of=PersonId(code[1:])) if code.startswith("*") else Owner(PersonId(code))


@pytest.fixture(scope="session")
def told() -> Callable[..., Scene]:
    """Make a session from lines of speech."""
    return say


def gold_scene(folder: Path) -> Scene:
    """Return a gold session as it was said, every private span a fact of its owner's, its sentence the extent."""
    gold, group = read_gold(folder), read_group(folder / "group.toml")
    utterances: list[Utterance] = []
    findings: list[Findings] = []
    for turn in gold.turns:
        speaker = PersonId(turn.speaker)
        words = tuple(Word(w, 0, 1, 1.0, speaker) for w in turn.text.split())
        attribution = Attribution(speaker, 1.0, 1.0, DecidedBy.TRANSCRIPT)
        first = turn.index * 100
        utterance = Utterance(
            UtteranceId(f"u{turn.index}"), turn.index, first, first + 90, turn.text, words, attribution
        )
        sentences = [Span(m.start(), m.end()) for m in SENTENCE.finditer(turn.text)]
        disclosures = []
        for found in turn.spans:
            span = Span(found.start, found.end)
            extent = span
            for sentence in (s for s in sentences if s.overlaps(span)):
                extent = extent.union(sentence)
            owner = Owner(outsider_of=speaker) if found.owner == "third" else Owner(PersonId(found.owner))
            disclosures.append(Disclosure(Mention(span, found.type, 1.0, "gold"), extent, owner, Basis.SELF))
        utterances.append(utterance)
        findings.append(Findings(utterance.id, tuple(disclosures)))
    return Scene(Session(folder.name, group, dt.date(2026, 3, 10)), tuple(utterances), tuple(findings))


@pytest.fixture(scope="session")
def gold_scenes() -> tuple[Scene, ...]:
    """All gold sessions, by name, without models."""
    return tuple(gold_scene(folder) for folder in sorted(SESSIONS.iterdir()) if folder.is_dir())
