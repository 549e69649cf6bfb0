"""Organisations by what they are: a name that ends in "Diner", "Growers", "Trust", or stands before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.privacy.gazetteer import is_plain_given_name
from assistant.privacy.recognisers.organisation_cues import MOST_WORDS, name_span
from assistant.privacy.recognisers.organisation_words import FUNCTION_WORDS, GENERIC, HEADS, TRAILING
from assistant.privacy.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Span
    from assistant.privacy.words import TextWord

_TAIL_WORDS = word_set(
    """
    creek ridge valley hollow springs harbor harbour saint st mount oak willow
    """
)
_TOPONYMS = word_set(
    """
    harbor harbour ridge creek valley river lake bay point view fields meadows springs hills woods gardens park
    pines oaks house home court manor terrace lodge villa yard shop store group city market bar farm team hollow
    room rooms line lines union trust service services works care tools parts media systems center centre garage
    fitness lounge department club bank mission agency council
    """
)
"""Heads that alone, after an unknown word, may as well make a place, a thing or a family."""
_DISTINCT = word_set(
    """
    diner restaurant bistro tavern inn hotel motel hospital clinic infirmary hospice pharmacy college university
    academy seminary daycare chapel cathedral synagogue mosque factory refinery shipyard brewery bakery
    supermarket boutique salon casino cafe sinfonia philharmonic presbyterian methodist growers exteriors cinema
    """
)
"""Heads that any one word but a general one turns into a name."""
_PLACELIKE = word_set(
    """
    harbor harbour ridge creek valley river lake bay point view fields meadows springs hills woods gardens park pines
    oaks house home court manor terrace lodge villa center centre plant mill city air high primary room rooms yard
    hollow sons daughters power security capital care systems team steel cleaning construction energy electric solar
    """
)
"""Heads that in writing, after a capital, still make a place or a plain thing more often than an organisation."""
_STREETS = frozenset({"street", "road", "lane", "avenue", "hill", "green", "square"})
_ON_STREETS = word_set(
    """
    surgical surgery medical dental practice clinic school church hospital centre center chapel pharmacy gym market
    nursery primary project trust studios baths hostel shelter mission library garage motors tavern diner deli salon
    """
)
"""What is called after its street."""


def headed_names(words: tuple[TextWord, ...], *, plain: bool, knows: Callable[[str], bool]) -> list[Span]:
    """Return capitalised names that end in a head noun; in plain text, a saint's or an unknown word before one.

    Args:
        words: The words of the text.
        plain: Whether the text has no capitals to go by.
        knows: Whether a lower-case word is English.
    """
    spans: list[Span] = []
    for at in range(1, len(words)):
        if not words[at].tight:
            continue
        if _on_street(words, at, plain=plain):
            spans.append(name_span(words, at - 2, at + 1))
        elif words[at].bare in _heads(words, at, plain=plain):
            first = _first(words, at, plain=plain, knows=knows)
            if _is_named(words, first, at, plain=plain):
                spans.append(name_span(words, first, _after_heads(words, at, plain=plain)))
    return spans


def _on_street(words: tuple[TextWord, ...], at: int, *, plain: bool) -> bool:
    """Whether it is called after its street: "Orchard Lane Surgery"."""
    if at < 2 or words[at].bare not in _ON_STREETS or words[at - 1].bare not in _STREETS:  # noqa: PLR2004  three words
        return False
    street = words[at - 2]
    return words[at - 1].tight and street.bare not in FUNCTION_WORDS and (plain or street.capital)


def _heads(words: tuple[TextWord, ...], at: int, *, plain: bool) -> frozenset[str]:
    """The head nouns that count at ``at``: the more the words before it promise a name, the more of them."""
    if words[at - 1].lower.endswith(("'s", "s'")) or words[at - 1].bare in GENERIC:
        return HEADS
    if not plain:
        return HEADS - (_PLACELIKE if words[at].capital else TRAILING)
    article = at > 1 and words[at - 2].lower == "the"
    return HEADS - (_PLACELIKE if article else _TOPONYMS)  # "the oakdale trust"


def _first(words: tuple[TextWord, ...], at: int, *, plain: bool, knows: Callable[[str], bool]) -> int:
    """Index of the first word of the name whose head is at ``at``; ``at`` itself where there is none."""
    first = at
    while first > 0 and at - first < MOST_WORDS and words[first].tight:
        previous = words[first - 1]
        if plain:
            general = previous.bare in GENERIC and not previous.opens
            belongs = general or _belongs(words, first - 1, at, knows)
        else:
            belongs = previous.capital and previous.lower not in FUNCTION_WORDS and previous.bare != "i"
        if not belongs:
            break
        first -= 1
    while first < at and words[first].bare in GENERIC:
        first += 1
    return first


def _belongs(words: tuple[TextWord, ...], at: int, head: int, knows: Callable[[str], bool]) -> bool:
    """Whether a word of plain text is part of the name that ends in the head noun."""
    bare = words[at].bare
    if bare in FUNCTION_WORDS:
        return False
    strange = not knows(bare) or bare in {"saint", "st"} or (is_plain_given_name(bare) and not words[at].opens)
    tail = bare in _TAIL_WORDS or (at + 1 < head and words[at + 1].bare in _TAIL_WORDS)
    return strange or tail or (words[head].bare in _DISTINCT and head - at <= 2 and _is_particular(words, at))  # noqa: PLR2004  "hope and grain bakery"


def _is_particular(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether the word before a head tells one from another: "the kestrel clinic", not "a busy clinic"."""
    word, before = words[at], words[at - 1].lower if at and not words[at].opens else "a"
    if word.bare in GENERIC | FUNCTION_WORDS or word.bare.endswith(("ing", "ed", "ly", "al", "ic")):
        return False
    return before in {"the", "at", "in", "to", "from", "for", "of", "with"} or (
        before not in FUNCTION_WORDS and before not in GENERIC
    )


def _is_named(words: tuple[TextWord, ...], first: int, at: int, *, plain: bool) -> bool:
    named = [w for w in words[first:at] if w.bare not in GENERIC]
    lone = len(named) == 1 and words[first].opens and not words[at].capital
    return bool(named) and (plain or words[at].capital) and not lone


def _after_heads(words: tuple[TextWord, ...], at: int, *, plain: bool) -> int:
    end = at + 1
    while end < len(words) and words[end].tight and words[end].bare in HEADS and (plain or words[end].capital):
        end += 1
    return end
