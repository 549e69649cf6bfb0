"""Names of bodies and places in a text that a recogniser wrote without capitals: by what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.pipeline.sampling.words import BEFORE_NO_NAME, JOINTS, led_by_work
from assistant.privacy.gazetteer import is_place
from assistant.privacy.recognisers.numbers import ordinal
from assistant.privacy.vocabulary import FREQUENT
from assistant.privacy.words import word_set
from assistant.training.bodies import GENERIC
from assistant.training.material import Kind

if TYPE_CHECKING:
    from assistant.privacy.words import TextWord

_LITTLE: Final = word_set("and of for in at on a an the st inc co state")
"""Parts of names that are no heads of one."""
_CORPS: Final = word_set("mountain cavalry cav infantry airborne armored armoured marines rangers fleet guards")
_NO_NAME: Final = BEFORE_NO_NAME | word_set("""
    from home place work works worked working over into they then when what where were been being have about down
    nursing coffee grocery corner same whole next last first other another every local little outside inside
    """)
_LAND: Final = word_set("""
    creek hill hills lake lakes river valley springs beach bay falls ridge heights point island grove crossing bluff
    hollow canyon gulch prairie flats woods fields meadows glen moor fen cove harbour harbor landing bend rapids
    lane lanes road street avenue bridge park square terrace crescent boulevard highway parkway row wharf quay
    line county parish cross green town city village
    """)
"""Heads of names of towns, roads and lines."""
_CAPES: Final = word_set("port fort mount mt lake cape san santa los las el la el saint st")
"""What names of places begin with."""
_AT: Final = word_set("at in to from by near on off past around outside through toward towards of for")
_STEPS: Final = word_set("at in to from near outside of for")
_RULED: Final = word_set(
    "mayor mayoress bishop sheriff reeve earl duke lord town city village parish county outskirts suburb suburbs people"
)
"""Who or what is of a place."""
_ROADS: Final = word_set("avenue street road lane drive place boulevard terrace")
_PAPERS: Final = word_set(
    "gazette chronicle herald tribune courier argus examiner advertiser observer inquirer sentinel"
)
_WORKING: Final = word_set(
    "one ones work works worked working job shift clinic nurse doctor ward appointment bed group therapist"
)
_SAINTS: Final = word_set("apostle divine baptist great evangelist martyr confessor king worker less good")
_HOUSES: Final = word_set("sons daughters brothers bros associates partners")


def bodies_in(words: tuple[TextWord, ...], *, cased: bool = False) -> list[tuple[Span, Kind]]:
    """Return names of bodies and places without capitals: words in a row where a name would stand.

    Args:
        words: Of one utterance.
        cased: Whether the text has capitals elsewhere: only what needs none to be told is returned.
    """
    found: list[tuple[Span, Kind]] = []
    for at in range(1, len(words)):
        land = _on_the_map(words, at) or _numbered(words, at)
        pair = land or _house(words, at) or _cooperative(words, at)
        if pair is None and (not cased or led_by_work(words, at - 1)):
            pair = _headed(words, at)
        if pair is None and not cased:
            pair = _led_by(words, at) or _saint(words, at) or _among_works(words, at) or _newspaper(words, at)
        if pair is None or not pair[0] <= pair[1] < len(words):
            continue
        if (
            cased
            and (land is None or pair[0] == pair[1])
            and any(words[i].capital for i in range(pair[0], pair[1] + 1))
        ):
            continue
        if cased and land is not None and pair[0] == pair[1]:
            continue
        span = Span(words[pair[0]].span.start, words[pair[1]].bare_span.end)
        found.append((span, Kind.PLACE if land else Kind.ORGANISATION))
    return found


def _headed(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return a name that ends in what it is ("... ink", "... sciences")."""
    word = words[at]
    rare_before = words[at - 1].bare.isalpha() and words[at - 1].bare not in FREQUENT
    if word.bare not in GENERIC or word.bare in _LITTLE or (word.bare in JOINTS and not rare_before):
        return None
    first = at
    while first > 0 and at - first < 2 and _of_a_name(words[first - 1]):  # noqa: PLR2004  words of a name
        first -= 1
    before = words[first:at]
    led = first > 0 and first < at and words[first - 1].lower == "at"
    rare = led or any(w.bare not in FREQUENT for w in before)
    return (first, at) if rare and (led or not all(w.bare in GENERIC for w in before)) else None


def _led_by(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return a name that follows what stands before names: "at the", "past", "with the" and a number."""
    word, after = words[at], words[at + 1 : at + 3]
    if len(after) < 2:  # noqa: PLR2004  a name of one word is not told from a word
        return None
    before = words[at - 1].lower
    named = all(map(_of_a_name, after))
    if named and word.lower in {"past", "outside", "near"}:
        return at + 1, at + 2
    if named and (before, word.lower) == ("at", "the") and all(w.bare not in FREQUENT for w in after):
        return at + 1, at + 2
    number = ordinal(words, at + 1) if word.lower == "the" and before in {"with", "in"} else None
    if number is not None and number.after < len(words) and words[number.after].bare in _CORPS:
        return at + 1, number.after
    return (at - 1, at + 1) if word.lower == "y" else None


def _of_a_name(word: TextWord) -> bool:
    return word.bare.isalpha() and len(word.bare) > 3 and word.bare not in _NO_NAME  # noqa: PLR2004  no little words


def _on_the_map(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return a name after a word of place: one that ends in land or road without an article, or is in a gazetteer."""
    if words[at - 1].lower not in _AT or not words[at].tight:
        return None
    for last in range(min(at + 3, len(words) - 1), at, -1):
        inside = words[at : last + 1]
        if all(w.tight for w in inside) and inside[-1].bare in _LAND and all(map(_may_name_land, inside[:-1])):
            plural = inside[-1].bare.endswith("s")
            if not plural or any(w.bare not in FREQUENT for w in inside[:-1]) or len(inside[0].bare) > 4:  # noqa: PLR2004
                return at, last
    after = words[at + 1] if at + 1 < len(words) else None
    caped = words[at].bare in _CAPES and after is not None and after.tight and _of_a_name(after)
    if caped and after is not None and after.bare not in FREQUENT:
        return at, at + 1
    word = words[at]
    if words[at - 1].lower == "of" and at > 1 and words[at - 2].bare in _RULED and _of_a_name(word):
        return (at, at) if word.bare not in FREQUENT and not word.capital else None
    settled = word.bare not in FREQUENT and len(word.bare) > 3 and is_place(word.bare)  # noqa: PLR2004
    return (at, at) if settled and words[at - 1].lower in _STEPS else None


def _may_name_land(word: TextWord) -> bool:
    return word.bare.isalpha() and len(word.bare) > 2 and word.bare not in _NO_NAME  # noqa: PLR2004  "fox creek"


def _numbered(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return a road that is counted ("the eighth avenue bridge"), and what is on it."""
    number = ordinal(words, at)
    if number is None or number.after >= len(words) or words[number.after].bare not in _ROADS:
        return None
    further = number.after + 1
    on_it = further < len(words) and words[further].tight and words[further].bare in _LAND | GENERIC - _LITTLE
    return at, further if on_it else number.after


def _newspaper(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return a newspaper, with the town before it."""
    if words[at].bare not in _PAPERS or words[at].capital:
        return None
    if words[at - 1].lower == "the":
        return at, at
    return (at - 1, at) if _of_a_name(words[at - 1]) and words[at - 1].bare not in FREQUENT else None


def _among_works(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return one word of many ("one at ...s") by which a clinic or a workplace is meant."""
    before = words[at - 1].lower == "at" and at > 1 and words[at - 2].bare in _WORKING
    word = words[at]
    telling = word.bare not in FREQUENT and len(word.bare) > 4 and word.bare.isalpha() and word.bare not in _NO_NAME  # noqa: PLR2004
    return (at, at) if before and telling else None


def _cooperative(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return the shop that many towns have and each has its own."""
    return (at - 1, at) if words[at].bare == "op" and words[at - 1].bare == "co" and words[at].gap == "-" else None


def _house(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return a firm that is a family's ("... and sons")."""
    after = words[at : at + 3]
    if len(after) < 3 or after[1].lower != "and" or after[2].bare not in _HOUSES:  # noqa: PLR2004  name, and, kin
        return None
    return (at, at + 2) if after[0].bare not in FREQUENT and after[0].bare.isalpha() else None


def _saint(words: tuple[TextWord, ...], at: int) -> tuple[int, int] | None:
    """Return what is called after a saint."""
    if words[at - 1].bare not in {"st", "saint", "santa"} or not words[at].tight or words[at].bare in _NO_NAME:
        return None
    further = [w.bare for w in words[at + 1 : at + 3]]
    return at - 1, at + (2 if further[:1] == ["the"] and further[1:] and further[1] in _SAINTS else 0)
