"""Names that are not a third person's: given by its bearer ("I'm Ann"), or of the place where the speaker lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.privacy import vocabulary as v
from assistant.privacy.words import fold, words_of

if TYPE_CHECKING:
    from assistant.domain import Span
    from assistant.privacy.parse import Token
    from assistant.privacy.speech import Speech

_WHERE: Final = frozenset({"in", "from", "at", "past", "outside", "near", "off", "around", "to"})
_DWELLING: Final = frozenset("live grow bear come move work be teach study train".split())  # noqa: SIM905 - a word list reads better as text


def introduces_self(speech: Speech, span: Span, head: Token) -> bool:
    """Whether the speaker gives the name at a span, headed by a token, as the speaker's own."""
    above = speech.tree.head(head)
    if above is None:
        return False
    if head.dep in {"attr", "acomp"} and above.lemma.lower() == "be":
        subject = speech.tree.subject(above)
        if subject is None:
            return False
        owner = speech.tree.possessor(subject)
        mine = owner is not None and owner.lower == "my"
        return subject.lower == "i" or (mine and subject.lower in {"name", "nickname", "surname"})
    if above.lemma.lower() not in {"name", "call"} or head.dep not in {"oprd", "dobj", "ccomp", "attr"}:
        return False
    between = speech.parse.tokens[max(0, above.index - 2) : head.index]
    return span.start > above.span.start and any(t.lower in {"me", "myself"} for t in between)


def names_place(speech: Speech, span: Span, head: Token) -> bool:
    """Whether what looks like a name is a place of the speaker's: "I'm from Maple Hollow", "I sing at the Golden Harp".

    Nobody is meant by it who is known by that name: it is no part of a name of the group, and nobody said it before.
    """
    prep = speech.tree.head(head)
    if head.dep != "pobj" or prep is None or prep.lower not in _WHERE or prep.index > head.index:
        return False
    verb = next((t for t in speech.tree.ancestors(prep) if t.pos in {"VERB", "AUX"}), None)
    subject = speech.tree.governing_subject(verb) if verb is not None else None
    if verb is None or subject is None or subject.lower not in v.FIRST or _known(speech, span):
        return False
    the = any(c.lower == "the" and c.span.end <= span.start for c in speech.tree.children(head))
    return verb.lemma.lower() in _DWELLING or (the and prep.lower in {"at", "in"})


def _known(speech: Speech, span: Span) -> bool:
    said = {fold(w.bare) for w in words_of(span.of(speech.parse.text))}
    names = {fold(w.bare) for p in speech.group.people for name in (p.name, *p.aliases) for w in words_of(name)}
    if said & names:
        return True
    return any(
        d.type == "PERSON" and said & {fold(w.bare) for w in words_of(d.span.of(r.utterance.text))}
        for r in speech.before
        for d in r.findings.disclosures
    )
