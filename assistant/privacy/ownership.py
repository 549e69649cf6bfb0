"""Whose fact is it? Explainable rules over the parse, the roster and the last few utterances.

Every decision names its rule. Doubt gives "unknown", which nobody's note may carry. In order: a name is its bearer's;
where and how somebody was met is theirs; a statement with its own subject is its subject's; else the nearest possessor
or subject above the fact decides; else a first person in the clause; else what the fragment goes on about. A fact that
was somebody's before stays theirs unless the speaker claims it in the first person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.domain import Basis, Disclosure, DisclosureType, Owner, Span
from assistant.privacy import calling, referents
from assistant.privacy import vocabulary as v
from assistant.privacy.memory import repeated
from assistant.privacy.naming_self import introduces_self, names_place
from assistant.privacy.referents import NOBODY, Resolved
from assistant.privacy.subject_rules import SUFFERED, by_subject
from assistant.privacy.subjects import owns_kin, quoting, the_speaker, whom
from assistant.privacy.topics import topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Mention
    from assistant.privacy.parse import Token
    from assistant.privacy.speech import Speech

T = DisclosureType

_CONTACT: Final = frozenset({T.PHONE, T.EMAIL, T.ADDRESS, T.ID})
_WHEREABOUTS: Final = frozenset({T.LOCATION, T.ADDRESS, T.DATE})
_MET: Final = frozenset({T.DATE, T.LOCATION, T.ORG, T.SUBSTANCE, T.ADDRESS})


def disclose(speech: Speech, mentions: Sequence[Mention], clauses: Sequence[Span]) -> tuple[Disclosure, ...]:
    """Return each mention with its owner, basis, rule and extent (the clauses that it touches)."""
    out: list[Disclosure] = []
    for mention in mentions:
        extent = mention.span
        for clause in clauses:
            if clause.overlaps(mention.span):
                extent = extent.union(clause)
        found = owner_of(speech, mention, extent)
        out.append(Disclosure(mention, extent, found.owner, found.basis, found.why))
    return tuple(out)


def owner_of(speech: Speech, mention: Mention, clause: Span) -> Resolved:
    """Return whose fact a mention is, and by which rule."""
    if mention.type is T.PERSON:
        return _name(speech, mention)
    head = speech.tree.head_of(mention.span)
    if speech.speaker is None or head is None:
        return NOBODY
    found = (
        _met_elsewhere(speech, mention, head)
        or _statement(speech, mention)
        or _by_structure(speech, mention, head)
        or _mine_inside(speech, clause)
        or _contact(speech, mention)
        or topic(speech, mention.span.start)
    )
    if found.why == "first-person-subject":
        found = _nearer_subject(speech, mention) or found
    if found.basis is not Basis.SELF or found.why.startswith("continued"):
        return repeated(speech, mention) or found
    return found


def _name(speech: Speech, mention: Mention) -> Resolved:
    for name in speech.names:
        if name.span.overlaps(mention.span):
            if name.person is None:
                return NOBODY
            own = name.person == speech.speaker
            basis, why = (Basis.SELF, "own-name") if own else (Basis.NAMED, "roster-name")
            return Resolved(Owner(person=name.person), basis, why)
    head = speech.tree.head_of(mention.span)
    if head is None or speech.speaker is None:
        return NOBODY
    if introduces_self(speech, mention.span, head):
        return the_speaker(speech, "introduces-self")
    if names_place(speech, mention.span, head):
        return the_speaker(speech, "place-of-self")
    return referents.noun(speech, head) or referents.outside_name(speech, mention.span.of(speech.parse.text))


def _met_elsewhere(speech: Speech, mention: Mention, head: Token) -> Resolved | None:
    """A place, a time or a state in which the speaker saw somebody is that somebody's."""
    if mention.type not in _MET:
        return None
    verbs = (t for t in (head, *speech.tree.ancestors(head)) if t.pos in {"VERB", "AUX"})
    verb = next(verbs, None)
    if verb is None or verb.lemma.lower() not in v.ENCOUNTERS:
        return None
    for child in speech.tree.subtree(verb):
        if child.dep not in {"dobj", "pobj", "nsubj"} or child.index <= verb.index:
            continue
        seen = referents.noun(speech, child)
        if seen is not None and seen.owner.person not in {None, speech.speaker}:
            return Resolved(seen.owner, Basis.NAMED, "met-elsewhere")
    return None


def _statement(speech: Speech, mention: Mention) -> Resolved | None:
    """A mention that is a statement of its own says whom it is about."""
    inside = speech.parse.within(mention.span)
    if not any(t.pos in {"VERB", "AUX"} for t in inside):
        return None
    quoted = quoting(speech, inside[0])
    if quoted is not None:
        return quoted
    subjects = [t for t in inside if t.dep in v.SUBJECTS]
    if subjects and subjects[0].lower in v.FIRST:
        return the_speaker(speech, "statement-of-self")
    if mention.type in SUFFERED and any(t.lower in {"me", "us", "myself"} for t in inside):
        return the_speaker(speech, "done-to-self")
    return None


def _by_structure(speech: Speech, mention: Mention, head: Token) -> Resolved | None:
    """Walk up from the mention: the nearest possessor or subject that stands for a person decides."""
    for token in (head, *speech.tree.ancestors(head)):
        if not speech.tree.is_predicate(token):
            found = _by_noun(speech, mention, token)
            if found is not None:
                return found
            continue
        subject = speech.tree.subject(token)
        if subject is not None:
            found = by_subject(speech, mention, token, subject)
            if found is not None:
                return found
            if token.dep not in {"ccomp", "xcomp", "advcl", "pcomp", "acl", "relcl"}:
                return None
        elif token.dep == "relcl":
            return None
    return None


def _by_noun(speech: Speech, mention: Mention, token: Token) -> Resolved | None:
    """Decide by a noun above the mention: the person it stands for, or its possessor."""
    person = referents.noun(speech, token)
    official = token.lemma.lower() in v.OFFICIALS
    if person is not None and not official and token not in speech.parse.within(mention.span):
        verb = next((t for t in speech.tree.ancestors(token) if t.pos in {"VERB", "AUX"}), None)
        subject = speech.tree.subject(verb) if verb is not None else None
        stays = verb is not None and verb.lemma.lower() in v.STAYING and mention.type in _WHEREABOUTS
        if stays and subject is not None and subject.lower in v.FIRST:
            return the_speaker(speech, "stays-with")
        return None if token.dep in v.SUBJECTS and verb is not None else person
    possessor = speech.tree.possessor(token)
    found = whom(speech, possessor) if possessor is not None else None
    if found is not None and _taken(speech, mention, token):
        return the_speaker(speech, "taken-by-self")
    return None if found is None else Resolved(found.owner, found.basis, f"possessed-{found.why}", found.local)


def _taken(speech: Speech, mention: Mention, token: Token) -> bool:
    """Whether the speaker swallowed it: that is the speaker's fact, whosever it was ("I took my mother's tablets")."""
    verb = speech.tree.head(token)
    if mention.type not in {T.MEDICATION, T.SUBSTANCE} or verb is None or verb.lemma.lower() not in v.TAKING:
        return False
    subject = speech.tree.governing_subject(verb)
    return token.dep == "dobj" and subject is not None and subject.lower in v.FIRST


def _mine_inside(speech: Speech, clause: Span) -> Resolved | None:
    """Where no subject decides: a first person in the same clause and nobody else makes it the speaker's."""
    inside = speech.parse.within(clause)
    mine = any(t.lower in v.FIRST and not owns_kin(speech.tree, t) for t in inside)
    others = any(t.lower in v.THIRD | v.SECOND or (t.lower in v.KIN and t.pos in {"NOUN", "PROPN"}) for t in inside)
    return the_speaker(speech, "first-person-in-clause") if mine and not others else None


def _contact(speech: Speech, mention: Mention) -> Resolved | None:
    """A number or address that is simply given out is the giver's, unless the talk is of somebody else."""
    if mention.type not in _CONTACT or speech.from_facilitator:
        return None
    before = [t for t in speech.parse.tokens if t.span.start < mention.span.start]
    called = set(calling.vocatives(speech))
    named = any(
        n.person != speech.speaker and n.span.start < mention.span.start and n.span not in called for n in speech.names
    )
    others = named or any(t.lower in v.THIRD or t.lower in v.KIN for t in before)
    mine = any(t.lower in v.FIRST for t in before)
    return the_speaker(speech, "gives-contact") if mine and not others else None


def _nearer_subject(speech: Speech, mention: Mention) -> Resolved | None:
    """Return somebody else whose subject stands before the mention where the speaker's stands only behind it.

    Parsers trip over long spoken sentences ("she's got asthma, so I worry"); word order then knows better.
    """
    inside = speech.parse.within(mention.span)
    left = [
        t
        for t in speech.parse.tokens[: inside[0].index]
        if t.sentence == inside[0].sentence and t.dep in {"nsubj", "nsubjpass"}
    ]
    if not left or left[-1].lower in v.FIRST:
        return None
    if any(t.lower in v.FIRST_NOMINAL for t in speech.parse.tokens[left[-1].index : inside[-1].index + 1]):
        return None
    found = whom(speech, left[-1])
    return found if found is not None and found.owner.code is not None else None
