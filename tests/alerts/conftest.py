"""A group and a way to say something in it, for the alert rules."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from assistant.alerts.memory import SessionMemory, remember
from assistant.alerts.rules import assess
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

    def __init__(self, group: Group) -> None:
        self.memory = SessionMemory(group)
        self._number = 0

    def say(
        self,
        speaker: str | None,
        text: str,
        tags: Sequence[tuple[str, str, str]] = (),
        *,
        seconds: int = 5,
        status: UtteranceStatus = UtteranceStatus.CLEAR,
    ) -> tuple[Alert, ...]:
        """Return the alerts of one utterance.

        Args:
            speaker: Person id, or None for a voice nobody knows.
            text: What was said.
            tags: (words, type, owner code) of facts that the clinical detectors do not find by themselves, or whose
                owner is not the speaker: names, contact details.
            seconds: How long it took.
            status: Of the text.
        """
        self._number += 1
        start = self._number * 100 * SAMPLE_RATE
        attribution = Attribution(PersonId(speaker) if speaker else None, 1.0, 1.0, DecidedBy.TRANSCRIPT)
        utterance = Utterance(
            UtteranceId(f"u{self._number}"),
            self._number,
            start,
            start + seconds * SAMPLE_RATE,
            text,
            (),
            attribution,
            status,
        )
        found = [disclosure(text, words, kind, owner, speaker) for words, kind, owner in tags]
        for detector in DETECTORS:
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
        findings = Findings(utterance.id, tuple(found))
        alerts = assess(utterance, findings, self.memory)
        self.memory = remember(self.memory, utterance, findings)
        return alerts


class Rooms(Protocol):
    """Opens a room for a group."""

    def __call__(self, group: Group | None = None) -> Room:
        """Return an empty room; of the table's group unless told otherwise."""
        ...


@pytest.fixture
def open_room() -> Rooms:
    """A function that opens a room for a group."""

    def opened(group: Group | None = None) -> Room:
        return Room(group or table_group())

    return opened


@pytest.fixture
def room(open_room: Rooms) -> Room:
    """A room with the group of the forty utterances."""
    return open_room()


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """The forty utterances."""
    return list(TABLE["rows"])
