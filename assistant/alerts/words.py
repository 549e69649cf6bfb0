"""Words as the alert rules read them: lower case, no punctuation, straight apostrophes."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.domain import Span

_NOT_SPOKEN = re.compile(r"[^\w' ]+")
_WORD = re.compile(r"\w+")
_FILLER = re.compile(r"\b(?:um|uh|er|erm|just|really|actually)\b")

_GENDERS = (("he", "him", "his", "himself"), ("she", "her", "hers", "herself"), ("they", "them", "their", "theirs"))
_GENDER = {word: words[0] for words in _GENDERS for word in words}

MEMBER = "membername"
"""Stands for another member's name in ``plain_with_names``."""


def plain(text: str) -> str:
    """Return ``text`` in lower case with single spaces, without punctuation and fillers."""
    lowered = text.lower().replace("’", "'")  # noqa: RUF001 - the typographic apostrophe
    return " ".join(_FILLER.sub(" ", _NOT_SPOKEN.sub(" ", lowered)).split())


def plain_with_names(text: str, names: Iterable[Span]) -> str:
    """Return ``plain(text)`` with the words at ``names`` written as ``MEMBER``."""
    for span in sorted(names, reverse=True):
        text = f"{text[: span.start]} {MEMBER} {text[span.end :]}"
    return plain(text).replace(f"{MEMBER} 's", f"{MEMBER}'s")


def third_persons(words: str, pronouns: str | None = None) -> bool:
    """Whether plain words speak of a third person whom the given pronouns fit (``she/her``; None fits everybody)."""
    found = {_GENDER[word] for word in words.replace("'", " ").split() if word in _GENDER}
    wanted = {_GENDER[part] for part in (pronouns or "").lower().replace("/", " ").split() if part in _GENDER}
    return bool(found & wanted) if wanted else bool(found)


def first_third_person(words: str, pronouns: str | None = None) -> int | None:
    """Return where plain words first speak of a third person whom the given pronouns fit; None where they do not."""
    for match in _WORD.finditer(words):
        if third_persons(match[0], pronouns):
            return match.start()
    return None


def any_of(*patterns: str) -> re.Pattern[str]:
    """Return one pattern that finds any of the given ones at word edges."""
    return re.compile(rf"(?<![\w'])(?:{'|'.join(patterns)})(?![\w'])")


_OWN_NAME = any_of(rf"(?:i'm|im|i am|name is|name's|names|named|called|this is|it's|me) {MEMBER}")


def says_own_name(text: str, name: Span) -> bool:
    """Whether a name stands where people say their own ("I'm Ann")."""
    return _OWN_NAME.search(plain_with_names(text, [name])) is not None


def phrases(name: str) -> re.Pattern[str]:
    """Return one of the phrase lists of ``phrases.toml`` as a pattern over plain words."""
    table = _phrase_table()
    text = "\n".join(table[name])
    for part in ("went", "place"):
        text = text.replace(f"{{{part}}}", f"(?:{'|'.join(table[part])})")
    return any_of(*text.replace("MEMBER", MEMBER).split("\n"))


@cache
def _phrase_table() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
