"""The names of a group's people, and whose a name is that somebody said."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from assistant.training.origins import is_given
from assistant.training.words import key_of, letters_of, name_keys, sounds_like, spelled_once, spelling_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.domain import Group, PersonId

_LEAST_SPELLED = 3
_SURE_SPELLED = 4


class Roster:
    """The names of a group's people, and whose one is."""

    def __init__(self, group: Group, also_called: Callable[[str], tuple[str, ...]]) -> None:
        self._first: dict[str, set[PersonId]] = defaultdict(set)
        self._other: dict[str, set[PersonId]] = defaultdict(set)
        self._nick: dict[str, set[PersonId]] = defaultdict(set)
        self.family: set[str] = set()
        self.joined: set[str] = set()
        """Names of more than one word or part, written as one."""
        for person in group.people:
            for name in (person.name, *person.aliases):
                keys = name_keys(name)
                if not keys:
                    continue
                self._first[keys[0]].add(person.id)
                hyphened = [key_of(part) for part in name.split()]
                self.joined |= {key for part, key in zip(name.split(), hyphened, strict=True) if "-" in part}
                self.joined |= {key_of(name.replace(" ", ""))} if len(keys) > 1 else set()
                for key in (*keys[1:], *hyphened, "".join(keys)):
                    if key:
                        self._other[key].add(person.id)
                self.family |= set(keys[1:])
                for key in {keys[0], hyphened[0]} - {""}:
                    self._first[key].add(person.id)
                    for nick in also_called(key):
                        self._nick[key_of(nick)].add(person.id)

    def whose(self, text: str, *, misheard: bool, there: bool = False) -> PersonId | None:
        """Return whose name it is; None: nobody's, or more than one person's.

        Args:
            text: As it was said.
            misheard: Whether a likeness in sound is enough.
            there: Whether somebody who is there was called by it: then it is no outsider's name that sounds alike.
        """
        found = self.all_of(text, misheard=misheard, there=there)
        return next(iter(found)) if len(found) == 1 else None

    def all_of(self, text: str, *, misheard: bool, there: bool = False) -> set[PersonId]:
        """Return everybody whose name it may be; arguments as for ``whose``."""
        letters = letters_of(text)
        if letters is not None:
            return self._spelled(spelled_once(letters))
        keys = name_keys(text)
        if not keys:
            return set()
        found: set[PersonId] | None = None
        for key in keys:
            here = self._first.get(key) or self._other.get(key) or self._nick.get(key) or self._of_family(key)
            found = set(here) if found is None else found & here
        if not found:
            found = set(self._first.get("".join(keys)) or self._other.get("".join(keys)) or ())
        if not found and misheard:
            one = self._heard(keys[0], there=there) if len(keys) == 1 else self._all_heard(keys, there=there)
            found = self._heard("".join(keys), there=there) | one
        return found or set()

    def knows(self, key: str) -> bool:
        """Whether a folded word is a first, last or other name of somebody."""
        return key in self._first or key in self._other

    def begun(self, key: str) -> set[PersonId]:
        """Return who has a given name or alias that begins with the same three letters."""
        return {
            person
            for form, people in self._first.items()
            if len(key) > _LEAST_SPELLED and form[:_LEAST_SPELLED] == key[:_LEAST_SPELLED]
            for person in people
        }

    def _of_family(self, key: str) -> set[PersonId]:
        """Return whose family is meant by a plural ("the Okonkwos")."""
        return self._other.get(key[:-1], set()) if key.endswith("s") and key[:-1] in self.family else set()

    def _spelled(self, letters: str) -> set[PersonId]:
        whole: set[PersonId] = set()
        part: set[PersonId] = set()
        for forms in (self._first, self._other):
            for form, people in forms.items():
                if form == letters:
                    whole |= people
                begun = len(letters) >= _LEAST_SPELLED and form.startswith(letters)
                if begun or (len(letters) >= _SURE_SPELLED and sounds_like(letters, form)):
                    part |= people
        return whole or part

    def _heard(self, key: str, *, there: bool) -> set[PersonId]:
        return {
            person
            for forms in (self._first, self._other)
            for form, people in forms.items()
            if sounds_like(key, form) and (there or may_be_misheard(key, form))
            for person in people
        }

    def _all_heard(self, keys: Sequence[str], *, there: bool) -> set[PersonId]:
        found = self._first.get(keys[0], set()) | self._heard(keys[0], there=there)
        for key in keys[1:]:
            found = found & (self._other.get(key, set()) | self._heard(key, there=there))
        return found


def may_be_misheard(one: str, two: str) -> bool:
    """Whether two folded names that sound alike may be one.

    Not where both are names in their own right and differ in more than how they are written: "Maria" and "Marie" are
    two people, "Katherine" and "Catherine" may be one.
    """
    return spelling_of(one) == spelling_of(two) or not (is_given(one) and is_given(two))
