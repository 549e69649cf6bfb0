"""Whom else of the group a clause touches: by name, by pointing, by a pronoun, through their relatives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from assistant.privacy import referents
from assistant.privacy import vocabulary as v
from assistant.privacy.references import Pointing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import PersonId, Span
    from assistant.privacy.parse import Token
    from assistant.privacy.speech import Speech

_HEARING: Final = v.SPEECH | {"know", "hear", "share", "listen"}
"""Verbs that make "they" and "them" those who listen."""


@dataclass(slots=True)
class Touched:
    """Others whom a clause touches."""

    people: set[PersonId] = field(default_factory=set)
    unnamed: bool = False
    loose: list[Span] = field(default_factory=list)
    """Third-person pronouns that stand for nobody the speaker brought up."""


def touched(speech: Speech, span: Span, tokens: Sequence[Token]) -> Touched:
    """Return whom a clause touches besides its speaker and the speaker's own people outside."""
    out = Touched()
    for name in speech.names:
        if name.span.overlaps(span) and name.person != speech.speaker:
            _add(out, name.person)
    _by_reference(speech, span, out)
    for token in tokens:
        if token.lower in v.THIRD:
            _by_pronoun(speech, token, out)
        elif token.pos in {"NOUN", "PROPN"}:
            _by_noun(speech, token, out)
        elif token.lower in v.FIRST_PLURAL and _we_with_others(speech):
            out.unnamed = True
    return out


def _add(out: Touched, person: PersonId | None) -> None:
    if person is None:
        out.unnamed = True
    else:
        out.people.add(person)


def _by_reference(speech: Speech, span: Span, out: Touched) -> None:
    for reference in speech.references:
        if not reference.span.overlaps(span):
            continue
        if reference.pointing is Pointing.QUOTED and _quotes_outsider(speech, reference.span):
            continue
        out.unnamed = True
        person = referents.addressed(speech) if reference.pointing is Pointing.ADDRESS else None
        if person is not None:
            out.people.add(person)


def _by_noun(speech: Speech, token: Token, out: Touched) -> None:
    """A name, somebody else's relative, or a noun that may mean somebody present."""
    found = referents.noun(speech, token)
    if found is None or speech.speaker in {found.owner.outsider_of, found.owner.person}:
        return
    if found.owner.person is not None:
        out.people.add(found.owner.person)
        return
    out.unnamed = True
    if found.owner.outsider_of is not None:
        out.people.add(found.owner.outsider_of)


def _by_pronoun(speech: Speech, token: Token, out: Touched) -> None:
    owner = referents.pronoun(speech, token).owner
    if token.lower in v.THIRD_THEY and owner.code is None:
        above = speech.tree.head(token)
        out.unnamed = out.unnamed or (above is not None and above.lemma.lower() in _HEARING)
    elif owner.person is not None and owner.person != speech.speaker:
        out.people.add(owner.person)
    elif owner.outsider_of is None or owner.outsider_of != speech.speaker:
        out.loose.append(token.span)


def _quotes_outsider(speech: Speech, span: Span) -> bool:
    """Whether the one who is quoted is plainly somebody outside ("my sister called, and what she said …")."""
    for token in speech.parse.within(span):
        if token.lower in v.THIRD:
            found = referents.pronoun(speech, token)
            return found.local and found.owner.outsider_of == speech.speaker
        if token.lower in v.SECOND:
            return False
    return False


def _we_with_others(speech: Speech) -> bool:
    """Whether "we" takes in somebody present: a member is named or spoken to in the same breath."""
    named = any(n.person is not None and n.person != speech.speaker for n in speech.names)
    return named or any(
        r.pointing in {Pointing.ADDRESS, Pointing.GROUP_WE, Pointing.SEVERAL} for r in speech.references
    )
