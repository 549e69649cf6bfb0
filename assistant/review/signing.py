"""Signing: the gate reads the very text first, and says by place and rule why it does not let it pass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from assistant.domain import NoteState, Severity
from assistant.errors import GateRefusedError, SessionError
from assistant.handout import Addendum, SignedNote
from assistant.notes.completing import with_addenda
from assistant.notes.export.unseen import has_unseen
from assistant.review.documents import digest, record_document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from assistant.domain import GateFinding, Note, PersonId
    from assistant.notes.document import Document
    from assistant.review.standing import Standing

MOST_PLACES = 6
"""Places that one line names: more of them do not help."""


class Checks(Protocol):
    """The last gate, wherever it runs."""

    def check(
        self, text: Note | Document, reader: PersonId | None, *, roster_alone: bool = False
    ) -> tuple[GateFinding, ...]:
        """Return what it finds."""

    def difference(
        self, notes: Mapping[PersonId, Note], group_note: Note | None
    ) -> Mapping[PersonId | None, tuple[GateFinding, ...]]:
        """Return what notes tell side by side."""


def sign(  # noqa: PLR0913, PLR0917  what a signature consists of, and what the note is held against
    standing: Standing, person: PersonId, signature: str, who: str, at: dt.datetime, gate: Checks
) -> SignedNote:
    """Return the note as it is signed now; nothing is kept yet.

    Raises:
        SessionError: It cannot be signed as things stand: names what is missing.
        GateRefusedError: The gate does not let it pass, or the group's part: names places and rules.
    """
    _require_signable(standing, person, signature)
    note, group_note = standing.notes[person], standing.group_note
    found = refusals(gate.check(group_note, None))
    if found:
        raise GateRefusedError(f"the gate refuses the group's part ({places(found)}): edit these lines")
    document = record_document(standing, note, group_note, signature=signature.strip(), signed_at=at)
    found = refusals((*gate.check(note, person), *gate.check(document, person)))
    if found:
        raise GateRefusedError(f"the gate refuses the note ({places(found)}): edit these lines")
    beside = {m: with_addenda(s.note, s.addenda) for m, s in standing.signed.items()}
    found = refusals(gate.difference({**beside, person: note}, group_note).get(person, ()))
    if found:
        raise GateRefusedError(
            f"beside the other signed notes of the session it would reveal a third person ({places(found)}): "
            "edit these lines"
        )
    return SignedNote(
        member=person,
        session=standing.id,
        note=replace(note, state=NoteState.SIGNED),
        group_note=group_note,
        signature=signature.strip(),
        who=who,
        at=at,
        checked=digest(note, group_note),
    )


def addendum(  # noqa: PLR0913, PLR0917  what an addendum consists of, and what it is held against
    standing: Standing, person: PersonId, text: str, signature: str, who: str, at: dt.datetime, gate: Checks
) -> Addendum:
    """Return what is to be added to a signed note; nothing is kept yet.

    Raises:
        SessionError: It is empty, or the note is not signed, or the session is being read again.
        GateRefusedError: The gate does not let it pass.
    """
    signed = standing.signed.get(person)
    if signed is None:
        raise SessionError(f"the note of {person} is not signed: write in it, an addendum is for signed notes")
    if not text.strip() or not signature.strip():
        raise SessionError("an addendum needs a text and a signature with credentials")
    _require_visible(signature, "the signature")
    _require_visible(text, "the addendum")
    if standing.stale:
        raise SessionError(STALE)
    added = Addendum(text.strip(), signature.strip(), who, at)
    whole = with_addenda(signed.note, (*signed.addenda, added))
    document = record_document(
        standing,
        signed.note,
        signed.group_note,
        signature=signed.signature,
        signed_at=signed.at,
        addenda=(*signed.addenda, added),
    )
    alone = not standing.has_text
    findings = gate.check(document, person, roster_alone=alone)
    if not alone:
        findings = (*findings, *gate.check(whole, person))
        beside = {m: with_addenda(s.note, s.addenda) for m, s in standing.signed.items()}
        findings = (*findings, *gate.difference({**beside, person: whole}, signed.group_note).get(person, ()))
    found = refusals(findings)
    if found:
        raise GateRefusedError(f"the gate refuses the addendum ({places(found)}): write it otherwise")
    return added


STALE = "the session is being read again after a correction: wait until that is done"


def _require_signable(standing: Standing, person: PersonId, signature: str) -> None:
    if person in standing.signed:
        raise SessionError(f"the note of {person} is signed already: add an addendum")
    if not standing.has_text:
        raise SessionError("the words of this session are destroyed: an unsigned note of it can no longer be checked")
    if not signature.strip():
        raise SessionError("a signature is needed: your name and credentials")
    _require_visible(signature, "the signature")
    if standing.stale:
        raise SessionError(STALE)
    if standing.group_draft is None:
        raise SessionError("the group's part was refused by the gate or taken back: correct the session first")
    missing = standing.missing(person)
    if missing:
        raise SessionError(f"the note of {person} is not complete: {', '.join(field.value for field in missing)}")


def _require_visible(text: str, what: str) -> None:
    """What is signed stays as it is, so what no file could hold is refused before, not at the counter."""
    if has_unseen(text):
        raise SessionError(f"{what} holds a character that cannot be seen: write it anew")


def refusals(findings: Iterable[GateFinding]) -> tuple[GateFinding, ...]:
    """Return the findings that stop a note, each once."""
    return tuple(dict.fromkeys(f for f in findings if f.severity is Severity.REFUSE))


def places(found: Iterable[GateFinding]) -> str:
    """Return where the gate found what, for one line: section, line from 1, rule; never words."""
    told = list(dict.fromkeys(_place(f) for f in found))
    more = len(told) - MOST_PLACES
    return "; ".join(told[:MOST_PLACES]) + (f"; and {more} more" if more > 0 else "")


def _place(finding: GateFinding) -> str:
    where = finding.section or "the whole note"
    line = f" line {finding.line + 1}" if finding.line >= 0 and finding.section else ""
    return f"{where}{line}: {finding.rule}"
