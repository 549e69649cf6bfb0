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
_FILLER = re.compile(r"\b(?:um|uh|er|erm|just|really|actually)\b")

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
    return plain(text)


def any_of(*patterns: str) -> re.Pattern[str]:
    """Return one pattern that finds any of the given ones at word edges."""
    return re.compile(rf"(?<![\w'])(?:{'|'.join(patterns)})(?![\w'])")


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
