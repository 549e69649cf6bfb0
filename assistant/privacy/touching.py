"""Whom else of the group a clause touches: by name, by pointing, by a pronoun, through their relatives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from assistant.privacy import calling, referents
from assistant.privacy import vocabulary as v
from assistant.privacy.references import Pointing
from assistant.privacy.speech import is_facilitator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import PersonId, Span
    from assistant.privacy.parse import Token
    from assistant.privacy.speech import Speech

_HEARING: Final = v.SPEECH | {"know", "hear", "share", "listen"}
"""Verbs that make "they" and "them" those who listen."""
_HEARSAY: Final = frozenset({"hear", "know", "see", "meet", "remember", "tell", "say", "notice"})
"""Verbs that bring up what is known of others."""
_ASIDE: Final = 9
"""Most words of an aside, which makes nobody the one who is spoken of."""
_INTRODUCTION: Final = 6
"""Tokens after one's own name in which one may say one's pronouns."""


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
        if token.lower in v.THIRD and not _is_own_pronoun(speech, token):
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
        person = calling.addressed(speech) if reference.pointing is Pointing.ADDRESS else None
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
    found = referents.pronoun(speech, token)
    owner = found.owner
    if token.lower in v.THIRD_THEY and owner.code is None:
        above = speech.tree.head(token)
        hearing = above is not None and above.lemma.lower() in _HEARING
        out.unnamed = out.unnamed or (hearing and not _say_of_speaker(speech, token))
    elif owner.person is not None and owner.person != speech.speaker:
        out.people.add(owner.person)
    elif owner.outsider_of != speech.speaker or (
        found.why == "pronoun-own-earlier" and _may_be_a_speaker(speech, token)
    ):
        _leave_open(token, out)


def _leave_open(token: Token, out: Touched) -> None:
    """Note a pronoun that nobody explains: what somebody does or has is theirs; what is done to them may be masked."""
    out.loose.append(token.span)
    if token.dep in v.SUBJECTS or token.dep == "poss":
        out.unnamed = True


def _may_be_a_speaker(speech: Speech, token: Token) -> bool:
    """Whether a pronoun that reaches back over the turns of others may mean one of those who spoke in between.

    Whoever asks on about the same person ("did he come back?") is not that person, nor is one who merely put in a
    word. In "I think he left me" the speaker goes on with their own story; a relative ("her uncle") or hearsay may be
    anybody's.
    """
    mine = any(t.lower in v.FIRST for t in speech.parse.tokens[: token.index])
    verbs = {t.lemma.lower() for t in speech.tree.ancestors(token)}
    if mine and token.dep != "poss" and not verbs & _HEARSAY:
        return False
    wanted = referents.gender_of_pronoun(token.lower)
    for reading in speech.recent:
        speaker = reading.utterance.speaker
        if speaker == speech.speaker:
            owner = referents.last_person(reading, wanted, speech.group)
            if owner is not None and owner.person != speech.speaker:
                return False
            continue
        if speaker is None:
            return True
        asks_on = any(
            t.lower in v.THIRD and referents.gender_of_pronoun(t.lower) == wanted for t in reading.parse.tokens
        )
        tells = bool(reading.findings.disclosures) or len(reading.utterance.text.split()) > _ASIDE
        fits = referents.fits(wanted, referents.gender_of_person(speech.group, speaker))
        if tells and fits and not asks_on and not is_facilitator(speech.group, speaker):
            return True
    return False


def _say_of_speaker(speech: Speech, they: Token) -> bool:
    """Whether "they" are some office that says how the speaker is: "they say I've diabetes", "they told me I can't"."""
    above = speech.tree.head(they)
    if above is None or they.dep not in v.SUBJECTS:
        return False
    said = [c for c in speech.tree.children(above) if c.dep == "ccomp" and c.index > above.index]
    subjects = [speech.tree.subject(c) for c in said]
    return bool(said) and all(s is not None and s.lower in v.FIRST - v.FIRST_PLURAL for s in subjects)


def _is_own_pronoun(speech: Speech, token: Token) -> bool:
    """Whether a pronoun is what the speaker goes by ("I'm Ann, she", "Sam. They or he.")."""
    tokens = speech.parse.tokens
    before, after = tokens[token.index - 1 : token.index], tokens[token.index + 1 : token.index + 2]
    apart = all(t.pos in {"PUNCT", "CCONJ", "ADV", "SYM"} for t in before) and all(
        t.pos in {"PUNCT", "CCONJ", "ADP", "SYM"} for t in after
    )
    if not apart or token.lower not in {"he", "she", "they", "him", "her", "them"}:
        return False
    own = [n for n in speech.names if n.person == speech.speaker and n.span.end <= token.span.start]
    return any(speech.parse.within(n.span)[-1].index + _INTRODUCTION >= token.index for n in own)


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
