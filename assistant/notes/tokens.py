"""The gate's own reading of a text: words as they are compared, with where and how they stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from assistant.notes.lexicon import word_list

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
WORD = re.compile(rf"[^\W_]+(?:['{APOSTROPHE}][^\W_]+)*")
ENDINGS = re.compile(rf"(?:['{APOSTROPHE}](?:s|ll|re|ve|d|m))+$", re.IGNORECASE)
BRACKETED = re.compile(r"\[[^\[\]]*\]")
OPENING = frozenset('.?!…:;\n"“«(>[—')
LETTERS_APART = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that do not come apart into a base letter and a mark."""
LOOKALIKES = {
    ord(pair[0]): pair[1]
    for pair in word_list(
        "аa еe оo рp сc уy хx іi вb кk мm нh тt ѕs јj ԁd ԛq ԝw һh ӏl գq սu օo ɑa "  # noqa: RUF001  look-alikes are what it is about
        "ɡg ıi ɩi οo αa νv εe ρp τt υu ιi κk χx βb μu ηn ωw ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg "  # noqa: RUF001  look-alikes are what it is about
        "ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz"  # noqa: RUF001  look-alikes are what it is about
    )
}
"""Cyrillic, Armenian, Greek and small capital letters that look like Latin ones."""

TURNING = frozenset("\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}\N{LEFT-TO-RIGHT OVERRIDE}") | frozenset(
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}\N{FIRST STRONG ISOLATE}"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text."""

    text: str = field(repr=False)
    """As written."""
    plain: str = field(repr=False)
    """Lower case, no accents, no possessive or contracted ending: what is compared."""
    start: int
    end: int
    opens: bool
    """Whether it begins a text, a sentence or a quotation, where a capital says nothing."""
    bracketed: bool
    """Whether it stands in square brackets, as placeholders do."""
    pause: bool
    """Whether a comma or a stronger mark stands before it."""

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()

    @property
    def possessive(self) -> bool:
        """Whether it ends in 's or s'."""
        return self.text.lower().endswith(("'s", f"{APOSTROPHE}s"))


def visible(text: str) -> str:
    """Return the text without characters that print nothing (zero-width, direction marks) and in one normal form."""
    composed = unicodedata.normalize("NFKC", text)
    if composed.isascii():
        return composed
    return "".join(c for c in composed if unicodedata.category(c) not in {"Cf", "Mn", "Me"})


def runs_backwards(text: str) -> bool:
    """Whether a text holds marks that turn the direction of what is shown: it reads otherwise than it is stored."""
    return any(c in TURNING for c in text)


def fold(word: str) -> str:
    """Return a word as it is compared: lower case, no accents, no contracted or possessive ending."""
    if word.isascii():
        return (ENDINGS.sub("", word) if "'" in word else word).lower()
    bare = ENDINGS.sub("", word).replace(APOSTROPHE, "'")
    parts = unicodedata.normalize("NFKD", bare.casefold().translate(LETTERS_APART).translate(LOOKALIKES))
    return "".join(c for c in parts if not unicodedata.combining(c))


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order; offsets are into the text as given."""
    brackets = [m.span() for m in BRACKETED.finditer(text)]
    tokens: list[Token] = []
    at = 0
    for match in WORD.finditer(text):
        between = text[at : match.start()]
        tokens.append(
            Token(
                text=match.group(),
                plain=fold(match.group()),
                start=match.start(),
                end=match.end(),
                opens=not tokens or any(c in OPENING for c in between),
                bracketed=any(a <= match.start() < b for a, b in brackets),
                pause=not tokens or any(c in OPENING or c == "," for c in between),
            )
        )
        at = match.end()
    return tuple(tokens)


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared."""
    return tuple(t.plain for t in tokenise(visible(text)))
