"""A group and a way to say something in it, for the alert rules."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from assistant.alerts.live import LiveAlerts
from assistant.domain import (
    SAMPLE_RATE,
    Alert,
    Attribution,
    Basis,
    DecidedBy,
    Disclosure,
    DisclosureType,
    FactSource,
    Findings,
    Group,
    KnownFact,
    Mention,
    Owner,
    Part2,
    Person,
    PersonId,
    Role,
    Span,
    Utterance,
    UtteranceId,
    UtteranceStatus,
)
from assistant.privacy.clinical_detectors import clinical_detectors
from assistant.privacy.parse import Parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.detection import MentionDetector

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent.parent / "utterances.toml").read_text(encoding="utf-8"))
DETECTORS = clinical_detectors()


def table_group(part2: Part2 = Part2.UNKNOWN) -> Group:
    """The group of ``tests/utterances.toml``."""
    return Group(
        name="table",
        kind="psychotherapy",
        part2=part2,
        people=tuple(
            Person(PersonId(p["id"]), Role(p["role"]), p["name"], present=p.get("present", True))
            for p in TABLE["people"]
        ),
        facts=tuple(
            KnownFact(PersonId(f["owner"]), f["text"], FactSource(f["source"]), tuple(f.get("known_to", ())))
            for f in TABLE["facts"]
        ),
    )


def owner_of(code: str, speaker: str | None) -> Owner:
    """The owner that a code of the table stands for."""
    if code == "outsider":
        return Owner(outsider_of=PersonId(speaker)) if speaker else Owner()
    return Owner(person=PersonId(code)) if code else Owner()


def disclosure(
    text: str, words: str, kind: str, owner: str, speaker: str | None, *, mention: Mention | None = None
) -> Disclosure:
    """A disclosure at ``words`` in ``text``; with a mention, at its place and with its reason and assertion."""
    start = text.index(words)
    found = mention or Mention(Span(start, start + len(words)), DisclosureType(kind), 0.9, "test")
    person = owner_of(owner, speaker)
    basis = Basis.SELF if person.person == speaker else Basis.NAMED if person.person else Basis.PRONOUN
    return Disclosure(found, found.span, person, basis)


class Room:
    """A session in which one thing after another is said."""

    def __init__(self, group: Group, *, risk_flags: bool = True) -> None:
        self._alerts = LiveAlerts.of(risk_flags=risk_flags)
        self.memory = self._alerts.begin(group)
        self._number = 0

    @property
    def now(self) -> int:
        """A sample after everything said so far."""
        return self._number * 100 * SAMPLE_RATE + 50 * SAMPLE_RATE

    def attend(self, *people: Person) -> None:
        """Change who is here: these people as they are from now on."""
        changed = {p.id: p for p in people}
        group = self.memory.group
        everybody = tuple(changed.get(p.id, p) for p in group.people)
        self.memory = self._alerts.attend(self.memory, replace(group, people=everybody))

    def early(self, text: str, tags: Sequence[tuple[str, str, str]] = ()) -> tuple[Alert, ...]:
        """Return what is warned of before the speaker is known: owners by name alone, and nothing is remembered."""
        named = [(words, kind, owner if kind == "PERSON" else "") for words, kind, owner in tags]
        utterance = self._utterance(None, text, 5, UtteranceStatus.CLEAR)
        return self._alerts.early(utterance, _findings(utterance, named, DETECTORS), self.memory)

    def say(
        self,
        speaker: str | None,
        text: str,
        tags: Sequence[tuple[str, str, str]] = (),
        *,
        seconds: int = 5,
        status: UtteranceStatus = UtteranceStatus.CLEAR,
        detectors: Sequence[MentionDetector] | None = None,
    ) -> tuple[Alert, ...]:
        """Return the alerts of one utterance.

        Args:
            speaker: Person id, or None for a voice nobody knows.
            text: What was said.
            tags: (words, type, owner code) of facts that the clinical detectors do not find by themselves, or whose
                owner is not the speaker: names, contact details.
            seconds: How long it took.
            status: Of the text.
            detectors: Instead of the clinical ones.
        """
        self._number += 1
        utterance = self._utterance(speaker, text, seconds, status)
        findings = _findings(utterance, tags, DETECTORS if detectors is None else detectors)
        alerts = self._alerts.assess(utterance, findings, self.memory)
        self.memory = self._alerts.remember(self.memory, utterance, findings)
        return alerts

    def _utterance(self, speaker: str | None, text: str, seconds: int, status: UtteranceStatus) -> Utterance:
        start = self._number * 100 * SAMPLE_RATE
        attribution = Attribution(PersonId(speaker) if speaker else None, 1.0, 1.0, DecidedBy.TRANSCRIPT)
        name, end = UtteranceId(f"u{self._number}"), start + seconds * SAMPLE_RATE
        return Utterance(name, self._number, start, end, text, (), attribution, status)


def _findings(
    utterance: Utterance, tags: Sequence[tuple[str, str, str]], detectors: Sequence[MentionDetector]
) -> Findings:
    """What the tags say, and what the clinical detectors find beside them."""
    text, speaker = utterance.text, utterance.speaker
    found = [disclosure(text, words, kind, owner, speaker) for words, kind, owner in tags]
    for detector in detectors:
        for mention in detector.detect(Parse(text, ())):
            if not any(mention.span.overlaps(d.span) and mention.type is d.type for d in found):
                found.append(
                    disclosure(text, mention.span.of(text), mention.type, speaker or "", speaker, mention=mention)
                )
            else:  # the table says whose it is; the detector says how it is asserted
                found = [
                    Disclosure(mention, mention.span, d.owner, d.basis)
                    if mention.span.overlaps(d.span) and mention.type is d.type
                    else d
                    for d in found
                ]
    return Findings(utterance.id, tuple(found))


class Rooms(Protocol):
    """Opens a room for a group."""

    def __call__(self, group: Group | None = None, *, risk_flags: bool = True) -> Room:
        """Return an empty room; of the table's group and with all rules unless told otherwise."""
        ...


@pytest.fixture
def open_room() -> Rooms:
    """A function that opens a room for a group."""

    def opened(group: Group | None = None, *, risk_flags: bool = True) -> Room:
        return Room(group or table_group(), risk_flags=risk_flags)

    return opened


@pytest.fixture
def room(open_room: Rooms) -> Room:
    """A room with the group of the forty utterances."""
    return open_room()


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """The forty utterances."""
    return list(TABLE["rows"])
