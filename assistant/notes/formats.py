"""One neutral note in the formats that clinics use: the same facts under other headings (``domain.md`` 4.3).

The group's part and the member's part are told together, as a payer expects of a group note (4.1); what a recipient is
not to have is left out before any format is applied, the group's own template included.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from assistant.handout import NoteFormat
from assistant.notes import sentences as say
from assistant.notes.document import Document, DocumentLine, DocumentPart, LineKind
from assistant.notes.payers import times_of
from assistant.notes.presets import preset
from assistant.notes.typed_text import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.domain import Note, NoteLine
    from assistant.handout import Addendum, Recipient, ReleaseConsent
    from assistant.notes.payers import Attendance
    from assistant.notes.presets import Preset

_FACTS = (say.SESSION, say.TOPIC, say.THEMES_RAISED)
_SPEECH = (say.REWORDED, say.SAID)
_JUDGED = (say.ASSESSMENT, say.GOALS, say.PROGRESS, say.RISK)
_WORKED = (say.RESPONSE, say.PROGRESS, say.ASSESSMENT, say.RISK)

MAPPING: Mapping[NoteFormat, tuple[tuple[str, tuple[str, ...]], ...]] = {
    NoteFormat.PROGRESS: (
        ("Session", _FACTS),
        ("Interventions", (say.INTERVENTIONS,)),
        ("Participation", (say.PRESENTATION, *_SPEECH, say.EXCHANGES)),
        ("Response", (say.RESPONSE,)),
        ("Goals", (say.GOALS,)),
        ("Progress", (say.PROGRESS,)),
        ("Risk statement", (say.RISK,)),
        ("Assessment", (say.ASSESSMENT,)),
        ("Plan", (say.PLAN,)),
    ),
    NoteFormat.SOAP: (
        ("Subjective", _SPEECH),
        ("Objective", (*_FACTS, say.INTERVENTIONS, say.PRESENTATION, say.EXCHANGES, say.RESPONSE)),
        ("Assessment", _JUDGED),
        ("Plan", (say.PLAN,)),
    ),
    NoteFormat.DAP: (
        ("Data", (*_FACTS, say.INTERVENTIONS, say.PRESENTATION, *_SPEECH, say.EXCHANGES, say.RESPONSE)),
        ("Assessment", _JUDGED),
        ("Plan", (say.PLAN,)),
    ),
    NoteFormat.BIRP: (
        ("Session", _FACTS),
        ("Behavior", (say.PRESENTATION, *_SPEECH, say.EXCHANGES)),
        ("Intervention", (say.INTERVENTIONS,)),
        ("Response", (*_WORKED[:1], say.GOALS, *_WORKED[1:])),
        ("Plan", (say.PLAN,)),
    ),
    NoteFormat.GIRP: (
        ("Session", _FACTS),
        ("Goal", (say.GOALS,)),
        ("Intervention", (say.INTERVENTIONS,)),
        ("Response", (say.PRESENTATION, *_SPEECH, say.EXCHANGES, *_WORKED)),
        ("Plan", (say.PLAN,)),
    ),
    NoteFormat.PIRP: (
        ("Session", _FACTS),
        ("Problem", (say.PRESENTATION, *_SPEECH, say.GOALS)),
        ("Intervention", (say.INTERVENTIONS,)),
        ("Response", (say.EXCHANGES, *_WORKED)),
        ("Plan", (say.PLAN,)),
    ),
    NoteFormat.PIE: (
        ("Session", _FACTS),
        ("Problem", (say.PRESENTATION, *_SPEECH, say.GOALS)),
        ("Intervention", (say.INTERVENTIONS,)),
        ("Evaluation", (say.EXCHANGES, *_WORKED, say.PLAN)),
    ),
}
"""Heading, and the neutral sections beneath it in order. Every format holds every section once (S33; [J])."""

_THE_MEMBER_SAID = {say.SAID: "The member said:", say.REWORDED: "In short, the member said:"}

SAYS_IT_ITSELF = frozenset({say.SESSION, say.THEMES_RAISED, say.EXCHANGES})
"""Sections whose own sentences say what they are of."""

EXPECTED = (
    say.TOPIC,
    say.INTERVENTIONS,
    say.PRESENTATION,
    say.RESPONSE,
    say.GOALS,
    say.PROGRESS,
    say.ASSESSMENT,
    say.PLAN,
)
"""Sections that say they are to be completed while they are empty. A statement of risk is none: it stands in a note
only if a clinician writes one (``domain.md`` 4.1)."""

FROM_GROUP = (say.TOPIC, say.THEMES_RAISED, say.INTERVENTIONS)


class Template(Protocol):
    """The group's own template."""

    def parts(self, material: Material) -> tuple[DocumentPart, ...]:
        """Return the parts of the note as the template lays them out."""


@dataclass(frozen=True, slots=True)
class Material:
    """One member's note as a format or a template gets it: lines by neutral section, and nothing else."""

    sections: Mapping[str, tuple[DocumentLine, ...]] = field(repr=False)
    left_out: frozenset[str]
    """Titles of the sections that the recipient is not to have."""
    member: str = field(repr=False)
    date: dt.date
    signature: str = field(default="", repr=False)
    start: str = ""
    """``HH:MM``; empty: to be completed."""
    stop: str = ""
    attendance: Attendance | None = None

    @property
    def draft(self) -> bool:
        """Whether nobody signed it."""
        return not self.signature


def document(  # noqa: PLR0913  the keywords are what heads and ends a note; each comes from another room
    note: Note,
    group_note: Note,
    form: NoteFormat,
    recipient: Recipient,
    *,
    member_name: str,
    date: dt.date,
    consent: ReleaseConsent | None = None,
    signature: str = "",
    signed_at: dt.datetime | None = None,
    addenda: Sequence[Addendum] = (),
    notices: tuple[str, ...] = (),
    template: Template | None = None,
    attendance: Attendance | None = None,
) -> Document:
    """Return a member's note in a format, as it is handed out.

    Args:
        note: The member's part, completed.
        group_note: The group's part, completed.
        form: The format; ``OWN`` needs a template.
        recipient: Who is to have it.
        member_name: The member's own name as it heads the note; empty: none.
        date: Day of the session.
        consent: That the release rests on; it may widen what another recipient may have (``presets.preset``).
        signature: Of whoever signed; empty makes a draft, which says so.
        signed_at: When it was signed.
        addenda: What was added since.
        notices: What must stand on the first page.
        template: The group's own, for ``OWN``.
        attendance: What was counted, for a template that wants the numbers alone.

    Raises:
        ValueError: The group's part has no place as a member's note, or a template is missing.
        SettingsError: The template cannot be used.
    """
    if note.member is None:
        raise ValueError("the group's part is no member's note")
    allowed = preset(recipient, consent)
    lines = _by_section(note, group_note)
    given = {title: kept for title in lines if (kept := _for(lines[title], title, allowed))}
    start, stop = times_of(note) if any(times_of(note)) else times_of(group_note)
    left_out = frozenset(lines) - frozenset(given)
    material = Material(given, left_out, member_name, date, signature, start, stop, attendance)
    if form is NoteFormat.OWN:
        if template is None:
            raise ValueError("the group's own format needs its template")
        parts = template.parts(material)
    else:
        parts = tuple(_part(title, sections, material) for title, sections in MAPPING[form])
    parts = (*(p for p in parts if p.lines), *_addenda(addenda, allowed))
    return Document(
        reader=note.member,
        title=say.DOCUMENT_TITLES[0 if signature else 1],
        member=member_name,
        date=date,
        parts=parts,
        signature=signature,
        signed_at=signed_at,
        notices=notices,
    )


def _by_section(note: Note, group_note: Note) -> dict[str, tuple[DocumentLine, ...]]:
    """Return the lines of both parts by neutral section, without what is only of the draft."""
    known: dict[str, tuple[DocumentLine, ...]] = {
        title: (DocumentLine(say.TO_COMPLETE, LineKind.EMPTY, section=title),) for title in EXPECTED
    }
    for source, titles in ((note, _of_member(note)), (group_note, FROM_GROUP)):
        for section in source.sections:
            if section.title in titles and section.lines:
                known[section.title] = tuple(_line(line, section.title) for line in section.lines)
    known[say.SESSION] = _session(note, group_note)
    return known


def _for(lines: Iterable[DocumentLine], section: str, allowed: Preset) -> tuple[DocumentLine, ...]:
    """Return those lines of a section that a recipient may have."""
    if section not in allowed.sections:
        return ()
    return tuple(line for line in lines if allowed.quotes or line.kind is not LineKind.SPEECH)


def _of_member(note: Note) -> frozenset[str]:
    drafts_own = {say.HELD_BACK, say.ABOUT, say.ADDENDA, *FROM_GROUP}
    return frozenset(s.title for s in note.sections) - drafts_own


def _session(note: Note, group_note: Note) -> tuple[DocumentLine, ...]:
    """Return the counted lines of both parts: the member's minutes stand for the session's, the better times count."""
    mine = [line for s in note.sections if s.title == say.SESSION for line in s.lines]
    groups = [line for s in group_note.sections if s.title == say.SESSION for line in s.lines]
    texts = [line.text for line in mine] or [line.text for line in groups]
    if say.TIMES in texts:
        told = next((line.text for line in groups if _is_times(line.text)), say.TIMES)
        texts = [told if text == say.TIMES else text for text in texts]
    kept = dict.fromkeys(text for text in texts if text != say.TOO_MANY)
    return tuple(DocumentLine(text, LineKind.COUNTED, section=say.SESSION) for text in kept)


def _is_times(text: str) -> bool:
    return text.startswith(say.TIMES.removesuffix(say.TO_COMPLETE))


def _line(line: NoteLine, section: str) -> DocumentLine:
    if line.text == say.TO_COMPLETE:
        kind = LineKind.EMPTY
    elif line.by_hand:
        kind = LineKind.HAND
    elif line.evidence:
        kind = LineKind.REWORDED if section == say.REWORDED else LineKind.SPEECH
    else:
        kind = LineKind.COUNTED
    return DocumentLine(line.text, kind, line.evidence, section)


def _part(title: str, sections: Iterable[str], material: Material) -> DocumentPart:
    lines: list[DocumentLine] = []
    wanted = tuple(sections)
    for section in wanted:
        told = material.sections.get(section, ())
        if told and len(wanted) > 1 and title != section and section not in SAYS_IT_ITSELF:
            lines.extend(_lead_in(section, told))
        lines.extend(told)
    if not lines and material.left_out.intersection(wanted):
        # It tells nothing of what was left out, and so it comes from a section that every recipient may have.
        lines.append(DocumentLine(say.LEFT_OUT, LineKind.COUNTED, section=say.SESSION))
    return DocumentPart(title, tuple(lines))


def _lead_in(section: str, told: Sequence[DocumentLine]) -> tuple[DocumentLine, ...]:
    # "The member said:" before the sentence that nothing was released would not be true.
    if section == say.SAID and all(line.kind is LineKind.COUNTED for line in told):
        return ()
    return (DocumentLine(_THE_MEMBER_SAID.get(section, say.lead_in(section)), LineKind.COUNTED, section=section),)


def _addenda(addenda: Sequence[Addendum], allowed: Preset) -> tuple[DocumentPart, ...]:
    if addenda and say.ADDENDA not in allowed.sections:
        # A note that was added to must not look whole without it.
        return (DocumentPart(say.ADDENDA, (DocumentLine(say.LEFT_OUT, LineKind.COUNTED, section=say.SESSION),)),)
    lines: list[DocumentLine] = []
    for addendum in addenda:
        at = addendum.at.astimezone(dt.UTC)
        told = say.added(at.date().isoformat(), f"{at:%H:%M}")
        lines.append(DocumentLine(told, LineKind.COUNTED, section=say.ADDENDA))
        lines.extend(DocumentLine(text, LineKind.HAND, section=say.ADDENDA) for text in lines_of(addendum.text))
        lines.append(DocumentLine(addendum.signature, LineKind.SIGNATURE, section=say.ADDENDA))
    return (DocumentPart(say.ADDENDA, tuple(lines)),) if lines else ()
