"""A member's note as a finished document, and the digest by which what it says is known again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from assistant.handout import NoteFormat, Recipient
from assistant.notes import formats

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import Note, PersonId
    from assistant.handout import Addendum, ReleaseConsent, SignedNote
    from assistant.notes.document import Document
    from assistant.notes.formats import Template
    from assistant.review.standing import Standing


def record_document(  # noqa: PLR0913  what heads and ends a note
    standing: Standing,
    note: Note,
    group_note: Note,
    form: NoteFormat = NoteFormat.PROGRESS,
    *,
    signature: str = "",
    signed_at: dt.datetime | None = None,
    addenda: tuple[Addendum, ...] = (),
    template: Template | None = None,
) -> Document:
    """Return a note as the clinic's own record would have it."""
    return formats.document(
        note,
        group_note,
        form,
        Recipient.RECORD,
        member_name=_name(standing, note.member),
        date=standing.stored.session.date,
        signature=signature,
        signed_at=signed_at,
        addenda=addenda,
        template=template,
        attendance=standing.attendance,
    )


def signed_document(  # noqa: PLR0913  what an order says of a document
    standing: Standing,
    signed: SignedNote,
    form: NoteFormat,
    recipient: Recipient,
    *,
    consent: ReleaseConsent | None = None,
    notices: tuple[str, ...] = (),
    template: Template | None = None,
) -> Document:
    """Return a signed note as a recipient is to have it."""
    return formats.document(
        signed.note,
        signed.group_note,
        form,
        recipient,
        member_name=_name(standing, signed.member),
        date=standing.stored.session.date,
        consent=consent,
        signature=signed.signature,
        signed_at=signed.at,
        addenda=signed.addenda,
        notices=notices,
        template=template,
        attendance=standing.attendance,
    )


def digest(note: Note, group_note: Note) -> str:
    """Return the SHA-256 (hex) of everything that the two parts of a note say."""
    text = hashlib.sha256()
    for part in (note, group_note):
        for section in part.sections:
            for line in ("§", section.title, *(line.text for line in section.lines)):
                # Lengths, so that no two notes run into the same bytes.
                text.update(f"{len(line)}:{line}\n".encode())
    return text.hexdigest()


def _name(standing: Standing, member: PersonId | None) -> str:
    person = None if member is None else standing.member(member)
    return "" if person is None else person.name
