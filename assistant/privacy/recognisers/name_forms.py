"""All the forms in which the names of a group's people may be said or heard, and whose each is."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import jellyfish
from rapidfuzz.distance import DamerauLevenshtein

from assistant.privacy.gazetteer import is_given_name
from assistant.privacy.recognisers.nicknames import nicknames
from assistant.privacy.words import fold, word_set

if TYPE_CHECKING:
    from assistant.domain import Group, PersonId

_SILENT_H = re.compile(r"(?<=[rgkdb])h")
_TITLES = word_set(
    """
    dr doctor mr mrs ms miss prof professor rev reverend sister father pastor
    """
)
_SHORTEST_NEAR = 4
_LONG = 7
_ALIKE = 0.5
"""Least likeness of spelling of two words that sound the same; known given names must reach ``_ALIKE_NAMES``."""
_ALIKE_NAMES = 0.75
_NOBODY: frozenset[PersonId] = frozenset()


class NameForms:
    """The forms of every name on a roster. All keys are folded: lower case, no accents."""

    def __init__(self, group: Group) -> None:
        self._full: dict[str, set[PersonId]] = defaultdict(set)
        self._exact: dict[str, set[PersonId]] = defaultdict(set)
        self._first: dict[str, set[PersonId]] = defaultdict(set)
        self._nick: dict[str, set[PersonId]] = defaultdict(set)
        self._initials: dict[str, set[PersonId]] = defaultdict(set)
        for person in group.people:
            for name in (person.name, *person.aliases):
                parts = [fold(p) for p in name.replace("-", " ").split()]
                parts = [p for p in parts if p and p not in _TITLES]
                if parts:
                    self._add(parts, person.id)
        self._heard = {form: frozenset(people) for form, people in self._exact.items() if len(form) >= _SHORTEST_NEAR}

    def _add(self, parts: list[str], person: PersonId) -> None:
        for part in parts:
            if len(part) > 1:
                self._exact[part].add(person)
        self._first[parts[0]].add(person)
        if len(parts) > 1:
            self._full[" ".join(parts)].add(person)
            self._full[f"{parts[0]} {parts[-1]}"].add(person)
            for joined in {"".join(parts), parts[0] + parts[-1]}:
                self._exact[joined].add(person)
            self._initials[parts[0][0] + parts[-1][0]].add(person)
            for nick in nicknames(parts[0]):
                self._full[f"{nick} {parts[-1]}"].add(person)
        for nick in nicknames(parts[0]):
            self._nick[nick].add(person)

    def full(self, key: str) -> frozenset[PersonId]:
        """Whose full name (words joined by spaces) it is."""
        return frozenset(self._full.get(key, _NOBODY))

    def exact(self, key: str) -> frozenset[PersonId]:
        """Whose first, last or other name it is; a first name outranks another's last name."""
        return frozenset(self._first.get(key) or self._exact.get(key) or _NOBODY)

    def is_only_last(self, key: str) -> bool:
        """Whether nobody has it for a first name or a pet form."""
        return key not in self._first and key not in self._nick

    def nick(self, key: str) -> frozenset[PersonId]:
        """Whose pet name it may be, where it is nobody's own name."""
        return _NOBODY if key in self._exact else frozenset(self._nick.get(key, _NOBODY))

    def initials(self, pair: str) -> frozenset[PersonId]:
        """Whose initials the two letters are."""
        return frozenset(self._initials.get(pair, _NOBODY))

    def spelled(self, letters: str) -> frozenset[PersonId]:
        """Whose name the letters spell, one letter misheard or missing allowed."""
        people: set[PersonId] = set()
        for form, owners in self._exact.items():
            slack = 1 if len(form) >= _SHORTEST_NEAR else 0
            if DamerauLevenshtein.distance(letters, form, score_cutoff=slack) <= slack:
                people |= owners
        return frozenset(people)

    def heard(self, key: str, *, english: bool = False) -> tuple[frozenset[PersonId], bool] | None:
        """Whose name the word is nearest to in spelling or sound, and whether by sound; None: nobody's.

        An English word may be off by one letter only, not by two; and another known given name must come closer than
        a word that is nothing in itself: "Maria" is not "Marisol".
        """
        if len(key) < _SHORTEST_NEAR:
            return None
        known = is_given_name(key)
        best: tuple[float, bool, frozenset[PersonId]] | None = None
        for form, people in self._heard.items():
            close = _closeness(key, form)
            sounds = _sounds_like(key, form)
            passes = (sounds and close >= (_ALIKE_NAMES if known else _ALIKE)) or (
                not known and _near(key, form, most=1 if english else 2)
            )
            if passes and (best is None or close > best[0]):
                best = (close, sounds, people)
            elif passes and best is not None and close == best[0]:
                best = (close, sounds and best[1], best[2] | people)
        return (best[2], best[1]) if best else None

    def heard_split(self, one: str, two: str) -> frozenset[PersonId]:
        """Whose name two words make when run together."""
        key = one + two
        if len(key) < _SHORTEST_NEAR + 1:
            return _NOBODY
        people: set[PersonId] = set()
        for form, owners in self._heard.items():
            if key == form or (
                len(form) > _SHORTEST_NEAR
                and (_near(key, form) or (_sounds_like(key, form) and _closeness(key, form) >= _ALIKE))
            ):
                people |= owners
        return frozenset(people)


def _closeness(a: str, b: str) -> float:
    return DamerauLevenshtein.normalized_similarity(a, b)


def _near(a: str, b: str, most: int = 2) -> bool:
    """Within one slip, or two in a long name, and beginning alike."""
    slack = most if min(len(a), len(b)) >= _LONG else 1
    if len(b) == _SHORTEST_NEAR and len(a) < len(b):
        return False
    distance = DamerauLevenshtein.distance(a, b, score_cutoff=slack)
    alike = _sound(a)[:1] == _sound(b)[:1] or (distance == 1 and len(b) > _LONG - 2)
    return distance <= slack and alike


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    """The word's consonants as they sound, voiced and voiceless alike (a recogniser mixes them up)."""
    return jellyfish.metaphone(_SILENT_H.sub("", word)).translate(str.maketrans("BDGVZ", "PTKFS"))


def _sounds_like(a: str, b: str) -> bool:
    sound = _sound(a)
    return len(sound) > 1 and sound == _sound(b)


def forget() -> None:
    """Keep no word that was read."""
    _sound.cache_clear()
