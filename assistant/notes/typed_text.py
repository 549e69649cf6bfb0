"""What a clinician typed, as it may be kept: lines of what can be seen, and times of day."""

from __future__ import annotations

import re
import unicodedata

from assistant.decisions import Field
from assistant.errors import SessionError
from assistant.notes import sentences as say

CLOCK = (Field.START, Field.STOP)
_CLOCK_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def lines_of(text: str) -> tuple[str, ...]:
    """Return typed text as lines: no control or invisible characters, no empty line, single spaces.

    A line that only says ``[clinician to complete]`` is none: that is what an empty field says.
    """
    cleaned = (" ".join(printable(line).split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return tuple(line for line in cleaned if line and line != say.TO_COMPLETE)


def printable(line: str) -> str:
    """Return a line without characters that print nothing; a tab becomes a space."""
    # Categories C*: control, format (zero width, direction marks), surrogate, private use, unassigned.
    return "".join(" " if c == "\t" else c for c in line if c == "\t" or unicodedata.category(c)[0] != "C")


def clock_time(text: str) -> str:
    """Return a time of day as it stands in a note; empty stays empty.

    Raises:
        SessionError: It is not ``HH:MM`` from 00:00 to 23:59.
    """
    time = text.strip()
    if time and _CLOCK_TIME.fullmatch(time) is None:
        raise SessionError("a start or stop time is written as HH:MM, from 00:00 to 23:59")
    return time


def field_text(name: Field, text: str) -> str:
    """Return what a clinician typed as it is kept: clean lines, or a checked time.

    Raises:
        SessionError: A time that is not ``HH:MM``.
    """
    return clock_time(text) if name in CLOCK else "\n".join(lines_of(text))
