"""Whether a word stands where a name stands, by its capital, its neighbours and the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.privacy.calendar_words import MONTHS
from assistant.privacy.naming import is_everyday, names_somebody
from assistant.privacy.plain_words import MODAL_NAMES
from assistant.privacy.truecase import lacks_capitals
from assistant.privacy.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.privacy.parse import Parse, Token
    from assistant.privacy.words import TextWord

_MONTH_CUES = word_set(
    """
    in last next this since until till by of early late mid every each from before after during
    """
)


def token_at(parse: Parse, word: TextWord) -> Token | None:
    """Return the parse's token in which the word starts."""
    return next((t for t in parse.tokens if t.span.start <= word.span.start < t.span.end), None)


def names_person(  # noqa: PLR0911  one rule a line
    words: tuple[TextWord, ...], at: int, parse: Parse, *, last: bool, own: bool = False
) -> bool:
    """Whether an everyday word at ``at`` that somebody on the roster answers to is the name here.

    Args:
        words: The words of the text.
        at: Which word.
        parse: The parse of the text.
        last: Whether it is a family name only, which is hardly ever said alone.
        own: Whether it is the first name or alias that the roster gives, and no pet form of one.
    """
    word = words[at]
    if names_somebody(words, at):
        return True
    if lacks_capitals(parse.text):
        return own and not last and not _is_month(words, at) and not is_everyday(words, at)
    if not word.capital:
        return False
    if _is_month(words, at):
        return False
    if not word.opens:
        return True
    token = token_at(parse, word)
    if token is None or last:
        return False
    if own and word.bare not in MODAL_NAMES and _governs_verb(parse, token):
        return True
    if word.bare in MODAL_NAMES | {"hope", "mark", "bill"}:
        # As the first word these are mostly the verb; the parser must see a subject of another verb.
        follower = words[at + 1].lower if at + 1 < len(words) else ""
        return (
            token.pos == "PROPN"
            and token.dep in {"nsubj", "nsubjpass"}
            and follower not in {"you", "i", "we", "they", "he", "she", "it", "my", "the"}
        )
    return token.pos == "PROPN" and token.dep in {"nsubj", "nsubjpass", "npadvmod", "conj", "poss", "appos"}


def _is_month(words: tuple[TextWord, ...], at: int) -> bool:
    before = words[at - 1].lower if at and not words[at].opens else ""
    return words[at].bare in MONTHS and (before in _MONTH_CUES or _number_beside(words, at))


def _governs_verb(parse: Parse, token: Token) -> bool:
    """Whether the next word is a finite verb, before which an adjective or a verb makes no sense."""
    after = token.index + 1
    return after < len(parse.tokens) and parse.tokens[after].tag in {"VBZ", "VBD"}


def _number_beside(words: tuple[TextWord, ...], at: int) -> bool:
    if at + 1 >= len(words):
        return False
    nxt = words[at + 1].lower
    return nxt[0].isdigit() or nxt in {"the", "first", "second", "third"} or nxt.endswith("th")


def is_proper(words: tuple[TextWord, ...], at: int, parse: Parse, knows: Callable[[str], bool]) -> bool:
    """Whether a word is likely a proper name: not English, or capitalised for no other reason."""
    word = words[at]
    if not word.bare.isalpha():
        return False
    if not knows(word.bare):
        return True
    if lacks_capitals(parse.text) or not word.capital or word.text == "I":
        return False
    if not word.opens:
        return True
    token = token_at(parse, word)
    return token is not None and token.pos == "PROPN"
