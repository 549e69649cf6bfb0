"""Street addresses, flats, post boxes and postal codes, as they are said and as they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.recognisers.flats import flats, house_number
from assistant.privacy.recognisers.numbers import digit_runs, digits_of, ordinal
from assistant.privacy.recognisers.street_words import FIRMS, LIVING, LONE_WEAK, NO_NAME, NOT_A_STREET, ON, STRONG, WEAK
from assistant.privacy.words import span_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

_ZIP_CUES = frozenset({"zip", "zipcode", "postcode", "postal"})
_WRITTEN_ZIP = re.compile(
    r"(?<!\d)\d{5}-\d{4}(?!\d)|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"
)
_MOST_NAME_WORDS = 3
_MOST_STREET_WORDS = 4
_ZIP_DIGITS = 5


class AddressRecogniser:
    """Finds addresses and postal codes."""

    name = "addresses"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return ADDRESS mentions, the house number with the street."""
        words = words_of(parse.text)
        found = [(s, "street") for s in streets(words)]
        found += [(s, "number and name") for s in houses(words)]
        found += [(s, "flat") for s in flats(words)]
        found += [(s, "corner") for s in corners(words)]
        found += [(s, "post box") for s in boxes(words)]
        found += [(s, "postal code") for s in postal_codes(words)]
        found += [(Span(*m.span()), "written postal code") for m in _WRITTEN_ZIP.finditer(parse.text)]
        return [Mention(s, DisclosureType.ADDRESS, 0.85, self.name, why) for s, why in found]


def streets(words: tuple[TextWord, ...]) -> list[Span]:
    """Return street names, with the house number where one was said."""
    found: list[Span] = []
    for at, word in enumerate(words):
        lower = word.bare
        if at == 0 or word.opens or lower not in STRONG | WEAK or word.gap.strip(" -"):
            continue
        if lower in {"st", "dr"} and not word.capital:
            continue
        span = _street(words, at, strong=lower in STRONG)
        if span is not None:
            found.append(span)
    return found


def _street(  # noqa: C901, PLR0911  one rule a line
    words: tuple[TextWord, ...], at: int, *, strong: bool
) -> Span | None:
    first = at
    for i in range(at - 1, max(-1, at - _MOST_NAME_WORDS - 1), -1):
        numbered = ordinal(words, i) is not None
        if words[i].lower in NOT_A_STREET or (digits_of(words, i) is not None and not numbered):
            break
        first = i
        if words[i].opens or not words[i].tight:
            break
        if house_number(words, i) is not None:
            break
    if first == at:
        return None
    number = house_number(words, first) if not words[first].opens else None
    if number is not None:
        return Span(words[number].span.start, words[at].bare_span.end)
    if at + 1 < len(words) and words[at + 1].tight and words[at + 1].bare in FIRMS:
        return None
    while first < at and not words[first].capital and words[at].capital and ordinal(words, first) is None:
        first += 1
    if all(w.lower in NO_NAME for w in words[first:at]) and not words[first].capital:
        return None
    if not strong and words[at].bare not in LONE_WEAK:
        return None
    named = words[first].capital or ordinal(words, first) is not None
    capitals = words[at].capital and named and first < at
    if capitals and (strong or not words[first].opens) and (strong or (words[first - 1].lower if first else "") in ON):
        return Span(words[first].span.start, words[at].bare_span.end)
    before = words[first - 1].lower if first and not words[first].opens else ""
    if (
        strong
        and first < at
        and before in ON
        and not words[at].capital
        and not any(w.capital for w in words[1:] if w.lower != "i")
    ):
        return Span(words[first].span.start, words[at].bare_span.end)
    return None


def houses(words: tuple[TextWord, ...]) -> list[Span]:
    """Return "7 Heol y Bryn" after a word of dwelling: a number and capitalised words."""
    found: list[Span] = []
    for at, word in enumerate(words):
        group = digits_of(words, at)
        before = [w.lower for w in words[max(0, at - 3) : at]]
        if group is None or word.opens or not (set(before) & LIVING) or before[-1:] not in (["at"], ["is"], ["it's"]):
            continue
        end = group[1]
        while (
            end < len(words)
            and words[end].tight
            and end - group[1] < _MOST_STREET_WORDS
            and (
                words[end].capital
                or (end + 1 < len(words) and len(words[end].lower) < _MOST_STREET_WORDS and words[end + 1].capital)
            )
        ):
            end += 1
        if end > group[1] and words[group[1]].capital:
            found.append(span_of(words, at, end - 1))
    return found


def corners(words: tuple[TextWord, ...]) -> list[Span]:
    """Return crossings: "the corner of Fifth and Main"."""
    found: list[Span] = []
    for at, word in enumerate(words[:-4]):
        if word.lower not in {"corner", "intersection"} or words[at + 1].lower != "of":
            continue
        meet = next((i for i in range(at + 3, min(at + 6, len(words) - 1)) if words[i].lower == "and"), None)
        if meet is None or words[at + 2].lower in {"the", "my", "your", "his", "her"}:
            continue
        end = meet + 2
        while end < len(words) and words[end].tight and words[end].bare in STRONG | WEAK:
            end += 1
        found.append(span_of(words, at, end - 1))
    return found


def boxes(words: tuple[TextWord, ...]) -> list[Span]:
    """Return post boxes: "PO box twelve"."""
    found: list[Span] = []
    for at, word in enumerate(words[:-1]):
        if word.lower != "box" or digits_of(words, at + 1) is None or at == 0:
            continue
        first = at - 1 if words[at - 1].lower in {"po", "post", "office"} else None
        if words[at - 1].lower == "o" and at > 1 and words[at - 2].lower == "p":
            first = at - 2
        if first is not None:
            run = next((r for r in digit_runs(words) if r.first == at + 1), None)
            found.append(Span(words[first].span.start, words[run.last if run else at + 1].span.end))
    return found


def postal_codes(words: tuple[TextWord, ...]) -> list[Span]:
    """Return five digits after "zip" or "postcode", or after "in"/"at" where they are read one by one."""
    found: list[Span] = []
    for run in digit_runs(words):
        before = [w.lower for w in words[max(0, run.first - 4) : run.first]]
        cued = bool(set(before) & _ZIP_CUES) and len(run.digits) >= 2  # noqa: PLR2004  a part of it counts
        place = (
            len(run.digits) == _ZIP_DIGITS
            and before[-1:] in (["in"], ["to"], ["near"])
            and (run.groups >= _ZIP_DIGITS - 1 or (run.groups == 1 and words[run.first].lower.isdecimal()))
        )
        if cued or place:
            found.append(Span(words[run.first].span.start, words[run.last].span.end))
    return found
