"""Handing out: every file stands or falls alone, and none is written that is not signed, allowed and gate-checked."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, ConsentError, GateRefusedError, SessionError, VaultError
from assistant.handout import HandOut, Recipient
from assistant.notes.completing import with_addenda
from assistant.notes.export import write
from assistant.notes.export.files import deliver
from assistant.notes.notices import part2_notices
from assistant.notes.presets import accountable, beyond
from assistant.outfolder import made
from assistant.review.consents import covering
from assistant.review.documents import digest, signed_document
from assistant.review.log_words import log_line
from assistant.review.signing import STALE, places, refusals
from assistant.review.view import HandedOut
from assistant.store.audit import Action, Outcome

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from assistant.domain import GateFinding, PersonId
    from assistant.handout import ReleaseConsent, SignedNote
    from assistant.notes.document import Document
    from assistant.notes.formats import Template
    from assistant.review.signing import Checks
    from assistant.review.standing import Standing
    from assistant.review.view import HandOutOrder
    from assistant.store.reviews import Reviews


@dataclass(frozen=True, slots=True)
class Counter:
    """Where notes are handed out: what it takes, of one session."""

    standing: Standing
    reviews: Reviews
    gate: Checks
    who: str
    now: dt.datetime
    template: Template | None = None

    def hand_out(self, order: HandOutOrder) -> tuple[HandedOut, ...]:
        """Do what was ordered, member by member; what one is refused is no matter of the next."""
        beside: Mapping[PersonId | None, tuple[GateFinding, ...]] | None = None
        done: list[HandedOut] = []
        for person in dict.fromkeys(order.people):
            try:
                if beside is None:
                    beside = self._difference()
                done.append(HandedOut(person, self._one(order, person, beside)))
            except AssistantError as refused:
                with suppress(VaultError):
                    # A disk that takes no file may take no line either: whoever asked is told all the same.
                    self._audit(person, Outcome.REFUSED if _refusal(refused) else Outcome.FAILED)
                done.append(HandedOut(person, None, str(refused), isinstance(refused, GateRefusedError)))
        return tuple(done)

    def _difference(self) -> Mapping[PersonId | None, tuple[GateFinding, ...]]:
        signed = self.standing.signed
        if not self.standing.has_text or not signed:
            return {}
        if self.standing.stale:
            raise SessionError(STALE)
        notes = {member: with_addenda(one.note, one.addenda) for member, one in signed.items()}
        found: dict[PersonId | None, tuple[GateFinding, ...]] = {}
        # The group's part may have been written again between two signatures.
        for part in dict.fromkeys(one.group_note for one in signed.values()):
            for member, findings in self.gate.difference(notes, part).items():
                found[member] = (*found.get(member, ()), *findings)
        return found

    def _one(
        self, order: HandOutOrder, person: PersonId, beside: Mapping[PersonId | None, tuple[GateFinding, ...]]
    ) -> Path:
        signed = self.standing.signed.get(person)
        if self.standing.member(person) is None:
            # Not repeated: it may be a name that was typed for an id.
            raise SessionError("nobody of this id has a note in this session: see 'assistant notes list'")
        if signed is None:
            raise SessionError(f"the note of {person} is not signed: only signed notes are handed out")
        if order.recipient is not Recipient.RECORD and not (order.to.strip() and order.purpose.strip()):
            raise SessionError("say to whom it goes and for what purpose: the disclosure log needs both")
        group, today = self.standing.group, self.now.date()
        order = replace(order, to=log_line(order.to, group, person), purpose=log_line(order.purpose, group, person))
        consent = covering(self.reviews, group, person, order.recipient, order.consent, today)
        document = signed_document(
            self.standing,
            signed,
            order.form,
            order.recipient,
            consent=consent,
            notices=part2_notices(self.standing.group.part2, consent),
            template=self.template,
        )
        self._let_pass(document, signed, order, consent, beside.get(person, ()))
        content = write(
            document,
            order.kind,
            recipient=order.recipient,
            part2=self.standing.group.part2,
            at=self.now,
            consent=consent,
        )
        return self._delivered(order, person, consent, content)

    def _delivered(self, order: HandOutOrder, person: PersonId, consent: ReleaseConsent | None, content: bytes) -> Path:
        folder = made(order.folder)
        # Before the file has its name. If it then cannot be named, the next line of the log says that it failed.
        return deliver(folder, content, order.kind.value, told=lambda: self._log(order, person, consent))

    def _let_pass(
        self,
        document: Document,
        signed: SignedNote,
        order: HandOutOrder,
        consent: ReleaseConsent | None,
        beside: tuple[GateFinding, ...],
    ) -> None:
        """Refuse unless the very document holds what the recipient may have, and the gate lets it pass."""
        if digest(signed.note, signed.group_note) != signed.checked:
            raise GateRefusedError(f"the note of {signed.member} is not as it was signed: it is not handed out")
        more = beyond(document, order.recipient, consent)
        if more:
            raise GateRefusedError(f"the recipient may not have: {', '.join(more)}; choose another format")
        if self.standing.stale:
            raise SessionError(STALE)
        alone = not self.standing.has_text
        found = refusals((*self.gate.check(document, signed.member, roster_alone=alone), *beside))
        if found:
            raise GateRefusedError(f"the gate refuses the note of {signed.member} ({places(found)}): add an addendum")

    def _log(self, order: HandOutOrder, person: PersonId, consent: ReleaseConsent | None) -> None:
        if order.recipient is not Recipient.RECORD:
            day = self.standing.stored.session.date.isoformat()
            self.reviews.log(
                self.standing.group,
                HandOut(
                    number=0,
                    at=self.now,
                    who=self.who,
                    member=person,
                    session=self.standing.id,
                    kind=order.recipient,
                    recipient=order.to,
                    description=f"Group session note of {day}, format {order.form.value}, file {order.kind.value}",
                    purpose=order.purpose,
                    accountable=accountable(order.recipient, consent),
                    consent=None if consent is None else consent.number,
                ),
            )
        self._audit(person, Outcome.DONE)

    def _audit(self, person: PersonId, outcome: Outcome) -> None:
        vault = self.reviews.vault
        vault.audit.record(Action.EXPORTED, vault.opaque("note", self.standing.id, person), outcome, self.who)


def _refusal(error: AssistantError) -> bool:
    return isinstance(error, GateRefusedError | SessionError | ConsentError)
