"""What the others told, by the stems of its words: what a clinician's own sentence is held against.

A clinician does not quote, so nothing can be asked of the order or the form of the words; what is asked is whether
words that only somebody else used come together in the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import UtteranceStatus
from assistant.notes.lexicon import FILLERS, carries_content, stem, word_list
from assistant.notes.tokens import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assistant.domain import PersonId
    from assistant.notes.context import GateContext
    from assistant.notes.heard import HeardFact, HeardUtterance
    from assistant.notes.tokens import Token

_ROOTS = {
    form: forms.split()[0]
    for forms in (
        "lose lost losing loss",
        "die died dying dead death",
        "drink drank drunk drinking",
        "steal stole stolen",
        "break broke broken",
        "drive drove driven",
        "leave left leaving",
        "fall fell fallen",
        "hide hid hidden",
        "throw threw thrown",
        "buy bought",
        "sell sold",
        "find found",
        "write wrote written",
        "fight fought",
        "hit hitting",
        "cut cutting",
        "eat ate eaten",
        "sleep slept",
        "run ran",
        "swim swam swum",
        "sing sang sung",
        "shoot shot",
        "burn burned burnt",
        "child children",
        "wife wives",
        "knife knives",
        "teach taught",
        "catch caught",
        "bring brought",
        "build built",
        "forget forgot forgotten",
        "freeze froze frozen",
        "tear tore torn",
        "wear wore worn",
        "shake shook shaken",
        "bite bit bitten",
        "woman women",
        "man men",
        "marry married marriage",
        "divorce divorced",
    )
    for form in forms.split()
}


def root(word: str) -> str:
    """Return what a folded word is compared by here: its stem, the same for the forms of an irregular one."""
    return stem(_ROOTS.get(word, word))


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence that another said, or the clause that carries a fact of another's."""

    roots: frozenset[str] = field(repr=False)
    whose: PersonId | None
    is_fact: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What all but one reader told, by root."""

    own: frozenset[str] = field(repr=False)
    """What the reader said, and what is known of the reader."""
    words: Mapping[str, PersonId | None] = field(repr=False)
    """Who of the other members, or unknown voices, first said each."""
    raisers: Mapping[str, frozenset[PersonId]] = field(repr=False)
    """The members who said each."""
    asked: frozenset[str] = field(repr=False)
    """What a facilitator said before any member did."""
    surfaces: Mapping[str, PersonId | None] = field(repr=False)
    """Words of the very wording of others' facts, whoever said it."""
    clauses: tuple[Clause, ...] = field(repr=False)
    at: Mapping[str, Sequence[int]] = field(repr=False)
    """The clauses that each stands in."""


def told_by_others(context: GateContext, heard: Iterable[HeardUtterance]) -> Told:
    """Arrange what others than the reader told in a session, and what the group file knows of them.

    Args:
        context: The session, and whose note it is.
        heard: Its utterances, in order.
    """
    members = frozenset(p.id for p in context.group.people if p.is_member)
    speech = _Speech()
    known = _Known()
    for one in heard:
        speech.hear(one, context.reader, members)
        for fact in one.facts:
            known.note(fact, one.utterance.speaker, context.reader, members)
    for stated in context.group.facts:
        content = roots(plain_words(stated.text))
        if stated.owner == context.reader:
            known.own |= content
        else:
            known.clauses[Clause(content, stated.owner, is_fact=True)] = None
    clauses = (*known.clauses, *speech.clauses)
    at: dict[str, list[int]] = {}
    for number, clause in enumerate(clauses):
        for word in clause.roots:
            at.setdefault(word, []).append(number)
    own = frozenset(speech.own | known.own)
    return Told(own, speech.words, speech.raisers, frozenset(speech.asked), known.surfaces, clauses, at)


@dataclass(slots=True)
class _Speech:
    """What was said, gathered utterance by utterance."""

    own: set[str] = field(default_factory=set, repr=False)
    words: dict[str, PersonId | None] = field(default_factory=dict, repr=False)
    raisers: dict[str, frozenset[PersonId]] = field(default_factory=dict, repr=False)
    asked: set[str] = field(default_factory=set, repr=False)
    clauses: dict[Clause, None] = field(default_factory=dict, repr=False)

    def hear(self, heard: HeardUtterance, reader: PersonId | None, members: frozenset[PersonId]) -> None:
        speaker, said = heard.utterance.speaker, heard.roots
        if speaker is not None and speaker == reader:
            self.own |= said if heard.utterance.status is UtteranceStatus.CLEAR else frozenset()
        elif speaker is None or speaker in members:
            for word in said:
                self.words.setdefault(word, speaker)
            self.clauses.update(dict.fromkeys(heard.sentences))
        else:
            self.asked |= {w for w in said if w not in self.raisers}
        if speaker is not None and speaker in members:
            for word in said:
                self.raisers[word] = self.raisers.get(word, frozenset()) | {speaker}


@dataclass(slots=True)
class _Known:
    """What was found out, gathered fact by fact."""

    own: set[str] = field(default_factory=set, repr=False)
    surfaces: dict[str, PersonId | None] = field(default_factory=dict, repr=False)
    clauses: dict[Clause, None] = field(default_factory=dict, repr=False)

    def note(
        self, fact: HeardFact, speaker: PersonId | None, reader: PersonId | None, members: frozenset[PersonId]
    ) -> None:
        whose = fact.clause.whose
        if whose is not None and whose == reader:
            self.own |= fact.clause.roots
        elif whose in members or (whose is None and speaker != reader):
            for word in fact.roots:
                self.surfaces.setdefault(word, whose)
            self.clauses[fact.clause] = None


def sentences(tokens: Iterable[Token]) -> Iterator[tuple[str, ...]]:
    """Yield the folded words of each sentence."""
    words: list[str] = []
    for token in tokens:
        if token.opens and words:
            yield tuple(words)
            words = []
        words.append(token.plain)
    yield tuple(words)


def roots(words: Iterable[str]) -> frozenset[str]:
    """Return the roots of the words that say something."""
    return frozenset(root(w) for w in words if carries_content(w) and w not in FILLERS and len(w) > len("ab"))


NUMBER_WORDS = frozenset(word_list("two three four five six seven eight nine ten"))
"""Counts that come together by chance."""
