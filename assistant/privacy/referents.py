"""Whom the nouns and pronouns of an utterance stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.domain import UNKNOWN_OWNER, Basis, DisclosureType, Owner
from assistant.privacy import calling
from assistant.privacy import vocabulary as v
from assistant.privacy.grammar import Tree
from assistant.privacy.words import fold, words_of

if TYPE_CHECKING:
    from assistant.domain import Group, PersonId
    from assistant.privacy.parse import Token
    from assistant.privacy.reading import Reading
    from assistant.privacy.speech import Speech


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a word stands for, and how that was told."""

    owner: Owner
    basis: Basis
    why: str
    local: bool = True
    """Whether the utterance itself says so; a reach back over earlier utterances is a weaker ground."""


_PEOPLE: Final = v.KIN | v.ACQUAINTANCES | v.PROFESSIONALS
"""Nouns that stand for a person."""

NOBODY = Resolved(UNKNOWN_OWNER, Basis.UNRESOLVED, "unresolved", local=False)


def gender_of_noun(lemma: str) -> str | None:
    """Return ``m``, ``f`` or None (open) for a noun that stands for a person."""
    if lemma in v.KIN_HE or lemma in {"man", "guy", "gentleman", "lad", "bloke", "priest", "landlord", "monk"}:
        return "m"
    if lemma in v.KIN_SHE or lemma in {"woman", "lady", "gal", "nun", "landlady", "midwife"}:
        return "f"
    return None


def gender_of_pronoun(lower: str) -> str | None:
    """Return the gender a third-person pronoun asks for; None fits anybody."""
    return "m" if lower in v.THIRD_HE else "f" if lower in v.THIRD_SHE else None


def gender_of_person(group: Group, person: PersonId) -> str | None:
    """Return the gender that a person's pronouns on the roster give, or None (open)."""
    for each in group.people:
        if each.id == person and each.pronouns:
            first = each.pronouns.lower().split("/")[0].strip()
            return {"he": "m", "she": "f"}.get(first)
    return None


def fits(wanted: str | None, has: str | None) -> bool:
    """Whether a gender asked for and one that somebody has may be the same; None is open."""
    return wanted is None or has is None or wanted == has


def noun(speech: Speech, token: Token) -> Resolved | None:
    """Return whom a noun or name stands for; None where it is no person."""
    name = speech.name_at(token)
    if name is not None:
        return NOBODY if name.person is None else Resolved(Owner(person=name.person), Basis.NAMED, "roster-name")
    if token.pos == "PROPN" and any(
        m.type is not DisclosureType.PERSON and m.span.overlaps(token.span) for m in speech.mentions
    ):
        return None
    if token.lemma.lower() in _PEOPLE or token.lower in v.KIN | v.BARE_KIN:
        return _person_noun(speech, token)
    outside = speech.outside_name_at(token)
    if outside is None or token.pos not in {"PROPN", "NOUN", "ADJ"}:
        return None
    above = speech.tree.head(token)
    if token.dep in {"appos", "compound"} and above is not None and above.lower in v.KIN | v.ACQUAINTANCES:
        return noun(speech, above)
    return outside_name(speech, outside.span.of(speech.parse.text))


def _says_of_self(speech: Speech, token: Token) -> bool:
    """Whether a noun says what the speaker is ("I'm a widower", "I'm the oldest son")."""
    verb = speech.tree.head(token)
    if token.dep != "attr" or verb is None or verb.lemma.lower() not in {"be", "become"} or speech.speaker is None:
        return False
    subject = speech.tree.subject(verb)
    return subject is not None and subject.lower in {"i", "im"} and subject.index < token.index


def _person_noun(speech: Speech, token: Token) -> Resolved:
    """Return whom "brother", "my doctor", "that kid", "Mom" stands for."""
    if _says_of_self(speech, token):
        return Resolved(Owner(person=speech.speaker), Basis.SELF, "predicate-of-self")
    possessor = speech.tree.possessor(token)
    if _points_at_somebody(speech, token):
        return NOBODY
    if possessor is not None:
        return _possessed(speech, possessor)
    if speech.speaker is None:
        return NOBODY
    return Resolved(Owner(outsider_of=speech.speaker), Basis.NAMED, "kin-noun")


def _points_at_somebody(speech: Speech, token: Token) -> bool:
    """Whether a noun may mean somebody present: "that kid", "the lady", "the guy over there"."""
    if any(r.pointing in {"described", "several"} and r.span.overlaps(token.span) for r in speech.references):
        return True
    determiners = {c.lower for c in speech.tree.children(token) if c.dep == "det"}
    if determiners & {"that", "this", "those", "these"}:
        return token.lemma.lower() not in v.AUTHORITIES or _heard_of(speech, token.lemma.lower())
    return "the" in determiners and token.lower in v.ROOM_NOUNS and token.lower not in v.KIN - {"boy", "girl"}


def _heard_of(speech: Speech, lemma: str) -> bool:
    """Whether somebody else spoke of a kind of person before: then "that manager" may be one of those present."""
    others = (r for r in speech.before if r.utterance.speaker != speech.speaker)
    return any(t.lemma.lower() == lemma for r in others for t in r.parse.tokens)


def _possessed(speech: Speech, possessor: Token) -> Resolved:
    """Return who "my brother", "her brother", "Ann's brother" is."""
    speaker = speech.speaker
    if possessor.lower in v.FIRST:
        return Resolved(Owner(outsider_of=speaker), Basis.SELF, "my-relative") if speaker else NOBODY
    if possessor.lower in v.SECOND:
        who = calling.addressed(speech)
        return Resolved(Owner(outsider_of=who), Basis.ADDRESSED, "your-relative") if who else NOBODY
    whose = pronoun(speech, possessor) if possessor.lower in v.THIRD else noun(speech, possessor)
    if whose is None or whose.owner.code is None:
        return NOBODY
    root = whose.owner.person or whose.owner.outsider_of
    return Resolved(Owner(outsider_of=root), whose.basis, "relative-of", whose.local)


def outside_name(speech: Speech, surface: str) -> Resolved:
    """Return whose acquaintance a name that is not on the roster is: of whoever said it first."""
    namesakes = _namesakes(speech.group, surface)
    if namesakes:
        return Resolved(Owner(person=namesakes[0]), Basis.NAMED, "roster-spelling") if len(namesakes) == 1 else NOBODY
    wanted = surface.casefold()
    for reading in speech.before:
        for disclosure in reading.findings.disclosures:
            if disclosure.type is not DisclosureType.PERSON or disclosure.owner.outsider_of is None:
                continue
            if disclosure.span.of(reading.utterance.text).casefold() == wanted:
                return Resolved(disclosure.owner, Basis.NAMED, "outsider-named-before")
    if speech.speaker is None:
        return NOBODY
    return Resolved(Owner(outsider_of=speech.speaker), Basis.NAMED, "outsider-name")


def _namesakes(group: Group, surface: str) -> list[PersonId]:
    """Return the people of the group who share a name with somebody named: the doubt goes against the outsider."""
    said = {fold(w.bare) for w in words_of(surface)}
    return [
        person.id
        for person in group.people
        if said & {fold(w.bare) for name in (person.name, *person.aliases) for w in words_of(name)}
    ]


def pronoun(speech: Speech, token: Token) -> Resolved:
    """Return whom "he", "she" or "they" stands for: the last fitting person of this utterance, else of the last few.

    What the same speaker said is searched before what others said, because people go on with their own story.
    """
    wanted = gender_of_pronoun(token.lower)
    plural = token.lower in v.THIRD_THEY
    doubtful = _doubtful(speech, token, wanted)
    for before in reversed(speech.parse.tokens[: token.index]):
        if before.pos not in {"NOUN", "PROPN"} and speech.name_at(before) is None:
            continue
        found = noun(speech, before)
        if found is None or found.owner.code is None or found.owner.person == speech.speaker:
            continue
        if _is_vocative(speech, before) or not fits(wanted, _gender(speech, before, found.owner)):
            continue
        if (plural and not _plural(before)) or _speaks_for(speech, before):
            continue
        if doubtful and _amid_pronouns(speech, before, token, wanted):
            continue
        named = _named_before(speech, token, wanted) if found.why in _BY_NAME_ALONE else None
        return named or Resolved(found.owner, Basis.PRONOUN, "pronoun-in-utterance")
    if plural:
        return NOBODY
    return _reaching_back(speech, wanted)


_BY_NAME_ALONE: Final = {"outsider-name", "outsider-named-before"}
"""Grounds that rest on a detected name: it may be a place, and then the pronoun is somebody else."""


def _named_before(speech: Speech, pronoun_: Token, wanted: str | None) -> Resolved | None:
    """Return the last person of the roster who was named, not called, before a pronoun; None where nobody was."""
    for name in reversed(speech.names):
        if name.person is None or name.person == speech.speaker or name.span.end > pronoun_.span.start:
            continue
        if any(called.overlaps(name.span) for called in calling.vocatives(speech)):
            continue
        if fits(wanted, gender_of_person(speech.group, name.person)):
            return Resolved(Owner(person=name.person), Basis.PRONOUN, "pronoun-of-one-named")
    return None


def _doubtful(speech: Speech, token: Token, wanted: str | None) -> bool:
    """Whether a pronoun of the same gender stands earlier in the utterance, before anybody, for none of the speaker's.

    In "He's not well. My brother told his friend. He's not saying", the last "he" may be the first.
    """
    if wanted is None:
        return False
    for before in speech.parse.tokens[: token.index]:
        if before.lower in v.THIRD and gender_of_pronoun(before.lower) == wanted:
            return _reaching_back(speech, wanted).owner.outsider_of != speech.speaker
        person = before.pos in {"NOUN", "PROPN"} or speech.name_at(before) is not None
        if person and noun(speech, before) is not None:
            return False
    return False


def _amid_pronouns(speech: Speech, token: Token, pronoun_: Token, wanted: str | None) -> bool:
    """Whether the sentence that brings somebody up holds another pronoun of the gender asked for."""
    return any(
        t.sentence == token.sentence
        and t.index != pronoun_.index
        and t.lower in v.THIRD
        and gender_of_pronoun(t.lower) == wanted
        for t in speech.parse.tokens
    )


def _reaching_back(speech: Speech, wanted: str | None) -> Resolved:
    """Return whom a pronoun means that the utterance itself does not explain.

    The speaker's own earlier talk explains it only where nobody has brought up somebody else since; otherwise it could
    be either, and is nobody.
    """
    other: Owner | None = None
    for reading in speech.recent:
        owner = last_person(reading, wanted, speech.group)
        if owner is None or owner.person == speech.speaker:
            continue
        if reading.utterance.speaker != speech.speaker:
            other = other or owner
        elif other is None:
            return Resolved(owner, Basis.PRONOUN, "pronoun-own-earlier", local=False)
        else:
            return NOBODY
    return NOBODY if other is None else Resolved(other, Basis.PRONOUN, "pronoun-others-earlier", local=False)


def _speaks_for(speech: Speech, token: Token) -> bool:
    """Whether somebody speaks for the one whose they are: in "Ann said her lawyer thinks she'll win", "she" is Ann."""
    possessor = speech.tree.possessor(token)
    return token.lemma.lower() in v.PROFESSIONALS and possessor is not None and possessor.lower not in v.FIRST


def _plural(token: Token) -> bool:
    return token.tag in {"NNS", "NNPS"} or token.lower in {"family", "folks", "couple", "police"}


def _gender(speech: Speech, token: Token, owner: Owner) -> str | None:
    if owner.person is not None:
        return gender_of_person(speech.group, owner.person)
    own = gender_of_noun(token.lower) or gender_of_noun(token.lemma.lower())
    above = speech.tree.head(token)
    if own is None and token.dep in {"appos", "compound"} and above is not None:
        return gender_of_noun(above.lower)
    return own


def _is_vocative(speech: Speech, token: Token) -> bool:
    return any(v_.overlaps(token.span) for v_ in calling.vocatives(speech))


def last_person(reading: Reading, wanted: str | None, group: Group) -> Owner | None:
    """Return the last outsider (or named person) of an earlier reading who fits a pronoun."""
    speaker = reading.utterance.speaker
    if speaker is None:
        return None
    tree = Tree(reading.parse)
    for token in reversed(reading.parse.tokens):
        lemma = token.lemma.lower()
        for disclosure in reading.findings.disclosures:
            if disclosure.type is not DisclosureType.PERSON or not disclosure.span.overlaps(token.span):
                continue
            owner = disclosure.owner
            gender = gender_of_person(group, owner.person) if owner.person else gender_of_noun(_kin_above(tree, token))
            if owner.code is not None and owner.person != speaker and fits(wanted, gender):
                return owner
        if token.lower in _PEOPLE or lemma in _PEOPLE:
            possessor = tree.possessor(token)
            named = token.lower in v.BARE_KIN
            mine = possessor is not None and possessor.lower in v.FIRST
            if (mine or (named and possessor is None)) and fits(wanted, gender_of_noun(token.lower)):
                return Owner(outsider_of=speaker)
    return None


def _kin_above(tree: Tree, token: Token) -> str:
    above = tree.head(token)
    return above.lower if above is not None and token.dep in {"appos", "compound"} else ""
