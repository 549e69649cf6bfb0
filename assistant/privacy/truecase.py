"""Capitals for text that has none, so that a language pipeline trained on written text can read it.

Capitals alone change: the result is as long as the original, letter for letter, so that every offset holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.privacy.calendar_words import CALENDAR
from assistant.privacy.gazetteer import is_given_name, is_place, is_plain_given_name
from assistant.privacy.naming import is_everyday, names_somebody
from assistant.privacy.plain_words import MODAL_NAMES, MONTH_NAMES, is_plain
from assistant.privacy.words import TextWord, fold, straighten, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.dictionary import Dictionary

_FIRST_PERSON = re.compile(r"^i(?:$|')")
_PLACE_CUES = frozenset({"in", "from", "to", "near", "around", "outside", "of", "visit", "visited", "leave", "left"})
_SHOUTED_WORDS = 3


def lacks_capitals(text: str) -> bool:
    """Whether the capitals of ``text`` say nothing: there are none (but for "I"), or nothing else."""
    words = [w for w in words_of(text) if w.text[0].isalpha() and not _FIRST_PERSON.match(w.lower)]
    if not words:
        return False
    if len(words) >= _SHOUTED_WORDS and all(w.text.isupper() for w in words):
        return True
    pronouns = any(w.text[0] == "I" for w in words_of(text) if _FIRST_PERSON.match(w.lower))
    return not any(c.isupper() for w in words for c in w.text) and not (pronouns and any(c in ".?!" for c in text))


class Truecaser:
    """Gives capitals to what is a name.

    Args:
        names: Names of the group's people.
        dictionary: English; a word outside it is taken for a name.
    """

    def __init__(self, names: Sequence[str], dictionary: Dictionary) -> None:
        self._names = frozenset(fold(part) for name in names for part in name.split())
        self._first_names = frozenset(fold(name.split()[0]) for name in names if name.split())
        self._dictionary = dictionary

    def truecase(self, text: str) -> str:
        """Return ``text`` with capitals, or as it is where it has its own; always the same length."""
        text = straighten(text)
        if not lacks_capitals(text):
            return text
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        letters = list(text)
        words = words_of(text)
        for at, word in enumerate(words):
            if word.opens or self._is_name(words, at):
                first = letters[word.span.start].upper()
                if len(first) == 1:  # "ß" has no single capital
                    letters[word.span.start] = first
        return "".join(letters)

    def _is_name(self, words: tuple[TextWord, ...], at: int) -> bool:
        word = words[at].bare
        if _FIRST_PERSON.match(words[at].lower):
            return True
        if word in CALENDAR and not is_plain(word):
            return True
        if is_plain(word) and (fold(word) in self._names or is_given_name(word)):
            own = fold(word) in self._first_names and word not in MODAL_NAMES | MONTH_NAMES
            return names_somebody(words, at) or (own and not is_everyday(words, at))
        if fold(word) in self._names or is_plain_given_name(word):
            return True
        if not self._dictionary.knows(word):
            return True
        before = words[at - 1].lower if at else ""
        return before in _PLACE_CUES and not is_plain(word) and is_place(word) and len(word) > _SHOUTED_WORDS
