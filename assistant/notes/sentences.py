"""Every sentence that a draft says in its own voice. The gate lets through no other sentence that has no evidence."""

from __future__ import annotations

import re

from assistant.domain import WithheldReason
from assistant.notes.lexicon import word_list
from assistant.notes.topics import THEMES

SESSION = "Session"
SAID = "What the member said"
EXCHANGES = "Exchanges with the facilitator"
THEMES_RAISED = "Themes"
INTERVENTIONS = "Interventions"
ASSESSMENT = "Assessment"
PLAN = "Plan"
HELD_BACK = "Held back"
ABOUT = "About this draft"

CLINICIAN_SECTIONS = frozenset({ASSESSMENT, PLAN, INTERVENTIONS})
"""Sections that a clinician writes."""

ADDENDA = "Addenda"

TITLES = frozenset(
    {SESSION, SAID, EXCHANGES, THEMES_RAISED, INTERVENTIONS, ASSESSMENT, PLAN, HELD_BACK, ABOUT, ADDENDA}
)
"""Every heading a note may have."""

HEADINGS = tuple(f"{state}: group session note" for state in ("DRAFT", "SIGNED"))
"""The title of a note, by its state."""

TO_COMPLETE = "[clinician to complete]"
NOTHING_SAID = "Nothing of the member's own was released for this note."
NOTHING_HELD = "Nothing of the member's own speech was held back."
NO_THEME = "No theme on the list was raised by three or more members."
TIMES = f"Start and stop times: {TO_COMPLETE}"
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


def minutes_present(present: int, total: int) -> str:
    """Return the line with the member's minutes."""
    return f"Minutes present: {present} of {total}."


def minutes_total(total: int) -> str:
    """Return the line with the length of the session."""
    return f"Minutes: {total}."


def people_present(members: int, facilitators: int) -> str:
    """Return the line with the counts that a payer wants (``domain.md`` 4.1)."""
    return f"Members present: {members}. Facilitators present: {facilitators}."


def exchanges_with_facilitator(count: int) -> str:
    """Return the line with the number of exchanges."""
    return f"Exchanges between the facilitator and the member: {count}."


def themes_of_group(themes: tuple[str, ...]) -> str:
    """Return the line with the themes, or the line that says there is none."""
    return f"Raised by three or more members: {', '.join(themes)}." if themes else NO_THEME


def held_back(reason: str, count: int) -> str:
    """Return the line that counts what was held back for one reason."""
    return f"Held back ({reason}): {count}."


def _slot(words: frozenset[str] | tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(words)) + ")"


_THEME = _slot(THEMES)
_PATTERNS = (
    *map(
        re.escape,
        (
            TO_COMPLETE,
            NOTHING_SAID,
            NOTHING_HELD,
            NO_THEME,
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
