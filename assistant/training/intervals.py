"""A day told by how far it is from the session, and weekdays and feasts told in general words, as people talk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.training import figures
from assistant.training.life_days import of_every_year, told_by_life
from assistant.training.words import word_set

if TYPE_CHECKING:
    import datetime as dt

_PART = re.compile(
    r"\b(?:(?:at|from|by|towards?|around|about)\s+)?(?:the\s+)?(?:very\s+)?(?:end|start|beginning|middle)\s+of\s+$"
    r"|\b(?:early|late|mid)(?:[- ]+(?:in|on))?[- ]+$",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:(?:(?<!my )(?<!his )(?<!her )(?<!the )(?<!your )(?<!their )back )?in|on|of|this(?: coming| past)?|last|next|"
    r"during)\s+$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince(?:,? (?:um|uh|like|what),?)?\s+$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till)\s+$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|before)\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_HARD_LEAD = re.compile(
    r"\b(?:for|from|between|to|and|around|about|until|till|by|before|after|than|through|towards?|or)\s+$", re.IGNORECASE
)
_PICKED = re.compile(
    r"\b(?:pick(?:ed)?|chose|choose|love[ds]?|hate[ds]?|dread(?:ed|ing)?|remember(?:ed)?|mark(?:ed)?|"
    r"celebrate[ds]?|want(?:ed)?|take|took|call(?:ed)?|wrote|write|put|got)\s+$",
    re.IGNORECASE,
)
_EXACT_WEEKS = 8
_MONTH, _YEAR = 30.44, 12
"""Days in a month, months in a year."""
_YEARS_AGO = re.compile(r"^,?\s+(?:of )?([\w-]+)(?= years? (?:ago|back|before|earlier)\b)", re.IGNORECASE)
_SAME_WEEK = re.compile(
    r"\b(?:last|this|next) (?:week|month)(?:['\u2019]s| is| was| on|,)?\s+(?:on\s+)?$", re.IGNORECASE
)
_EVERY = re.compile(r"\b(?:every|each)\s+$", re.IGNORECASE)
_DETERMINED = re.compile(r"\b(?:the|my|our|your|his|her|their|its|a|an|that)\s+$", re.IGNORECASE)
_THE = re.compile(r"\b(?:the|that)\s+$", re.IGNORECASE)
_CROWD = re.compile(
    r"^\s+(?:gang|bab(?:y|ies)|people|kids?|birthdays?|girls?|boys?|crew|club|team|lot)\b", re.IGNORECASE
)
_NO_NOUN = word_set(
    """
    soon tomorrow today tonight yesterday later already and or but i he she it
    we they you was is were are with when at in on for to because so then this last next my the a
    an coming came comes if as before after until till since that which who of not again too now just like than i'm
    he's she's it's we're they're there here went had has have did do will would could should can where while although
    though by from about over around ago away together alone even never always only also every each one all what how
    everyone everybody nobody somebody someone anybody anyone people me him her us them his
    their our your off out up down went got get goes go comes no yes uh um
    """
)
_PRONOUNS = word_set("it that he she what who there here where how today tomorrow")
_MERRY = re.compile(r"\b(?:merry|happy|blessed|good)\s+$", re.IGNORECASE)
_HELD = word_set(
    """
    the a an my our your his her their its this that last next every each first second third any one no whole past big
    old same another another's same family own
    """
)
_THROUGH = word_set("at since until till by before after over around during for from through between past")
_WEEKDAY_LEAD = re.compile(
    r"\b(?:on|since|until|till|by|before|after|from|for|between|about|of|with|to|than|like|around|through|"
    r"(?:on )?(?:this|last|next)(?: coming| past)?|"
    r"(?:on )?(?:every|each)(?: second| other| third| single)?|"
    r"(?:the|my|your|our|his|her|their|a|that|any|one|second|other|some|most|all))\s+$",
    re.IGNORECASE,
)
_ITS_PART = re.compile(r"\s+(morning|afternoon|evening|night|noon|lunchtime|lunch|midday|midnight)(s?)$")
_RECKONED = re.compile(r"\bweeks? |\b(?:week|fortnight|after next)$")
_RECURRING = ("every", "each", "most", "some", "any")
_ITS_OWNER = word_set("the my your our his her their a that one second other all")
_SEEING = re.compile(
    r"\b(?:see|seeing) (?:you|ya|yous|everyone|everybody)(?: all| both| guys)?(?: on)?\s+$", re.IGNORECASE
)
_POINTING = word_set("about of with to than like around through")
_YEAR_ON = re.compile(r"\b(?:years?|months?|weeks?)\s+on\s+$", re.IGNORECASE)


def far_off(text: str, span: Span, session: dt.date, when: dt.date, *, by_month: bool) -> tuple[Span, str]:
    """Return how many weeks, or months where no day was said, lie between a day and the session.

    Args:
        text: The whole utterance.
        span: The date; what is returned may reach over what leads it.
        session: The day of the session.
        when: The day meant.
        by_month: Whether only its month was said.
    """
    days = (when - session).days
    many, unit = round(days / 7), "week"
    if by_month:
        many, unit = (when.year - session.year) * 12 + when.month - session.month, "month"
    where = _over(_PART, text, _over(_AT, text, _over(_PART, text, span)))
    general = _without_length(text, span, where, days) or _general(text, span, unit)
    if general is not None:
        return general
    if abs(many) <= 1:
        return where, f"{('last', 'this', 'next')[many + 1]} {unit}"
    lead, length = text[: where.start], _length(days, many, unit)
    if many < 0:
        since = _over(_SINCE, text, where)
        been = re.search(r"\bbeen\s+$", text[: since.start]) is not None
        return since, f"{length} ago" if since == where else length if been else f"for {length}"
    for pattern, way in ((_UNTIL, "for"), (_BY, "within"), (_FROM, "in")):
        if pattern.search(lead):
            return _over(pattern, text, where), f"{way} {length}"
    return where, f"{length} from now" if _HARD_LEAD.search(lead) else f"in {length}"


def _without_length(text: str, span: Span, where: Span, days: int) -> tuple[Span, str] | None:
    """Return words for a date beside "three years ago", and for the day of a death or of a birth to come."""
    told = _YEARS_AGO.match(text[span.end :])
    if told is not None:
        return Span(where.start, span.end + told.end(1)), told.group(1)
    lasting = told_by_life(text[: where.start], near=abs(days) <= _EXACT_WEEKS * 7)
    return None if lasting is None else (where, lasting)


def _general(text: str, span: Span, unit: str) -> tuple[Span, str] | None:
    """Return words for a date where no length of time fits: "every June", "the May deadline", "I pick the third"."""
    before, after = text[: span.start], text[span.end :]
    month = unit == "month"
    if _EVERY.search(before):
        return _over(_EVERY, text, span), "every year"
    comes_back, twice = of_every_year(before, after), _SAME_WEEK.search(before) is not None
    if comes_back or twice:
        return _over(_AT, text, span), "that month" if month and comes_back else "that day"
    if _AT.search(before):
        return None
    if month and _DETERMINED.search(before):
        return _determined(text, span)
    if _CROWD.match(after):
        return span, f"same-{unit}"
    return (span, "that month" if month else "that day") if _PICKED.search(before) else None


def _determined(text: str, span: Span) -> tuple[Span, str]:
    """Return words for a month after an article: nothing before a noun, else "that month"."""
    after = text[span.end :]
    follows = re.match(r"\s+([^\W\d_]+)", after)
    if follows is not None and follows.group(1).lower() not in _NO_NOUN:
        return Span(span.start, span.end + len(after) - len(after.lstrip())), ""
    the = _over(_THE, text, span)
    return the, "month" if the == span else "that month"


def year_alone(text: str, span: Span, said: str) -> tuple[Span, str]:
    """Return the year alone of a date, as it was said."""
    where = _over(_PART, text, span)
    led = _AT.search(text[: where.start]) is not None
    where = _over(_PART, text, _over(_AT, text, where))
    hard = _HARD_LEAD.search(text[: where.start]) or _SINCE.search(text[: where.start])
    return where, said if hard and not led else f"in {said}"


def weekday(text: str, span: Span, *, ahead: bool | None) -> tuple[Span, str]:
    """Return words for one weekday; what comes back every week stays, it is no date."""
    inner = re.match(r"(?:this|last|next)(?: coming| past)? ", span.of(text), re.IGNORECASE)
    span = Span(span.start + inner.end(), span.end) if inner else span
    before, said = text[: span.start], span.of(text).lower()
    lead = _WEEKDAY_LEAD.search(before)
    word = " ".join(lead.group().lower().split()).removeprefix("on ") if lead else ""
    part = _ITS_PART.search(said)
    if word.startswith(_RECURRING) or said.endswith("days") or (part and part.group(2)):
        return span, span.of(text)
    seeing = _SEEING.search(before)
    if seeing is not None:
        return (_reaching(lead, span, {"on"}, word), "soon") if word in {"on", ""} else (span, "time")
    if _YEAR_ON.search(before):
        return _reaching(lead, span, {"on"}, word), "this week"
    if _RECKONED.search(said):
        many = said.startswith(("two", "three")) or said.endswith(("fortnight", "after next"))
        return _reaching(lead, span, {"on", "next"}, word), "in a few weeks" if many else "next week"
    time = part.group(1) if part and part.group(1) in {"morning", "afternoon", "evening", "night"} else ""
    if word in _ITS_OWNER:
        noun = re.match(r"\s+([^\W\d_]+)", text[span.end :])
        follows = noun is not None and noun.group(1).lower() not in _NO_NOUN
        return span, "weekly" if follows and not part else time or "day"
    return _one_weekday(lead, span, word, time, ahead=ahead)


def _one_weekday(
    lead: re.Match[str] | None, span: Span, word: str, time: str, *, ahead: bool | None
) -> tuple[Span, str]:
    """Return words for a weekday after a preposition, "last" or nothing; ``time`` is its part of the day."""
    which = word.split(" ", maxsplit=1)[0]
    if which in {"last", "next", "this"}:
        words = f"{which} week" if not time else f"the other {time}" if which == "last" else f"one {time} {which} week"
        return _reaching(lead, span, {word}, word), words
    fixed = {"until": "then", "till": "then", "by": "then", "before": "then", "between": "last week"}
    fixed |= {"since": "the other day", "after": "the other day", "from": "one day"}
    fixed |= dict.fromkeys(_POINTING, f"that {time or 'day'}")
    if word in fixed:
        return span, fixed[word]
    words = f"one {time} this week" if time else "this week"
    if ahead is False:
        words = f"the other {time or 'day'}"
    return _reaching(lead, span, {"on"}, word), words


def _reaching(lead: re.Match[str] | None, where: Span, over: set[str], word: str) -> Span:
    return Span(lead.start(), where.end) if lead is not None and word in over else where


def holiday(text: str, span: Span) -> tuple[Span, str]:
    """Return words for a feast or a holiday that fit where it stands."""
    before, after = text[: span.start], text[span.end :]
    if _MERRY.search(before):
        return _over(_MERRY, text, span), "happy holidays"
    last = re.search(r"([^\W_]+(?:['\u2019][^\W_]+)*)\s+$", before)
    word = last.group(1).lower() if last else ""
    follows = re.match(r"\s+([^\W\d_]+)", after)
    noun = follows is not None and follows.group(1).lower() not in _NO_NOUN
    if word in _HELD or (word.endswith(("'s", "\u2019s")) and word[:-2] not in _PRONOUNS):
        return span, "holiday"
    if noun:
        return span, "the holiday" if _opens(before) or word in _THROUGH | {"on"} else "holiday"
    return span, "the holidays" if word in _THROUGH else "the holiday" if word == "on" else "a holiday"


def _opens(before: str) -> bool:
    return not before.strip() or before.rstrip()[-1] in ".!?"


def _length(days: int, many: int, unit: str) -> str:
    """Return a length of time in words; many weeks are told in months, for whoever knows the evening can count."""
    about = unit == "week" and abs(many) > _EXACT_WEEKS
    if about:
        many, unit = round(abs(days) / _MONTH), "month"
    if unit == "month" and abs(many) == _YEAR:
        said = "a year"
    else:
        said = f"{figures.below_hundred(abs(many)) if abs(many) < 100 else abs(many)} {unit}s"  # noqa: PLR2004  in words
    return f"about {said}" if about else said


def _over(pattern: re.Pattern[str], text: str, span: Span) -> Span:
    lead = pattern.search(text[: span.start])
    return Span(lead.start(), span.end) if lead else span
