"""The words of the house as bytes, and back: one explicit pair of functions for every type that is kept.

JSON arrays in the order of the fields, behind a byte that says which form this is. A field that a later version adds
goes to the end of its array. Nothing is executed in reading.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from assistant.domain import (
    Alert,
    AlertKind,
    AlertLevel,
    AlertState,
    Assertion,
    Attribution,
    Basis,
    Consent,
    DecidedBy,
    Disclosure,
    DisclosureType,
    Entry,
    FactSource,
    Findings,
    FindingsStatus,
    KnownFact,
    Mention,
    Owner,
    Person,
    PersonId,
    Role,
    Span,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    Word,
)
from assistant.errors import VaultError

FORM = b"\x01"

Plain = Any
"""What JSON holds. Its shape is what the function beside it wrote."""


def packed(plain: Plain) -> bytes:
    """Return bytes for arrays, strings, numbers and None."""
    return FORM + json.dumps(plain, separators=(",", ":")).encode()


def unpacked(content: bytes) -> Plain:
    """Return what ``packed`` was given.

    Raises:
        VaultError: A newer version of the program wrote it.
    """
    if not content.startswith(FORM):
        raise VaultError("a record of the vault was written by a newer version of this program: install that one")
    return json.loads(content[len(FORM) :])


# -- entries ----------------------------------------------------------------------------------------------------------


def entry_bytes(entry: Entry) -> bytes:
    """Return an entry as bytes."""
    alerts = [_alert(alert) for alert in entry.alerts]
    return packed([_utterance(entry.utterance), _findings(entry.findings), alerts])


def entry_of(content: bytes) -> Entry:
    """Return the entry that ``entry_bytes`` was given."""
    utterance, findings, alerts = unpacked(content)
    return Entry(_utterance_of(utterance), _findings_of(findings), tuple(_alert_of(a) for a in alerts))


def _utterance(u: Utterance) -> Plain:
    joined = " ".join(word.text for word in u.words)
    a = u.attribution
    return [
        u.id,
        int(u.number),
        int(u.start),
        int(u.end),
        None if u.text == joined else u.text,
        # Scores may come as a library's own kind of number.
        [[w.text, int(w.start), int(w.end), float(w.probability), w.speaker, w.guess] for w in u.words],
        [a.person, float(a.score), float(a.margin), a.decided_by, a.voice],
        u.status,
        list(u.suspicions),
    ]


def _utterance_of(plain: Plain) -> Utterance:
    id_, number, start, end, text, words, (person, score, margin, decided_by, voice), status, suspicions = plain
    spoken = tuple(Word(t, s, e, p, speaker, guess) for t, s, e, p, speaker, guess in words)
    return Utterance(
        UtteranceId(id_),
        number,
        start,
        end,
        " ".join(word.text for word in spoken) if text is None else text,
        spoken,
        Attribution(person, score, margin, DecidedBy(decided_by), voice),
        UtteranceStatus(status),
        tuple(suspicions),
    )


def span_plain(span: Span) -> Plain:
    """Return a span as JSON."""
    return [int(span.start), int(span.end)]


def _findings(findings: Findings) -> Plain:
    disclosures = [
        [
            [
                *span_plain(d.mention.span),
                d.type,
                float(d.mention.score),
                d.mention.detector,
                d.mention.reason,
                d.assertion,
            ],
            span_plain(d.extent),
            [d.owner.person, d.owner.outsider_of],
            d.basis,
            d.why,
        ]
        for d in findings.disclosures
    ]
    return [findings.utterance, findings.status, list(findings.failed), disclosures]


def _findings_of(plain: Plain) -> Findings:
    utterance, status, failed, disclosures = plain
    return Findings(
        UtteranceId(utterance),
        tuple(_disclosure_of(d) for d in disclosures),
        FindingsStatus(status),
        tuple(failed),
    )


def _disclosure_of(plain: Plain) -> Disclosure:
    (start, end, type_, score, detector, reason, assertion), extent, owner, basis, why = plain
    mention = Mention(Span(start, end), DisclosureType(type_), score, detector, reason, Assertion(assertion))
    return Disclosure(mention, Span(*extent), Owner(*owner), Basis(basis), why)


def _alert(alert: Alert) -> Plain:
    span = None if alert.span is None else span_plain(alert.span)
    return [alert.utterance, alert.rule, alert.kind, alert.level, alert.owner, span, alert.advice, alert.state]


def _alert_of(plain: Plain) -> Alert:
    utterance, rule, kind, level, owner, span, advice, state = plain
    return Alert(
        UtteranceId(utterance),
        rule,
        AlertKind(kind),
        AlertLevel(level),
        owner,
        None if span is None else Span(*span),
        advice,
        AlertState(state),
    )


# -- people and what is known of them ---------------------------------------------------------------------------------


def person_bytes(person: Person) -> bytes:
    """Return a person as bytes."""
    c = person.consent
    return packed(
        [
            person.id,
            person.role,
            person.name,
            list(person.aliases),
            person.pronouns,
            person.present,
            int(person.present_from),
            None if person.present_until is None else int(person.present_until),
            None if person.voice is None else str(person.voice),
            [date_plain(c.recording), date_plain(c.voiceprint), date_plain(c.training), date_plain(c.withdrawn_at)],
        ]
    )


def person_of(content: bytes) -> Person:
    """Return the person that ``person_bytes`` was given."""
    id_, role, name, aliases, pronouns, present, since, until, voice, consent = unpacked(content)
    return Person(
        PersonId(id_),
        Role(role),
        name,
        tuple(aliases),
        pronouns,
        present,
        since,
        until,
        None if voice is None else Path(voice),
        Consent(*map(date_of, consent)),
    )


def date_plain(day: dt.date | None) -> str | None:
    """Return a day as JSON."""
    return None if day is None else day.isoformat()


def date_of(plain: str | None) -> dt.date | None:
    """Return the day that ``date_plain`` was given."""
    return None if plain is None else dt.date.fromisoformat(plain)


def fact_bytes(fact: KnownFact) -> bytes:
    """Return a known fact as bytes."""
    return packed([fact.owner, fact.text, fact.source, list(fact.known_to)])


def fact_of(content: bytes) -> KnownFact:
    """Return the fact that ``fact_bytes`` was given."""
    owner, text, source, known_to = unpacked(content)
    return KnownFact(PersonId(owner), text, FactSource(source), tuple(known_to))
