"""What to say less exactly next, so that more people fit: one step at a time, of the person whom fewest resemble.

The risk report names what singles somebody out. This says what becomes of it, and writes it: the step is taken on the
finished words of a turn, by the very signs by which the report's second reading found it, so that what is counted as
gone is gone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.training import quasi
from assistant.training.material import QuasiIdentifier
from assistant.training.population import AGE, ATTRIBUTES, BELONGING, EVENT, FAMILY, JOB, REGION, wide_band

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from assistant.training.risk import RiskReport

WIDER: Final = "wider"
DROPPED: Final = "dropped"
LADDER: Final[Mapping[str, tuple[str, ...]]] = {
    REGION: (WIDER, DROPPED),
    AGE: (WIDER, DROPPED),
    JOB: (DROPPED,),
    EVENT: (DROPPED,),
    BELONGING: (DROPPED,),
    FAMILY: (DROPPED,),
}
"""What can be done about an attribute, one after the other; the cheapest attribute first. Gender stays: a stand-in has
one, and taking it out of every turn leaves nothing to read."""

ABROAD: Final = "outside the United States"
ELSEWHERE: Final = "elsewhere in the United States"
"""Wider regions, as the population table has them."""
_AT_HOME: Final = frozenset(
    {
        "New England", "Middle Atlantic", "the Middle Atlantic states", "East North Central", "West North Central",
        "the Midwest", "South Atlantic", "East South Central", "West South Central", "the South", "Mountain",
        "the Mountain states", "Pacific", "the West Coast", "the Pacific", ELSEWHERE,
    }
)  # fmt: skip
_WORDS_FOR: Final = {ABROAD: "another country", ELSEWHERE: "another state"}
_SOMEWHERE: Final = "somewhere"
_GONE: Final = "[\u2026]"
_SENTENCE: Final = re.compile(r"[^.!?\u2026]+[.!?\u2026]*")
_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_AGE_WORDS: Final = re.compile(
    r"\b(?:(?:in )?(?:my|your|his|her|their) (?:early |mid[- ]|late )?"
    r"(?P<tens>teens|(?:twent|thirt|fort|fift|sixt|sevent|eight)ies)"
    rf"|(?P<some>teen|{_TENS})-something|(?P<old>(?:90|ninety) or older))\b",
    re.IGNORECASE,
)
_LED: Final = r"(?:\b(?P<led>in|to|from|near|around|across|up|down|of) )?"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is said less exactly of one person."""

    label: str
    attribute: str
    how: str
    """``WIDER`` or ``DROPPED``."""


def next_step(report: RiskReport, taken: Collection[Step]) -> Step | None:
    """Return what to make coarser next; None: enough people fit, or nothing is left that could be.

    The worst person first, of the fewest attributes without which enough people fit the cheapest.

    Args:
        report: Of the sample with every step in ``taken``.
        taken: What was done already.
    """
    for person in report.people:
        if person.k >= report.least:
            continue
        told = {what.attribute for what in person.left if what.value != quasi.LEADS_GROUPS}
        for wanted in (set(person.coarsen) & told, told):
            for attribute in (a for a in LADDER if a in wanted):
                done = sum(step.label == person.label and step.attribute == attribute for step in taken)
                if done < len(LADDER[attribute]):
                    return Step(person.label, attribute, LADDER[attribute][done])
    return None


def still_told(left: Iterable[QuasiIdentifier], steps: Mapping[str, str]) -> tuple[QuasiIdentifier, ...]:
    """Return what is left of somebody after the steps: attribute and how it became coarser."""
    found: list[QuasiIdentifier] = []
    for what in left:
        how = steps.get(what.attribute)
        if how is None:
            found.append(what)
        elif how == WIDER:
            found.append(QuasiIdentifier(what.attribute, wider(what)))
    return tuple(dict.fromkeys(found))


def wider(what: QuasiIdentifier) -> str:
    """Return the wider value of a region or an age."""
    if what.attribute == AGE:
        return wide_band(what.value)
    return ELSEWHERE if what.value in _AT_HOME else ABROAD


def said_wider(text: str, regions: Mapping[str, str]) -> str:
    """Return the words of anybody's turn with the regions said less exactly.

    Args:
        text: A finished turn.
        regions: How each region (its name) became coarser.
    """
    for region, how in sorted(regions.items(), key=lambda item: -len(item[0])):
        words = _WORDS_FOR[wider(QuasiIdentifier(REGION, region))]
        pattern = re.compile(_LED + rf"{re.escape(region)}\b", re.IGNORECASE)
        text = pattern.sub(lambda match, words=words, how=how: _place(match, words, how), text)  # type: ignore[misc]
    return text


def said_coarser(text: str, steps: Mapping[str, str], left: Collection[QuasiIdentifier], jobs: Collection[str]) -> str:
    """Return the words of somebody's own turn after the steps for them.

    Args:
        text: A finished turn.
        steps: Attribute and how it becomes coarser.
        left: What the sample told of them before the steps.
        jobs: Names of broad groups of jobs.
    """
    if AGE in steps:
        text = said_older(text, steps[AGE])
    if JOB in steps:
        text = _without_job(text, {*jobs, *(what.value for what in left if what.attribute == JOB)})
    if FAMILY in steps:
        text = quasi.FAMILY_WORDS.sub(_kin, text)
        text = _without(text, FAMILY, ())
    if BELONGING in steps:
        text = _without(text, BELONGING, ())
    if EVENT in steps:
        text = _without(text, EVENT, [what.value for what in left if what.attribute == EVENT])
    return text


def said_older(text: str, how: str) -> str:
    """Return a turn with the ages of people said less exactly."""
    text = _AGE_WORDS.sub(lambda match: _age(match, how), text)
    return _without(text, AGE, ()) if how == DROPPED else text


def _place(match: re.Match[str], words: str, how: str) -> str:
    led = match["led"]
    if how == DROPPED:
        words, led = _SOMEWHERE, None if (led or "").lower() in {"in", "to", "of"} else led
    out = f"{led} {words}" if led else words
    return out[:1].upper() + out[1:] if match.group()[:1].isupper() and match.start() == 0 else out


def _age(match: re.Match[str], how: str) -> str:
    if how == DROPPED:
        return "of some age"
    years = 90 if match["old"] else quasi.decade(match["tens"] or match["some"])
    return _AGED[wide_band(f"{years}-{years + 9}" if years < 90 else "90 or older")]  # noqa: PLR2004  the oldest band


_AGED: Final = {"under 30": "young", "30-59": "middle-aged", "60 or older": "getting on"}


def _without_job(text: str, jobs: Iterable[str]) -> str:
    for job in sorted(jobs, key=len, reverse=True):
        text = re.sub(rf"\b(?:(?:an?|the|my) )?{re.escape(job)}s?\b", "employed", text, flags=re.IGNORECASE)
    return re.sub(r"\b(?:as|was as) employed\b", "in a job", text)


def _kin(match: re.Match[str]) -> str:
    return "My family" if match.group()[:1].isupper() else "my family"


def _without(text: str, attribute: str, phrases: Iterable[str]) -> str:
    """Return a turn without the sentences that still tell it."""
    low = [phrase.lower() for phrase in phrases]

    def one(match: re.Match[str]) -> str:
        said = match.group()
        tells = any(what.attribute == attribute for what in quasi.read([said]))
        if not tells and not any(phrase in said.lower() for phrase in low):
            return said
        return (" " if said[:1].isspace() else "") + _GONE

    out = _SENTENCE.sub(one, text)
    return re.sub(rf"(?:{re.escape(_GONE)}\s*){{2,}}", f"{_GONE} ", out).strip()


def order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the last step of each person and attribute, by label."""
    last = {(step.label, step.attribute): step for step in steps}
    return tuple(sorted(last.values(), key=lambda step: (step.label, ATTRIBUTES.index(step.attribute))))
