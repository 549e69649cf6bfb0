"""What a person is called in one sample: a stand-in for every word of their name, in every form that was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.training.bodies import initials_drawn
from assistant.training.invented import FALLBACK, family_names, gender_of, given_names
from assistant.training.material import StandIn
from assistant.training.name_parts import EPITHETS, Parts, parts_of
from assistant.training.origins import is_given, origin_of
from assistant.training.pet_names import is_pet_form, pet_forms
from assistant.training.spelled import spelled_like
from assistant.training.words import (
    PARTICLES,
    form_key,
    key_of,
    letters_of,
    name_keys,
    said_in,
    sounds_like,
    spelled_once,
    spelling_of,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

    from assistant.domain import Group
    from assistant.training.material import Thing
    from assistant.training.pool import Knowing, Pool

_VOWELS = frozenset("aeiouy")
_MOST_INITIALS = 3
_MOST_SPELLED = 5
_HALVES = 2
_LEAST_SPELLED = 3
_BEGINS = 2
"""Letters that an alias has in common with the name it is short for."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a person's name tells by itself: the same in every sample of a session."""

    parts: Parts
    origin: str
    gender: str | None
    """As most bearers of the given name are."""
    elsewhere: Mapping[str, str] = field(repr=False)
    """Where other names come from by which they go, of those that are given names."""


def named(thing: Thing, group: Group, also_called: Callable[[str], tuple[str, ...]]) -> Named:
    """Return what a person's name tells."""
    parts = parts_of(thing, group, also_called)
    origin = origin_of(parts.given, parts.families[-1] if parts.families else "", thing.name)
    elsewhere = {other: origin_of(other) for other in parts.others if is_given(other)}
    return Named(parts, origin, gender_of(parts.given), elsewhere)


class People:
    """Names people for one sample; who shares a family name shares the stand-in for it."""

    def __init__(self, pool: Pool, knowing: Knowing, rng: random.Random) -> None:
        self._pool = pool
        self._knowing = knowing
        self._rng = rng
        self._families: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"People(families={len(self._families)})"

    def of(self, thing: Thing) -> StandIn:
        """Return what a person is called."""
        nicks = self._knowing.also_called
        told = self._knowing.named.get(thing.number) or named(thing, self._knowing.group, nicks)
        parts, origin = told.parts, told.origin
        gender = self._knowing.genders.get(thing.number) or told.gender
        names: dict[str, str] = {}
        for family in parts.families:
            names[family] = self._family(family, origin)
        spelled = all(letters_of(form) is not None for form in thing.forms)
        if parts.given:
            whole = [o for o in parts.others if is_pet_form(parts.given, o, nicks) and len(o) > len(parts.given)]
            base = whole[0] if whole else parts.given
            own = self._short_aliases(thing, base)
            short = [o for o in (parts.given, *parts.others) if o != base and (is_pet_form(o, base, nicks) or o in own)]
            names[base] = self._given(base, origin, gender, nicked=bool(short), spelled=spelled)
            for nick in short:
                names[nick] = self._pet(names[base], nick, origin, gender)
            for other in parts.others:
                if other not in names:
                    names[other] = self._other(other, told.elsewhere.get(other, origin), gender)
        given = names.get(parts.given, "")
        called = " ".join([*([given] if given else []), *(names[f] for f in parts.families)])
        halves = _halves(thing, names)
        forms = {form_key(form): self._form(form, names, given or called, halves) for form in thing.forms}
        return StandIn(thing.number, called, tuple(sorted(forms.items())))

    def _short_aliases(self, thing: Thing, given: str) -> set[str]:
        """Return the aliases of somebody on the roster that are short for their name ("Immy" of Imran)."""
        person = next((p for p in self._knowing.group.people if p.id == thing.person), None)
        keys = {key for alias in (person.aliases if person else ()) for key in name_keys(alias)}
        return {key for key in keys if key[:_BEGINS] == given[:_BEGINS] and _BEGINS < len(key) <= len(given)}

    def _family(self, family: str, origin: str) -> str:
        if family not in self._families:
            self._families[family] = self._pool.pick(family, family_names(origin), family_names(FALLBACK))
        return self._families[family]

    def _given(self, like: str, origin: str, gender: str | None, *, nicked: bool = False, spelled: bool = False) -> str:
        def has_pet(name: str) -> bool:
            return any(self._pool.free(n, name) for n in self._knowing.also_called(key_of(name)))

        if _is_initials(like, spelled=spelled):
            return self._pool.initials(like)
        lists = (given_names(origin, gender), given_names(FALLBACK, gender), given_names(FALLBACK, None))
        return self._pool.pick(like, *lists, wanted=has_pet if nicked else None)

    def _pet(self, given: str, nick: str, origin: str, gender: str | None) -> str:
        """Return a pet form of a stand-in; where none is free, another short name that nobody has."""
        if _is_initials(nick):
            return self._pool.initials(nick)
        forms = list(pet_forms(given, gender, self._knowing.also_called))
        return self._pool.first(forms, given) or self._given(nick, origin, gender)

    def _other(self, name: str, origin: str, gender: str | None) -> str:
        """Return a stand-in for a name that has nothing to do with the given one ("Jade" of a Vietnamese)."""
        if name in self._families:
            return self._families[name]
        return self._given(name, origin, gender)

    def _form(self, form: str, names: Mapping[str, str], given: str, halves: Mapping[str, str]) -> str:
        letters = letters_of(form)
        if letters is not None:
            return spelled_like(form, self._spelled(spelled_once(letters), {**halves, **names}, given))
        keys = name_keys(form)
        if len(keys) > 1 and "".join(keys) in names:
            return self._led(form, [names["".join(keys)]])
        out: list[str] = []
        texts = {w.key: w.text for w in said_in(form)}
        for key in keys:
            if key in PARTICLES and len(keys) > 1:
                continue  # "van der" would tell the name that was behind it
            said = _stands_for(key, names)
            if said is None and key in EPITHETS:
                said = texts[key]
            said = said or given
            if said not in out:
                out.append(said)
        return self._led(form, out or [given])

    @staticmethod
    def _led(form: str, out: Sequence[str]) -> str:
        """Return a name with the titles that led it, as they stood."""
        words = said_in(form)
        led = len(words) - len(name_keys(form))
        return form[: words[led].span.start] + " ".join(out) if 0 < led < len(words) else " ".join(out)

    def _spelled(self, letters: str, names: Mapping[str, str], given: str) -> str:
        if letters in names:
            return names[letters]
        begun = [k for k in names if k.startswith(letters)] if len(letters) >= _LEAST_SPELLED else []
        if begun:
            return names[begun[0]][: len(letters)]
        if len(letters) < _LEAST_SPELLED:
            return initials_drawn(letters, self._rng)
        return _stands_for(letters, names) or given


def _halves(thing: Thing, names: Mapping[str, str]) -> dict[str, str]:
    """Return what stands for each half of a hyphened name that has one stand-in: as much of it, from its place."""
    halves: dict[str, str] = {}
    for word in (word for form in (thing.name, *thing.forms) if letters_of(form) is None for word in form.split()):
        keys = name_keys(word)
        whole = "".join(keys)
        said = names.get(whole, "")
        if len(keys) != _HALVES or len(said) < _HALVES:
            continue
        middle = min(max(1, round(len(said) * len(keys[0]) / len(whole))), len(said) - 1)
        halves.setdefault(keys[0], said[:middle])
        halves.setdefault(keys[1], said[middle:])
    return halves


def _stands_for(key: str, names: Mapping[str, str]) -> str | None:
    """Return the stand-in for a word of a name: written or heard otherwise, a plural, or a part of it."""
    if key in names:
        return names[key]
    if key.endswith("s") and key[:-1] in names:
        return names[key[:-1]] + ("es" if names[key[:-1]].endswith(("s", "x", "z", "ch")) else "s")
    if not names:
        return None
    tests: tuple[Callable[[str], bool], ...] = (
        lambda k: spelling_of(k) == spelling_of(key),
        lambda k: sounds_like(k, key),
        lambda k: min(len(k), len(key)) >= _LEAST_SPELLED and (key in k or k in key),
    )
    for test in tests:
        for known, said in names.items():
            if test(known):
                return said
    spoken = [said for known, said in names.items() if known[0] == key[0]]
    return spoken[-1] if len(spoken) == 1 and not is_given(key) else None


def _is_initials(name: str, *, spelled: bool = False) -> bool:
    """Whether a folded name is initials ("TJ"): no vowel; of what was only spelled, hardly one."""
    vowels = sum(c in _VOWELS for c in name)
    if spelled:
        return len(name) <= _MOST_SPELLED and vowels * 4 <= len(name) and not is_given(name)
    return len(name) <= _MOST_INITIALS and not vowels
