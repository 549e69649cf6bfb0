"""Utterances read with what a clinician said of the facts in them: whose they are, and which are none.

It is part of the reading, and no change of its result, because later utterances rest on what was found in earlier ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from assistant.decisions import FalseAlarm, GroupWord, OwnerSet
from assistant.domain import UNKNOWN_OWNER, Basis, DisclosureType
from assistant.privacy.hands import NOTHING_DISMISSED, Dismissed, folded, on_roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from assistant.decisions import Decided
    from assistant.domain import Disclosure, Group, Owner, PersonId, Span, Utterance, UtteranceId
    from assistant.pipeline.corrected import Corrected
    from assistant.privacy.reading import Clause, Reading

BY_HAND = "by hand"
"""The rule of an owner that a clinician set."""


class ReadsDismissing(Protocol):
    """Reads utterances for privacy, less what a person said is no fact."""

    def read(self, utterance: Utterance, before: Sequence[Reading], dismissed: Dismissed = ...) -> Reading:
        """Return all that can be told of an utterance, given the earlier readings, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Ruled:
    """What is decided about the facts of one utterance, oldest first."""

    owners: tuple[tuple[Span, DisclosureType, Owner], ...] = ()
    dismissed: tuple[tuple[Span, DisclosureType], ...] = ()


@dataclass(frozen=True, slots=True)
class RulesOfFacts:
    """What is decided about facts, by utterance as it is read."""

    by_utterance: Mapping[UtteranceId, Ruled] = field(default_factory=dict)
    words: frozenset[tuple[str, DisclosureType]] = field(default=frozenset(), repr=False)
    """Folded words that are no fact of a kind in this group at all."""

    def differing(self, other: RulesOfFacts, utterances: Iterable[Utterance]) -> frozenset[UtteranceId]:
        """Return the utterances that are to be read again because something else is decided."""
        words = [word for word, _ in self.words ^ other.words]
        return frozenset(
            u.id
            for u in utterances
            if self.by_utterance.get(u.id) != other.by_utterance.get(u.id)
            or (words and any(word in folded(u.text) for word in words))
        )


def rules_of_facts(
    decided: Iterable[Decided],
    words: Iterable[GroupWord],
    corrected: Corrected,
    originals: Mapping[UtteranceId, str],
    group: Group,
) -> RulesOfFacts:
    """Return what is decided about the facts of a session.

    Args:
        decided: What stands, oldest first.
        words: Words that are no fact in this group; a name on its roster is never one of them.
        corrected: The utterances as they are read.
        originals: The text of each utterance of the close.
        group: The roster.
    """
    found: dict[UtteranceId, Ruled] = {}
    plain = {(word.word, word.type) for word in words if not on_roster(word.word, group)}
    for one in decided:
        if isinstance(one, OwnerSet):
            if one.type is DisclosureType.PERSON and _is_a_members(one, originals, group):
                continue
            for place in corrected.places(one.place):
                known = found.get(place.utterance, Ruled())
                found[place.utterance] = replace(known, owners=(*known.owners, (place.span, one.type, one.owner)))
        elif isinstance(one, FalseAlarm):
            word = group_word(one, originals.get(one.place.utterance, ""), group)
            if word is not None:
                plain.add((word.word, word.type))
            for place in corrected.places(one.place):
                known = found.get(place.utterance, Ruled())
                found[place.utterance] = replace(known, dismissed=(*known.dismissed, (place.span, one.type)))
    return RulesOfFacts(found, frozenset(plain))


def _is_a_members(one: OwnerSet, originals: Mapping[UtteranceId, str], group: Group) -> bool:
    """Whether a name of somebody on the roster would be made somebody's: it is its bearer's, or nobody can say."""
    text = originals.get(one.place.utterance, "")
    surface = one.place.span.of(text) if one.place.span.end <= len(text) else text
    return one.owner != UNKNOWN_OWNER and on_roster(surface, group)


def group_word(alarm: FalseAlarm, text: str, group: Group) -> GroupWord | None:
    """Return the word that is no fact in this group at all, as a false alarm has it.

    Args:
        alarm: It.
        text: The utterance of the close that it points at.
        group: The roster.

    Returns:
        None where it counts at its place alone: so it was said, or the word is of a name on the roster.
    """
    if not alarm.everywhere or alarm.place.span.end > len(text):
        return None
    surface = alarm.place.span.of(text)
    word = folded(surface)
    return None if not word or on_roster(surface, group) else GroupWord(word, alarm.type)


class RuledReads:
    """Reads by the rules of privacy, and then as a clinician decided.

    Args:
        analyst: Reads.
        read: Is told of each utterance that was read.
    """

    def __init__(self, analyst: ReadsDismissing, read: Callable[[Utterance], None]) -> None:
        self._analyst = analyst
        self._told = read
        self.rules = RulesOfFacts()

    def read(self, utterance: Utterance, before: Sequence[Reading]) -> Reading:
        """Return all that can be told of an utterance, given the earlier readings, oldest first."""
        ruled = self.rules.by_utterance.get(utterance.id)
        dismissed = NOTHING_DISMISSED
        if ruled is not None or self.rules.words:
            dismissed = Dismissed(() if ruled is None else ruled.dismissed, self.rules.words)
        reading = self._analyst.read(utterance, before, dismissed)
        for span, kind, owner in () if ruled is None else ruled.owners:
            reading = owned(reading, span, kind, owner)
        self._told(utterance)
        return reading


def owned(reading: Reading, span: Span, kind: DisclosureType, owner: Owner) -> Reading:
    """Return a reading in which the facts of a kind at a place are somebody's.

    The clauses that carry them follow: one is about whoever its facts are of where the rules had it about their former
    owner or nobody, and it refers to another person on the roster as long as a fact of theirs is in it.
    """
    known = reading.findings.disclosures
    theirs = [d for d in known if d.type is kind and d.span.overlaps(span)]
    if not theirs:
        return reading
    after = tuple(replace(d, owner=owner, basis=Basis.HAND, why=BY_HAND) if d in theirs else d for d in known)
    clauses = tuple(
        _followed(clause, [d for d in theirs if d.span.overlaps(clause.span)], after, owner, reading.utterance.speaker)
        for clause in reading.clauses
    )
    return replace(reading, clauses=clauses, findings=replace(reading.findings, disclosures=after))


def _followed(
    clause: Clause, changed: Sequence[Disclosure], after: Sequence[Disclosure], owner: Owner, speaker: PersonId | None
) -> Clause:
    if not changed:
        return clause
    still = {p for d in after if d.span.overlaps(clause.span) for p in _people(d.owner)}
    before = {p for d in changed for p in _people(d.owner)}
    refers = (clause.refers_to - (before - still)) | (_people(owner) - {speaker})
    if clause.about != UNKNOWN_OWNER and clause.about not in {d.owner for d in changed}:
        return replace(clause, refers_to=refers)
    return replace(clause, refers_to=refers, about=owner, why=BY_HAND)


def _people(owner: Owner) -> frozenset[PersonId]:
    return frozenset(p for p in (owner.person, owner.outsider_of) if p is not None)
