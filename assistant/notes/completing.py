"""What a clinician wrote, put over a draft: the complete neutral note that every format is made from.

Nothing here proposes a word. A line that a hand rewrote, and that rests on other evidence now than it did then, is not
guessed at: it stays out, or says that a clinician is to complete it (promise 1: a doubt withholds).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.decisions import GROUP_FIELDS, Field, FieldWritten, LineWritten
from assistant.domain import Note, NoteLine, NoteSection
from assistant.notes import sentences as say
from assistant.notes.typed_text import clock_time, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.decisions import Ruling
    from assistant.domain import Draft, PersonId, UtteranceId
    from assistant.handout import Addendum

    _Known = tuple[str, tuple[UtteranceId, ...]]

TITLE_OF = {
    Field.TOPIC: say.TOPIC,
    Field.INTERVENTIONS: say.INTERVENTIONS,
    Field.PRESENTATION: say.PRESENTATION,
    Field.RESPONSE: say.RESPONSE,
    Field.GOALS: say.GOALS,
    Field.PROGRESS: say.PROGRESS,
    Field.RISK: say.RISK,
    Field.ASSESSMENT: say.ASSESSMENT,
    Field.PLAN: say.PLAN,
}
"""The section that a field becomes. Start and stop stand in the line of times instead."""

ALWAYS = frozenset({say.ASSESSMENT, say.PLAN})
"""Sections that a member's note has even while nobody has written them (``domain.md`` 4.3)."""

COUNTED_SECTIONS = frozenset({say.SESSION, say.HELD_BACK, say.ABOUT})
"""Sections whose lines are counted or fixed: attendance and times are corrected where they come from, not here."""

_MEMBER_ORDER = (
    say.SESSION,
    say.PRESENTATION,
    say.REWORDED,
    say.SAID,
    say.EXCHANGES,
    say.RESPONSE,
    say.GOALS,
    say.PROGRESS,
    say.RISK,
    say.ASSESSMENT,
    say.PLAN,
    say.HELD_BACK,
    say.ABOUT,
)
_GROUP_ORDER = (say.SESSION, say.TOPIC, say.THEMES_RAISED, say.INTERVENTIONS, say.ABOUT)


@dataclass(frozen=True, slots=True)
class _Hand:
    """What still stands of one reader's rulings."""

    fields: Mapping[Field, str]
    lines: tuple[tuple[int, LineWritten], ...]
    """With the number of the ruling."""


def may_write(note: Note, section: str, evidence: tuple[UtteranceId, ...]) -> bool:
    """Whether one line is known by this section and evidence, and may be written anew."""
    return (section, evidence) in _writable(note)


def complete(  # noqa: PLR0913  the times are keywords and come from the vault
    draft: Draft | None,
    group_note: Note,
    rulings: Sequence[Ruling],
    reader: PersonId,
    *,
    start: str = "",
    stop: str = "",
) -> Note:
    """Return a member's note with everything that the clinician wrote.

    Args:
        draft: What was made from the member's released lines; None: nothing was, and nothing is quoted.
        group_note: The group's part; of it only what everybody's note says of the session is used, without a draft.
        rulings: Of the session, oldest first; the last word on a field or line counts, an undone one does not.
        reader: The member.
        start: ``HH:MM``, where nobody wrote a start.
        stop: ``HH:MM``, where nobody wrote a stop.

    Raises:
        SessionError: A time that is not ``HH:MM``.
    """
    note = draft.note if draft is not None else _without_draft(group_note, reader)
    hand = _hand(rulings, reader)
    lines = _written_over(note, hand.lines)
    times = _times(_hand(rulings, None).fields, start, stop)
    own = {name: text for name, text in hand.fields.items() if name not in GROUP_FIELDS}
    return _in_order(replace(note, sections=_with_times(lines, times)), own, _MEMBER_ORDER, ALWAYS)


def complete_group(note: Note, rulings: Sequence[Ruling], *, start: str = "", stop: str = "") -> Note:
    """Return the group's part with times, topic and interventions, and the lines that were written anew.

    Args:
        note: The group's part as drafted.
        rulings: Of the session, oldest first.
        start: ``HH:MM``, where nobody wrote a start.
        stop: ``HH:MM``, where nobody wrote a stop.

    Raises:
        SessionError: A time that is not ``HH:MM``.
    """
    hand = _hand(rulings, None)
    sections = _with_times(_written_over(note, hand.lines), _times(hand.fields, start, stop))
    own = {name: text for name, text in hand.fields.items() if name in GROUP_FIELDS}
    return _in_order(replace(note, sections=sections), own, _GROUP_ORDER, frozenset({say.INTERVENTIONS}))


def with_addenda(note: Note, addenda: Iterable[Addendum]) -> Note:
    """Return a signed note with the text of what was added to it, for the gate to read."""
    added = (NoteLine(line, by_hand=True) for addendum in addenda for line in lines_of(addendum.text))
    return replace(note, addenda=(*note.addenda, *added))


def unplaced(draft: Draft | None, rulings: Sequence[Ruling], reader: PersonId) -> tuple[int, ...]:
    """Return the numbers of the rulings that keep a line back because it rests on other evidence now.

    Where the ruling had a text, the line says that a clinician is to complete it; where it took a line out, what the
    line has become stays out too.
    """
    if draft is None:
        return ()
    hand = _hand(rulings, reader).lines
    writable = _writable(draft.note)
    deciding = (_deciding(line, s.title, writable, hand) for s in draft.note.sections for line in s.lines)
    return tuple(sorted({d.number for d in deciding if d is not None and not d.exact}))


def written(note: Note, title: str) -> tuple[str, ...]:
    """Return what a hand wrote in a section of a completed note; nothing while it is to be completed."""
    return tuple(line.text for s in note.sections if s.title == title for line in s.lines if line.by_hand)


def _hand(rulings: Sequence[Ruling], reader: PersonId | None) -> _Hand:
    fields: dict[Field, str] = {}
    lines: list[tuple[int, LineWritten]] = []
    for ruling in rulings:
        decided = ruling.decided
        if ruling.undone:
            continue
        if isinstance(decided, FieldWritten) and decided.reader == reader:
            fields[decided.name] = decided.text
        elif isinstance(decided, LineWritten) and decided.reader == reader:
            lines.append((ruling.number, decided))
    return _Hand(fields, tuple(lines))


def _times(fields: Mapping[Field, str], start: str, stop: str) -> str:
    begun = clock_time(fields.get(Field.START, "")) or clock_time(start)
    ended = clock_time(fields.get(Field.STOP, "")) or clock_time(stop)
    return say.times(begun, ended)


def _with_times(sections: Sequence[NoteSection], times: str) -> tuple[NoteSection, ...]:
    return tuple(
        replace(s, lines=tuple(replace(line, text=times) if line.text == say.TIMES else line for line in s.lines))
        if s.title == say.SESSION
        else s
        for s in sections
    )


def _writable(note: Note) -> frozenset[_Known]:
    """Return the lines that may be written anew, by section and evidence: those that are known by it alone."""
    lines = [
        ((section.title, line.evidence), line.by_hand)
        for section in note.sections
        if section.title not in COUNTED_SECTIONS and section.title not in TITLE_OF.values()
        for line in section.lines
    ]
    times = Counter(key for key, _ in lines)
    drafted = {key for key, by_hand in lines if not by_hand}
    # A line that a hand wrote in several parts is still the one line of the draft.
    return frozenset(key for key, count in times.items() if count == 1 or key not in drafted)


def _written_over(note: Note, hand: Sequence[tuple[int, LineWritten]]) -> tuple[NoteSection, ...]:
    writable = _writable(note)
    sections: list[NoteSection] = []
    for section in note.sections:
        kept = tuple(
            new for line in section.lines for new in _rewritten(line, _deciding(line, section.title, writable, hand))
        )
        if not kept and section.title == say.SAID:
            kept = (NoteLine(say.NOTHING_SAID),)
        sections.append(replace(section, lines=kept))
    return tuple(s for s in sections if s.lines)


@dataclass(frozen=True, slots=True)
class _Decision:
    """The last word on one line of a draft."""

    number: int
    text: str = field(repr=False)
    exact: bool
    """Whether the line still is the one that was written anew."""


def _deciding(
    line: NoteLine, section: str, writable: frozenset[_Known], hand: Sequence[tuple[int, LineWritten]]
) -> _Decision | None:
    """Return the last writing that touches a line: one of this very line, or one whose own line is no more."""
    last: _Decision | None = None
    for number, writing in hand:
        named = (writing.section, writing.evidence)
        if named in writable and named == (section, line.evidence):
            last = _Decision(number, writing.text, exact=True)
        elif named not in writable and _touches(writing, line, section):
            last = _Decision(number, writing.text, exact=False)
    return last


def _touches(writing: LineWritten, line: NoteLine, section: str) -> bool:
    # A quotation may have become prose since, or prose a quotation.
    near = writing.section == section or {writing.section, section} == {say.SAID, say.REWORDED}
    return near and not set(writing.evidence).isdisjoint(line.evidence)


def _rewritten(line: NoteLine, decided: _Decision | None) -> tuple[NoteLine, ...]:
    """Return what stands in the place of one line: itself, a hand's lines, the mark for a hand, or nothing."""
    if decided is None:
        return (line,)
    texts = lines_of(decided.text)
    if decided.exact:
        return tuple(NoteLine(text, line.evidence, by_hand=True) for text in texts)
    # The evidence is not what it was when the line was written or taken out. What the hand wrote may tell what has
    # been hidden since, and what the draft says may be what the hand took out.
    return (NoteLine(say.TO_COMPLETE, line.evidence),) if texts else ()


def _in_order(note: Note, fields: Mapping[Field, str], order: Sequence[str], always: frozenset[str]) -> Note:
    known = {s.title: s.lines for s in note.sections}
    for name, title in TITLE_OF.items():
        if title not in order:
            continue
        typed = tuple(NoteLine(text, by_hand=True) for text in lines_of(fields.get(name, "")))
        if typed:
            known[title] = typed
        elif title in always:
            known[title] = (NoteLine(say.TO_COMPLETE),)
        else:
            known.pop(title, None)
    titles = [t for t in order if t in known] + [t for t in known if t not in order]
    return replace(note, sections=tuple(NoteSection(t, known[t]) for t in titles))


def _without_draft(group_note: Note, reader: PersonId) -> Note:
    session = tuple(s for s in group_note.sections if s.title == say.SESSION)
    said = NoteSection(say.SAID, (NoteLine(say.NOTHING_SAID),))
    return Note(member=reader, session=group_note.session, sections=(*session, said))
