"""Ages as they are said: "I'm thirty-four", "he's nineteen", "just turned four", "a seven-year-old"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention
from assistant.privacy.recognisers.numbers import Number, cardinal
from assistant.privacy.words import span_of, word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

_BEING = word_set("i'm im he's hes she's shes you're they're we're who's ain't")
_BE = word_set("am is was are were be be's turning turned turns")
_PEOPLE = word_set("i he she you they we who")
_KIN = word_set(
    """
    son daughter kid kids boy girl baby brother sister mom mum mother dad father wife husband partner ex boyfriend
    girlfriend nephew niece cousin aunt uncle grandma grandpa grandmother grandfather grandson granddaughter twins
    twin child children oldest eldest youngest middle stepson stepdaughter stepdad stepmom nan nana grandad
    granddad gran toddler one friend roommate fiance fiancee stepbrother stepsister grandkid grandkids boys girls
    """
)
_SOFTENERS = word_set(
    """
    only just about nearly almost like already now um uh going to gonna over barely still maybe
    """
)
_UNITS_AFTER = word_set(
    """
    hours hour minutes minute days day weeks week months month seconds percent dollars bucks pounds lbs kilos
    miles feet foot inches times people of on point in-law thousand hundred million degrees blocks milligrams mg
    grams cups drinks beers pills sessions steps stops and-a-half nights shifts o'clock am pm a.m p.m
    in-the-morning kids children brothers sisters weekends meetings out away down behind short pieces to-one per
    cents quid euros stone calories exits floors doors streets for with who that thing things person or
    """
)
_MONTHS = frozenset({"week", "weeks", "month", "months"})
_AFTER_MONTHS = word_set("and but so now today tomorrow he he's she she's they i i'm it it's um uh because which")
"""What follows a baby's age; anything else makes it a length of time ("she's two weeks late", "three weeks in")."""
_AGE_NOUNS = frozenset({"age", "aged"})
_OLDEST = 115
_ADULT = 13


class AgeRecogniser:
    """Finds ages."""

    name = "ages"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return AGE mentions: the number itself, or all of "seven-year-old"."""
        words = words_of(parse.text)
        found: list[Mention] = []
        for at in range(len(words)):
            number = cardinal(words, at)
            if number is None or not 0 < number.value <= _OLDEST or (at and _inside_number(words, at)):
                continue
            end, reason = _age_end(words, number)
            if end is not None:
                found.append(Mention(span_of(words, at, end - 1), DisclosureType.AGE, 0.85, self.name, reason))
        return found


def _inside_number(words: tuple[TextWord, ...], at: int) -> bool:
    previous = cardinal(words, at - 1)
    return previous is not None and previous.after > at


def _at(words: tuple[TextWord, ...], index: int) -> str:
    return words[index].lower if 0 <= index < len(words) else ""


def _age_end(  # noqa: C901, PLR0911  one rule a line
    words: tuple[TextWord, ...], number: Number
) -> tuple[int | None, str]:
    """Index after the age, or None; and the rule."""
    after = number.after
    old = _years_old(words, after)
    if old is not None:
        return old, "years old"
    months = _months_old(words, number)
    if months is not None:
        return months, "months"
    follow = "" if after >= len(words) or words[after].opens or "," in words[after].gap else words[after].lower
    if follow in _UNITS_AFTER - {"for", "with", "who", "that", "or", "on"}:
        return None, ""
    if follow in {"year", "years"}:
        return None, ""
    if _at(words, number.first - 1) in _AGE_NOUNS or (
        _at(words, number.first - 1) in {"of", "is"} and _at(words, number.first - 2) == "age"
    ):
        return after, "age"
    at = number.first - 1
    while at >= 0 and words[at].lower in _SOFTENERS and not words[at + 1].opens:
        at -= 1
    if at < 0 or words[at + 1].opens:
        return None, ""
    if _is_being(words, at) and not (number.value == 1 and words[number.first].lower == "one"):
        return after, "be"
    if _in_apposition(words, number):
        return after, "apposition"
    if _at(words, at) in {"and", "or"} and _paired(words, at, number):
        return after, "pair"
    if words[number.first - 1].lower == "at" and number.value >= _ADULT and follow not in {"thirty", "fifteen"}:
        clause_end = after >= len(words) or words[after].opens or "," in words[after].gap
        if clause_end or follow in {"and", "i", "when", "he", "she", "with", "because", "but", "so", "my"}:
            return after, "at"
    return None, ""


def _months_old(words: tuple[TextWord, ...], number: Number) -> int | None:
    """Index after a baby's age: "she's eleven weeks", "Tom, four months, and"; of others, never of oneself."""
    after = number.after
    if after >= len(words) or words[after].lower not in _MONTHS or not words[after].tight:
        return None
    ends = after + 1 >= len(words) or words[after + 1].opens or "," in words[after + 1].gap
    if not ends and words[after + 1].lower not in _AFTER_MONTHS:
        return None
    at = number.first - 1
    while at >= 0 and words[at].lower in _SOFTENERS:
        at -= 1
    if at < 0 or words[at + 1].opens:
        return None
    word = words[at].lower
    by_name = _is_name(words, at) and word == words[at].bare
    other = word not in {"i'm", "im", "am", "m", "we're", "you're"} and (
        at == 0 or words[at - 1].lower not in {"i", "we", "you", "it", "that"}
    )
    return after + 1 if by_name or (other and _is_being(words, at)) else None


def _years_old(words: tuple[TextWord, ...], after: int) -> int | None:
    """Index after "years old", "-year-old", "months old"."""
    if _at(words, after) in {"year", "years", "month", "months", "yr", "yrs", "week", "weeks"} and _at(
        words, after + 1
    ) in {"old", "olds"}:
        return after + 2
    if _at(words, after) == "and" and _at(words, after + 1) == "a" and _at(words, after + 2) == "half":
        return _years_old(words, after + 3)
    return None


def _is_being(words: tuple[TextWord, ...], at: int) -> bool:  # noqa: PLR0911  one rule a line
    """Whether the words up to ``at`` say that somebody is, was or turned that old."""
    word = words[at].lower
    before = _at(words, at - 1) if at and not words[at].opens else ""
    if word in _BEING:
        return True
    if word in {"turn", "turned", "turning", "turns"}:
        return True
    if word in {"'m", "m"} and before == "i":
        return True
    if word == "be" and before == "to" and _at(words, at - 2) in {"lived", "live", "lives"}:
        return True
    if word in _BE or (
        word == "be"
        and before in {"i'll", "he'll", "she'll", "will", "would", "i'd", "he'd", "she'd", "they'll", "gonna", "to"}
    ):
        return (
            before in _PEOPLE
            or before in _KIN
            or _is_name(words, at - 1)
            or before in {"i'll", "he'll", "she'll", "they'll", "you'll", "who's"}
        )
    if word.endswith("'s"):
        return words[at].bare in _KIN or _is_name(words, at)
    return False


def _in_apposition(words: tuple[TextWord, ...], number: Number) -> bool:
    """Whether it stands between commas after a name or a word of kin: "Tom, seven, and"."""
    at, after = number.first, number.after
    follower = words[after].lower if after < len(words) else ""
    if number.value > 1 and words[at].tight and _is_name(words, at - 1) and not words[at - 1].capital:
        return follower in {"and", "he's", "she's", "he", "she", "who", "who's"}  # "maureen seventy-eight and"
    if "," not in words[at].gap or (after < len(words) and not words[after].opens and "," not in words[after].gap):
        return False
    before = words[at - 1]
    return number.value > 1 and (before.bare in _KIN - {"one"} or (before.capital and _is_name(words, at - 1)))


def _is_name(words: tuple[TextWord, ...], at: int) -> bool:
    from assistant.privacy.gazetteer import is_given_name, is_plain_given_name  # noqa: PLC0415

    if at < 0:
        return False
    bare = words[at].bare
    return is_plain_given_name(bare) or (
        words[at].capital and (is_given_name(bare) or not words[at].opens) and bare not in {"it", "that", "i"}
    )


def _paired(words: tuple[TextWord, ...], at: int, number: Number) -> bool:
    """Whether it ends a pair: "they're five and seven", "nine and eleven years old"."""
    for size in (1, 2):
        earlier = cardinal(words, at - size) if at >= size else None
        if earlier is not None and earlier.after == at:
            end, _ = _age_end(words, earlier)
            return end is not None and abs(earlier.value - number.value) < 40  # noqa: PLR2004  one set of children
    return False
