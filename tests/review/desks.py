"""Small desks for the review's worker: no models, and each fails in its own way or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.domain import GateFinding, PersonId
from assistant.notes import sentences as say
from assistant.notes.local_model import local_model
from assistant.pipeline.drafts import Drafts
from assistant.pipeline.reviewed import Reviewed
from assistant.review.reads import Desk
from tests.review.notes_of import drafts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from assistant.decisions import GroupWord, Ruling
    from assistant.domain import Entry, Note, Session
    from assistant.notes.context import GateContext
    from assistant.notes.document import Document
    from assistant.pipeline.progress import Progress
    from assistant.settings import WordingSettings

REFUSED = "gate refuses"
"""A line that holds this is refused."""

NO_PROSE = "no prose"
"""The trouble of a gate that refuses whatever a language model wrote."""


@dataclass(frozen=True)
class Plain:
    """Reads nothing, and lets pass what does not ask to be refused.

    ``trouble`` is a file: what it says is what goes wrong from then on.
    """

    trouble: Path

    def build(self, session: Session, entries: Sequence[Entry], duration: int) -> Desk:
        """Return itself on both sides of the desk."""
        return Desk(Reader(self.trouble, session, tuple(entries)), Gate(self.trouble))


def go_wrong(trouble: Path, words: str) -> None:
    """Do what the file of troubles says."""
    said = trouble.read_text(encoding="utf-8") if trouble.exists() else ""
    if said == "die":
        os._exit(9)
    if said == "die once":
        trouble.unlink()
        os._exit(9)
    if said == "raise":
        raise RuntimeError(f"cannot read {words}")


@dataclass(frozen=True)
class Worded(Plain):
    """The same, with a language model of the clinic's own."""

    wording: WordingSettings

    def build(self, session: Session, entries: Sequence[Entry], duration: int) -> Desk:
        """Return itself on both sides of the desk, and the model."""
        return replace(super().build(session, entries, duration), model=local_model(self.wording))


@dataclass
class Reader:
    """Gives back the entries of the close with new drafts of nothing."""

    trouble: Path
    session: Session
    entries: tuple[Entry, ...]

    def read(self, rulings: Sequence[Ruling], words: Sequence[GroupWord], progress: Progress) -> Reviewed:
        """Return them."""
        go_wrong(self.trouble, " ".join(entry.utterance.text for entry in self.entries))
        progress.stage("Reading the session again", 1)
        members, group = drafts_of(self.session)
        return Reviewed(self.entries, Drafts(members, group, (), group_refused=False), {})


@dataclass
class Gate:
    """Refuses lines that say so."""

    trouble: Path

    def check(self, note: Note, context: GateContext) -> tuple[GateFinding, ...]:
        """Return what is found."""
        lines = [(s.title, n, line.text) for s in note.sections for n, line in enumerate(s.lines)]
        if self.trouble.exists() and self.trouble.read_text(encoding="utf-8") == NO_PROSE:
            lines = [(title, n, REFUSED if title == say.REWORDED else text) for title, n, text in lines]
        return self._found(lines)

    def check_document(self, document: Document, context: GateContext) -> tuple[GateFinding, ...]:
        """Return what is found."""
        return self._found([(p.title, n, line.text) for p in document.parts for n, line in enumerate(p.lines)])

    def difference(
        self, notes: Mapping[PersonId, Note], group_note: Note | None, context: GateContext
    ) -> Mapping[PersonId | None, tuple[GateFinding, ...]]:
        """Return nothing."""
        return {}

    def prepare(self, context: GateContext, note: Note | None = None) -> None:
        """There is nothing to arrange."""

    def forget(self) -> None:
        """Do nothing."""

    def _found(self, lines: Sequence[tuple[str, int, str]]) -> tuple[GateFinding, ...]:
        go_wrong(self.trouble, repr(lines))
        return tuple(GateFinding(title, n, "words", PersonId("m2")) for title, n, text in lines if REFUSED in text)
