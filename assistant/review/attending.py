"""One member's attendance handed out as CSV: under the same consent as a note, and with the same line in the log."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import Part2, seconds
from assistant.errors import AssistantError, ConsentError, SessionError, VaultError
from assistant.handout import HandOut, Recipient
from assistant.notes.export.attendance import Attended, attendance_csv
from assistant.notes.export.files import deliver
from assistant.notes.payers import times_of
from assistant.notes.presets import accountable
from assistant.outfolder import made
from assistant.review.consents import covering
from assistant.store.audit import Action, Outcome
from assistant.store.reviews import Reviews
from assistant.store.roster_rows import group_key
from assistant.store.sessions import Sessions

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.domain import PersonId
    from assistant.store.vault import Vault


@dataclass(frozen=True, slots=True)
class AttendanceOrder:
    """Whose attendance goes to whom, and why."""

    person: PersonId
    sessions: tuple[str, ...]
    """Ids of sessions of one group."""
    folder: Path
    recipient: Recipient = Recipient.RECORD
    to: str = field(default="", repr=False)
    """Name and address of the recipient; needed for all but the clinic's own record."""
    purpose: str = field(default="", repr=False)
    consent: int | None = None
    """Number of the consent; None: the one that covers it, if exactly one does."""


def hand_out_attendance(vault: Vault, order: AttendanceOrder, who: str) -> Path:
    """Write one member's sessions into a file under a name that says nothing; nobody else is in it.

    Args:
        vault: The open vault.
        order: What is wanted.
        who: Operator id.

    Raises:
        SessionError: The sessions are of two groups, or recipient or purpose is not said.
        ConsentError: No consent covers it.
        VaultError: The member was not there, or there is no such session.
        OutputError: It cannot be written.
    """
    whose = vault.opaque("attendance", *order.sessions, order.person)
    try:
        return _handed_out(vault, order, who, whose)
    except AssistantError as refused:
        outcome = Outcome.REFUSED if isinstance(refused, ConsentError | SessionError) else Outcome.FAILED
        with suppress(VaultError):
            vault.audit.record(Action.EXPORTED, whose, outcome, who)
        raise


def _handed_out(vault: Vault, order: AttendanceOrder, who: str, whose: str) -> Path:
    if order.recipient is not Recipient.RECORD and not (order.to.strip() and order.purpose.strip()):
        raise SessionError("say to whom it goes and for what purpose: the disclosure log needs both")
    kept, reviews, now = Sessions(vault), Reviews(vault), vault.clock.now()
    groups = [kept.load(name).session.group for name in order.sessions]
    if len({group_key(vault, group) for group in groups}) != 1:
        raise SessionError("the sessions are of different groups, in which one id may be two people's")
    # Where one of the sessions may be under Part 2, the file is.
    strict = next((group for group in groups if group.part2 is not Part2.NO), groups[0])
    rows = [attended(kept, reviews, name, order.person) for name in order.sessions]
    consent = covering(reviews, strict, order.person, order.recipient, order.consent, now.date())
    content = attendance_csv(rows, strict.part2)

    def told() -> None:
        if order.recipient is not Recipient.RECORD:
            line = HandOut(
                number=0,
                at=now,
                who=who,
                member=order.person,
                session=order.sessions[0] if len(order.sessions) == 1 else "",
                kind=order.recipient,
                recipient=order.to.strip(),
                description=_described(rows),
                purpose=order.purpose.strip(),
                accountable=accountable(order.recipient, consent),
                consent=None if consent is None else consent.number,
            )
            reviews.log(strict, line)
        vault.audit.record(Action.EXPORTED, whose, Outcome.DONE, who)

    return deliver(made(order.folder), content, "csv", stem="attendance", told=told)


def attended(sessions: Sessions, reviews: Reviews, name: str, person: PersonId) -> Attended:
    """Return one session of a member's, counted from the roster. Raises VaultError where they were not there."""
    stored = sessions.load(name)
    group, end = stored.session.group, stored.processed_to
    member = next((p for p in group.members_present if p.id == person), None)
    if member is None:
        raise VaultError(f"session {name}: no member of this id was there")
    signed = reviews.signed(name).get(person)
    start, stop = ("", "") if signed is None else times_of(signed.group_note)
    until = end if member.present_until is None else min(member.present_until, end)
    return Attended(
        member=person,
        date=stored.session.date,
        start=_clock(start),
        stop=_clock(stop),
        minutes=round(seconds(max(0, until - member.present_from)) / 60),
        kind=group.kind,
        participants=len(group.members_present),
        signed=signed is not None,
    )


def _described(rows: list[Attended]) -> str:
    days = sorted(row.date for row in rows)
    when = days[0].isoformat() if days[0] == days[-1] else f"{days[0].isoformat()} to {days[-1].isoformat()}"
    return f"Attendance at {len(rows)} group session{'s' if len(rows) > 1 else ''}, {when}, file csv"


def _clock(text: str) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
