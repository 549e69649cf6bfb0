"""The facts of a gold session: each private thing once, with whose it is, who said it, and the forms it may survive in.

A fact is one (owner, type, normal form). Mentions of it are merged. A ``third`` fact belongs to an outsider of whoever
spoke of it first; one that names an absent member is that member's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from assistant.domain import DisclosureType
from assistant.evaluation.gold import OUTSIDER
from assistant.evaluation.lexicon import FUNCTION_WORDS, GENERIC_PLACES, MONTHS, TITLES
from assistant.evaluation.normal import content, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assistant.evaluation.alignment import Alignment
    from assistant.evaluation.gold import GoldSession, GoldSpan, GoldTurn

CONTEXT_WORDS = 6
"""Words on either side of a mention that count as its context."""
_HEARD_LIKENESS = 0.65
"""A recognised form less like the fact than this is some other word ("certain" for a medication)."""
_LEAST_LETTERS = 4
"""A recognised form or a telling part shorter than this stands for too many things."""
_PHONE_TAIL = 4

Words = tuple[str, ...]


class Relation(StrEnum):
    """What a fact is to the reader of a note."""

    OWN = "own"
    OWN_OUTSIDER = "outsider of the reader"
    MEMBER = "another member"
    ABSENT = "absent member"
    FACILITATOR = "facilitator"
    OTHERS_OUTSIDER = "outsider of another"


@dataclass(frozen=True, slots=True)
class Fact:
    """One private fact."""

    owner: str
    """Person id, or ``third``."""
    holder: str
    """Whom it counts for: the owner, or the person through whom the outsider is known."""
    type: DisclosureType | None
    """None for a planted fact."""
    forms: tuple[Words, ...] = field(repr=False)
    """Normal forms; any of them in a note is the fact."""
    parts: frozenset[str] = field(default=frozenset(), repr=False)
    """Single words that give it away alone: the parts of a name, the distinctive word of an employer."""
    context: frozenset[str] = field(default=frozenset(), repr=False)
    """Telling words around its mentions."""
    said_by: frozenset[str] = frozenset()
    turn: int | None = None
    """First turn that says it; None for a fact nobody says."""

    @property
    def words(self) -> Words:
        """Its first form."""
        return self.forms[0]

    def relation(self, reader: str | None, gold: GoldSession) -> Relation:
        """Return what the fact is to a reader; None reads the group's part and owns nothing."""
        if self.owner == OUTSIDER:
            return Relation.OWN_OUTSIDER if self.holder == reader else Relation.OTHERS_OUTSIDER
        if self.owner == reader:
            return Relation.OWN
        if self.owner in gold.facilitators:
            return Relation.FACILITATOR
        present = any(p.id == self.owner and p.present for p in gold.people)
        return Relation.MEMBER if present else Relation.ABSENT


@dataclass(frozen=True, slots=True)
class FactBook:
    """All facts of a session, and the words that mean nothing by themselves."""

    facts: tuple[Fact, ...]
    plain: frozenset[str] = field(repr=False)
    """Words that stand in lower case outside every span: as plain words they are nobody's name."""
    known: frozenset[str] = field(repr=False)
    """Every word of every fact."""


@dataclass(slots=True)
class _Draft:
    owner: str
    holder: str
    type: DisclosureType | None
    words: Words
    heard: set[Words] = field(default_factory=set)
    context: set[str] = field(default_factory=set)
    said_by: set[str] = field(default_factory=set)
    turn: int | None = None


def fact_book(gold: GoldSession, alignment: Alignment | None = None) -> FactBook:
    """Return the facts of a session.

    Args:
        gold: The session.
        alignment: Where given, each fact may also survive in the form in which it was recognised.
    """
    plain = _plain_words(gold)
    drafts: dict[tuple[str, str, DisclosureType | None, Words], _Draft] = {}
    first_holder: dict[tuple[DisclosureType, Words], str] = {}
    for turn in gold.turns:
        for span in turn.spans:
            words = fact_words(turn.text[span.start : span.end])
            if not words:
                continue
            owner = _owner(gold, turn, span)
            holder = owner
            if owner == OUTSIDER:
                holder = first_holder.setdefault((span.type, words), turn.speaker)
            draft = drafts.setdefault(
                (owner, holder, span.type, words), _Draft(owner, holder, span.type, words, turn=turn.index)
            )
            draft.said_by.add(turn.speaker)
            draft.context.update(_around(turn, span))
            if alignment is not None:
                draft.heard.update(_heard(alignment, turn, span, words, plain))
    unsaid: list[tuple[str, DisclosureType | None, Words]] = [
        (person.id, DisclosureType.PERSON, fact_words(person.name)) for person in gold.people
    ]
    unsaid += [(planted.owner, None, fact_words(planted.text)) for planted in gold.planted]
    for owner, kind, words in unsaid:
        if words:
            drafts.setdefault((owner, owner, kind, words), _Draft(owner, owner, kind, words))
    all_ = list(drafts.values())
    return FactBook(
        facts=tuple(_finish(draft, all_, plain) for draft in all_),
        plain=plain,
        known=frozenset(word for draft in all_ for word in draft.words),
    )


def fact_words(surface: str) -> Words:
    """Return the normal form of a surface, without an article before it and a possessive after it."""
    words = [token.text for token in tokens(surface)]
    while len(words) > 1 and words[0] in {"a", "an", "the", "my", "our"}:
        del words[0]
    while len(words) > 1 and words[-1] == "s":
        del words[-1]
    return tuple(words)


def _finish(draft: _Draft, all_: Sequence[_Draft], plain: frozenset[str]) -> Fact:
    same_owner = {d.words for d in all_ if (d.owner, d.holder) == (draft.owner, draft.holder) and d is not draft}
    others = {word for d in all_ if (d.owner, d.holder) != (draft.owner, draft.holder) for word in d.words}
    forms = [draft.words, *_date_forms(draft), *sorted(draft.heard)]
    if draft.type is DisclosureType.ADDRESS and draft.words[0].isdecimal() and len(draft.words) > 2:  # noqa: PLR2004 - number, name, kind of street
        forms.append(draft.words[1:])
    forms = [draft.words, *(form for form in forms[1:] if form not in same_owner)]
    parts = {part for part in _parts(draft, others, plain) if (part,) not in same_owner}
    return Fact(
        owner=draft.owner,
        holder=draft.holder,
        type=draft.type,
        forms=tuple(dict.fromkeys(forms)),
        parts=frozenset(parts),
        context=frozenset(draft.context - set(draft.words)),
        said_by=frozenset(draft.said_by),
        turn=draft.turn,
    )


def _parts(draft: _Draft, others: set[str], plain: frozenset[str]) -> Iterator[str]:
    if len(draft.words) == 1 and draft.type is not DisclosureType.PHONE:
        return
    for word in draft.words:
        if draft.type is DisclosureType.PERSON and len(word) > 1 and word not in TITLES:
            yield word
        elif draft.type is DisclosureType.PHONE and word.isdecimal() and len(word) > _PHONE_TAIL:
            yield word[-_PHONE_TAIL:]
        elif (
            draft.type in {DisclosureType.ORG, DisclosureType.LOCATION}
            and len(word) > _LEAST_LETTERS
            and word not in GENERIC_PLACES | FUNCTION_WORDS | plain | others
        ):
            yield word


def _date_forms(draft: _Draft) -> Iterator[Words]:
    """Yield "june 9" and "9 of june" for each other."""
    if draft.type is not DisclosureType.DATE:
        return
    words = [word for word in draft.words if word not in {"of", "the", "on"}]
    for at, (one, two) in enumerate(pairwise(words)):
        if {one, two} & MONTHS and (one.isdecimal() or two.isdecimal()):
            month, day = (one, two) if one in MONTHS else (two, one)
            rest = words[at + 2 :]
            for form in (
                (month, day),
                (day, month),
                (day, "of", month),
                (month, "the", day),
                (day, "day", "of", month),
            ):
                yield (*words[:at], *form, *rest)


def _heard(
    alignment: Alignment, turn: GoldTurn, span: GoldSpan, words: Words, plain: frozenset[str]
) -> Iterable[Words]:
    """Yield the form in which the recogniser put a mention, where it is telling and not the gold form."""
    heard_of = alignment.heard_of()
    found = [
        alignment.heard[heard_of[index]]
        for index, said in enumerate(alignment.gold)
        if said.unit == turn.index and said.start_char < span.end and span.start < said.end_char and index in heard_of
    ]
    if not found or len({word.unit for word in found}) > 1:
        return
    form = tuple(word.text for word in sorted(found, key=lambda word: word.start_char))
    if any(word.isdecimal() for word in form) or form == words:
        return
    likeness = Levenshtein.normalized_similarity("".join(form), "".join(words))
    telling = [word for word in content(form) if word not in plain and len(word) >= _LEAST_LETTERS]
    if likeness >= _HEARD_LIKENESS and telling:
        yield form


def _owner(gold: GoldSession, turn: GoldTurn, span: GoldSpan) -> str:
    """Return the owner; an absent person on the roster for a ``third`` fact of the turn that names only them."""
    if span.owner != OUTSIDER:
        return span.owner
    named = [
        _absent(gold, turn.text[other.start : other.end])
        for other in turn.spans
        if other.owner == OUTSIDER and other.type is DisclosureType.PERSON
    ]
    if span.type is DisclosureType.PERSON:
        return _absent(gold, turn.text[span.start : span.end]) or OUTSIDER
    return named[0] if len(set(named)) == 1 and named[0] is not None else OUTSIDER


def _absent(gold: GoldSession, surface: str) -> str | None:
    words = {token.text for token in tokens(surface)}
    for person in gold.people:
        if not person.present and words & {token.text for token in tokens(person.name)}:
            return person.id
    return None


def _around(turn: GoldTurn, span: GoldSpan) -> Iterable[str]:
    said = tokens(turn.text)
    inside = [index for index, t in enumerate(said) if t.start < span.end and span.start < t.end]
    if not inside:
        return ()
    first, last = inside[0], inside[-1]
    near = (*said[max(0, first - CONTEXT_WORDS) : first], *said[last + 1 : last + 1 + CONTEXT_WORDS])
    return content(token.text for token in near)


def _plain_words(gold: GoldSession) -> frozenset[str]:
    found: set[str] = set()
    for turn in gold.turns:
        for token in tokens(turn.text):
            inside = any(span.start < token.end and token.start < span.end for span in turn.spans)
            if not inside and turn.text[token.start].islower():
                found.add(token.text)
    return frozenset(found)
