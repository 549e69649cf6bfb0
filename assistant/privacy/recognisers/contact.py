"""Telephone numbers, e-mail addresses, web addresses and handles, as they are said and as they are written."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.recognisers.numbers import DigitRun, counts, digit_runs, digits_of
from assistant.privacy.words import span_of, word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

_PHONE_CUES = word_set(
    """
    number numbers phone cell mobile telephone landline call text ring reach dial fax pager extension whatsapp
    voicemail
    """
)
_ID_CUES = word_set(
    """
    client member account case policy patient badge licence license social security record chart card ssn id plate
    passport insurance claim room routing reference prisoner inmate employee student membership medicaid medicare
    booking docket serial confirmation registration payroll locker unit
    """
)
_WRITTEN_PHONE = re.compile(r"(?<![\w/.])\+?\(?\d[\d\s().\-\u2013]{5,17}\d(?![\w/])")
_WRITTEN_EMAIL = re.compile(r"[\w.+\-]+\s?@\s?[\w\-]+(?:\s?\.\s?[\w\-]+)+")
_ENDINGS = "com|org|net|edu|gov|co|uk|io|me|us|ca|au|ie|nz|example|test|info|mail|blog"
_MIXED_EMAIL = re.compile(rf"\b[\w+\-]+(?:\.[\w+\-]+)* at [\w\-]+(?:\.[\w\-]+)*\.(?:{_ENDINGS})\b", re.IGNORECASE)
_LOOSE_EMAIL = re.compile(
    r"\b(?P<local>(?:[\w+\-]+(?:\s?\.\s?|\s(?:dot|underscore|dash|hyphen)\s))*[\w+\-]+(?:\s\d+)?)\s?(?:@|\bat\b)\s?"
    rf"[\w\-]+(?:(?:\s?\.\s?|\sdot\s)(?:com|org|net|edu|gov|co)|\s?\.(?:{_ENDINGS}))(?:(?:\s?\.\s?|\sdot\s)uk)?\b",
    re.IGNORECASE,
)
"""An address as a recogniser writes it down: "Bill. Osterman at plainmail .com"; a space after the last point only
before an ending that no sentence starts with."""
_URL = re.compile(
    r"\b(?:https?://\S+|www\.\S+|[\w\-]+(?:\.[\w\-]+)*\.(?:com|org|net|edu|gov|io|co\.uk|example|info|blog)\b(?:/\S*)?)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]{2,}")
_TLDS = word_set(
    """
    com org net edu gov mil io co uk us ca au nz ie me info biz tv app dev blog health mail example test invalid
    local name pro xyz site online de fr es it nl in
    """
)
_LOCAL_STOP = word_set(
    """
    it there here is it's its at to me my email e mail address the on by under with or just use that be i'm this and
    her his their our your was so yeah okay like via reach us him them write send drop contact you can i
    """
)
_DOMAIN_STOP = word_set(
    """
    the a an my is it's to me work home school least all once first last night that this
    """
)
_JOINS = frozenset({"dot", "underscore", "dash", "hyphen", "period", "point", "plus"})
_HANDLE_CUES = frozenset({"handle", "username", "screenname", "gamertag"})
_NETWORKS = word_set(
    """
    instagram insta twitter tiktok snapchat snap facebook reddit telegram discord signal
    """
)
_MOST_LOCAL_WORDS = 6
_MOST_SITE_WORDS = 4
_MOST_HANDLE_WORDS = 4
_NEAR_CHARACTERS = 40
_DIGITS_OF_A_PHONE = range(7, 14)


class ContactRecogniser:
    """Finds telephone numbers, e-mail and web addresses and handles."""

    name = "contact"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return PHONE, EMAIL and (for web addresses and handles) ID mentions."""
        text = parse.text
        words = words_of(text)
        found = [self._mention(s, DisclosureType.EMAIL, 0.95, "spoken address") for s in spoken_addresses(words)]
        found += [
            self._mention(Span(*m.span()), DisclosureType.EMAIL, 0.95, "written address")
            for pattern in (_WRITTEN_EMAIL, _MIXED_EMAIL)
            for m in pattern.finditer(text)
        ]
        found += [
            self._mention(_loose(m), DisclosureType.EMAIL, 0.95, "loosely written address")
            for m in _LOOSE_EMAIL.finditer(text)
        ]
        found += [self._mention(Span(*m.span()), DisclosureType.ID, 0.9, "web address") for m in _URL.finditer(text)]
        found += [self._mention(Span(*m.span()), DisclosureType.ID, 0.8, "handle") for m in _HANDLE.finditer(text)]
        found += [self._mention(s, DisclosureType.ID, 0.85, "spoken web address") for s in spoken_sites(words)]
        found += [self._mention(s, DisclosureType.ID, 0.7, "handle by cue") for s in handles(words)]
        found += [self._mention(s, DisclosureType.PHONE, 0.9, "digits said") for s in spoken_phones(words)]
        found += [
            self._mention(Span(*m.span()), DisclosureType.PHONE, 0.9, "digits written")
            for m in _WRITTEN_PHONE.finditer(text)
            if sum(c.isdigit() for c in m.group()) in _DIGITS_OF_A_PHONE
            and not _is_date(m.group())
            and not _is_of_a_record(words, m.start())
        ]
        return found

    def _mention(self, span: Span, kind: DisclosureType, score: float, reason: str) -> Mention:
        return Mention(span, kind, score, self.name, reason)


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,4}[\-. ]\d{1,2}[\-. ]\d{1,4}", text.strip())) or bool(
        re.fullmatch(r"(?:19|20)\d\d\s?[\-\u2013]\s?(?:19|20)\d\d", text.strip())
    )


def _loose(match: re.Match[str]) -> Span:
    """The address without the end of a sentence before it ("That's it. Bill at ...")."""
    local = match.group("local")
    cut = max(
        (
            p.end()
            for p in re.finditer(r"[\w']+\s?\.\s", local)
            if p.group().split(".")[0].strip().lower() in _LOCAL_STOP
        ),
        default=0,
    )
    return Span(match.start() + cut, match.end())


def _is_of_a_record(words: tuple[TextWord, ...], start: int) -> bool:
    """Whether the number at ``start`` was announced as a record's and not as a telephone's."""
    before = {w.lower for w in words if w.span.end <= start and start - w.span.start < _NEAR_CHARACTERS}
    return bool(before & _ID_CUES) and not before & (_PHONE_CUES - {"number", "numbers"})


def spoken_phones(words: tuple[TextWord, ...]) -> list[Span]:
    """Return the telephone numbers among the digits that are read out.

    Seven digits and more make a number (a correction may have said some twice); four and more do where a telephone
    was spoken of just before and no other kind of number was.
    """
    found: list[Span] = []
    for run in digit_runs(words):
        before = {w.lower for w in words[max(0, run.first - 8) : run.first]}
        sizes = [w.lower for w in words[run.first : run.last + 1]]
        if [len(s) for s in sizes if s.isdecimal()] == [3, 2, 4] and len(sizes) == 3:  # noqa: PLR2004  a social security number
            continue
        if before & _ID_CUES and not before & (_PHONE_CUES - {"number", "numbers"}):
            continue
        enough = len(run.digits) in _DIGITS_OF_A_PHONE or (run.corrected and 7 <= len(run.digits) <= 24)  # noqa: PLR2004
        cued = len(run.digits) in range(4, 7) and bool(before & _PHONE_CUES) and not _is_counted(words, run)
        if counts(words, run):
            continue
        if (enough and run.groups > 1 and not _is_counting(run.digits)) or cued or (enough and run.groups == 1):
            found.append(Span(words[run.first].span.start, words[run.last].span.end))
    return found


def _is_counting(digits: str) -> bool:
    """One, two, three: the exercise, not a number."""
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    return steps in ({1}, {-1})


def _is_counted(words: tuple[TextWord, ...], run: DigitRun) -> bool:
    """Whether something is counted by it ("four times"), or it was said in one group, as an amount is."""
    return run.groups == 1 and not words[run.first].lower.isdecimal()


def spoken_addresses(words: tuple[TextWord, ...]) -> list[Span]:
    """Return e-mail addresses said with "at" and "dot"."""
    found: list[Span] = []
    for at, word in enumerate(words):
        if word.lower != "at" or at == 0:
            continue
        last = _domain_end(words, at + 1)
        first = _local_start(words, at - 1)
        if last is not None and first is not None:
            found.append(Span(words[first].span.start, words[last].span.end))
    return found


def _domain_end(words: tuple[TextWord, ...], at: int) -> int | None:
    """Index of the last word of "example dot com" that starts at ``at``; the name may be up to four words."""
    if at < len(words) and words[at].lower == "sign":  # "at sign"
        at += 1
    dot = next((i for i in range(at + 1, min(at + 6, len(words))) if words[i].lower in {"dot", "period"}), None)
    if (
        dot is None
        or dot + 1 >= len(words)
        or any(words[i].opens or words[i].lower in _DOMAIN_STOP for i in range(at, dot))
    ):
        return None
    end = dot + 1
    while end + 2 < len(words) and words[end + 1].lower == "dot":
        end += 2
    return end


def _local_start(words: tuple[TextWord, ...], at: int) -> int | None:
    """Index of the first word of the part before "at": names, letters and figures, joined by "dot" and the like."""
    first: int | None = None
    for i in range(at, max(-1, at - _MOST_LOCAL_WORDS), -1):
        lower = words[i].lower
        if lower in _LOCAL_STOP and not (i > 0 and words[i - 1].lower in _JOINS):
            break
        first = i
        if words[i].opens or "," in words[i].gap or ":" in words[i].gap:
            break
        previous = words[i - 1].lower if i else ""
        said = lower in _JOINS or previous in _JOINS or len(lower) == 1 or digits_of(words, i) is not None
        if not said and len(previous) > 1 and digits_of(words, i - 1) is None and i < at:
            break
    return first


def spoken_sites(words: tuple[TextWord, ...]) -> list[Span]:
    """Return web addresses said with "dot": the word or two before it, up to the last part."""
    found: list[Span] = []
    for at, word in enumerate(words[1:-1], start=1):
        if word.lower != "dot" or words[at + 1].lower not in _TLDS or word.opens:
            continue
        first = at - 1
        while (
            first > 0
            and at - first < _MOST_SITE_WORDS
            and words[first - 1].lower not in _LOCAL_STOP | _DOMAIN_STOP
            and not words[first].opens
            and not words[first].gap.strip()
        ):
            first -= 1
        found.append(Span(words[first].span.start, words[at + 1].span.end))
    return found


def handles(words: tuple[TextWord, ...]) -> list[Span]:
    """Return the name given after "my handle is", "username", "on Instagram I'm"."""
    found: list[Span] = []
    for at, word in enumerate(words):
        cue = word.lower in _HANDLE_CUES or (
            word.lower in _NETWORKS and at + 1 < len(words) and words[at + 1].lower in {"i'm", "as", "under", "it's"}
        )
        if not cue:
            continue
        i = at + 1
        while (
            i < len(words) and words[i].lower in {"is", "it's", "i'm", "as", "under", "at", "on", "there"} | _NETWORKS
        ):
            i += 1
        if i < len(words) and i > at + 1 and not words[i].opens:
            end = i
            while (
                end + 1 < len(words)
                and words[end + 1].tight
                and end - i < _MOST_HANDLE_WORDS - 1
                and (words[end + 1].lower in _JOINS or words[end].lower in _JOINS or digits_of(words, end + 1))
            ):
                end += 1
            found.append(span_of(words, i, end))
    return found
