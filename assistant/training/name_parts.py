"""The words of somebody's name: which is the given one, which the family's, and by what else they go."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from assistant.training.invented import FAMILY_FIRST
from assistant.training.origins import is_family, is_given
from assistant.training.pet_names import is_pet_form
from assistant.training.words import (
    PARTICLES,
    key_of,
    letters_of,
    name_keys,
    sounds_like,
    spelled_once,
    spelling_of,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Group
    from assistant.training.material import Thing

EPITHETS = PARTICLES | word_set("big little lil wee auld old young crazy fat tiny don dona king queen prince princess")
"""Words in a name that say nothing of which one it is: they stay."""
_ALIKE = 0.6
_FAMILYS = re.compile(r"...(?:sk[iy]|sson|wicz|witz|enko|ov|ova|yan|opoulos|berg|mann|stein|guez|ndez)$")
"""Endings that only family names have."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of somebody's name, folded."""

    given: str = field(repr=False)
    """Empty where only a family name was said."""
    families: tuple[str, ...] = field(repr=False)
    others: tuple[str, ...] = field(repr=False)
    """Other names by which they go."""


def parts_of(thing: Thing, group: Group, also_called: Callable[[str], tuple[str, ...]]) -> Parts:
    """Return the words of a person's name: what is given, what is the family's, and by what else they go."""
    person = next((p for p in group.people if p.id == thing.person), None) if thing.person is not None else None
    name = person.name if person else thing.name
    letters = letters_of(name)
    keys = [k for k in name_keys(name) if k not in EPITHETS] if letters is None else [spelled_once(letters)]
    forms = [form for form in thing.forms if letters_of(form) is None]
    surname = len(keys) == 1 and person is None and not is_given(keys[0])
    surname = surname and (is_family(keys[0]) or _FAMILYS.search(keys[0]) is not None)
    if len(keys) == 1 and (thing.titled or (surname and letters is None)):
        return Parts("", tuple(keys), ())
    first, families = _ordered(keys or ["x"], name, forms, whole=person is not None)
    known = {first, *families, *_hyphened(name)}
    aliases = {key for name in (person.aliases if person else ()) for key in name_keys(name)}
    others: list[str] = []
    for form in forms:
        mine = name_keys(form)
        for key in mine:
            if key in known or key in EPITHETS or (len(mine) > 1 and not known & set(mine)):
                continue  # of several unknown words each may be half a name that was misheard
            own = key in aliases or is_pet_form(key, first, also_called)
            if any(spelling_of(key) == spelling_of(k) for k in known) or (not own and _heard(key, known)):
                continue
            if not own and not is_given(key) and key[0] != first[0] and any(key[0] == f[0] for f in families):
                continue  # a family name as it is spoken
            known.add(key)
            another = not own and len(mine) > 1 and key == mine[-1] and mine[0] in known
            (families if another else others).append(key)
    return Parts(first, tuple(families), tuple(others))


def _ordered(keys: list[str], name: str, forms: list[str], *, whole: bool) -> tuple[str, list[str]]:
    """Return the given name, and the others; ``whole``: as it stands on the roster."""
    full = [key_of(part) for part in name.split()] or [""]
    first, families = keys[0], keys[1:]
    if whole and full[0] != first and full[0].startswith(first):  # "Hyun-soo": one name, said in one or two words
        families = [k for k in families if k not in full[0][len(first) :]]
        first = full[0]
    alone = {key for form in forms for key in name_keys(form) if len(name_keys(form)) == 1}
    if families and _family_first(first, families[-1], alone):
        return families[-1], [first, *families[:-1]]
    return first, families


def _hyphened(name: str) -> set[str]:
    return {key_of(part) for word in name.split()[:1] for part in word.split("-")}


def _heard(key: str, known: set[str]) -> bool:
    return any(_same(key, k) for k in known)


def _same(one: str, two: str) -> bool:
    if one.endswith("s") and one[:-1] == two:
        return True
    return sounds_like(one, two) or DamerauLevenshtein.normalized_similarity(one, two) >= _ALIKE


def _family_first(first: str, last: str, alone: set[str]) -> bool:
    """Whether the family name stands first ("Tran Ngoc"): by the lists, and by what was said alone."""
    likely = [origin for origin in FAMILY_FIRST if is_family(first, origin)]
    if not likely or (first in alone and last not in alone):
        return False
    return (last in alone and first not in alone) or any(not is_family(last, origin) for origin in likely)
