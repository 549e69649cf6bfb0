"""What a session without models says, and the drafts that it gets: in the app's process and in the worker's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant.domain import (
    Draft,
    Note,
    NoteLine,
    NoteSection,
    PersonId,
    RedactedText,
    Release,
    ReleasedLine,
    Span,
    UtteranceId,
    Withheld,
    WithheldReason,
)
from assistant.notes import sentences as say

if TYPE_CHECKING:
    from assistant.domain import Session

DAY = dt.date(2026, 3, 5)
SAID = (
    ("m1", "I sold my zebra lamp to pay the rent. It hurt."),
    ("m2", "I think about ending it when I am alone."),
    ("f", "Thank you both."),
)


def drafts_of(session: Session) -> tuple[dict[PersonId, Draft], Note]:
    """Return a draft for each member, with one line of their own and one clause withheld, and the group's part."""
    drafts: dict[PersonId, Draft] = {}
    for number, (speaker, text) in enumerate(SAID[:2]):
        utterance, reader = UtteranceId(f"u{number + 1}"), PersonId(speaker)
        sections = (
            NoteSection(say.SESSION, (NoteLine(say.date_of_session(DAY.isoformat())), NoteLine(say.TIMES))),
            NoteSection(say.SAID, (NoteLine(text, (utterance,)),)),
        )
        line = ReleasedLine(reader, utterance, (Span(0, len(text) - 9),), RedactedText(text))
        withheld = Withheld(reader, utterance, Span(len(text) - 9, len(text)), WithheldReason.OTHER_PARTICIPANT)
        release = Release(reader, (line,), (withheld,))
        drafts[reader] = Draft(Note(reader, session.id, sections), release, (), refused=False)
    lines = (NoteLine(say.date_of_session(DAY.isoformat())), NoteLine(say.TIMES))
    return drafts, Note(None, session.id, (NoteSection(say.SESSION, lines),))
