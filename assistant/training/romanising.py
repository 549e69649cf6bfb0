"""Names in Cyrillic and Greek letters, written with Latin ones as passports write them (ICAO Doc 9303, simplified)."""
# ruff: noqa: RUF001  letters that look alike are the point

from __future__ import annotations

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_GREEK = {
    "α": "a", "ά": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "έ": "e", "ζ": "z", "η": "i", "ή": "i", "θ": "th",
    "ι": "i", "ί": "i", "ϊ": "i", "ΐ": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "ό": "o",
    "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "ύ": "y", "ϋ": "y", "ΰ": "y", "φ": "f", "χ": "ch",
    "ψ": "ps", "ω": "o", "ώ": "o",
}  # fmt: skip
_LETTERS = str.maketrans(_CYRILLIC | _GREEK)
_PAIRS = (("ου", "u"), ("ού", "u"), ("μπ", "b"), ("ντ", "nt"), ("γγ", "ng"), ("γκ", "gk"), ("ευ", "ef"), ("αυ", "av"))


def romanised(name: str) -> str:
    """Return a name in Latin letters with a capital; what is in Latin letters already is left as it is."""
    lower = name.lower()
    for pair, letters in _PAIRS:
        lower = lower.replace(pair, letters)
    written = lower.translate(_LETTERS)
    return name if written == name.lower() else written[:1].upper() + written[1:]
