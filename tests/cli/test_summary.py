"""What the terminal shows at the end of a run: everything that is in doubt, in 80 columns, and no word of speech."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from rich.console import Console

from assistant.attribution.enrolment import ClipProblem, EnrolmentWarning
from assistant.cli.output import Output
from assistant.cli.summary import clock, show
from assistant.domain import (
    SAMPLE_RATE,
    Alert,
    AlertKind,
    AlertLevel,
    Attribution,
    DecidedBy,
    Draft,
    Findings,
    Gap,
    GateFinding,
    Group,
    Note,
    Part2,
    Person,
    PersonId,
    Release,
    Role,
    Session,
    Span,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    Withheld,
    WithheldReason,
    Word,
)
from assistant.pipeline.drafts import Drafts
from assistant.pipeline.listening import Heard
from assistant.pipeline.session import SessionResult
from assistant.privacy.parse import Parse
from assistant.privacy.reading import Reading

M1, M2 = PersonId("m1"), PersonId("m2")
GROUP = Group(
    "Zebra group", "psychotherapy", Part2.UNKNOWN, (Person(M1, Role.MEMBER, "Ottoline"), Person(M2, Role.MEMBER, "Ned"))
)
SESSION = Session("s-1", GROUP, dt.date(2026, 1, 31))


def utterance(number: int, person: PersonId | None, voice: str | None = None, *, suspect: bool = False) -> Utterance:
    """Return five seconds of speech with a secret in it."""
    start = number * 10 * SAMPLE_RATE
    status = UtteranceStatus.SUSPECT if suspect else UtteranceStatus.CLEAR
    word = Word("zebra", start, start + 5 * SAMPLE_RATE, 0.9, person)
    by = Attribution(person, 0.9, 0.3, DecidedBy.VOICE, voice)
    return Utterance(UtteranceId(f"u{number}"), number, start, word.end, "zebra", (word,), by, status)


SAID = (utterance(0, M1), utterance(1, None, "A"), utterance(2, None), utterance(3, M2, suspect=True))


def shown(heard: Heard, drafts: Drafts, alerts: tuple[Alert, ...] = (), hints: tuple[str, ...] = ()) -> str:
    """Return what a terminal of 80 columns shows."""
    readings = tuple(Reading(u, Parse(u.text, (), (), ()), (), Findings(u.id, ())) for u in heard.utterances)
    result = SessionResult(SESSION, "a.wav", heard, readings, alerts, drafts, ())
    text = io.StringIO()
    show(Console(file=text, width=80), result, Output(Path("out"), Path("m.json"), replace=False, given=()), hints)
    return text.getvalue()


def draft(member: PersonId, *reasons: WithheldReason, struck: int = 0, refused: bool = False) -> Draft:
    """Return a draft with these reasons and findings."""
    withheld = tuple(Withheld(member, UtteranceId("u0"), Span(0, 1), reason) for reason in reasons)
    findings = tuple(GateFinding("said", line, "name", M2) for line in range(struck))
    return Draft(Note(member, "s-1", ()), Release(member, (), withheld), findings, refused)


NOBODYS = Drafts({M1: draft(M1), M2: draft(M2)}, Note(None, "s-1", ()), (), group_refused=False)


@pytest.mark.parametrize(
    ("heard", "told"),
    [
        (Heard((), 30 * SAMPLE_RATE), "No speech was found: the drafts hold no words."),
        (Heard(SAID, 60 * SAMPLE_RATE, gaps=(Gap(0, 16000, "damaged"),)), "Lost audio 0:00-0:01: damaged"),
        (Heard(SAID, 60 * SAMPLE_RATE, unheard=((160000, 320000),)), "Voice without text: 0:10-0:20"),
        (Heard(SAID, 60 * SAMPLE_RATE, unheard=((0, 16000),) * 11), "and 3 more"),
        (Heard(SAID, 60 * SAMPLE_RATE), "Suspect text, perhaps invented (in no alert, no note): 0:30"),
        (Heard(SAID, 60 * SAMPLE_RATE, voices=(("A", 80000),)), '--replace --name-voices "A=m1,..."'),
        (
            Heard(SAID, 60 * SAMPLE_RATE, clips=(EnrolmentWarning(ClipProblem.TOO_SHORT, (M1,)),)),
            "The voice clip of m1 holds less than 3 s of voice",
        ),
        (
            Heard(SAID, 60 * SAMPLE_RATE, clips=(EnrolmentWarning(ClipProblem.ALIKE, (M1, M2)),)),
            "The voice clips of m1 and m2 sound alike",
        ),
    ],
)
def test_every_doubt_is_told(heard: Heard, told: str) -> None:
    """Lost audio, voice without text, suspect text, unnamed voices and poor clips each have their line."""
    text = shown(heard, NOBODYS)

    assert told in " ".join(text.split())
    assert "zebra" not in text.lower()
    assert "Ottoline" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_who_spoke_how_long_is_told_by_id_and_letter() -> None:
    """People by id, anonymous voices by letter, the rest as unknown."""
    text = shown(Heard(SAID, 60 * SAMPLE_RATE), NOBODYS)

    rows = [line.split()[:3] for line in text.splitlines()]
    for row in (["m1", "0:05", "1"], ["voice", "A", "0:05"], ["unknown", "0:05", "1"]):
        assert row in rows


def test_alerts_are_told_by_place_and_the_later_ones_counted() -> None:
    """Level, time, kind, who said it and whose it is; level A3 waits."""
    alerts = (
        Alert(UtteranceId("u2"), "r", AlertKind.RISK_SELF, AlertLevel.A1, None),
        Alert(UtteranceId("u0"), "r", AlertKind.CROSS_MEMBER, AlertLevel.A2, M2),
        Alert(UtteranceId("u0"), "r", AlertKind.IDENTITY, AlertLevel.A3, M1),
    )
    text = shown(Heard(SAID, 60 * SAMPLE_RATE), NOBODYS, alerts)

    rows = [line.split() for line in text.splitlines()]
    assert ["A1", "0:20", "risk", "self", "unknown", "-"] in rows
    assert ["A2", "0:00", "cross", "member", "m1", "m2"] in rows
    assert "1 to review after the session" in text
    assert "identity" not in text


def test_what_was_held_back_and_struck_is_told_by_member() -> None:
    """Reasons of the member's own words in their row; nobody's words once; a refusal stands out."""
    nobodys = (WithheldReason.UNKNOWN_SPEAKER,) * 4
    drafts = Drafts(
        {
            M1: draft(M1, *nobodys, WithheldReason.CONTESTED, WithheldReason.NOT_THE_SPEAKER, struck=2),
            M2: draft(M2, *nobodys, refused=True),
        },
        Note(None, "s-1", ()),
        (),
        group_refused=True,
    )
    text = shown(Heard(SAID, 60 * SAMPLE_RATE), drafts, hints=("two streams",))

    assert "1 contested words" in text
    assert "passed, 2 struck" in text
    assert text.count("REFUSED, not written") == 2
    assert "In no draft: 4 clauses of which nobody knows who said them." in text
    assert "two streams" in text
    assert "Drafts: out" in text
    assert "Machine file (private: it holds everything): m.json" in text


@pytest.mark.parametrize(("seconds", "told"), [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (6000, "100:00")])
def test_places_are_minutes_and_seconds(seconds: float, told: str) -> None:
    """A place that a person can find in a player."""
    assert clock(int(seconds * SAMPLE_RATE)) == told
