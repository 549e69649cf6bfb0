"""Numbers and codes that single somebody out: records, cards, plates, badges, rooms.

What 45 CFR 164.514(b)(2)(i) lists as (G) to (M) and (R).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.recognisers.numbers import cardinal, counts, digit_runs, digits_of, year
from assistant.privacy.words import word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

_KINDS = word_set(
    """
    client member membership patient case account policy insurance badge employee student licence license passport
    record chart inmate prisoner unit reference claim card routing bank medicaid medicare nhs hospital booking
    docket file serial order probation parole group confirmation registration payroll service veteran va ni
    national mrn wristband bracelet tracking device locker staff
    """
)
_NUMBER_NOUNS = frozenset({"number", "numbers", "id", "no", "code", "pin", "num"})
_ALONE = frozenset(
    {"id", "ssn", "mrn", "pin", "passcode", "plate", "plates", "licence", "license", "passport", "vin", "tag"}
)
_SOCIAL = frozenset({"social", "ssn"})
_ROOMS = frozenset({"room", "bed", "ward", "locker", "cell", "bay", "cubicle"})
_LEADS = word_set(
    """
    is it's its was starts start starting begins begin with ends end ending in are that's the on my um uh er of
    like a reads says just digits last first four
    """
)
_LETTER = re.compile(r"^[a-z]$")
_CODE = re.compile(
    r"(?<![\w\-])(?=[A-Za-z\-]*\d)(?=[\d\-]*[A-Za-z])[A-Za-z\d]{1,6}(?:-?[A-Za-z\d]{1,8}){0,3}(?![\w\-])"
)
_PLAIN_CODE = re.compile(
    r"^\d+(?:st|nd|rd|th|s|am|pm|mg|ml|k|m|d|hrs?|lbs?|kg|cm|mm|ft|in|oz|x|min|mins|yo)$|^[a-z]+-\d{1,2}$"
    r"|^\d{1,2}-[a-z]+(?:-[a-z]+)?$|^(?:h1n1|b12|covid-?19|f150|a1c|t4|t3|d3|k9|mp3|ps[345]|g\d|y2k|24-?7)$",
    re.IGNORECASE,
)
"""Figures with a unit, ages, vitamins and the like."""
_LONGEST_PREFIX = 4
_LONG_RUN = 6
_SHORTEST = 2
_READ_OUT = 3
_CARDS = word_set(
    "card badge plate policy passport licence license member membership client patient account reference claim"
)


class IdentifierRecogniser:
    """Finds record, card, plate, badge and room numbers, whole or in part."""

    name = "identifiers"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return ID mentions: what a cue introduces, codes of letters and figures, and long runs of digits."""
        words = words_of(parse.text)
        found = [Mention(s, DisclosureType.ID, 0.85, self.name, "number by cue") for s in cued(words)]
        found += [Mention(s, DisclosureType.ID, 0.7, self.name, "room") for s in rooms(words)]
        found += [Mention(s, DisclosureType.ID, 0.6, self.name, "nothing but a number") for s in alone(words)]
        found += [
            Mention(
                Span(words[r.first].span.start, words[r.last].span.end), DisclosureType.ID, 0.6, self.name, "long run"
            )
            for r in digit_runs(words)
            if not counts(words, r)
            and len(r.digits) >= _LONG_RUN
            and (r.groups >= _LONG_RUN - 1 or words[r.first].lower.isdecimal())
        ]
        found += [
            Mention(Span(*m.span()), DisclosureType.ID, 0.6, self.name, "letters and figures")
            for m in _CODE.finditer(parse.text)
            if not _PLAIN_CODE.match(m.group()) and sum(c.isdigit() for c in m.group()) >= _SHORTEST
        ]
        return found


def cued(words: tuple[TextWord, ...]) -> list[Span]:
    """Return what is read out after "my client number is", "last four of my social", "plate starts"."""
    found: list[Span] = []
    for at, word in enumerate(words):
        before = words[at - 1].bare if at and not word.opens else ""
        kind = (
            word.lower in _NUMBER_NOUNS and (before in _KINDS or before in _SOCIAL or before in {"security", "plate"})
        ) or (word.lower in _ALONE | _SOCIAL)
        kind = kind or (
            word.lower in _KINDS - {"group", "order", "service", "unit", "file", "hospital"}
            and _starts_code(words, at + 1)
        )
        is_ = at + 1 < len(words) and words[at + 1].lower in {"is", "was", "it's"}
        if word.lower in _CARDS and is_ and _starts_code(words, at + 2):
            span = _code_from(words, at + 2)
            if span is not None and len(span) > _READ_OUT:
                found.append(span)
            continue
        if not kind:
            continue
        start = _skip_leads(words, at + 1)
        span = _code_from(words, start)
        if span is not None:
            found.append(span)
    return found


def alone(words: tuple[TextWord, ...]) -> list[Span]:
    """Return the number that an utterance is, where it says nothing else: the rest of "my number is" after a pause.

    Three digits read out and more, or four figures that are no year.
    """
    runs = digit_runs(words)
    if len(runs) != 1 or runs[0].first != 0 or runs[0].last != len(words) - 1 or counts(words, runs[0]):
        return []
    run = runs[0]
    read_out = run.groups >= _READ_OUT and len(run.digits) >= _READ_OUT
    written = run.groups == 1 and len(run.digits) > _READ_OUT and words[0].lower.isdecimal() and year(words, 0) is None
    return [Span(words[0].span.start, words[-1].span.end)] if read_out or written else []


def _skip_leads(words: tuple[TextWord, ...], at: int) -> int:
    limit = min(len(words), at + 7)
    while at < limit and words[at].lower in _LEADS | _NUMBER_NOUNS:
        if words[at].lower == "four" and (
            at + 1 >= len(words) or words[at + 1].lower not in {"is", "are", "digits", "of"}
        ):
            break
        at += 1
    return at


def _starts_code(words: tuple[TextWord, ...], at: int) -> bool:
    if at < len(words) and words[at].tight and digits_of(words, at) is not None and cardinal(words, at) is not None:
        return True
    # A letter or two, then figures: "my card, C, seven seven oh".
    letters = at
    while letters < len(words) and letters - at < _SHORTEST and _LETTER.match(words[letters].lower):
        letters += 1
    return (
        letters > at
        and letters + 1 < len(words)
        and not words[letters].opens
        and all(digits_of(words, i) is not None for i in (letters, letters + 1))
    )


def _code_from(words: tuple[TextWord, ...], at: int) -> Span | None:
    """Digits and letters read out from word ``at``; None where there are fewer than two."""
    end, signs, i = at, 0, at
    figures = False
    while i < len(words) and not (words[i].opens and i > at and not _is_sign(words, i)):
        if _is_sign(words, i):
            group = digits_of(words, i)
            signs += len(group[0]) if group else len(words[i].lower)
            figures = figures or group is not None
            i = group[1] if group else i + 1
            end = i
        elif (
            words[i].lower in {"uh", "um", "er", "dash", "hyphen", "no", "sorry", "then", "and", "slash"}
            and i + 1 < len(words)
            and _is_sign(words, i + 1)
            and signs
        ):
            i += 1
        else:
            break
    if signs < _SHORTEST or not (figures or signs > _SHORTEST):
        return None
    return Span(words[at].span.start, words[end - 1].span.end)


def _is_sign(words: tuple[TextWord, ...], at: int) -> bool:
    lower = words[at].lower
    if digits_of(words, at) is not None:
        return True
    if (
        len(lower) <= _LONGEST_PREFIX
        and at + 1 < len(words)
        and words[at + 1].tight
        and words[at + 1].lower.isdecimal()
        and (
            lower.isalpha()
            and lower not in {"is", "was", "of", "the", "and", "it's", "with", "in", "like", "have", "has", "for"}
        )
    ):
        return True  # the letters of a plate or a policy before its figures
    if _LETTER.match(lower):
        return lower not in {"a", "i"} or (at > 0 and len(words[at - 1].lower) == 1) or words[at].text == "A"
    return any(c.isdigit() for c in lower)


def rooms(words: tuple[TextWord, ...]) -> list[Span]:
    """Return the numbers of rooms, beds and lockers."""
    found: list[Span] = []
    for at, word in enumerate(words[:-1]):
        if word.lower not in _ROOMS:
            continue
        i = at + 1
        while i < len(words) - 1 and words[i].lower in {"number", "is", "was"}:
            i += 1
        number = cardinal(words, i) if i < len(words) and words[i].tight else None
        if number is None or (
            number.after < len(words) and words[number.after].lower in {"of", "people", "times", "days"}
        ):
            continue
        end = number.after
        more = digits_of(words, end) if end < len(words) and words[end].tight else None
        end = more[1] if more else end  # "two fourteen"
        if (
            end < len(words)
            and words[end].tight
            and _LETTER.match(words[end].lower)
            and words[end].lower not in {"a", "i"}
        ):
            end += 1
        found.append(Span(words[i].span.start, words[end - 1].span.end))
    return found
