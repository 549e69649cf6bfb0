"""Words and signs by which the search for samples tells a name from what everybody shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from assistant.privacy.calendar_words import CALENDAR, HOLIDAYS
from assistant.privacy.vocabulary import FREQUENT
from assistant.privacy.words import word_set, words_of
from assistant.training.bodies import GENERIC
from assistant.training.material import Kind
from assistant.training.words import keys_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Span
    from assistant.privacy.words import TextWord

JOINTS: Final = word_set(
    "and of the for in at on a an inc co state town city house home bar bank paper press unit court base"
)
ROAD: Final = re.compile(
    r"\b(?:(?:\d+|[A-Za-z-]+)\s+){0,3}?((?:[A-Z][\w'\u2019]+\s+){1,3}(?:Street|Road|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Court|"
    r"Crescent|Terrace|Row|Close|Place|Way|Highway|Parkway|Square|Circle|Alley|Mews|Gardens|Turnpike|Pike))\b"
)
_WORK_LEAD: Final = re.compile(
    r"\b(?:work(?:s|ed|ing)?|job|employed|shifts?|hired|started|laid off|fired|drive|drove|boss)\s+"
    r"(?:\w+\s+){0,2}?(?:at|for|with|by|from|over at|down at)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_SCHOOL_HEAD: Final = word_set(
    "school academy college university high elementary conservatory seminary kindergarten institute polytechnic"
)
_SCHOOL_LEAD: Final = re.compile(
    r"\b(?:stud(?:y|ied|ying|ies)|teach(?:es|ing)?|taught|graduat\w+|enrol\w+|semester|degree|classes?|major\w*)\s+"
    r"(?:\w+\s+){0,3}?(?:at|from|in)\s+$",
    re.IGNORECASE,
)

_OPENERS: Final = '[](){}*"\u201c\u2018:\u2026'
"""Marks after which a capital says nothing."""
_MODAL: Final = frozenset({"will", "may"})
_PLACING: Final = word_set("in on at with from for of up down out as so if time times week way day days things thing")
_CALLING: Final = word_set(
    "i'm im i\u2019m am named called me thanks thank hi hey hello hiya welcome name's ask asked told tell sorry "
    "mr mrs ms dear goodnight bye evening morning"
)
"""What stands before a name where there are no capitals."""
BEFORE_NO_NAME: Final = word_set("""
    to the some a an my your our his her their of i you we they he she it that there no with any much more this these
    those be is was not in for lose lost find have has had give gave and or who
    """)
_AFTER_A_PLAIN_WORD: Final = word_set("""
    yourself yourselves himself herself i you we he she it they us them there this that these those the a an my your
    our his her its their somebody someone
    anybody anyone everybody everyone people not never be have to for of in on at with from up down out as so if what
    day days time times week weeks way thing things
    """)
"""What follows "will", "may", "hope", "mark", "frank", "art" where it is no name: behind a name comes a verb."""
_FIRST_PERSON: Final = word_set("i im ive me")
_PRONOUNS: Final = _FIRST_PERSON | word_set("he she they you we him her them it that who my his their your")


def opens(words: Sequence[TextWord], at: int) -> bool:
    """Whether a word opens a sentence, a quotation, or what follows a stage direction ("[laughs] Yes")."""
    word = words[at]
    if word.opens or any(mark in word.gap for mark in _OPENERS):
        return True
    # "So did I. Before", "like a. Purple": no initial
    before = words[at - 1].text if at else ""
    return "." in word.gap and (before == "a" or (len(before) == 1 and word.bare in FREQUENT))


def stands_alone(words: Sequence[TextWord], at: int) -> bool:
    """Whether a word that opens a sentence is a call ("Grace, ...", "Will?") or is followed by itself ("Will will")."""
    if at + 1 >= len(words):
        return True
    after = words[at + 1]
    return after.opens or after.gap.strip()[:1] in {",", ".", "?", "!"} or after.lower == words[at].lower


def plainly_used(words: Sequence[TextWord], at: int) -> bool:
    """Whether a word that is also a name, and opens a sentence, is followed as the everyday word is ("Will you")."""
    if words[at].text.lower().endswith(("'s", "\u2019s")) or at + 1 >= len(words):
        return False
    after = words[at + 1]
    if words[at].bare in _MODAL and after.lower in _PLACING:
        return False  # "May in June"
    return after.tight and after.lower.split("'")[0].split("\u2019")[0] in _AFTER_A_PLAIN_WORD


def called_in_lower(words: Sequence[TextWord], at: int) -> bool:
    """Whether an everyday word that is somebody's name stands where a name would, in a text without capitals."""
    word = words[at]
    if word.lower.endswith(("'s", "\u2019s")):
        return True
    if at == 0:
        return len(words) == 1 or not plainly_used(words, at)
    before = words[at - 1].lower
    if before in _CALLING and not (
        at + 1 < len(words) and word.bare in _MODAL and words[at + 1].lower in BEFORE_NO_NAME
    ):
        return True
    return at + 1 == len(words) and before not in BEFORE_NO_NAME


def of_calendar(word: TextWord) -> bool:
    """Whether a word is a month, a weekday (or several) or a holiday."""
    return bool({word.bare, word.bare.removesuffix("s")} & (CALENDAR | HOLIDAYS))


def names_body(name: str) -> bool:
    """Whether a name ends in what it is ("Memorial", "Storage"): then it is nobody's."""
    keys = keys_of(name)
    return len(keys) > 1 and keys[-1] in GENERIC


def body_kind(text: str, span: Span) -> Kind:
    """Return whether a name is a school's, an employer's, or some other body's."""
    before = text[: span.start]
    if set(keys_of(span.of(text))) & _SCHOOL_HEAD or _SCHOOL_LEAD.search(before):
        return Kind.SCHOOL
    return Kind.EMPLOYER if _WORK_LEAD.search(before) else Kind.ORGANISATION


def of_place(words: Sequence[TextWord], at: int) -> bool:
    """Whether a word stands where a place would ("in ...")."""
    return at > 0 and words[at - 1].lower in {"in", "at", "from", "near", "to", "by", "of"}


def led_by_work(words: Sequence[TextWord], at: int) -> bool:
    """Whether somebody works where the word stands: an employer, however well known."""
    lead = " ".join(w.lower for w in words[max(0, at - 6) : at]) + " "
    return _WORK_LEAD.search(lead) is not None


def first_person(before: str) -> bool:
    """Whether the last pronoun before something in its sentence is the speaker's own."""
    for word in reversed(words_of(re.split(r"[.!?]", before)[-1])):
        base = word.lower.split("'")[0]
        if base in _PRONOUNS:
            return base in _FIRST_PERSON
    return False
