"""The last look for names of other people in a finished line, by spelling alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from assistant.privacy import plain_words
from assistant.privacy import vocabulary as v
from assistant.privacy.words import fold, words_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from assistant.domain import Group, PersonId

_TITLES: Final = frozenset({"dr", "mr", "mrs", "ms", "miss", "prof", "de", "da", "van", "von", "la", "le", "el"})


class NameGuard:
    """Knows every name of everybody but the reader."""

    def __init__(self, group: Group, reader: PersonId) -> None:
        own = {fold(p) for person in group.people if person.id == reader for p in _parts(person.name, person.aliases)}
        others = {p for person in group.people if person.id != reader for p in _parts(person.name, person.aliases)}
        known = {p for p in others if fold(p) not in own and len(p) > 1}
        self._plain = frozenset(p.casefold() for p in known if _is_word(p))
        self.forbidden: tuple[str, ...] = tuple(sorted(p for p in known if not _is_word(p)))
        """Names that are no ordinary words: they may stand nowhere, however cased."""

    def stands_in(self, line: str, allowed: Collection[str] = ()) -> bool:
        """Whether a name that is also a word stands in a line as a name: with a capital inside a sentence.

        Args:
            line: The finished line.
            allowed: Words of the reader's own facts ("May" of a date), which may.
        """
        return any(
            w.capital and not w.opens and w.bare in self._plain and w.bare not in allowed for w in words_of(line)
        )


def _parts(name: str, aliases: tuple[str, ...]) -> list[str]:
    whole = [name, *aliases]
    return [p for w in whole for p in re.split(r"[\s\-]+", w) if p and p.casefold().strip(".") not in _TITLES]


def _is_word(name: str) -> bool:
    low = name.casefold()
    return low in v.FREQUENT or plain_words.is_plain(low)
