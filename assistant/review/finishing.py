"""The end of a review: a note read as it will be, signed, added to, and handed out, each under its line of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import GateRefusedError, SessionError
from assistant.handout import HandOut, NoteFormat, Recipient
from assistant.review import signing
from assistant.review.consents import standing_consents
from assistant.review.documents import record_document, signed_document
from assistant.review.handing_out import Counter
from assistant.review.log_words import log_line
from assistant.store.audit import Action, Outcome

if TYPE_CHECKING:
    from assistant.domain import Group, PersonId
    from assistant.notes.document import Document
    from assistant.notes.formats import Template
    from assistant.review.opened import Opened
    from assistant.review.signing import Checks
    from assistant.review.standing import Standing
    from assistant.review.view import ConsentView, HandedOut, HandOutOrder
    from assistant.settings import Settings
    from assistant.store.reviews import Reviews


class Finishing:
    """What leaves a review. Whoever calls sees to it that one deed is done after another.

    Args:
        reviews: What the vault keeps of reviews.
        gate: The last gate.
        settings: The site's.
        who: Operator id.
    """

    def __init__(self, reviews: Reviews, gate: Checks, settings: Settings, who: str) -> None:
        self._reviews = reviews
        self._vault = reviews.vault
        self._gate = gate
        self._settings = settings
        self._who = who

    def preview(self, standing: Standing, person: PersonId, form: NoteFormat) -> Document:
        """Return a note as it would be handed out to the member's own record."""
        template = self._template(form)
        signed = standing.signed.get(person)
        if signed is not None:
            return signed_document(standing, signed, form, Recipient.RECORD, template=template)
        return record_document(standing, standing.notes[person], standing.group_note, form, template=template)

    def sign(self, opened: Opened, person: PersonId, signature: str) -> None:
        """Sign a note; the gate reads the final text first. A refusal is in the log as well."""
        try:
            now = self._vault.clock.now()
            signed = signing.sign(opened.standing, person, signature, self._who, now, self._gate)
        except GateRefusedError:
            whom = self._vault.opaque("note", opened.id, person)
            self._vault.audit.record(Action.NOTE_SIGNED, whom, Outcome.REFUSED, self._who)
            raise
        self._reviews.sign(signed)
        opened.take_signed()

    def add(self, opened: Opened, person: PersonId, text: str, signature: str) -> None:
        """Add to a signed note; the gate reads it first."""
        now = self._vault.clock.now()
        added = signing.addendum(opened.standing, person, text, signature, self._who, now, self._gate)
        self._reviews.add(opened.id, person, added)
        opened.take_signed()

    def reported(self, standing: Standing, person: PersonId, to: str, description: str, purpose: str) -> None:
        """Write a disclosure that was made without a note into the log."""
        if not (to.strip() and description.strip() and purpose.strip()):
            raise SessionError("the disclosure log needs all three: to whom, what, and for what purpose")
        line = HandOut(
            number=0,
            at=self._vault.clock.now(),
            who=self._who,
            member=person,
            session="",
            kind=Recipient.OTHER,
            recipient=log_line(to, standing.group, person),
            description=log_line(description, standing.group, person),
            purpose=log_line(purpose, standing.group, person),
            accountable=True,
        )
        self._reviews.log(standing.group, line)

    def consents(self, group: Group, person: PersonId, recipient: Recipient) -> tuple[ConsentView, ...]:
        """Return a member's consents that stand today."""
        return standing_consents(self._reviews, group, person, recipient, self._vault.clock.now().date())

    def hand_out(self, opened: Opened, order: HandOutOrder) -> tuple[HandedOut, ...]:
        """Write the files that an order asks for."""
        template, now = self._template(order.form), self._vault.clock.now()
        return Counter(opened.standing, self._reviews, self._gate, self._who, now, template).hand_out(order)

    def _template(self, form: NoteFormat) -> Template | None:
        if form is not NoteFormat.OWN:
            return None
        path = self._settings.notes.template
        if path is None:
            raise SessionError("the group has no template of its own: name it in the settings, [notes] template")
        from assistant.notes.template import read_template  # noqa: PLC0415  loads Jinja2, which few need

        return read_template(path)
