"""What a finished sample still tells of each person: what was kept on purpose, and what a second reading finds.

The second reading knows nothing of how the sample was made. It reads the words that stand there, as an intruder would:
ages, kin, work and regions that people say of themselves, and signs that something happened to hardly anybody.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from assistant.domain import Role
from assistant.training.belonging import belongings
from assistant.training.material import Profiled, QuasiIdentifier
from assistant.training.population import AGE, BELONGING, EVENT, FAMILY, GENDER, JOB, REGION, age_band

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from assistant.training.material import Sample

LEADS_GROUPS: Final = "leads groups"
"""Job group of a facilitator: the sample tells it by the label alone."""

UNLISTED: Final = "of few people"
"""An event that no table counts, so that whoever tells it is taken to be the only one."""

_SHORTEST_TERM = 4
_SAME: Final = {
    "female": "woman",
    "male": "man",
    "partnered": "married or partnered",
    "separated": "separated or divorced",
    "with children": "has children",
}
"""Other words for a value of the population table."""
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_NUMBERS: Final[Mapping[str, int]] = (
    {word: number for number, word in enumerate(_UNITS, 1)}
    | {word: number for number, word in enumerate(_TEENS, 10)}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
    | {f"{ten} {unit}": 10 * t + u for t, ten in enumerate(_TENS, 2) for u, unit in enumerate(_UNITS, 1)}
)
_NUMBER = rf"(\d{{1,3}}|(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS)}))?|{'|'.join(_TEENS)})"
_CLOSED = r"(?=\s*(?:[.,;:!?\u2014]|$|and\b|but\b|now\b|years? old\b|last\b|this\b))"
_AGES: Final = (
    re.compile(rf"\bi(?:'m| am) (?:only |just |already |almost |nearly )?{_NUMBER}{_CLOSED}(?! days| weeks| months)"),
    re.compile(rf"\bi(?:'ve| have)? (?:just )?turn(?:ed)? {_NUMBER}{_CLOSED}"),
)
_DECADE: Final = re.compile(
    r"\bi(?:'m| am) (?:in (?:my )?)?(?:early |mid[- ]|late )?"
    r"(teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|"
    r"(?:teen|twenty|thirty|forty|fifty|sixty|seventy|eighty)-something)\b"
)
_BANDED: Final = (
    (
        "10-19",
        re.compile(
            r"\bi(?:'m| am|'ve just got| just got) (?:still |only |just |a |an )*"
            r"(?:teenager|teenage|teen-something|school-age|school kid|over ten|past ten|ten or so)\b"
        ),
    ),
    ("0-9", re.compile(r"\bi(?:'m| am) (?:still |only |just |a |an )*(?:under ten|young child|young kid)\b")),
)
"""Ages as a sample words them (``ageing``): not the years, but no wider than a band."""
_OLDEST: Final = re.compile(r"\bi(?:'m| am) (?:90|ninety) or older\b")
_CHILD = r"(?:kids?|sons?|daughters?|child|children|baby|boys|girls|little one|toddler|teenagers?)"
_FAMILY: Final = (
    ("married or partnered", re.compile(r"\bmy (?:wife|husband|partner|spouse|fianc[eé]e?|girlfriend|boyfriend)\b")),
    (
        "separated or divorced",
        re.compile(
            r"\b(?:my (?:ex|divorce|separation)\b|my ex-|i(?:'m| am|'ve been| got| was) (?:divorced|separated)\b)"
        ),
    ),
    ("widowed", re.compile(r"\b(?:my late (?:wife|husband|partner)|i(?:'m| am) (?:a )?widow(?:er|ed)?)\b")),
    ("has children", re.compile(rf"\bmy (?:\w+ )?{_CHILD}\b")),
    ("has grandchildren", re.compile(r"\bmy (?:\w+ )?grand(?:kids?|sons?|daughters?|child|children)\b")),
    ("single", re.compile(r"\bi(?:'m| am) (?:still )?single\b")),
    ("no children", re.compile(r"\bi (?:don't|do not|never) (?:have|had) (?:any )?(?:kids|children)\b")),
)
FAMILY_WORDS: Final = re.compile(
    rf"\bmy (?:\w+ )?(?:wife|husband|partner|spouse|fianc[eé]e?|girlfriend|boyfriend|ex(?:-\w+)?|{_CHILD}|"
    r"grand(?:kids?|sons?|daughters?|child|children))\b(?!['\u2019])",
    re.IGNORECASE,
)
"""Who belongs to somebody's household, as they call them."""
_GENDER: Final = (
    (
        "woman",
        re.compile(r"\bi(?:'m| am) (?:a |the |an )?(?:\w+ )?(?:woman|mother|mom|mum|wife|widow|girl|grandmother)\b"),
    ),
    ("man", re.compile(r"\bi(?:'m| am) (?:a |the |an )?(?:\w+ )?(?:man|father|dad|husband|widower|guy|grandfather)\b")),
    ("another", re.compile(r"\bi(?:'m| am) (?:non-?binary|agender|genderqueer)\b")),
)
_RARE: Final = re.compile(
    r"\bthe only (?!thing|way|time|reason|place|problem|one)(?:\w+ ){1,3}(?:in|at|on|who|to)\b"
    r"|\bthe (?:very )?first (?:woman|man|person|girl|boy) (?:ever )?(?:to|in)\b"
    r"|\b(?:in|made|all over) the (?:news|papers?|newspapers?|headlines)\b|\bon the (?:news|front page)\b"
    r"|\b(?:world|state|national) (?:record|champions?(?:hip)?)\b"
    r"|\b(?:won|winning) the (?:lottery|jackpot)\b"
    r"|\bstruck by lightning\b|\btook (?:me|us) hostage\b|\b(?:triplets|quadruplets|quintuplets)\b"
)


def left(sample: Sample, regions: Iterable[str] = (), jobs: Iterable[str] = ()) -> tuple[Profiled, ...]:
    """Return what is still told of each person of a sample, in the order of its parts.

    A gender counts where words tell it; a stand-in tells none.

    Args:
        sample: The finished sample.
        regions: Names of regions to look for in what people say of themselves.
        jobs: Names of broad groups of jobs, likewise.
    """
    stated = {profiled.label: profiled.left for profiled in sample.people}
    places, work = tuple(regions), tuple(jobs)
    found: list[Profiled] = []
    for part in sample.parts:
        said = [turn.text for turn in sample.turns if turn.label == part.label]
        told = [*stated.pop(part.label, ()), *read(said, places, work)]
        if part.role is Role.FACILITATOR and not any(what.attribute == JOB for what in told):
            told.append(QuasiIdentifier(JOB, LEADS_GROUPS))
        found.append(Profiled(part.label, _finest(told)))
    # People who do not speak, such as outsiders, are people too.
    found.extend(Profiled(label, _finest(told)) for label, told in stated.items())
    return tuple(found)


def read(texts: Iterable[str], regions: Iterable[str] = (), jobs: Iterable[str] = ()) -> Iterator[QuasiIdentifier]:
    """Yield what one person's own words tell of them."""
    text = "\n".join(texts).replace("\u2019", "'")
    low = text.lower()
    yield from (QuasiIdentifier(AGE, str(years)) for years in _ages(low))
    yield from (QuasiIdentifier(AGE, age_band(decade(match[1]))) for match in _DECADE.finditer(low))
    yield from (QuasiIdentifier(AGE, value) for value, sign in _BANDED if sign.search(low))
    if _OLDEST.search(low):
        yield QuasiIdentifier(AGE, age_band(90))
    yield from (QuasiIdentifier(GENDER, value) for value, sign in _GENDER if sign.search(low))
    for region in regions:
        if re.search(rf"\b(?:in|from|to|near|around|across|up|down) {re.escape(region)}\b", text):
            yield QuasiIdentifier(REGION, region)
    for job in jobs:
        if re.search(rf"\b(?:i'm|i am|i was|work|worked|job) (?:as )?(?:an? )?{re.escape(job)}\b", low):
            yield QuasiIdentifier(JOB, job)
    yield from (QuasiIdentifier(FAMILY, value) for value, sign in _FAMILY if sign.search(low))
    yield from (QuasiIdentifier(BELONGING, value) for value in belongings(low))
    if _RARE.search(low):
        yield QuasiIdentifier(EVENT, UNLISTED)


def telling_turns(
    sample: Sample, label: str, attributes: Collection[str], regions: Iterable[str] = (), jobs: Iterable[str] = ()
) -> tuple[int, ...]:
    """Return the numbers of the turns in which somebody tells one of those attributes of themselves."""
    places, work = tuple(regions), tuple(jobs)
    return tuple(
        turn.number
        for turn in sample.turns
        if turn.label == label and any(what.attribute in attributes for what in read([turn.text], places, work))
    )


def told_once(sample: Sample, is_rare: Callable[[str], bool]) -> Mapping[str, tuple[str, ...]]:
    """Return each speaker's words that stand once in the whole sample and are rare in English, sorted.

    Stand-ins are left out: they were made up. What remains may single somebody out together with what an intruder
    knows; a person has to look at it.

    Args:
        sample: The finished sample.
        is_rare: Whether a lower-case word is rare in English.
    """
    often: Counter[str] = Counter()
    by: dict[str, str] = {}
    for turn in sample.turns:
        for word in _words(turn.text):
            often[word] += 1
            by[word] = turn.label
    found: dict[str, list[str]] = {part.label: [] for part in sample.parts}
    for word, label in by.items():
        telling = len(word) >= _SHORTEST_TERM and "'" not in word and word not in sample.invented.words
        if often[word] == 1 and telling and is_rare(word):
            found.setdefault(label, []).append(word)
    return {label: tuple(sorted(words)) for label, words in found.items()}


def _parts(what: QuasiIdentifier) -> list[str]:
    return what.value.split(",") if what.attribute == FAMILY else [what.value]


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text.replace("\u2019", "'")):
        yield match.group().lower().removesuffix("'s")


def _ages(text: str) -> Iterator[int]:
    for sign in _AGES:
        for match in sign.finditer(text):
            said = match[1].replace("-", " ")
            years = int(said) if said.isdecimal() else _NUMBERS[said]
            yield years


def decade(word: str) -> int:
    """Return the first year of "thirties" or "thirty-something"."""
    return next((_NUMBERS[ten] for ten in _TENS if word.lower().startswith(ten[:-1])), 10)


def _finest(told: Iterable[QuasiIdentifier]) -> tuple[QuasiIdentifier, ...]:
    """Return each thing once, in the words of the population table; a band goes where an age in it is told."""
    parts = [(what.attribute, part.strip()) for what in told for part in _parts(what)]
    once = tuple(dict.fromkeys(QuasiIdentifier(attribute, _SAME.get(part, part)) for attribute, part in parts))
    exact = {age_band(int(what.value)) for what in once if what.attribute == AGE and what.value.isdecimal()}
    return tuple(what for what in once if not (what.attribute == AGE and what.value in exact))
