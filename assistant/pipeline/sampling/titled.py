"""Names that a title or a word of kinship announces ("officer Marsh", "my sponsor Rose"), in any case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.pipeline.sampling.household import SURE_TITLES, TITLES
from assistant.pipeline.sampling.words import BEFORE_NO_NAME, of_calendar
from assistant.privacy.gazetteer import is_given_name
from assistant.privacy.recognisers.numbers import is_number_word
from assistant.privacy.vocabulary import FREQUENT
from assistant.privacy.words import word_set
from assistant.training.material import Kind
from assistant.training.naming import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.privacy.words import TextWord

_WHOSE: Final = word_set("my your his her our their the")
_VERBS: Final = word_set("""
    is was says said has had goes went will would can could did does died called calls came comes told tells just
    and got gets keeps kept left lives lived never always who drives drove works worked picks picked 's
    """)
"""What follows somebody's name and no noun's everyday word."""
_LONGEST: Final = 3


def titled_in(words: Sequence[TextWord], english: Callable[[str], bool]) -> list[tuple[Span, Kind, str, str]]:
    """Return names after titles and kin: where, of what kind, by which rule, and no value."""
    found = [(span, Kind.PERSON, "title", "") for span in _endeared(words)]
    for at in range(1, len(words)):
        lead, word = words[at - 1], words[at]
        if not (word.tight or lead.lower in {"mr", "mrs", "ms", "dr", "st"}) or not word.bare.isalpha():
            continue
        if not (_after_title(words, at, english) or _after_kin(words, at) or _as_subject(words, at)):
            continue
        last = at
        while (
            last + 1 < len(words)
            and last + 1 - at < _LONGEST
            and words[last + 1].tight
            and words[last + 1].capital
            and word.capital
        ):
            if of_calendar(words[last + 1]) or words[last].text.lower().endswith(("'s", "\u2019s")):
                break
            last += 1
        found.append((Span(word.span.start, words[last].bare_span.end), Kind.PERSON, "title", ""))
    return found


def _endeared(words: Sequence[TextWord]) -> list[Span]:
    """Return names with the ending by which somebody is called in Korean, Japanese, Persian or Hindi ("...-ji")."""
    return [
        Span(words[at].span.start, words[at + 1].bare_span.end)
        for at in range(len(words) - 1)
        if words[at + 1].gap == "-" and words[at + 1].bare in _ENDINGS
        if words[at].bare.isalpha() and len(words[at].bare) > 1 and words[at].bare not in FREQUENT
    ]


def _after_title(words: Sequence[TextWord], at: int, english: Callable[[str], bool]) -> bool:
    lead, word = words[at - 1], words[at]
    if of_calendar(word) or is_number_word(word.bare) or word.bare in BEFORE_NO_NAME or word.bare in TITLES:
        return False
    if lead.bare in SURE_TITLES:
        return word.capital or word.bare not in FREQUENT
    if lead.bare not in TITLES:
        return False
    if word.capital:
        return not word.text.isupper()
    return not english(word.bare) and len(word.bare) > 2  # noqa: PLR2004  no little word


def _after_kin(words: Sequence[TextWord], at: int) -> bool:
    """Whether a word-name follows "my brother" and stands before a verb, or at the end."""
    lead, word = words[at - 1], words[at]
    if lead.bare not in RELATIONS or at < 2 or words[at - 2].lower not in _WHOSE or lead.text.endswith("s"):  # noqa: PLR2004
        return False
    if not is_given_name(word.bare):
        return False
    if of_calendar(word) or word.bare in _AMBIGUOUS:
        return at + 1 < len(words) and words[at + 1].tight and words[at + 1].lower in _OF_PERSONS
    after = words[at + 1] if at + 1 < len(words) else None
    return word.capital or after is None or not after.tight or after.lower in _VERBS or word.lower.endswith("'s")


def _as_subject(words: Sequence[TextWord], at: int) -> bool:
    """Whether a word-name without a capital has a finite verb behind it: then it is no verb itself."""
    word = words[at]
    if word.capital or not is_given_name(word.bare) or words[at - 1].lower not in _JOINING:
        return False
    after = [w.lower for w in words[at + 1 : at + 3]]
    if of_calendar(word):
        return bool(after) and after[0] in _SPEAKING
    if word.bare in FREQUENT:
        return False
    after = after[1:] if after and after[0] in _BETWEEN else after
    return bool(after) and after[0] in _FINITE


_JOINING: Final = word_set("and but so when because if that then while until cause um uh oh well")
_ENDINGS: Final = word_set("ah ya jan jaan joon ji jee chan san kun sama nim ssi bhai didi da anna akka")
_OF_PERSONS: Final = word_set(
    "has had is was isn't wasn't hasn't says said goes went came comes calls called told tells"
)
"""What follows a name that is a month or a modal verb as well."""
_BETWEEN: Final = word_set("just never always also really still")
_SPEAKING: Final = word_set("says said told tells asked asks didn't doesn't")
"""What people do and months do not."""
_FINITE: Final = word_set("""
    has had goes says does said went got came comes keeps can't won't didn't doesn't isn't wasn't called calls told
    tells drives drove works worked lives lived left died
    """)
"""What persons do and virtues do not."""
_AMBIGUOUS: Final = word_set(
    "will may so hope just can sue mark bill drew grant ever even in no see said own miles mine love like"
)
"""What is a verb or a little word after "my mother" more often than a name."""
