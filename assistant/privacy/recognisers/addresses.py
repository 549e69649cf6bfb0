"""Street addresses, flats, post boxes and postal codes, as they are said and as they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.recognisers.numbers import digit_runs, digits_of, ordinal
from assistant.privacy.words import span_of, word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

_STRONG = word_set(
    """
    lane road street avenue boulevard drive court terrace crescent parkway highway alley mews turnpike cul-de-sac
    st ave blvd rd ln dr ct pkwy hwy esplanade causeway
    """
)
_WEAK = word_set(
    """
    way place circle square close trail row gardens grove walk hill path loop heights park view rise green point
    plaza pike ridge run bend landing crossing ter pl sq
    """
)
_UNITS = word_set("unit apartment apt flat suite building block tower lot trailer")
_NOT_A_STREET = word_set(
    """
    the a an my your his her our their this that same next other another every each whole short hard test food
    tennis basketball family drug supreme criminal district traffic mental night memory fast pass down across off
    side back up middle of on in at to into and or by from for with one's dirt wrong right busy quiet dead open
    rough bumpy winding main disc sex flash thumb usb blood toy hunger i you we they he she it is was basement
    federal city small-claims magistrates crown youth juvenile civil appeals ball under over about around when
    where who what home house car bus no any some driving inside outside out through along near parking bike
    """
)
_NO_NAME = word_set(
    """
    old new main state country county side private gravel little long big high low great
    """
)
"""Words that belong to a street's name only beside another ("Old Mill Lane", but "the old road")."""
_LIVING = word_set("live lives lived living address house staying stay moved")
_LONE_WEAK = word_set("way place circle square close row gardens grove walk plaza sq pl")
"""Weak endings that make a street without a house number."""
_ON = word_set(
    """
    on at off to down in near from by along of between behind past live lives living
    """
)
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
        found += [(s, "flat") for s in units(words)]
        found += [(s, "corner") for s in corners(words)]
        found += [(s, "post box") for s in boxes(words)]
        found += [(s, "postal code") for s in postal_codes(words)]
        found += [(Span(*m.span()), "written postal code") for m in _WRITTEN_ZIP.finditer(parse.text)]
        return [Mention(s, DisclosureType.ADDRESS, 0.85, self.name, why) for s, why in found]


def house_number(words: tuple[TextWord, ...], at: int) -> int | None:
    """Return the index of the first word of the house number that ends just before word ``at``, or None.

    House numbers are read in groups: "nineteen", "two sixty", "forty-two twelve", "one oh five", "12B".
    """
    first = None
    for start in range(at - 1, max(-1, at - 6), -1):
        i = start
        while i < at:
            group = digits_of(words, i)
            if (
                group is None
                and i + 1 == at
                and i > start
                and len(words[i].lower) == 1
                and words[i].lower not in {"a", "i"}
            ):
                i += 1
                continue
            if group is None and words[i].lower in {"hundred", "thousand", "and"} and i > start:
                i += 1
                continue
            if group is None and re.fullmatch(r"\d{1,5}[a-z]", words[i].lower):
                i += 1
                continue
            if group is None:
                break
            i = group[1]
        if (i == at and digits_of(words, start) is not None) or (
            i == at and re.fullmatch(r"\d{1,5}[a-z]", words[start].lower)
        ):
            first = start
        if words[start].opens:
            break
    return first


def streets(words: tuple[TextWord, ...]) -> list[Span]:
    """Return street names, with the house number where one was said."""
    found: list[Span] = []
    for at, word in enumerate(words):
        lower = word.bare
        if at == 0 or word.opens or lower not in _STRONG | _WEAK or word.gap.strip(" -"):
            continue
        if lower in {"st", "dr"} and not word.capital:
            continue
        span = _street(words, at, strong=lower in _STRONG)
        if span is not None:
            found.append(span)
    return found


def _street(  # noqa: C901, PLR0911  one rule a line
    words: tuple[TextWord, ...], at: int, *, strong: bool
) -> Span | None:
    first = at
    for i in range(at - 1, max(-1, at - _MOST_NAME_WORDS - 1), -1):
        numbered = ordinal(words, i) is not None
        if words[i].lower in _NOT_A_STREET or (digits_of(words, i) is not None and not numbered):
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
    while first < at and not words[first].capital and words[at].capital:
        first += 1
    if all(w.lower in _NO_NAME for w in words[first:at]) and not words[first].capital:
        return None
    if not strong and words[at].bare not in _LONE_WEAK:
        return None
    capitals = words[at].capital and words[first].capital and first < at
    if capitals and (strong or not words[first].opens) and (strong or (words[first - 1].lower if first else "") in _ON):
        return Span(words[first].span.start, words[at].bare_span.end)
    before = words[first - 1].lower if first and not words[first].opens else ""
    if (
        strong
        and first < at
        and before in _ON
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
        if group is None or word.opens or not (set(before) & _LIVING) or before[-1:] not in (["at"], ["is"], ["it's"]):
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


def units(words: tuple[TextWord, ...]) -> list[Span]:
    """Return flats: "unit 4B", "apartment twelve", "flat three"."""
    found: list[Span] = []
    for at, word in enumerate(words[:-1]):
        if word.lower not in _UNITS:
            continue
        i = at + 2 if words[at + 1].lower == "number" else at + 1
        if i >= len(words) or not words[i].tight:
            continue
        group = digits_of(words, i)
        coded = any(c.isdigit() for c in words[i].lower)
        lettered = words[i].text.isupper() and len(words[i].text) == 1 and words[i].text != "I"
        if group is None and not coded and not lettered:
            continue
        end = group[1] if group else i + 1
        if end < len(words) and words[end].lower in {"of", "people", "times", "years", "days", "bedroom"}:
            continue
        if end < len(words) and words[end].tight and len(words[end].lower) == 1 and words[end].lower not in {"a", "i"}:
            end += 1
        found.append(Span(word.span.start, words[end - 1].span.end))
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
        while end < len(words) and words[end].tight and words[end].bare in _STRONG | _WEAK:
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
