"""Characters that nobody sees: they split a name before a gate that reads letters, or turn a line around."""

from __future__ import annotations

import unicodedata

_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
"""What some scripts and all emoji need between their signs; after other letters they do nothing but hide."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Letters, marks and signs by category, without a form."""
_VARIANTS = range(0xE0100, 0xE01F0)
_WITHOUT_JOINING = ("LATIN", "CYRILLIC", "GREEK", "DIGIT", "HEBREW", "ARMENIAN", "GEORGIAN", "CJK")


def has_unseen(text: str) -> bool:
    """Whether a character of a text has no form of its own and is no white space or joiner in its place."""
    return any(_is_unseen(char, text[at - 1] if at else "") for at, char in enumerate(text))


def _is_unseen(char: str, before: str) -> bool:
    if char.isascii() and (char.isprintable() or char.isspace()):
        return False
    if char in _JOINERS:
        return not before or before.isspace() or unicodedata.name(before, "").startswith(_WITHOUT_JOINING)
    if char in _BLANK or ord(char) in _VARIANTS:
        return True
    return unicodedata.category(char) in _CATEGORIES and not char.isspace()
