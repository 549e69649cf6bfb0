"""What two samples put in alike, read off their finished turns: a sample's own word for what it made up is not taken.

A stand-in is a word that the finished turn has and the original has not: a name, or a number of several digits. Words
of the dictionary (also those that make something coarser, "the Midwest") link nothing and are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.evaluation.lexicon import CALENDAR
from assistant.evaluation.normal import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assistant.evaluation.normal import Token
    from assistant.evaluation.training_figures import Rewritten

_YEAR = re.compile(r"(?:19|20)\d\d")
"""A year is shifted like a date: two samples may come upon the same one."""
_DIGITS = 4
"""Of a number that is nobody else's."""
_WEB = frozenset({"com", "org", "net", "www"})
"""What every made-up address has."""


def put_in(turns: Iterable[Rewritten], general: Callable[[str], bool]) -> frozenset[str]:
    """Return the stand-ins of a sample: names and numbers that its turns have and the original ones have not.

    Args:
        turns: Every turn of the sample.
        general: Whether a lower-case word is in the dictionary, or one by which something is made coarser.
    """
    return frozenset(
        token.text
        for turn in turns
        for token in _new(turn)
        if (len(token.text) >= _DIGITS if token.text.isdecimal() else _names(token.text, general))
    )


def _new(turn: Rewritten) -> Iterable[Token]:
    said = {token.text for token in tokens(turn.before)}
    return (token for token in tokens(turn.after) if token.text not in said and not _YEAR.fullmatch(token.text))


def _names(word: str, general: Callable[[str], bool]) -> bool:
    return len(word) > 1 and word not in CALENDAR | _WEB and not general(word)
