"""A session is read for a sample as a review left it, and what the close found is not searched for once more."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.cli.reading_room import ReadingRoom
from assistant.decisions import FalseAlarm, OwnerSet, Place, Ruling, SpeakerSet
from assistant.domain import (
    DisclosureType,
    Entry,
    Findings,
    FindingsStatus,
    Group,
    Owner,
    Part2,
    Person,
    PersonId,
    Role,
    Session,
    Span,
    UtteranceId,
)
from assistant.models.store import ModelStore
from assistant.pipeline.progress import Quiet
from assistant.pipeline.sampling.readings import found_at_the_close, reviewed_readings
from assistant.transcription.transcripts import utterances_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from assistant.decisions import Decided
    from assistant.pipeline.ruled_reading import ReadsDismissing
    from assistant.privacy.analysis import Analyst
    from assistant.privacy.detection import Detection
    from assistant.privacy.reading import Reading

pytestmark = pytest.mark.models

M1, M2 = PersonId("m1"), PersonId("m2")
GROUP = Group(
    "a group",
    "psychotherapy",
    Part2.NO,
    (
        Person(PersonId("f"), Role.FACILITATOR, "Perpetua Oldacre"),
        Person(M1, Role.MEMBER, "Ottoline Marrowby"),
        Person(M2, Role.MEMBER, "Barnaby Thistlewood"),
    ),
)
TALK = (
    ("f", "Good evening. Who would like to begin?"),
    ("m1", "I lost my job at Brindlemoor Dairy in March. My brother Osric hit me when I was nine."),
    ("m2", "I threw my teapot at the wall on Friday. Sometimes I want to kill myself."),
    ("f", "Thank you, Barnaby. How is the work?"),
    ("m2", "I work nights at Lanternfield Hospital, and my knees hurt. I take sertraline."),
    ("m1", "Barnaby told me that he is sixty-one. Osric is sixty."),
)
SESSION = Session("s1", GROUP, dt.date(2026, 3, 4))
NOW = dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)
DECIDED: tuple[tuple[Decided, ...], ...] = (
    (),
    (SpeakerSet((Place(UtteranceId("u5"), Span(0, 44)),), M1),),
    (
        FalseAlarm(Place(UtteranceId("u2"), Span(18, 35)), DisclosureType.ORG, everywhere=True),
        OwnerSet(Place(UtteranceId("u6"), Span(28, 37)), DisclosureType.AGE, Owner(person=M1)),
    ),
)


class SearchesAll:
    """Reads without what was found at the close."""

    def __init__(self, analyst: Analyst) -> None:
        self.read = analyst.read
        self._analyst = analyst

    def remembering(self, found: Mapping[str, Detection] | None = None) -> ReadsDismissing:
        """Return one that searches everything."""
        assert found
        return self._analyst


@pytest.fixture(scope="module")
def closed(models_root: Path) -> tuple[Analyst, tuple[Entry, ...]]:
    """What reads for a sample, and what a close with risk flags kept."""
    room = ReadingRoom(ModelStore(models_root), GROUP)
    said = {"utterances": [{"speaker": who, "text": text} for who, text in TALK]}
    readings: list[Reading] = []
    for number, utterance in enumerate(utterances_in(said, GROUP), start=1):
        readings.append(room.analyst(GROUP).read(replace(utterance, id=UtteranceId(f"u{number}")), readings))
    plain = ReadingRoom(ModelStore(models_root), GROUP, risk_flags=False).analyst(GROUP)
    return plain, tuple(Entry(r.utterance, r.findings) for r in readings)


@pytest.mark.parametrize("decided", DECIDED, ids=("nothing", "a speaker", "facts"))
def test_it_is_the_same_as_if_everything_were_searched_again(
    closed: tuple[Analyst, tuple[Entry, ...]], decided: tuple[Decided, ...]
) -> None:
    """Whatever was decided: words, parse, facts, owners; and risk, which a sample does not look for, is in neither."""
    analyst, entries = closed
    rulings = tuple(Ruling(n, NOW, "clinician", one) for n, one in enumerate(decided, start=1))
    once = reviewed_readings(SESSION, entries, rulings, (), analyst, Quiet())
    again = reviewed_readings(SESSION, entries, rulings, (), SearchesAll(analyst), Quiet())
    assert once == again
    assert any(d.type is DisclosureType.RISK_SELF for e in entries for d in e.findings.disclosures)
    assert len(found_at_the_close(entries, GROUP)) == len(entries)


def test_what_was_not_proved_to_be_searched_is_searched(closed: tuple[Analyst, tuple[Entry, ...]]) -> None:
    """A text that a detector failed over, and one that names somebody who was on no roster yet."""
    _, entries = closed
    failed = Findings(entries[1].utterance.id, (), FindingsStatus.WITHHELD, ("a detector",))
    joined = replace(GROUP, people=(*GROUP.people, Person(PersonId("m3"), Role.MEMBER, "Evening Teapot")))
    known = found_at_the_close([entries[0], replace(entries[1], findings=failed), *entries[2:4]], joined)
    assert set(known) == {TALK[3][1]}
