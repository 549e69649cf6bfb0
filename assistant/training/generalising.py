"""What is said less exactly: dates, ages, places, addresses, jobs, and events that happen to few."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.training import figures
from assistant.training.ageing import aged
from assistant.training.data_files import index, table
from assistant.training.dating import Dates
from assistant.training.intervals import holiday
from assistant.training.material import Kind, SampleProfile
from assistant.training.words import keys_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from assistant.training.material import Thing

_TEN, _NINETY = 10, 90
_SAINTS_DAY = re.compile(r"\b(?:St\.?|Saint|San|Santa)\s+\S+\s+(?:Day|Eve|Night)\b", re.IGNORECASE)
_BEFORE_TOWN = re.compile(
    r"(?:^|[,.;:!?\u2014-]\s*|\b(?:in|to|from|at|near|outside|of|over|around|for|through|past|into|towards?|was|is|and|or|"
    r"left|leave|leaving|called|than|about|via|by|like|the|up|down|out|with|back|across|visit|visited|miss|missed|"
    r"old|little|good)\s+)$",
    re.IGNORECASE,
)
_BEFORE_PLACE = re.compile(r"\b(?:the)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Coarser:
    """How one sample says less.

    Args:
        profile: How far.
        day: The day of the session; what is said without a year is read against it.
        shift: Weeks; see ``shift_for``. Safe harbor does not use it.
    """

    profile: SampleProfile
    day: dt.date = field(repr=False)
    shift: int = field(repr=False)
    ahead: Mapping[str, bool | None] = field(default_factory=dict, repr=False)
    """Whether a date that was said without a year lies ahead; by value, see ``looks_ahead``."""

    def reworded(self, thing: Thing, text: str, span: Span) -> tuple[Span, str] | None:
        """Return where and how something is said less exactly; None where a stand-in takes its place instead.

        Args:
            thing: What was mentioned.
            text: The whole utterance.
            span: The mention; what is returned may reach over a preposition before it.
        """
        match thing.kind:
            case Kind.DATE:
                said: tuple[Span, str] | None = self._dates.worded(thing.value, text, span)
            case Kind.AGE:
                said = aged(thing.value, text, span)
            case Kind.ADDRESS:
                said = _address(thing.value, text, span)
            case Kind.PLACE:
                said = self._place(thing, text, span)
            case Kind.NUMBER if not any(c.isdecimal() for c in thing.value):
                said = _handle(text, span)
            case Kind.JOB | Kind.EVENT:
                said = span, "[\u2026]" if thing.value == "-" else thing.value
            case _:
                said = None
        return said

    def month(self, value: str) -> str | None:
        """Return the month that a date is said to be in; None where none is said."""
        return self._dates.month(value)

    @property
    def _dates(self) -> Dates:
        return Dates(self.profile, self.day, self.shift, self.ahead)

    # -- places ----------------------------------------------------------------------------------------------------

    def _place(self, thing: Thing, text: str, span: Span) -> tuple[Span, str] | None:
        name = " ".join(keys_of(thing.name)).removeprefix("the ")
        region = index("regions").get(name) or index("regions").get(f"the {name}")
        if region is None and self.profile is not SampleProfile.SAFE_HARBOR:
            return None
        if region is None and not _BEFORE_TOWN.search(text[: span.start]):
            return None  # "Route Nine", "they ...ed him": a made-up word reads better than "a town"
        return _led(text, span, region or "a town")


def region_of(name: str) -> str | None:
    """Return the region that a place lies in, as the table has it; None: it is not in the table."""
    key = " ".join(keys_of(name)).removeprefix("the ")
    return index("regions").get(key) or index("regions").get(f"the {key}")


def is_region(name: str) -> bool:
    """Whether a name is so wide that it stands for itself."""
    key = " ".join(keys_of(name)).removeprefix("the ")
    return any(" ".join(keys_of(head)).removeprefix("the ") == key for head, _ in table("regions"))


def job_group(job: str) -> str | None:
    """Return the broad group of a job, by its last words; None: it is not in the table."""
    keys = [word.removesuffix("s") for word in keys_of(job)]
    whole = [" ".join(keys_of(job)[at:]) for at in range(len(keys))]
    single = [" ".join(keys[at:]) for at in range(len(keys))]
    return next((index("jobs")[k] for k in (*whole, *single) if k in index("jobs")), None)


def events_in(text: str) -> list[tuple[Span, str]]:
    """Return the rare events that a text tells of, and the broad words for each ("-": none)."""
    lines = [(head, ",".join(items)) for head, items in table("events")]
    return [
        (Span(*match.span()), head)
        for head, pattern in lines
        for match in re.finditer(rf"\b{pattern}\b", text, re.IGNORECASE)
    ]


def band(years: float) -> str:
    """Return the ten years that an age falls into, as a quasi-identifier's value."""
    if years >= _NINETY:
        return "90 or older"
    low = int(years) // _TEN * _TEN
    return f"{low}-{low + 9}"


# -- wording ----------------------------------------------------------------------------------------------------------


def _address(value: str, text: str, span: Span) -> tuple[Span, str]:
    """Return words for an address; a saint's day that was taken for a street is a feast, a bare number no address."""
    said = span.of(text)
    feast = _SAINTS_DAY.search(said)
    if feast is not None:
        where = Span(span.start + feast.start(), span.start + feast.end())
        return holiday(text, where)
    doctor = re.search(r"\bDr\.?\s+[A-Z]\S*$", said)
    if doctor is not None:
        return Span(span.start + doctor.start(), span.end), "the doctor"
    if figures.only_numbers(said):
        return span, "such-and-such"
    on = re.search(r"\b(?:on|off|along|up|down)\s+(?:the\s+)?$", text[: span.start], re.IGNORECASE)
    return _led(text, span, "a certain address" if value and not on else "a certain street")


def _handle(text: str, span: Span) -> tuple[Span, str] | None:
    """Return words for a name on the net, which is read out without a figure; None: it is only letters."""
    said = span.of(text).lower()
    if re.search(r"\bdot\b|www|\.\w", said):
        return span, "dot example dot com" if said.startswith("dot") else "example dot com"
    return (span, "at somebody") if said.startswith(("at ", "@")) else None


def _reach(text: str, span: Span, before: re.Pattern[str]) -> Span:
    match = before.search(text[: span.start])
    return Span(match.start(), span.end) if match else span


def _led(text: str, span: Span, words: str) -> tuple[Span, str]:
    """Return words that bring their own article, over one that stood before."""
    return _reach(text, span, _BEFORE_PLACE), words
