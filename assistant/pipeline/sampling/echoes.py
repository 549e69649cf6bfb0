"""The rare nouns of a story that must not be told, wherever anybody says them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.pipeline.sampling.unique import base_of, rare_noun
from assistant.privacy.vocabulary import ACQUAINTANCES, KIN, ROOM_NOUNS
from assistant.privacy.words import word_set
from assistant.training.generalising import job_group

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from assistant.privacy.parse import Parse, Token

_PEOPLE: Final = KIN | ROOM_NOUNS | ACQUAINTANCES
_INDEFINITE: Final = word_set("a an some any another no every each")
_POINTING: Final = word_set("the this that these those my your his her our their its which what")
_INSIDE: Final = frozenset({"amod", "compound", "nummod", "poss", "det", "nmod", "quantmod", "neg", "predet"})
_COMMON_NUMBERS: Final = word_set("""
    one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million half 1 2 3 4 5 6 7 8 9 10 20 30 40 50 60 70 80 90 100
    """)
_UNITS_OF_TIME: Final = word_set("""
    year years month months week weeks day days hour hours minute minutes second seconds night nights o'clock am pm
    percent - :
    """)
_BEFORE_AGE: Final = word_set("- : at age turned was am is be being were 're 'm of")
_NEAR: Final = 2
_SHORTEST_AGENT: Final = 4
_AGENT: Final = ("er", "or", "ist", "ian", "man", "men", "woman", "eer")


def echoes_in(parse: Parse, nouns: Collection[str]) -> list[tuple[Span, str]]:
    """Return where a text says one of the nouns, with the words around it that belong to it, and what says less.

    Args:
        parse: The utterance.
        nouns: Base forms.
    """
    found: list[tuple[Span, str]] = []
    for token in parse.tokens:
        hyphen = any(
            0 <= at < len(parse.tokens) and parse.tokens[at].text in {"-", "\u2011"}
            for at in (token.index - 1, token.index + 1)
        )
        if hyphen or base_of(token) not in nouns or token.pos not in {"NOUN", "PROPN", "VERB", "ADJ"}:
            continue
        head = _head(parse, token)
        if token.pos in {"VERB", "ADJ"} and head is token:
            continue
        span, words = _phrase(parse, head)
        if not span.overlaps(token.span) or any(span.overlaps(other) for other, _ in found):
            span, words = token.span, _said_less(None, token)
        if not any(span.overlaps(other) for other, _ in found):
            found.append((span, words))
    return found


def stand_together(parse: Parse, span: Span, two: Collection[str]) -> bool:
    """Whether two words of a story stand side by side in a stretch ("the pigeon scandal")."""
    at = [(t.index, base_of(t)) for t in parse.within(span) if base_of(t) in two]
    return any(one != other and abs(i - j) <= _NEAR for i, one in at for j, other in at)


def numbers_in(parse: Parse, span: Span) -> frozenset[str]:
    """Return the exact numbers that a stretch says, in words or figures, small and round ones left out."""
    return frozenset(
        t.lower
        for t in parse.within(span)
        if t.pos == "NUM" and t.lower.isalnum() and t.lower not in _COMMON_NUMBERS and not _of_time(parse, t)
    )


def counted_again(parse: Parse, numbers: Collection[str]) -> list[tuple[Span, str]]:
    """Return where a text says one of the numbers of a story, or its place in a row ("the twelfth")."""
    found = []
    for token in parse.tokens:
        if token.lower in numbers and token.pos == "NUM" and not _of_time(parse, token):
            found.append((token.span, "so many"))
        elif any(token.lower == _ordinal(number) for number in numbers):
            found.append((token.span, "next"))
    return found


def _of_time(parse: Parse, token: Token) -> bool:
    """Whether a number is an age, a time, a date, or one figure of a longer number."""
    near = [parse.tokens[at] for at in range(max(0, token.index - 2), min(len(parse.tokens), token.index + 3))]
    after = parse.tokens[token.index + 1].lower if token.index + 1 < len(parse.tokens) else ""
    before = parse.tokens[token.index - 1].lower if token.index else ""
    figures = any((t.pos == "NUM" or t.lower in {"oh", "double"}) and t.index != token.index for t in near)
    return figures or after in _UNITS_OF_TIME or before in _BEFORE_AGE


def _ordinal(number: str) -> str:
    return {"twelve": "twelfth", "nine": "ninth", "eight": "eighth"}.get(number, f"{number}th")


def again_by_trade(parse: Parse, trades: Mapping[str, str]) -> list[tuple[Span, str]]:
    """Return where a text says a trade again that somebody was said to follow, and the broad group for it.

    Args:
        parse: The utterance.
        trades: Base form of the trade's rare nouns, and the group.
    """
    found = []
    for token in parse.tokens:
        group = trades.get(base_of(token))
        if group is not None and token.pos != "VERB":
            words = f"{group}s" if token.tag in {"NNS", "NNPS"} else group
            found.append((token.span, words[:1].upper() + words[1:] if token.text[:1].isupper() else words))
    return found


def rare_nouns(parse: Parse) -> frozenset[str]:
    """Return the base forms of a text's rare nouns."""
    return frozenset(base_of(t) for t in parse.tokens if rare_noun(t))


def _head(parse: Parse, token: Token) -> Token:
    """Return the noun that a noun stands before ("pigeon race": race)."""
    seen = 0
    while token.dep in {"compound", "amod", "nmod", "poss"} and seen < len(parse.tokens):
        head = parse.tokens[token.head]
        if head.index < token.index or head.pos not in {"NOUN", "PROPN"}:
            break
        token, seen = head, seen + 1
    return token


def _phrase(parse: Parse, head: Token) -> tuple[Span, str]:
    """Return the noun with what stands before it and belongs to it."""
    inside = {t.index for t in parse.subtree(head.index)}
    first = head.index
    while first - 1 in inside and _belongs(parse.tokens[first - 1]):
        first -= 1
    lead = parse.tokens[first]
    span = Span(lead.span.start, head.span.end)
    return span, _said_less(lead if lead.index != head.index else None, head)


def _belongs(token: Token) -> bool:
    return token.dep in _INSIDE or (token.pos == "PUNCT" and token.text in {"-", "\u2011"}) or token.dep == "case"


def _said_less(lead: Token | None, head: Token) -> str:
    person = (
        head.lower in _PEOPLE
        or job_group(head.lower) is not None
        or (head.lower.endswith(_AGENT) and len(head.lower) > _SHORTEST_AGENT)
    )
    several = head.tag in {"NNS", "NNPS"}
    if lead is not None and lead.lower in _POINTING:
        words = "that person" if person else "those things" if several else "that thing"
    elif person:
        words = "some people" if several else "somebody"
    else:
        words = "some things" if several else "something"
    opens = (lead or head).text[:1].isupper() and (lead or head).tag not in {"NNP", "NNPS"}
    return words[:1].upper() + words[1:] if opens else words
