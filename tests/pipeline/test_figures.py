"""The figures of a session: who spoke how long, in which turns, of whom, and when something was alerted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant.domain import (
    SAMPLE_RATE,
    Alert,
    AlertKind,
    AlertLevel,
    Attribution,
    Basis,
    DecidedBy,
    Disclosure,
    DisclosureType,
    Entry,
    Findings,
    Group,
    Mention,
    Owner,
    Part2,
    Person,
    PersonId,
    Role,
    Session,
    Span,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    Word,
)
from assistant.pipeline.figures import figures

if TYPE_CHECKING:
    from collections.abc import Iterable

F, M1, M2, M3, AWAY = (PersonId(one) for one in ("f", "m1", "m2", "m3", "m4"))
SESSION = Session(
    "s1",
    Group(
        "Invented evening",
        "psychotherapy",
        Part2.UNKNOWN,
        (
            Person(F, Role.FACILITATOR, "Odile Brandt"),
            Person(M1, Role.MEMBER, "Tamsin Oakes"),
            Person(M2, Role.MEMBER, "Rufus Lindqvist"),
            Person(M3, Role.MEMBER, "Hester Vane"),
            Person(AWAY, Role.MEMBER, "Piers Holloway", present=False),
        ),
    ),
    dt.date(2026, 3, 10),
)


def said(
    number: int,
    speaker: PersonId | None,
    start: int,
    text: str,
    *,
    facts: Iterable[tuple[str, DisclosureType, PersonId | None, Basis]] = (),
    alerts: Iterable[tuple[AlertKind, AlertLevel]] = (),
    status: UtteranceStatus = UtteranceStatus.CLEAR,
    contested: int = 0,
) -> Entry:
    """Return an utterance that begins at second ``start`` and takes half a second a word.

    Each fact is the words that carry it, its type, whose it is and on what basis; the first ``contested`` words are
    nobody's.
    """
    identifier, half = UtteranceId(f"u{number}"), SAMPLE_RATE // 2
    words = tuple(
        Word(
            word,
            start * SAMPLE_RATE + index * half,
            start * SAMPLE_RATE + (index + 1) * half,
            0.9,
            None if index < contested else speaker,
        )
        for index, word in enumerate(text.split())
    )
    utterance = Utterance(
        identifier,
        number,
        words[0].start,
        words[-1].end,
        text,
        words,
        Attribution(speaker, 1.0, 1.0, DecidedBy.KEY),
        status,
    )
    found = []
    for carrier, kind, owner, basis in facts:
        span = Span(text.index(carrier), text.index(carrier) + len(carrier))
        found.append(Disclosure(Mention(span, kind, 1.0, "test"), span, Owner(person=owner), basis))
    return Entry(
        utterance,
        Findings(identifier, tuple(found)),
        tuple(Alert(identifier, "rule", kind, level, None) for kind, level in alerts),
    )


def test_talk_time_is_the_words_own_time() -> None:
    """Silence is nobody's, contested words are unknown voices', and somebody who said nothing has none."""
    entries = [said(1, M1, 0, "one two three four"), said(2, M2, 10, "five six seven eight", contested=1)]

    shown = figures(SESSION, entries, 60 * SAMPLE_RATE)

    assert [person.id for person in shown.people] == [F, M1, M2, M3]
    assert shown.talk == (
        (F, 0),
        (M1, 2 * SAMPLE_RATE),
        (M2, 3 * SAMPLE_RATE // 2),
        (M3, 0),
        (None, SAMPLE_RATE // 2),
    )
    assert shown.duration == 60 * SAMPLE_RATE


def test_a_turn_lasts_until_somebody_else_speaks() -> None:
    """Two utterances of one person in a row are one turn; a voice that nobody knows takes one too."""
    entries = [said(1, M1, 0, "one two"), said(2, M1, 5, "three"), said(3, None, 8, "four"), said(4, M1, 9, "five")]

    turns = figures(SESSION, entries, 0).turns

    assert [speaker for speaker, _, _ in turns] == [M1, None, M1]
    assert turns[0] == (M1, 0, 5 * SAMPLE_RATE + SAMPLE_RATE // 2)


def test_invented_text_counts_for_nothing() -> None:
    """Neither talk nor turn nor alert comes from words that may never have been said."""
    suspect = said(1, M1, 0, "one two", alerts=[(AlertKind.CONSENT, AlertLevel.A2)], status=UtteranceStatus.SUSPECT)

    shown = figures(SESSION, [suspect], 0)

    assert (sum(time for _, time in shown.talk), shown.turns, shown.alerts) == (0, (), ())


def test_who_referred_to_whom() -> None:
    """By name, by address and by a fact laid at somebody's named door; once an utterance, and never to oneself."""
    by_name = said(1, M1, 0, "Rufus came and Rufus went", facts=[("Rufus", DisclosureType.PERSON, M2, Basis.NAMED)] * 2)
    addressed = said(2, M2, 5, "you lost a job", facts=[("a job", DisclosureType.WORK, M1, Basis.ADDRESSED)])
    again = said(3, M1, 8, "Rufus again", facts=[("Rufus", DisclosureType.PERSON, M2, Basis.NAMED)])
    own = said(4, M3, 9, "my own job", facts=[("job", DisclosureType.WORK, M3, Basis.SELF)])

    assert figures(SESSION, [by_name, addressed, again, own], 0).referred == ((M1, M2, 2), (M2, M1, 1))


def test_what_is_not_clear_is_no_reference() -> None:
    """A pronoun, an unknown or contested speaker, somebody who is absent, somebody outside: none of them counts."""
    work, named = DisclosureType.WORK, Basis.NAMED
    entries = [
        said(1, M1, 0, "he lost a job", facts=[("a job", work, M2, Basis.PRONOUN)]),
        said(2, None, 3, "Rufus lost a job", facts=[("a job", work, M2, named)]),
        said(3, M1, 6, "Rufus left", facts=[("Rufus", DisclosureType.PERSON, M2, named)], contested=1),
        said(4, M1, 9, "Piers left", facts=[("Piers", DisclosureType.PERSON, AWAY, named)]),
        said(5, M1, 12, "somebody left", facts=[("somebody", DisclosureType.PERSON, None, Basis.UNRESOLVED)]),
    ]

    assert figures(SESSION, entries, 0).referred == ()


def test_alerts_stand_in_time() -> None:
    """Each with its moment, level and kind; whose it is stays behind."""
    entries = [
        said(1, M1, 4, "one", alerts=[(AlertKind.RISK_SELF, AlertLevel.A1), (AlertKind.IDENTITY, AlertLevel.A3)]),
        said(2, M2, 9, "two", alerts=[(AlertKind.CONSENT, AlertLevel.A2)]),
    ]

    assert figures(SESSION, entries, 0).alerts == (
        (4 * SAMPLE_RATE, AlertLevel.A1, AlertKind.RISK_SELF),
        (4 * SAMPLE_RATE, AlertLevel.A3, AlertKind.IDENTITY),
        (9 * SAMPLE_RATE, AlertLevel.A2, AlertKind.CONSENT),
    )


def test_an_empty_session_has_figures() -> None:
    """Everybody is there, and nothing was said."""
    shown = figures(SESSION, [], 0)

    assert [time for _, time in shown.talk] == [0, 0, 0, 0]
    assert (shown.duration, shown.turns, shown.referred, shown.alerts) == (0, (), (), ())
