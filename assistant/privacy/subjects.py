"""Whom the subject of a verb stands for, and when the speaker is the one to whom something is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Basis, Owner
from assistant.privacy import calling, referents
from assistant.privacy import vocabulary as v
from assistant.privacy.referents import NOBODY, Resolved

if TYPE_CHECKING:
    from assistant.privacy.grammar import Tree
    from assistant.privacy.parse import Token
    from assistant.privacy.speech import Speech

_ME = frozenset({"me", "us", "myself"})
_QUOTE_MARKS = ',:"“'


def the_speaker(speech: Speech, why: str) -> Resolved:
    """Return the speaker, on the ground of a first person."""
    return Resolved(Owner(person=speech.speaker), Basis.SELF, why)


def whom(speech: Speech, token: Token) -> Resolved | None:
    """Return whom a subject, object or possessor stands for; None where it is no person."""
    lower = token.lower
    if lower in v.FIRST:
        return the_speaker(speech, "first-person")
    if lower in v.SECOND:
        person = calling.addressed(speech)
        return Resolved(Owner(person=person), Basis.ADDRESSED, "addressed") if person else NOBODY
    if lower in v.THIRD:
        return referents.pronoun(speech, token)
    if lower in {"who", "that", "which"} and token.dep in v.SUBJECTS:
        clause = speech.tree.head(token)
        noun = speech.tree.head(clause) if clause is not None and clause.dep == "relcl" else None
        return referents.noun(speech, noun) if noun is not None else None
    return referents.noun(speech, token)


def done_to_me(tree: Tree, verb: Token) -> bool:
    """Whether the speaker is an object of a verb: "put me on", "stays with me", "wants me to try", "hit my arm"."""
    for child in tree.children(verb):
        if child.lower in _ME and child.dep in {"dobj", "dative", "iobj"}:
            return verb.lemma.lower() not in v.TELLING
        owner = tree.possessor(child)
        if child.dep == "dobj" and owner is not None and owner.lower == "my" and child.lower in v.BODY:
            return True
        if child.dep in {"prep", "dative", "agent", "xcomp", "ccomp", "prt"} and any(
            c.lower in _ME and c.dep in {"pobj", "dobj", "nsubj", "dative"} for c in tree.children(child)
        ):
            return True
    return False


def quoting(speech: Speech, token: Token) -> Resolved | None:
    """Return whose words a token stands in, where somebody else is quoted word for word ("he was like, I'm done").

    "I" inside such a quotation is not the speaker.
    """
    tree = speech.tree
    for verb in (token, *tree.ancestors(token)):
        above = tree.head(verb)
        if above is None or verb.dep not in {"ccomp", "parataxis"} or above.lemma.lower() not in v.SPEECH:
            continue
        teller, own = tree.subject(above), tree.subject(verb)
        if teller is None or own is None or teller.lower in v.FIRST or own.lower not in v.FIRST:
            continue
        says_more = any(c.index > above.index and c.dep in {"ccomp", "dobj"} for c in tree.children(above))
        if verb.index < above.index and says_more:
            continue
        between = speech.parse.text[min(above.span.end, verb.span.end) : max(above.span.start, own.span.start)]
        if any(mark in between for mark in _QUOTE_MARKS):
            return whom(speech, teller) or NOBODY
    return None


def mimicked(speech: Speech, subject: Token) -> bool:
    """Whether a first person is somebody else's, told with "be like" or "go" ("she was like I want out")."""
    before = [t for t in speech.parse.tokens[: subject.index] if t.sentence == subject.sentence and t.pos != "PUNCT"]
    like = False
    while before and (before[-1].pos == "INTJ" or before[-1].lower in v.FILLERS | {"like", "all", "just"}):
        like = before.pop().lower in {"like", "all"} or like
    if len(before) < 2:  # noqa: PLR2004 - a subject and its verb
        return False
    tells = before[-1].lemma.lower() == "go" or (like and before[-1].lemma.lower() in {"be", "'s"})
    return tells and before[-2].lower not in v.FIRST


def owns_kin(tree: Tree, token: Token) -> bool:
    """Whether a possessive merely says whose relative somebody is ("my" of "my brother")."""
    above = tree.head(token)
    return token.dep == "poss" and above is not None and above.lower in v.KIN | v.ACQUAINTANCES
