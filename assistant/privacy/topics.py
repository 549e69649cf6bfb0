"""Whom a fragment goes on about: what a stretch without a subject of its own continues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Basis, Owner
from assistant.privacy import calling, referents
from assistant.privacy import vocabulary as v
from assistant.privacy.referents import NOBODY, Resolved

if TYPE_CHECKING:
    from assistant.privacy.parse import Token
    from assistant.privacy.reading import Reading
    from assistant.privacy.speech import Speech

SHORT = 9
"""Most words of an answer in a round ("one word each to close")."""


def topic(speech: Speech, at: int) -> Resolved:
    """Return whom a fragment at an offset is about.

    In order: the nearest subject before it in the utterance; the person called; the same speaker's previous utterance;
    an answer to the facilitator (its speaker). Anything else said into another member's talk is unknown.
    """
    if speech.speaker is None:
        return NOBODY
    here = _subject_before(speech, at)
    if here is not None:
        return here
    if speech.from_facilitator:
        person = calling.addressed(speech)
        return Resolved(Owner(person=person), Basis.ADDRESSED, "addressed") if person else NOBODY
    return _continued(speech)


def _subject_before(speech: Speech, at: int) -> Resolved | None:
    found: Resolved | None = None
    for token in speech.parse.tokens:
        if token.span.start >= at:
            break
        if token.dep not in v.SUBJECTS and token.lower not in v.FIRST_NOMINAL:
            other = _other_person(speech, token)
            found = other or found
            continue
        if token.lower in v.FIRST:
            if token.dep not in v.SUBJECTS and _is_anothers(speech, found):
                # "He showed me the bottle. Oxy.": the talk is still of him.
                continue
            found = Resolved(Owner(person=speech.speaker), Basis.SELF, "continued-self")
        elif token.lower in v.THIRD and token.lower not in v.THIRD_THEY:
            found = referents.pronoun(speech, token)
        else:
            noun = referents.noun(speech, token)
            found = noun if noun is not None and token.lower not in v.OFFICIALS else found
    return found


def _is_anothers(speech: Speech, found: Resolved | None) -> bool:
    return found is not None and found.owner.person not in {None, speech.speaker}


def _other_person(speech: Speech, token: Token) -> Resolved | None:
    """Return somebody brought up otherwise than as a subject: a fragment after "I saw Ann, …" may be about Ann."""
    if token.pos not in {"NOUN", "PROPN"} and speech.name_at(token) is None:
        return None
    found = referents.noun(speech, token)
    if found is None or found.owner.person == speech.speaker or token.lower in v.OFFICIALS:
        return None
    return Resolved(found.owner, Basis.PRONOUN, "continued-other")


def _continued(speech: Speech) -> Resolved:
    mine = Resolved(Owner(person=speech.speaker), Basis.SELF, "continued-answer")
    for reading in speech.recent:
        if reading.utterance.speaker == speech.speaker:
            last = next((c.about for c in reversed(reading.clauses) if c.about.code is not None), None)
            if last is None:
                continue
            basis = Basis.SELF if last.person == speech.speaker else Basis.PRONOUN
            return Resolved(last, basis, "continued-topic", local=False)
        if _is_facilitator(speech, reading):
            return mine
        if not is_short(reading):
            return NOBODY
    return mine if not speech.recent else NOBODY


def _is_facilitator(speech: Speech, reading: Reading) -> bool:
    return any(p.id == reading.utterance.speaker and not p.is_member for p in speech.group.people)


def is_short(reading: Reading) -> bool:
    """Whether an utterance is as short as an aside or an answer in a round."""
    return len(reading.utterance.text.split()) <= SHORT
