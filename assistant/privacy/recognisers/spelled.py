"""Names said letter by letter, and initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.privacy.words import word_set

if TYPE_CHECKING:
    from assistant.privacy.words import TextWord

_LETTERS = {
    "ay": "a", "bee": "b", "cee": "c", "dee": "d", "ee": "e", "eff": "f", "gee": "g", "aitch": "h", "jay": "j",
    "kay": "k", "el": "l", "ell": "l", "em": "m", "en": "n", "pee": "p", "cue": "q", "ar": "r", "ess": "s", "tee": "t",
    "vee": "v", "ex": "x", "wye": "y", "zed": "z", "zee": "z",
}  # fmt: skip
_SHORTEST = 3
_COMMON_PAIRS = word_set("tv ok aa na er pm am id iv dj pc uk us ex gp pt dr mr ms st ac dc la pa hr it ap md rn")


def _letter(word: TextWord) -> str | None:
    lower = word.lower
    return lower if len(lower) == 1 and lower.isalpha() else None


def spelled_runs(words: tuple[TextWord, ...]) -> list[tuple[int, int, str]]:
    """Return runs of three letters and more said one by one: first word, last word (inclusive), the letters.

    "double L" counts twice; the names of letters ("bee", "zed") count between letters.
    """
    runs: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        letters, i = "", at
        while i < len(words):
            single = _letter(words[i])
            if single is None and letters and words[i].lower == "double" and i + 1 < len(words):
                doubled = _letter(words[i + 1])
                if doubled is None:
                    break
                letters, i = letters + doubled * 2, i + 2
                continue
            if single is None and letters:
                single = _LETTERS.get(words[i].lower)
            if single is None:
                break
            letters, i = letters + single, i + 1
        if len(letters) >= _SHORTEST and len(set(letters)) > 1:
            first, last = at, i - 1
            # "it's a K, O, W" opens with an article.
            if letters[0] in "ai" and not _joined(words, first + 1) and len(letters) > _SHORTEST:
                first, letters = first + 1, letters[1:]
            runs.append((first, last, letters))
        at = max(i, at + 1)
    return runs


def _joined(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether the letter at ``at`` is parted from the one before as spelled letters are (comma, hyphen, full stop)."""
    return words[at].gap.strip() in {",", "-", ".", ""} and (words[at - 1].capital or words[at].gap.strip() != "")


def initials_at(words: tuple[TextWord, ...], at: int) -> tuple[str, int] | None:
    """Return two capital initials at word ``at`` ("M. W.", "M W", "M.W.") and the index of the last word."""
    if at + 1 >= len(words):
        return None
    one, two = words[at], words[at + 1]
    if (
        len(one.text) != 1
        or len(two.text) != 1
        or not (one.capital and two.capital)
        or one.text == "I"
        or two.text == "I"
    ):
        return None
    if two.gap.strip() not in {"", "."} or (
        at + 2 < len(words) and len(words[at + 2].text) == 1 and words[at + 2].text != "I"
    ):
        return None
    if at and len(words[at - 1].text) == 1 and words[at - 1].lower not in {"i", "a"}:
        return None
    pair = (one.text + two.text).lower()
    return None if pair in _COMMON_PAIRS else (pair, at + 1)
