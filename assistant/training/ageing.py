"""Ages told by their ten years, in words that fit where the age stood."""

from __future__ import annotations

import re

from assistant.domain import Span
from assistant.training import figures
from assistant.training.invented import gender_of
from assistant.training.words import said_in, word_set

_TEN, _TEENS, _TWENTY, _NINETY = 10, 13, 20, 90
_BE = re.compile(
    r"(?:\b(?:am|is|was|are|were|be|been|being|just|only|about|maybe|he|she|they)|['\u2019](?:m|s|re))\s+$",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:at|at age|at the age of|aged|age)\s+$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|since)\s+$", re.IGNORECASE)
_TURNED = re.compile(r"\bturn(s|ed|ing)?\s+$", re.IGNORECASE)
_HAS = re.compile(r"\b(has|have|had)\s+$", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:of|from|in|at|to|near|by|around|through|outside)(?:\s+[^\W\d_][\w'\u2019-]*){1,3}?,?\s*$", re.IGNORECASE
)
_COMPOUND = re.compile(r"(?:year|yr|month|week|day)s?[\s-]+(old(s?))$", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:a|an|my|your|our|his|her|their|the|with|of)\s+$", re.IGNORECASE)
_UNIT_AFTER = re.compile(r"\s*(?:-|years?\b|yrs?\b)")
_LENGTH = re.compile(r"(?:[a-z]+|\d+)(?:[ -](?:[a-z]+))? (?:days?|weeks?|months?)")
_WHO = re.compile(
    r"^\s+((?:\w+\s+)?(?:boys?|girls?|sons?|daughters?|kids?|child|children|bab(?:y|ies)|twins?|brothers?|sisters?|nephews?|"
    r"nieces?|cousins?|grandsons?|granddaughters?|man|men|woman|women|guys?|lad|lass|student|self|me|mother|mom|mum|father|"
    r"dad|lady|gentleman|patient|person))\b",
    re.IGNORECASE,
)
_POSSESSIVES = {
    "i": "my", "im": "my", "me": "my", "he": "his", "him": "his", "she": "her", "they": "their", "theyre": "their",
    "you": "your", "youre": "your", "we": "our", "ive": "my", "hes": "his", "shes": "her",
}  # fmt: skip
_HERS = word_set(
    """
    mother mom mum mama gran nan nana grandma grandmother aunt auntie wife sister daughter niece girlfriend girl woman
    lady granddaughter stepmother stepdaughter stepsister missus
    """
)
_HIS = word_set(
    """
    father dad papa grandad granddad grandpa grandfather uncle husband brother son nephew boyfriend boy man lad guy
    grandson stepfather stepson stepbrother
    """
)
_OF_GENDER = {"female": "her", "male": "his"}
_GOT = {"": "get", "s": "gets", "ed": "got", "ing": "getting"}
_REACH = {"": "reach", "s": "reaches", "ed": "reached", "ing": "reaching"}


def aged(value: str, text: str, span: Span) -> tuple[Span, str]:
    """Return where and how an age is said less exactly; a length of time that was taken for one stays.

    Args:
        value: The years; less than one for a baby.
        text: The whole utterance.
        span: The age; what is returned may reach over a verb or preposition before it, or the noun after it.
    """
    try:
        years = float(value)
    except ValueError:
        return span, "some age"
    return _other_than_age(years, text, span) or _banded(years, text, span)


def _other_than_age(years: float, text: str, span: Span) -> tuple[Span, str] | None:
    """Return words for a length of time, a birthday or "nine-year-old"; None: it is said as an age by itself."""
    said, before, after = span.of(text), text[: span.start], text[span.end :]
    low = said.lower()
    if years < 1 and not low.endswith("old") and _PLACE.search(before) and not after.lstrip().startswith("old"):
        return span, said if _LENGTH.fullmatch(low) else "some time"
    if re.match(r"\s+birthday\b", after) and low.endswith(("th", "st", "nd", "rd", "second", "third")):
        return Span(span.start, span.end + len(after) - len(after.lstrip())), ""
    compound = _COMPOUND.search(said)
    if compound is not None and (compound.group(2) or _WHO.match(after) or _OWNED.search(before)):
        return _compound(years, text, span, several=bool(compound.group(2)))
    return None


def _banded(years: float, text: str, span: Span) -> tuple[Span, str]:
    before = text[: span.start]
    if years < _TEN:
        return _child(years, text, span)
    if years >= _NINETY:
        has = _HAS.search(before) is not None
        return (_reach(_HAS, text, span), f"{_is(before)} 90 or older") if has else (span, "90 or older")
    if years < _TWENTY:
        return _teens(int(years), text, span)
    return _decade(int(years), text, span)


def _decade(years: int, text: str, span: Span) -> tuple[Span, str]:
    before, after = text[: span.start], text[span.end :]
    tens = figures.below_hundred(years // 10 * 10)
    decade = f"in {whose(before)} {tens.removesuffix('y')}ies"
    if _AT.search(before):
        return _reach(_AT, text, span), decade
    if _FROM.search(before):
        return span, decade.removeprefix("in ")
    if _HAS.search(before):
        return _reach(_HAS, text, span), f"{_is(before)} {decade}"
    if _BE.search(before) and not _UNIT_AFTER.match(after):
        return span, decade
    return span, f"{tens}-something"


def _compound(years: float, text: str, span: Span, *, several: bool) -> tuple[Span, str]:
    """Return words for "nine-year-old", alone or before the word that says who."""
    who = _WHO.match(text[span.end :])
    if years >= _NINETY:
        whole = Span(span.start, span.end + who.end()) if who else span
        person = who.group(1) if who else "people" if several else "person"
        return whole, f"{person} 90 or older"
    if years >= _TWENTY:
        words = f"{figures.below_hundred(int(years) // 10 * 10)}-something"
        return span, words + ("s" if several and not who else "")
    if years >= _TEN:
        words = "teenage" if years >= _TEENS else "school-age"
        alone = ("teenager" if years >= _TEENS else "school kid") + "s" * several
        return span, words if who else alone
    if years < 1:
        return span, "baby" if who or not several else "babies"
    return span, "young" if who else "young children" if several else "young child"


def _child(years: float, text: str, span: Span) -> tuple[Span, str]:
    """Return what is said of a child under ten."""
    said, before = span.of(text), text[: span.start]
    if _TURNED.search(before):
        return span, "a year older"
    if years >= 1 and _FROM.search(before):
        return span, "early childhood"
    if years >= 1:
        where = _reach(_HAS, text, span)
        return where, "under ten" if where == span else f"{_is(before)} under ten"
    old = said.lower().endswith("old") or not text[span.end :].lstrip().startswith("old")
    return span, "under a year old" if old else "under a year"


def _teens(years: int, text: str, span: Span) -> tuple[Span, str]:
    before, after = text[: span.start], text[span.end :]
    teens = f"{whose(before)} teens" if years >= _TEENS else ""
    turned = _TURNED.search(before)
    if turned is not None:
        ending = turned.group(1) or ""
        return Span(turned.start(), span.end), f"{_REACH[ending]} {teens}" if teens else f"{_GOT[ending]} past ten"
    if _AT.search(before):
        return _reach(_AT, text, span), f"in {teens}" if teens else "at ten or so"
    if _FROM.search(before):
        return span, teens or "ten or so"
    if teens and not _UNIT_AFTER.match(after):
        return span, f"in {teens}"
    return span, "teen-something" if teens else "over ten"


def whose(before: str) -> str:
    """Return "my", "his", "her" ... for whoever an age was said of: the nearest pronoun, kin or name before it."""
    for sentence in reversed(re.split(r"[.!?]", before)[-2:]):
        for word in reversed(said_in(sentence)):
            if word.key in _POSSESSIVES:
                return _POSSESSIVES[word.key]
            if word.key in _HERS or word.key in _HIS:
                return "her" if word.key in _HERS else "his"
            gender = gender_of(word.key) if word.capital and word.text != "I" else None
            if gender in _OF_GENDER:
                return _OF_GENDER[gender]
    return "their"


def _is(before: str) -> str:
    verb = _HAS.search(before)
    return {"has": "is", "have": "are", "had": "was"}[verb.group(1).lower()] if verb else "is"


def _reach(pattern: re.Pattern[str], text: str, span: Span) -> Span:
    lead = pattern.search(text[: span.start])
    return Span(lead.start(), span.end) if lead else span
