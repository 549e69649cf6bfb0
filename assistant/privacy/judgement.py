"""Why a clause may not enter its speaker's note, judged clause by clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import FindingsStatus, UtteranceStatus, WithheldReason
from assistant.privacy import content
from assistant.privacy import vocabulary as v
from assistant.privacy.memory import surface_form
from assistant.privacy.speech import is_facilitator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Disclosure, Group, PersonId
    from assistant.privacy.reading import Clause, Reading
    from assistant.privacy.redaction import Edit
    from assistant.privacy.terms import Terms

_Why = WithheldReason


def objection_to_all(reading: Reading, reader: PersonId, group: Group, *, asked: bool) -> WithheldReason | None:
    """Return why nothing of an utterance may enter, or None."""
    utterance = reading.utterance
    failed = reading.findings.status is not FindingsStatus.COMPLETE or bool(reading.findings.failed)
    grounds = (
        (utterance.status is UtteranceStatus.STRUCK, _Why.STRUCK),
        (is_facilitator(group, utterance.speaker), _Why.FACILITATOR),
        (utterance.speaker is None, _Why.UNKNOWN_SPEAKER),
        (utterance.speaker != reader, _Why.NOT_THE_SPEAKER),
        (utterance.status is not UtteranceStatus.CLEAR, _Why.SUSPECT),
        (failed, _Why.DETECTOR_FAILED),
        (asked, _Why.ASKED_NOT_TO),
    )
    return next((reason for holds, reason in grounds if holds), None)


def objection(
    reading: Reading, clause: Clause, reader: PersonId, terms: Terms, changes: Sequence[Edit]
) -> WithheldReason | None:
    """Return why a clause of the reader's own may not enter, or None.

    Args:
        reading: Where it stands; said by the reader.
        clause: The clause.
        reader: Whose note it would enter.
        terms: What was said before it, and by whom first.
        changes: What would be taken out of it anyway.
    """
    facts = [d for d in reading.findings.disclosures if d.span.overlaps(clause.span)]
    own = bool(own_facts(reading, clause, reader))
    others = bool(clause.refers_to) or clause.refers_unnamed or any(not _readers(d, reader) for d in facts)
    loose = bool(clause.loose) and (not own or len(clause.loose) > 1)
    grounds = (
        (contested(reading, clause, reader), _Why.CONTESTED),
        (not content.records_something(reading, clause), _Why.NO_CONTENT),
        (others or loose, _Why.OTHER_PARTICIPANT),
        (
            terms.borrowed(reading, clause, reader, [e.span for e in changes], own=own),
            _Why.FIRST_SAID_BY_ANOTHER,
        ),
        (not _about_reader(reading, clause, reader, changes, own=own), _Why.NOT_ABOUT_THEM),
        (content.asks(reading, clause) and not own, _Why.NO_CONTENT),
        (not own and content.words_left(reading, clause, [e.span for e in changes]) == 0, _Why.NO_CONTENT),
    )
    return next((reason for holds, reason in grounds if holds), None)


def contested(reading: Reading, clause: Clause, reader: PersonId) -> bool:
    """Whether a word of the clause is not surely the reader's; also where the words do not add up to the text."""
    utterance = reading.utterance
    if not utterance.words:
        return False
    if " ".join(w.text for w in utterance.words) != utterance.text:
        return True
    return any(
        word.speaker != reader and span.overlaps(clause.span)
        for word, span in zip(utterance.words, utterance.word_spans(), strict=True)
    )


def _readers(disclosure: Disclosure, reader: PersonId) -> bool:
    return reader in {disclosure.owner.person, disclosure.owner.outsider_of}


def own_facts(reading: Reading, clause: Clause, reader: PersonId) -> list[Disclosure]:
    """Return the facts of the reader's own that stand in a clause."""
    return [d for d in reading.findings.disclosures if d.owner.person == reader and d.span.overlaps(clause.span)]


def _about_reader(reading: Reading, clause: Clause, reader: PersonId, changes: Sequence[Edit], *, own: bool) -> bool:
    """Whether a clause tells of the reader, or of somebody of the reader's with enough left to read."""
    if clause.about.person == reader or own:
        return True
    if clause.about.outsider_of != reader or clause.why.startswith("fragment"):
        return False
    tokens = reading.parse.within(clause.span)
    if any(t.lower in v.FIRST_NOMINAL for t in tokens):
        return True
    if clause.why.endswith("earlier"):
        return False
    enough = content.ENOUGH if changes else 1
    return content.words_left(reading, clause, [e.span for e in changes]) >= enough


def stands_alone(reading: Reading, clause: Clause, reader: PersonId) -> bool:
    """Whether a clause at a torn edge is whole all the same: it has a subject and a fact of the reader's own."""
    subject = any(t.dep in v.SUBJECTS for t in reading.parse.within(clause.span))
    return subject and bool(own_facts(reading, clause, reader))


def lonely(reading: Reading, kept: Sequence[Clause], reader: PersonId) -> list[Clause]:
    """Return kept subordinate clauses ("when I picked it up") without their main clause or a fact of their own."""
    ends = {clause.span.end for clause in kept}
    starts = {clause.span.start for clause in kept}
    out: list[Clause] = []
    for clause in kept:
        words = [t for t in reading.parse.within(clause.span) if t.pos not in {"PUNCT", "INTJ", "CCONJ"}]
        hangs = bool(words) and words[0].lower in v.SUBORDINATORS and words[0].pos in {"SCONJ", "ADP", "ADV"}
        sentence = words[0].sentence if words else -1
        alone = not any(
            t.sentence == sentence and not clause.span.overlaps(t.span) and t.pos != "PUNCT"
            for t in reading.parse.tokens
        )
        beside = clause.span.start in ends or clause.span.end in starts
        if hangs and not alone and not beside and not own_facts(reading, clause, reader):
            out.append(clause)
    return out


def inside_own_fact(reading: Reading, kept: Sequence[Clause], reader: PersonId, edit: Edit) -> bool:
    """Whether a masked word also stands in a fact of the reader's own ("nineteen" in an address and as a son's age)."""
    secret = surface_form(edit.span.of(reading.utterance.text))
    n = len(secret)
    for clause in kept:
        for fact in own_facts(reading, clause, reader):
            form = surface_form(fact.span.of(reading.utterance.text))
            if any(form[i : i + n] == secret for i in range(len(form) - n + 1)):
                return True
    return False
