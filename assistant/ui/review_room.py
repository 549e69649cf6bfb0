"""What the review's screens ask for; ``assistant.review`` offers it, and a small class in memory for practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.decisions import Field
    from assistant.domain import DisclosureType, PersonId, Resolution
    from assistant.handout import NoteFormat, Recipient
    from assistant.notes.document import Document
    from assistant.pipeline.figures import Figures
    from assistant.review.view import (
        ConsentView,
        HandedOut,
        HandOutOrder,
        NoteView,
        Overview,
        RiskView,
        SessionRow,
        Spoken,
        Stretch,
    )


class ReviewRoom(Protocol):
    """The review of the sessions of a vault. Every method is safe to call from any thread.

    ``version``, ``sessions``, ``overview``, ``speakers``, ``transcript``, ``note``, ``risk`` and ``preview`` are cheap
    (a screen calls them while it draws); the others may take long, so a screen gives them as orders. All raise an
    ``AssistantError`` where the review refuses, and the screen shows its one line.
    """

    @property
    def version(self) -> int:
        """Grows with everything that changes, progress of long work included."""

    def sessions(self) -> tuple[SessionRow, ...]:
        """Return the closed sessions, the latest first."""

    def open(self, session: str) -> None:
        """Take up a session."""

    def overview(self) -> Overview:
        """Return the session that is open, as a whole."""

    # -- speakers -----------------------------------------------------------------------------------------------------

    def speakers(self) -> tuple[Stretch, ...]:
        """Return the stretches that want an ear, worst first; those that were looked at stay, marked done."""

    def transcript(self, person: PersonId | None = None) -> tuple[Spoken, ...]:
        """Return everything that was said, in order, or what is one person's by now. The whole room's screen."""

    def name(self, key: int, person: PersonId | None, *, alike: bool = False) -> None:
        """Say whose words are, or that nobody can say.

        Args:
            key: Of a stretch of ``speakers``, or of an utterance of ``transcript``.
            person: Whose.
            alike: Of all stretches like it; for an utterance: of all that its speaker said without a break.
        """

    def accept_text(self, key: int) -> None:
        """Say that text which may be invented was said."""

    def leave(self, key: int) -> None:
        """Leave a stretch as it is: it was looked at."""

    def play(self, start: int, end: int) -> None:
        """Play sound from the vault, until it ends or ``quiet``. Raises VaultError where it is destroyed."""

    def quiet(self) -> None:
        """Stop playing."""

    def undo(self) -> str:
        """Take back the last decision that stands, and say in words without names what it was; empty: there is none.

        The words say as well how many signed notes that makes outdated, or may: they stay as they were signed.
        """

    # -- notes --------------------------------------------------------------------------------------------------------

    def note(self, person: PersonId | None) -> NoteView:
        """Return one note; None: the group's part."""

    def accept(self, person: PersonId | None) -> None:
        """Say that the draft was read as it stands."""

    def release(self, person: PersonId, withheld: int) -> None:
        """Let a withheld clause into the note; the gate still stands."""

    def open_private(self, person: PersonId, withheld: int) -> str:
        """Return the words of a withheld clause. It may hold another member's story; the log says that it was read."""

    def hide(self, person: PersonId, line: int, words: str = "") -> None:
        """Keep a line, or these words of it, out of the note."""

    def not_theirs(self, person: PersonId, line: int) -> None:
        """Say that what a line rests on was said by somebody else: it leaves every note, and wants an ear."""

    def relabel(self, person: PersonId, line: int, mention: int, owner: str) -> None:
        """Say whose a fact is: ``own``, ``outsider`` or ``unknown``."""

    def false_alarm(self, person: PersonId, line: int, mention: int, *, everywhere: bool) -> None:
        """Say that it is no such fact: here, or in this group at all."""

    def write_line(self, person: PersonId | None, line: int, text: str) -> None:
        """Write a line anew; empty text takes it out."""

    def write(self, person: PersonId | None, field: Field, text: str) -> None:
        """Write a clinician's field."""

    def preview(self, person: PersonId, form: NoteFormat) -> Document:
        """Return the note as it would be handed out to the member's own record."""

    def sign(self, person: PersonId, signature: str) -> None:
        """Sign: the gate reads the final text first. Raises GateRefusedError, which names places and rules."""

    def add(self, person: PersonId, text: str, signature: str) -> None:
        """Add an addendum to a signed note; the gate reads it first."""

    # -- risk, handing out, pictures ----------------------------------------------------------------------------------

    def risk(self) -> tuple[RiskView, ...]:
        """Return the A1 alerts, the open ones first."""

    def settle(self, key: int, how: Resolution, text: str) -> None:
        """Say how an alert was settled."""

    def reported(self, person: PersonId, to: str, description: str, purpose: str) -> None:
        """Write a disclosure that was made without a note (a report, a warning) into the log."""

    def consents(self, person: PersonId, recipient: Recipient) -> tuple[ConsentView, ...]:
        """Return a member's consents that stand, those that cover a release to this kind of recipient first."""

    def hand_out(self, order: HandOutOrder) -> tuple[HandedOut, ...]:
        """Write the files that an order asks for; each member's stands or falls alone."""

    def figures(self) -> Figures:
        """Return what the pictures of the session show."""

    def types(self) -> tuple[DisclosureType, ...]:
        """Return the kinds of fact, for choosing one."""
