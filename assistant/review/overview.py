"""The session as a whole as a screen shows it: who has which note, how far, and what is still to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.notes.completing import unplaced
from assistant.notes.payers import times_of, warnings
from assistant.review.note_view import step
from assistant.review.undoing import undoing
from assistant.review.view import NoteRow, Overview, Work

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import PersonId
    from assistant.review.messages import Progressed
    from assistant.review.standing import Standing
    from assistant.review.view import SessionRow


def draw_overview(  # noqa: PLR0913  what an overview is put together from
    standing: Standing, version: int, session: SessionRow, today: dt.date, *, to_check: int, open_risk: int
) -> Overview:
    """Return the session as a whole, without what is under way."""
    members = standing.group.members_present
    return Overview(
        version=version,
        session=session,
        group=standing.group.name,
        people=standing.group.people,
        notes=tuple(note_row(standing, person) for person in (None, *(m.id for m in members))),
        to_check=to_check,
        open_risk=open_risk,
        part2=standing.part2,
        warnings=_warnings(standing, today),
        can_undo=undoing(standing),
    )


def _warnings(standing: Standing, today: dt.date) -> tuple[str, ...]:
    start, stop = times_of(standing.group_note)
    told = warnings(standing.attendance, today=today, start=start, stop=stop)
    loose = sum(len(unplaced(standing.drafts.get(m), standing.standing, m)) for m in standing.notes)
    if loose:
        told += (f"{loose} lines written by hand rest on other words since a correction: write them again",)
    return told if not standing.wording else (*told, standing.wording)


def note_row(standing: Standing, person: PersonId | None) -> NoteRow:
    """Return one row."""
    note = standing.group_note if person is None else standing.notes[person]
    draft = None if person is None else standing.drafts.get(person)
    own = standing.own_withheld(person) if draft is not None and person is not None else ()
    return NoteRow(
        person=None if person is None else standing.member(person),
        step=step(standing, person),
        lines=sum(1 for section in note.sections for line in section.lines if line.evidence),
        held_back=len(own),
        missing=standing.missing(person),
        accepted=standing.accepted(person),
        outdated=person is not None and standing.outdated(person),
    )


def working(report: Progressed | None, *, loading: bool) -> Work | None:
    """Return what is under way, in words without a word of the session."""
    if report is not None and (not loading or report.total):
        return Work(report.what, report.done, report.total)
    return Work("loading the models", 0, 0) if loading else None
