"""What a session tells of somebody's gender, so that a stand-in fits the words around it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from assistant.training.invented import gender_of, gender_written, one_gender
from assistant.training.material import Kind
from assistant.training.name_parts import parts_of
from assistant.training.origins import origin_of
from assistant.training.words import said_in, word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from assistant.domain import Group, PersonId, Span, UtteranceId
    from assistant.training.material import Mentioned, Thing

SHE = word_set("""
    mother mom momma mommy mum mummy mam mama ma sister sis daughter wife girlfriend fiancee aunt auntie aunty niece
    grandmother grandma granma granny gran nana nan nanna grandmom granddaughter stepmother stepmom stepsister
    stepdaughter godmother goddaughter girl mrs miss ms lady woman widow queen princess nun waitress actress tia abuela
    abuelita hermana madre mami hija yiayia babcia oma nonna bibi didi amma hooyo ayeeyo
    """)
HE = word_set("""
    father dad daddy papa pa pop pops da brother bro son husband hubby boyfriend fiance uncle nephew grandfather
    grandpa granddad grandad gramps grandson stepfather stepdad stepbrother stepson godfather godson boy mr mister guy
    man widower king prince priest monk waiter tio abuelo hermano padre papi hijo dziadek opa nonno bhai tata baba
    """)
_HER = word_set("she she's she'd she'll her hers herself")
_HIM = word_set("he he's he'd he'll him his himself")
_OWN = re.compile(r"\b(she|he|they)(?:,| or|/| slash)\s*(?:sometimes )?(?:she|he|they|him|her|them)\b", re.IGNORECASE)
"""Pronouns that somebody gives of themselves."""
_SELF = re.compile(
    r"\bI(?:'m|\u2019m| am| was)(?: (?:just|only|still|also|not just))? (?:a|an|the|his|her|their|your)"
    r"((?: [\w'\u2019]+){1,3})",
    re.IGNORECASE,
)
_AS_A = re.compile(r"\b(?:as|being) (?:a|an|the)((?: [\w'\u2019]+){1,2})", re.IGNORECASE)
_SPOUSE = re.compile(r"\bmy (?:ex-?\s?)?(husband|boyfriend|wife|girlfriend)\b", re.IGNORECASE)
_WITH_HIM = word_set("husband boyfriend")
_WITH_HER = word_set("wife girlfriend")
"""Most who have one are women, or men: it counts little, and only where nothing else is told."""
_RELATION_WEIGHT = 4
_SELF_WEIGHT = 3
_NAME_WEIGHT = 3
_LIKE_WEIGHT = 1
_AFTER = 8
"""Words after a name within which a pronoun most likely means it."""
_NEAR = 2
"""What a pronoun counts that close."""
_BREAK = re.compile(r"[.,;:!?\u2026\u2014]|\b(?:and|but|or|so|because|when|if|while|that)\b", re.IGNORECASE)
_CLOSE = 4
_NEXT = 6
"""Words of the next turn within which a pronoun most likely means the one who was named last."""


def genders(
    things: Sequence[Thing],
    texts: Mapping[UtteranceId, str],
    speakers: Mapping[UtteranceId, PersonId | None],
    group: Group,
    also_called: Callable[[str], tuple[str, ...]],
) -> dict[int, str]:
    """Return ``female``, ``male`` or ``either`` for people of whom something is said; others are not in it.

    What somebody gives as their own pronouns decides. Else words of kinship and titles beside the name, pronouns after
    it and what most bearers of the name are each have a weight, and the heavier side is taken.
    """
    found: dict[int, str] = {}
    starts = _starts(things)
    for thing in things:
        if thing.kind is not Kind.PERSON:
            continue
        if thing.person is not None:
            own = _own(thing.person, texts, speakers, group)
            if own is not None:
                found[thing.number] = own
                continue
        votes = _votes(thing, texts, speakers, starts) + _by_name(thing, group, also_called)
        gender = _more(votes)
        if gender is not None:
            found[thing.number] = gender
    return found


def _starts(things: Sequence[Thing]) -> dict[UtteranceId, list[tuple[int, int]]]:
    """Return where people are named, and which, by utterance."""
    starts: dict[UtteranceId, list[tuple[int, int]]] = {}
    for thing in things:
        for mention in thing.mentions if thing.kind is Kind.PERSON else ():
            starts.setdefault(mention.utterance, []).append((mention.span.start, thing.number))
    return {utterance: sorted(at) for utterance, at in starts.items()}


def _own(
    person: PersonId, texts: Mapping[UtteranceId, str], speakers: Mapping[UtteranceId, PersonId | None], group: Group
) -> str | None:
    """Return what somebody says of themselves, on the roster or in the session."""
    said = group.person(person).pronouns
    matches = (_OWN.search(text) for utterance, text in texts.items() if speakers[utterance] == person)
    lead = said.split("/")[0].strip() if said else next((m.group(1) for m in matches if m), None)
    return {"she": "female", "her": "female", "he": "male", "him": "male"}.get(lead.lower(), "either") if lead else None


def _votes(
    thing: Thing,
    texts: Mapping[UtteranceId, str],
    speakers: Mapping[UtteranceId, PersonId | None],
    starts: Mapping[UtteranceId, list[tuple[int, int]]],
) -> Counter[str]:
    """Count the words around a name that tell a gender."""
    votes: Counter[str] = Counter()
    order = list(texts)
    for form in thing.forms:
        _count(votes, (w.key for w in said_in(form)), SHE, HE, _RELATION_WEIGHT)  # "Aunt Petra", "Mrs Petra"
    if thing.person is not None:
        for utterance, text in texts.items():
            if speakers[utterance] == thing.person:
                told = [*_SELF.finditer(text), *_AS_A.finditer(text)]
                _count(votes, (w for m in told for w in m.group(1).lower().split()), SHE, HE, _SELF_WEIGHT)
                _count(votes, (m.group(1).lower() for m in _SPOUSE.finditer(text)), _WITH_HIM, _WITH_HER, 1)
    for mention in thing.mentions:
        if thing.person is not None and speakers[mention.utterance] == thing.person:
            continue  # who names themselves speaks of somebody else next
        text = texts[mention.utterance]
        _count(votes, _related(text, mention.span), SHE, HE, _RELATION_WEIGHT)
        _pronouns(votes, thing, mention, text, starts[mention.utterance])
        named = re.search(
            r"\b(his|her) name(?:'s|\u2019s| is| was)?[.,:]?\s+$", text[: mention.span.start], re.IGNORECASE
        )
        if named:
            _count(votes, (named.group(1).lower(),), _HER, _HIM, _RELATION_WEIGHT)
        here = order.index(mention.utterance)
        last = starts[mention.utterance][-1][1] == thing.number
        if last and thing.person is None and here + 1 < len(order) and order[here + 1] not in starts:
            follows = said_in(texts[order[here + 1]])[:_NEXT]
            _count(votes, (w.text.lower().replace("\u2019", "'") for w in follows), _HER, _HIM, 1)
    return votes


def _pronouns(
    votes: Counter[str], thing: Thing, mention: Mentioned, text: str, starts: Sequence[tuple[int, int]]
) -> None:
    """Count the pronouns behind a name, up to the next one."""
    end = mention.span.end
    next_name = min((at for at, who in starts if at > mention.span.start and who != thing.number), default=len(text))
    mine = [w for w in said_in(text[end:]) if w.span.start + end < next_name]
    opening = next((w for w in mine[1:] if w.opens and w.key in {"he", "she"}), None)
    if opening is not None:  # who was named last is mostly whom the next sentence is about
        _count(votes, (opening.key,), _HER, _HIM, _NEAR)
    for at, word in enumerate(mine[:_AFTER]):
        if mine[at + 1 : at + 2] and mine[at + 1].key in SHE | HE:
            continue  # "is his wife"
        if word.key in {"him", "her"} and not _BREAK.search(text[end : end + word.span.start]):
            continue  # "Ann told him": never the subject itself
        _count(votes, (word.text.lower().replace("\u2019", "'"),), _HER, _HIM, _NEAR if at < _CLOSE else 1)


def _related(text: str, span: Span) -> list[str]:
    """Return the words of kinship that are said of a name: "my sister Ann", "my sister, Ann", "Ann, my sister"."""
    before, after = said_in(text[: span.start]), said_in(text[span.end :])
    end = span.end
    found: list[str] = []
    if before and text[before[-1].span.end : span.start] in {" ", ", "}:
        found.append(before[-1].key)
    words = [w.key for w in after[:5]]
    lead = after[0].span.start if after else 0
    linked = text[end:][:lead].strip() in {"", ","} and words[:1] != []
    for at, key in enumerate(words[:4]):
        if linked and key in {"my", "his", "her", "your", "our", "their", "the"} and at + 1 < len(words):
            if at == 0 or words[at - 1] in {"is", "was", "s", "being"}:
                found.append(words[at + 1])
            break
    return found


def _by_name(thing: Thing, group: Group, also_called: Callable[[str], tuple[str, ...]]) -> Counter[str]:
    """Weigh what most bearers of the name are; where nobody lists it, what names that are written like it are."""
    votes: Counter[str] = Counter()
    parts = parts_of(thing, group, also_called)
    keys = [key for key in (parts.given, *parts.others) if key]
    for weight, guess in ((_NAME_WEIGHT, gender_of), (_NAME_WEIGHT - 1, lambda k: _by_pet(k, also_called))):
        guesses = [g for g in map(guess, keys) if g is not None]
        if guesses:
            votes[guesses[0]] += weight if one_gender(keys[0]) else _LIKE_WEIGHT
            return votes
    for key in keys[:1]:
        like = gender_written(key, origin_of(key, parts.families[-1] if parts.families else "", thing.name))
        if like is not None:
            votes[like] += _LIKE_WEIGHT
    return votes


def _by_pet(name: str, also_called: Callable[[str], tuple[str, ...]]) -> str | None:
    return _more(Counter(g for g in map(gender_of, also_called(name)) if g is not None))


def _count(votes: Counter[str], words: Iterable[str], she: frozenset[str], he: frozenset[str], weight: int) -> None:
    for word in words:
        votes["female"] += weight * (word in she)
        votes["male"] += weight * (word in he)


def _more(votes: Counter[str]) -> str | None:
    if votes["female"] == votes["male"]:
        return None
    return "female" if votes["female"] > votes["male"] else "male"
