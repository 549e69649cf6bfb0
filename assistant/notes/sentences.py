"""Every sentence that a draft says in its own voice. The gate lets through no other sentence that has no evidence."""

from __future__ import annotations

import re

from assistant.domain import WithheldReason
from assistant.notes.lexicon import word_list
from assistant.notes.topics import THEMES

SESSION = "Session"
SAID = "What the member said"
REWORDED = "What the member said, reworded"
EXCHANGES = "Exchanges with the facilitator"
THEMES_RAISED = "Themes"
INTERVENTIONS = "Interventions"
ASSESSMENT = "Assessment"
PLAN = "Plan"
HELD_BACK = "Held back"
ABOUT = "About this draft"
ADDENDA = "Addenda"
TOPIC = "Topic"
PRESENTATION = "Presentation"
RESPONSE = "Response"
GOALS = "Goals"
PROGRESS = "Progress"
RISK = "Risk statement"

CLINICIAN_SECTIONS = frozenset(
    {TOPIC, INTERVENTIONS, PRESENTATION, RESPONSE, GOALS, PROGRESS, RISK, ASSESSMENT, PLAN, ADDENDA}
)
"""Sections that a clinician writes."""

TITLES = frozenset({SESSION, SAID, REWORDED, EXCHANGES, THEMES_RAISED, HELD_BACK, ABOUT, *CLINICIAN_SECTIONS})
"""Every heading a note may have."""

FORMAT_TITLES = frozenset(
    {
        *("Subjective", "Objective", "Data", "Behavior", "Behaviour", "Intervention", "Goal", "Problem", "Evaluation"),
        *("Group session", "Group part", "Individual part", "Participation", "Attendance", "Signature", "Notices"),
        "Group session note",
    }
)
"""Further headings of the formats that a note is handed out in (``domain.md`` 4.3)."""

HEADINGS = tuple(f"{state}: group session note" for state in ("DRAFT", "SIGNED"))
"""The title of a note, by its state."""

DOCUMENT_TITLES = ("Group session note", HEADINGS[0])
"""The title of a note that is handed out: signed, and not."""

TO_COMPLETE = "[clinician to complete]"
NOTHING_SAID = "Nothing of the member's own was released for this note."
NOTHING_HELD = "Nothing of the member's own speech was held back."
NO_THEME = "No theme on the list was raised by three or more members."
TIMES = f"Start and stop times: {TO_COMPLETE}"
LEFT_OUT = "Left out for this recipient."
TOO_MANY = "More than 12 members were present: check the limit of the payer."
GUARANTEE_MEMBER = (
    "Machine draft from speech recognition. It quotes only passages that were attributed to one member and judged "
    "to be about that member alone; anything in doubt was held back, and both steps make mistakes."
)
GUARANTEE_GROUP = (
    "Machine draft. It holds counts, times and general themes only; a theme stands here if three or more members spoke "
    "of it."
)
SIGNING = "A clinician reads, corrects, completes and signs it. It is not legal advice."
PART_2 = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""The short notice of 42 CFR 2.32 (``domain.md`` 3.3)."""

KINDS = frozenset(
    word_list(
        """psychotherapy support skills psychoeducation process recovery bereavement family couples addiction
        counselling counseling relapse-prevention peer-support anger-management parenting trauma"""
    )
)
"""Kinds of group that a note may name; any other word might hold a name or a diagnosis."""

GATE_REFUSED = "refused by the last gate"


def date_of_session(date: str) -> str:
    """Return the line with the day, an ISO date."""
    return f"Group session on {date}."


def kind_of_group(kind: str) -> str:
    """Return the line with the kind of group; a kind off the list is left to the clinician."""
    return f"Kind of group: {kind if kind in KINDS else TO_COMPLETE}"


def times(start: str, stop: str) -> str:
    """Return the line with the clock times that a clinician gave, each ``HH:MM`` or ``H:MM AM``; empty: not given."""
    return f"Start and stop times: {start or TO_COMPLETE} to {stop or TO_COMPLETE}." if start or stop else TIMES


def minutes_present(present: int, total: int) -> str:
    """Return the line with the member's minutes."""
    return f"The member was present for {present} of {_count(total, 'minute')}."


def minutes_total(total: int) -> str:
    """Return the line with the length of the session."""
    return f"The session lasted {_count(total, 'minute')}."


def people_present(members: int, facilitators: int) -> str:
    """Return the line with the counts that a payer wants (``domain.md`` 4.1)."""
    return f"{_count(members, 'member')} and {_count(facilitators, 'facilitator')} were present."


def exchanges_with_facilitator(count: int) -> str:
    """Return the line with the number of exchanges."""
    counted = _count(count, "exchange") if count else "No exchange"
    return f"{counted} between the facilitator and the member {'were' if count > 1 else 'was'} counted."


def themes_of_group(themes: tuple[str, ...]) -> str:
    """Return the line with the themes, or the line that says there is none."""
    listed = " and ".join(part for part in (", ".join(themes[:-1]), *themes[-1:]) if part)
    return f"Three or more members spoke of {listed}." if themes else NO_THEME


def added(date: str, time: str) -> str:
    """Return the line that stands before an addendum: an ISO date and a clock time in UTC."""
    return f"Added on {date} at {time} UTC."


def lead_in(title: str) -> str:
    """Return the words that stand before the lines of a section inside a part."""
    return f"{title}:"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def held_back(reason: str, count: int) -> str:
    """Return the line that counts what was held back for one reason."""
    return f"Held back ({reason}): {count}."


def _slot(words: frozenset[str] | tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(words)) + ")"


LEAD_INS = (
    "The member said:",
    "In short, the member said:",
    *(
        lead_in(title)
        for title in (
            *(TOPIC, THEMES_RAISED, INTERVENTIONS, PRESENTATION, "Participation", RESPONSE, GOALS, PROGRESS, RISK),
            *(ASSESSMENT, PLAN),
        )
    ),
)
"""Words that stand before the lines of a section inside a part of a format."""

_THEME = _slot(THEMES)
_CLOCK = rf"(?:{re.escape(TO_COMPLETE)}|(?:[01]?\d|2[0-3]):[0-5]\d(?: ?(?:AM|PM|am|pm|a\.m\.|p\.m\.))?)"
_PATTERNS = (
    *map(
        re.escape,
        (
            TO_COMPLETE,
            NOTHING_SAID,
            NOTHING_HELD,
            NO_THEME,
            LEFT_OUT,
            TIMES,
            TOO_MANY,
            GUARANTEE_MEMBER,
            GUARANTEE_GROUP,
            SIGNING,
            PART_2,
        ),
    ),
    r"Group session on \d{4}-\d\d-\d\d\.",
    f"Kind of group: (?:{_slot(KINDS)}|{re.escape(TO_COMPLETE)})",
    f"Start and stop times: {_CLOCK} to {_CLOCK}\\.",
    r"The member was present for \d{1,4} of \d{1,4} minutes?\.",
    r"The session lasted \d{1,4} minutes?\.",
    r"\d{1,3} members? and \d{1,3} facilitators? were present\.",
    r"(?:No|\d{1,4}) exchanges? between the facilitator and the member (?:was|were) counted\.",
    f"Three or more members spoke of {_THEME}(?:, {_THEME})*(?: and {_THEME})?\\.",
    r"Added on \d{4}-\d\d-\d\d at \d\d:\d\d UTC\.",
    _slot(LEAD_INS),
    # As drafts of an earlier version said it: they are still in vaults.
    r"Minutes present: \d{1,4} of \d{1,4}\.",
    r"Minutes: \d{1,4}\.",
    r"Members present: \d{1,3}\. Facilitators present: \d{1,3}\.",
    r"Exchanges between the facilitator and the member: \d{1,4}\.",
    f"Raised by three or more members: {_THEME}(?:, {_THEME})*\\.",
    r"Held back \(" + _slot((*(r.value for r in WithheldReason), GATE_REFUSED)) + r"\): \d{1,5}\.",
)
_OWN_VOICE = re.compile("|".join(f"(?:{p})" for p in _PATTERNS))


def is_own_voice(text: str) -> bool:
    """Whether a line is one of the sentences above, its slots filled with counts, a date or words on a list."""
    return _OWN_VOICE.fullmatch(text) is not None
