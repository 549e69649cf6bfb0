"""What each clause is about: whose state of affairs it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.domain import UNKNOWN_OWNER, Owner
from assistant.privacy import calling, references, referents
from assistant.privacy import vocabulary as v
from assistant.privacy.reading import Clause
from assistant.privacy.subjects import done_to_me, mimicked, owns_kin, whom
from assistant.privacy.topics import SHORT, topic
from assistant.privacy.touching import touched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.domain import Span
    from assistant.privacy.parse import Token
    from assistant.privacy.speech import Speech

_Answer = tuple[Owner, str]
"""Whom a clause is about, and which rule said so."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """A clause as the rules see it."""

    speech: Speech
    span: Span
    tokens: tuple[Token, ...]
    top: Token | None
    """The token that heads it."""
    subject: Token | None
    """The head's subject, where it stands inside the clause."""

    @property
    def speaker(self) -> Owner:
        """The speaker as an owner."""
        return Owner(person=self.speech.speaker)

    @property
    def predicate(self) -> bool:
        """Whether the clause says something of a subject."""
        return self.top is not None and self.speech.tree.is_predicate(self.top)


def describe(speech: Speech, spans: Sequence[Span]) -> tuple[Clause, ...]:
    """Return the clauses at those spans with whom they are about and whom they refer to."""
    return tuple(_describe(speech, span) for span in spans)


def _describe(speech: Speech, span: Span) -> Clause:
    tokens = speech.parse.within(span)
    top = _top(speech, tokens)
    subject = speech.tree.subject(top) if top is not None else None
    if subject is not None and subject not in tokens:
        subject = None
    about, why = _about(_Scope(speech, span, tokens, top, subject))
    found = touched(speech, span, tokens)
    if about.person is not None and about.person != speech.speaker:
        found.people.add(about.person)
    return Clause(span, about, frozenset(found.people), found.unnamed, why, tuple(found.loose))


def _top(speech: Speech, tokens: Sequence[Token]) -> Token | None:
    """Return the token that heads a clause: a verb where there is one."""
    inside = {t.index for t in tokens}
    tops = [t for t in tokens if t.pos != "PUNCT" and (t.head == t.index or t.head not in inside)]
    return next((t for t in tops if speech.tree.is_predicate(t)), tops[0] if tops else None)


def _about(scope: _Scope) -> _Answer:
    if scope.speech.speaker is None:
        return UNKNOWN_OWNER, "speaker-unknown"
    return next((answer for rule in _RULES if (answer := rule(scope)) is not None), (UNKNOWN_OWNER, "no-rule"))


def _own_name(scope: _Scope) -> _Answer | None:
    """A phrase of nothing but the speaker's own name ("Uh, Ann Lee.")."""
    words = [t for t in scope.tokens if t.pos not in {"PUNCT", "INTJ"} and t.lower not in v.FILLERS]
    own = [t for t in words if (n := scope.speech.name_at(t)) is not None and n.person == scope.speech.speaker]
    # "Hi, Ann here" has one word more, "this is Ann" two.
    alone = bool(own) and len(words) - len(own) <= 2 and not any(t.pos == "VERB" for t in words)  # noqa: PLR2004
    return (scope.speaker, "own-name") if alone else None


def _first_person(scope: _Scope) -> _Answer | None:
    """Say that "I …" is about the speaker, "I heard she …" about her."""
    if scope.subject is None or scope.top is None or scope.subject.lower not in v.FIRST:
        return None
    if mimicked(scope.speech, scope.subject):
        return UNKNOWN_OWNER, "quoted"
    inside = {t.index for t in scope.tokens}
    tree = scope.speech.tree
    for child in tree.children(scope.top):
        if child.dep != "ccomp" or child.index not in inside or scope.top.lemma.lower() not in v.THINKING | v.SPEECH:
            continue
        subject = tree.subject(child)
        if subject is None or subject.lower in v.FIRST or any(t.lower in v.FIRST for t in tree.subtree(child)):
            continue
        found = whom(scope.speech, subject)
        if found is not None:
            return found.owner, f"told-{found.why}"
    return scope.speaker, "first-person-subject"


def _done_to_speaker(scope: _Scope) -> _Answer | None:
    """Know what is done to the speaker: "she put me on …", "you can call me …", "the plant moved me"."""
    if scope.subject is None or scope.top is None or not done_to_me(scope.speech.tree, scope.top):
        return None
    lower = scope.subject.lower
    if lower in v.SECOND:
        return None if scope.subject in references.addressing(scope.speech.tree) else (scope.speaker, "call-me")
    impersonal = whom(scope.speech, scope.subject) is None
    if impersonal or lower in v.THIRD or scope.subject.lemma.lower() in v.OFFICIALS:
        return scope.speaker, "done-to-self"
    return None


def _professional(scope: _Scope) -> _Answer | None:
    """Say that "my doctor says …" is about the speaker, "my doctor has …" about the doctor."""
    if scope.subject is None or scope.top is None or scope.subject.lemma.lower() not in v.OFFICIALS:
        return None
    acts = scope.top.lemma.lower() not in {"have", "be", "get"}
    return (scope.speaker, "said-by-professional") if acts and _is_mine(scope, scope.subject) else None


def _they(scope: _Scope) -> _Answer | None:
    """Take "they" without anybody behind it for some office: about the speaker where the clause holds the speaker."""
    if scope.subject is None or scope.subject.lower not in v.THIRD_THEY:
        return None
    found = whom(scope.speech, scope.subject)
    if found is not None and found.owner.code is not None:
        return found.owner, found.why
    if any(t.lower in v.FIRST for t in scope.tokens):
        return scope.speaker, "impersonal-they"
    return UNKNOWN_OWNER, "they"


def _subject(scope: _Scope) -> _Answer | None:
    if scope.subject is None:
        return None
    found = whom(scope.speech, scope.subject)
    if found is not None:
        return found.owner, found.why
    return (scope.speaker, "possessed-self") if _is_mine(scope, scope.subject) else None


def _imperative(scope: _Scope) -> _Answer | None:
    """A bare imperative asks something of others, unless it answers the facilitator ("call my sister") or offers."""
    top, speech = scope.top, scope.speech
    if top is None or top.pos != "VERB" or top.tag not in {"VB", "VBP"} or top.head != top.index:
        return None
    if speech.tree.subject(top) is not None:
        return None
    lowers = {t.lower for t in scope.tokens}
    if {"let", "me"} <= lowers:
        return scope.speaker, "let-me"
    if not references.addressing(speech.tree) and not list(calling.vocatives(speech)):
        answer = topic(speech, 0)
        if answer.why == "continued-answer" and len(speech.utterance.text.split()) <= SHORT:
            return answer.owner, "answer-imperative"
    if lowers & v.FIRST:
        return Owner(person=calling.addressed(speech)), "imperative"
    return UNKNOWN_OWNER, "imperative"


def _first_person_inside(scope: _Scope) -> _Answer | None:
    """Where no subject decides: a first person and nobody else."""
    speech = scope.speech
    others = any(t.lower in v.SECOND | (v.THIRD - v.THIRD_THEY) for t in scope.tokens) or any(
        n.person != speech.speaker and n.span.overlaps(scope.span) for n in speech.names
    )
    if others:
        return None
    if any(t.lower in v.FIRST_NOMINAL for t in scope.tokens):
        return scope.speaker, "first-person-inside"
    if any(t.lower in {"my", "our"} and not owns_kin(speech.tree, t) for t in scope.tokens):
        return scope.speaker, "first-person-possessor"
    return None


def _phrase(scope: _Scope) -> _Answer | None:
    """A phrase without a verb is about the person it names."""
    if scope.top is None or scope.predicate:
        return None
    for token in scope.tokens:
        found = referents.noun(scope.speech, token) if token.pos in {"NOUN", "PROPN"} else None
        if found is not None:
            return found.owner, f"phrase-{found.why}"
    return None


def _impersonal(scope: _Scope) -> _Answer | None:
    has_subject = scope.predicate and scope.top is not None and scope.speech.tree.subject(scope.top) is not None
    return (UNKNOWN_OWNER, "impersonal") if has_subject else None


def _fragment(scope: _Scope) -> _Answer | None:
    found = topic(scope.speech, scope.span.start)
    return found.owner, f"fragment-{found.why}"


def _is_mine(scope: _Scope, noun: Token) -> bool:
    possessor = scope.speech.tree.possessor(noun)
    return possessor is not None and possessor.lower in v.FIRST


_RULES: Final[tuple[Callable[[_Scope], _Answer | None], ...]] = (
    _own_name,
    _first_person,
    _done_to_speaker,
    _professional,
    _they,
    _subject,
    _imperative,
    _first_person_inside,
    _phrase,
    _impersonal,
    _fragment,
)
