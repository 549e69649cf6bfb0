"""What a review needs of whoever reads a session again, and of whoever makes that reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.decisions import GroupWord, Ruling
    from assistant.domain import Entry, GateFinding, Note, PersonId, Session
    from assistant.notes.context import GateContext
    from assistant.notes.document import Document
    from assistant.notes.wording import LanguageModel
    from assistant.pipeline.progress import Progress
    from assistant.pipeline.reviewed import Reviewed


class Reads(Protocol):
    """Reads the entries of the close again with what was decided since. ``pipeline.reviewing`` has it."""

    def read(self, rulings: Sequence[Ruling], words: Sequence[GroupWord], progress: Progress) -> Reviewed:
        """Return the session as decided."""
        ...


class Checks(Protocol):
    """The last gate. ``notes.gate`` has it."""

    def prepare(self, context: GateContext, note: Note | None = None) -> None:
        """Arrange the session for a reader beforehand, so that the first check answers soon."""
        ...

    def check(self, note: Note, context: GateContext) -> tuple[GateFinding, ...]:
        """Return what is found in a note."""
        ...

    def check_document(self, document: Document, context: GateContext) -> tuple[GateFinding, ...]:
        """Return what is found in the very text that would be handed out."""
        ...

    def difference(
        self, notes: Mapping[PersonId, Note], group_note: Note | None, context: GateContext
    ) -> Mapping[PersonId | None, tuple[GateFinding, ...]]:
        """Return what two notes side by side tell of a third."""
        ...

    def forget(self) -> None:
        """Drop all that is kept of the session."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What reads one session, and what checks its notes."""

    reader: Reads
    gate: Checks
    model: LanguageModel | None = None
    """The clinic's own, for help with wording; None: the built-in wording stands."""


class Builder(Protocol):
    """Makes a desk, in the worker. Must be picklable."""

    def build(self, session: Session, entries: Sequence[Entry], duration: int) -> Desk:
        """Return what reads a session of so many samples; loads the models.

        Raises:
            ModelError: A model is missing or damaged.
        """
        ...
