"""The word lists and phrase families beside this file, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LEXICONS = Path(__file__).parent / "lexicons"
"""Where they are."""
_GAP = re.compile(r"\{\.\.(\d)\}")
_OWN_GAP = re.compile(r"\{~(\d)\}")
_NEW_CLAUSE = "i|we|he|she|they|you|it|my|our|his|her|if|when|because|and|but|so|or|who|that|unless|then"
_MACRO = re.compile(r"\{([a-z]\w*)\}")


@dataclass(frozen=True, slots=True)
class Family:
    """Phrase rules that say one thing."""

    reason: str
    """Name of the family and its flags, blank-separated; the alert rules read it."""
    pattern: re.Pattern[str]


@cache
def terms(name: str) -> frozenset[str]:
    """Return the terms of a word list: one a line, lower case, ``#`` begins a comment, commas separate terms."""
    found: set[str] = set()
    for line in (LEXICONS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        found.update(t for t in (part.strip() for part in line.partition("#")[0].split(",")) if t)
    return frozenset(found)


@cache
def families(name: str) -> tuple[Family, ...]:
    """Return the phrase families of a file, in order.

    A pattern is a regular expression over plain words (see ``phrases``). ``{..3}`` is a gap of up to three words that
    stays inside a sentence, ``{~3}`` one that stays inside a clause; ``{kin}`` stands for an entry of the ``[words]``
    table of the file or of ``common``; what a negative look-ahead refuses are whole words.
    """
    table = tomllib.loads((LEXICONS / f"{name}.toml").read_text(encoding="utf-8"))
    words = {**_common(), **table.get("words", {})}
    return tuple(
        Family(entry["reason"], re.compile(rf"(?<![\w])(?:{expand(pattern, words)})(?![\w])"))
        for entry in table["family"]
        for pattern in entry["patterns"]
    )


@cache
def word_list(name: str, key: str) -> frozenset[str]:
    """Return one list of the ``[words]`` table of a file as a set."""
    return frozenset(tomllib.loads((LEXICONS / f"{name}.toml").read_text(encoding="utf-8"))["words"][key])


@cache
def pattern(name: str, cue: str) -> re.Pattern[str]:
    """Return one entry of the ``[cues]`` table of a file."""
    table = tomllib.loads((LEXICONS / f"{name}.toml").read_text(encoding="utf-8"))
    return compiled(table["cues"][cue], {**_common(), **table.get("words", {})})


def cue_words(name: str) -> frozenset[str]:
    """Return one of the sets of cue words of ``assertion.toml``."""
    return word_list("assertion", name)


def cue_pattern(name: str) -> re.Pattern[str]:
    """Return one of the cue patterns of ``assertion.toml``."""
    table = tomllib.loads((LEXICONS / "assertion.toml").read_text(encoding="utf-8"))
    return compiled("|".join(table["patterns"][name]))


def compiled(pattern: str, words: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """Return one pattern, expanded and bounded by word edges."""
    return re.compile(rf"(?<![\w])(?:{expand(pattern, words or _common())})(?![\w])")


def expand(pattern: str, words: Mapping[str, str]) -> str:
    """Return a pattern with its gaps and named word groups written out; KeyError for a name nobody declared."""
    while (macro := _MACRO.search(pattern)) is not None:
        pattern = f"{pattern[: macro.start()]}(?:{words[macro[1]]}){pattern[macro.end() :]}"
    pattern = _OWN_GAP.sub(rf"(?:(?!(?:{_NEW_CLAUSE})\\b)\\w+ ){{0,\1}}", pattern)
    return _GAP.sub(r"(?:\\w+ ){0,\1}", _whole_words(pattern))


def _whole_words(pattern: str) -> str:
    """Return a pattern whose negative look-aheads refuse whole words only ("a" is not the start of "anymore")."""
    out: list[str] = []
    open_groups: list[bool] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            out.append(pattern[at : at + 2])
            at += 2
            continue
        if char == "(":
            open_groups.append(pattern.startswith("(?!", at))
        elif char == ")" and open_groups.pop():
            out.append(r"\b")
        out.append(char)
        at += 1
    return "".join(out)


@cache
def _common() -> Mapping[str, str]:
    table = tomllib.loads((LEXICONS / "common.toml").read_text(encoding="utf-8"))
    return dict(table["words"])
