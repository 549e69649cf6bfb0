"""What was said first by whom: facts and telling words, so that one member's note does not carry another's.

A term's origin is everybody entitled to it: who said it first and whose fact it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.privacy import vocabulary as v
from assistant.privacy.memory import surface_form
from assistant.privacy.speech import is_facilitator
from assistant.privacy.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.domain import Disclosure, DisclosureType, Group, PersonId, Span
    from assistant.privacy.parse import Token
    from assistant.privacy.reading import Clause, Reading

_LOOSE_WORDS = 2
"""From how many telling words on, all first said by others, a clause with a fact of the reader's own is held back."""


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact of somebody, by its plain words."""

    form: tuple[str, ...]
    entitled: frozenset[PersonId | None]
    type: DisclosureType


class Terms:
    """The terms of a session up to some reading."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self._facts: list[_Fact] = []
        self._known_forms: set[tuple[str, ...]] = set()
        self._fact_words: dict[str, set[PersonId | None]] = {}
        self._words: dict[str, frozenset[PersonId | None]] = {}
        self._known = [
            (fact.owner, frozenset(w.bare for w in words_of(fact.text) if _is_rare(w.bare))) for fact in group.facts
        ]

    def add(self, reading: Reading) -> None:
        """Take in what a reading said, after everybody's clauses of it have been judged."""
        speaker = reading.utterance.speaker
        taken: list[Span] = []
        for disclosure in reading.findings.disclosures:
            entitled = _entitled(disclosure, speaker)
            taken.append(disclosure.span)
            form = surface_form(disclosure.span.of(reading.utterance.text))
            if not form or form in self._known_forms:
                continue
            self._known_forms.add(form)
            self._facts.append(_Fact(form, entitled, disclosure.type))
            for word in form:
                if _is_rare(word):
                    self._fact_words.setdefault(word, set(entitled))
        for clause in reading.clauses:
            origin = self._origin(clause, speaker)
            for token in reading.parse.within(clause.span):
                if any(span.overlaps(token.span) for span in taken) or not _tells(token):
                    continue
                for form_ in _forms(token):
                    self._words.setdefault(form_, origin)

    def _origin(self, clause: Clause, speaker: PersonId | None) -> frozenset[PersonId | None]:
        """Return who may use the words of a clause: its speaker.

        The facilitator's words belong to the member they speak of; where they speak of nobody, to everybody.
        """
        if not is_facilitator(self._group, speaker):
            return frozenset({speaker})
        return clause.refers_to or frozenset(p.id for p in self._group.people)

    def borrowed(
        self, reading: Reading, clause: Clause, reader: PersonId, masked: Sequence[Span], *, own: bool
    ) -> bool:
        """Whether a clause uses a fact or a term that somebody else said first.

        Args:
            reading: Where the clause stands.
            clause: The clause.
            reader: Whose note it would enter.
            masked: What redaction will take out anyway.
            own: Whether the clause carries a fact of the reader's own; one telling word in common is then chance.
        """
        tokens = [t for t in reading.parse.within(clause.span) if not any(m.overlaps(t.span) for m in masked)]
        words = [
            w.bare
            for w in words_of(reading.utterance.text)
            if clause.span.overlaps(w.span) and not any(m.overlaps(w.span) for m in masked)
        ]
        content = [f for t in tokens if t.pos not in v.FUNCTION_POS for f in _forms(t)]
        facts = [d for d in reading.findings.disclosures if d.span.overlaps(clause.span)]
        counted = _own_numbers(tokens, facts, reader)
        if self._repeats_fact([w for w in words if w not in counted], facts, reading, reader):
            return True
        if any(w in self._fact_words and reader not in self._fact_words[w] and w not in counted for w in content):
            return True
        lent = {t.index for t in tokens for f in _forms(t) if f in self._words and reader not in self._words[f]}
        if lent and (not own or len(lent) >= _LOOSE_WORDS or any(t.pos == "PROPN" for t in tokens if t.index in lent)):
            return True
        rare = {w for w in content if _is_rare(w)}
        return any(
            owner != reader and telling and len(rare & telling) >= (min(2, len(telling)) if own else 1)
            for owner, telling in self._known
        )

    def _repeats_fact(
        self, words: Sequence[str], facts: Sequence[Disclosure], reading: Reading, reader: PersonId
    ) -> bool:
        plain = [w for w in words if w not in {"a", "an", "the"}]
        said = set(plain)
        for fact in self._facts:
            if reader in fact.entitled or not said.issuperset(fact.form):
                continue
            n = len(fact.form)
            if not any(tuple(plain[i : i + n]) == fact.form for i in range(len(plain) - n + 1)):
                continue
            if any(w not in v.FREQUENT and w not in v.SMALL_NUMBERS for w in fact.form) or n > 2:  # noqa: PLR2004 - three plain words in a row are no chance
                return True
            same = (d for d in facts if surface_form(d.span.of(reading.utterance.text)) == fact.form)
            if any(d.type is fact.type for d in same):
                return True
        return False


def _entitled(disclosure: Disclosure, speaker: PersonId | None) -> frozenset[PersonId | None]:
    """Return who may have a fact in a note: its owner; where it is an outsider's, the one who knows the outsider.

    Who merely repeated it is not entitled, and neither is anybody where its owner is unknown, its speaker aside.
    """
    owner = disclosure.owner.person or disclosure.owner.outsider_of
    return frozenset({owner if owner is not None else speaker})


def _own_numbers(tokens: Sequence[Token], facts: Sequence[Disclosure], reader: PersonId) -> frozenset[str]:
    """Return the number words of longer facts of the reader's own: "nineteen" of a year is nobody's age."""
    return frozenset(
        t.lower
        for t in tokens
        for d in facts
        if t.pos == "NUM" and d.owner.person == reader and d.span.contains(t.span) and len(d.span) > len(t.span)
    )


def _is_rare(word: str) -> bool:
    return len(word) > 2 and word not in v.FREQUENT and word not in v.SMALL_NUMBERS  # noqa: PLR2004 - shorter is a particle


def _tells(token: Token) -> bool:
    """Whether a word outside any fact is telling enough to belong to who said it first."""
    if token.pos == "NUM":
        return token.lower not in v.SMALL_NUMBERS
    return token.pos in {"NOUN", "PROPN", "VERB", "ADJ"} and all(_is_rare(f) for f in _forms(token))


def _forms(token: Token) -> Iterable[str]:
    return {token.lower, token.lemma.lower()}
