"""One note per member, and the group's part: drafted from released lines and counts, never from anyone else's speech.

The drafting of one member's note is never handed another person's utterances (``domain.md`` 0): a release, counts and
positions are all it gets. Assessment and Plan are written by a clinician only.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import Note, NoteLine, NoteSection, Part2, Severity, WithheldReason
from assistant.notes import sentences as say
from assistant.notes.topics import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.domain import GateFinding, Release, ReleasedLine, Session, UtteranceId

LARGEST_GROUP = 12
"""Members beyond which a Medicare contractor pays no group session (``domain.md`` 4.1, S20)."""

NEIGHBOURS = 2
"""Utterances at most this far apart read as one passage: a listener's "mm-hm" may stand between them."""

NOT_THE_MEMBERS = frozenset({WithheldReason.NOT_THE_SPEAKER, WithheldReason.FACILITATOR})
"""Reasons that only say that others spoke too."""

# "er" in lower case only: "the ER" is a place.
_FILLED_PAUSE = re.compile(r"(?:^|(?<=[\s,.]))(?:(?i:uh|um|erm|hmm|mm)|er)\b[,.…]*\s*")
_SPACES = re.compile(r"\s+")
_SPACE_BEFORE_MARK = re.compile(r"\s+([,.;:!?])")
_MARKS_IN_A_ROW = re.compile(r"([,;:])(?:\s*[,;:])+")
_COMMA_AT_END = re.compile(r"[,;:]\s*([.!?]|$)")


def read_aloud(text: str) -> str:
    """Return a quotation as it reads well aloud: no filled pauses, a capital first, a mark last; no word is added."""
    quiet = _FILLED_PAUSE.sub("", _SPACES.sub(" ", text).strip())
    quiet = _SPACE_BEFORE_MARK.sub(r"\1", quiet)
    quiet = _MARKS_IN_A_ROW.sub(r"\1", quiet)
    quiet = _COMMA_AT_END.sub(r"\1", quiet).strip().lstrip(",.;: ")
    if not quiet:
        return ""
    if quiet[-1] not in ".?!…":
        quiet += "."
    return quiet[0].upper() + quiet[1:]


def write_member_note(  # noqa: PLR0913  the counts are keywords and come from different rooms
    session: Session, release: Release, *, exchanges: int, present_minutes: int, minutes: int, facilitators: int = 1
) -> Note:
    """Draft one member's note.

    Args:
        session: The meeting; of it only the date, the kind of group and the number of members present are used.
        release: What may enter this member's note.
        exchanges: How often the facilitator and the member spoke to each other.
        present_minutes: Minutes that the member was in the room.
        minutes: Minutes of the session.
        facilitators: Facilitators in the room.
    """
    sections = (
        _section(
            say.SESSION,
            say.date_of_session(session.date.isoformat()),
            say.kind_of_group(session.group.kind),
            say.TIMES,
            say.minutes_present(present_minutes, minutes),
            say.people_present(len(session.group.members_present), facilitators),
        ),
        NoteSection(say.SAID, _quotations(release.lines) or (NoteLine(say.NOTHING_SAID),)),
        # None counted is not none: a doubtful voice may hide them.
        *((_section(say.EXCHANGES, say.exchanges_with_facilitator(exchanges)),) if exchanges else ()),
        _section(say.ASSESSMENT, say.TO_COMPLETE),
        _section(say.PLAN, say.TO_COMPLETE),
        _section(say.HELD_BACK, *_held_back(release)),
        _section(say.ABOUT, say.GUARANTEE_MEMBER, say.SIGNING, *_part_2(session)),
    )
    return Note(member=release.reader, session=session.id, sections=sections)


def write_group_note(
    session: Session, *, present_count: int, facilitator_count: int, minutes: int, topics: Sequence[str]
) -> Note:
    """Draft the group's part: counts, times and themes on the list; nobody's name, nobody's words.

    Args:
        session: The meeting.
        present_count: Members in the room.
        facilitator_count: Facilitators in the room.
        minutes: Minutes of the session.
        topics: Themes of ``topics.themes_raised``; one that is not on its list is left out.
    """
    themes = tuple(t for t in topics if t in THEMES)
    limit = (say.TOO_MANY,) if present_count > LARGEST_GROUP else ()
    sections = (
        _section(
            say.SESSION,
            say.date_of_session(session.date.isoformat()),
            say.kind_of_group(session.group.kind),
            say.TIMES,
            say.minutes_total(minutes),
            say.people_present(present_count, facilitator_count),
            *limit,
        ),
        _section(say.THEMES_RAISED, say.themes_of_group(themes)),
        _section(say.INTERVENTIONS, say.TO_COMPLETE),
        _section(say.ABOUT, say.GUARANTEE_GROUP, say.SIGNING, *_part_2(session)),
    )
    return Note(member=None, session=session.id, sections=sections)


def strike_refused(note: Note, findings: Iterable[GateFinding]) -> Note:
    """Return the note without the quotations that the gate refused, which are then counted as held back.

    Only quotations are struck. A refused line of any other kind stays, so that the gate refuses again and the note is
    not written.
    """
    refused = {(f.section, f.line) for f in findings if f.severity is Severity.REFUSE}
    struck = 0
    sections: list[NoteSection] = []
    for section in note.sections:
        kept = tuple(
            line
            for at, line in enumerate(section.lines)
            if not line.evidence or not {(section.title, at), (section.title, -1)} & refused
        )
        struck += len(section.lines) - len(kept)
        sections.append(replace(section, lines=kept or (NoteLine(say.NOTHING_SAID),)))
    if not struck:
        return note
    return replace(note, sections=tuple(_with_count(s, struck) if s.title == say.HELD_BACK else s for s in sections))


def join_neighbours(note: Note, positions: Mapping[UtteranceId, int]) -> Note:
    """Return the note with neighbouring quotations joined into passages, which read better aloud.

    Joined after striking, so that one refused line does not take its neighbours with it. The gate reads the result.

    Args:
        note: The note.
        positions: Number of each utterance in the session.
    """
    return replace(
        note,
        sections=tuple(
            replace(s, lines=_joined(s.lines, positions)) if s.title == say.SAID else s for s in note.sections
        ),
    )


def _joined(lines: Sequence[NoteLine], positions: Mapping[UtteranceId, int]) -> tuple[NoteLine, ...]:
    passages: list[NoteLine] = []
    for line in lines:
        last = passages[-1] if passages else None
        if last is not None and last.evidence and line.evidence and _near(last, line, positions):
            evidence = tuple(dict.fromkeys((*last.evidence, *line.evidence)))
            passages[-1] = NoteLine(f"{last.text} {line.text}", evidence)
        else:
            passages.append(line)
    return tuple(passages)


def _near(first: NoteLine, second: NoteLine, positions: Mapping[UtteranceId, int]) -> bool:
    before, after = positions.get(first.evidence[-1]), positions.get(second.evidence[0])
    return before is not None and after is not None and 0 <= after - before <= NEIGHBOURS


def _quotations(lines: Sequence[ReleasedLine]) -> tuple[NoteLine, ...]:
    quoted = (NoteLine(read_aloud(line.text), (line.utterance,)) for line in lines)
    return tuple(line for line in quoted if line.text)


def _held_back(release: Release) -> tuple[str, ...]:
    counts = Counter(w.reason for w in release.withheld if w.reason not in NOT_THE_MEMBERS)
    return tuple(say.held_back(r.value, counts[r]) for r in WithheldReason if counts[r]) or (say.NOTHING_HELD,)


def _with_count(section: NoteSection, struck: int) -> NoteSection:
    counted = re.compile(re.escape(say.held_back(say.GATE_REFUSED, 0)).replace("0", r"(\d+)"))
    matches = [counted.fullmatch(line.text) for line in section.lines]
    total = struck + sum(int(m.group(1)) for m in matches if m is not None)
    kept = tuple(
        line for line, m in zip(section.lines, matches, strict=True) if m is None and line.text != say.NOTHING_HELD
    )
    return replace(section, lines=(*kept, NoteLine(say.held_back(say.GATE_REFUSED, total))))


def _section(title: str, *lines: str) -> NoteSection:
    return NoteSection(title, tuple(NoteLine(line) for line in lines))


def _part_2(session: Session) -> tuple[str, ...]:
    return () if session.group.part2 is Part2.NO else (say.PART_2,)
