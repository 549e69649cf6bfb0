"""The final document of one member, as it would be handed out to the clinic's own record."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from assistant.notes.document import LineKind
from assistant.ui.review.rows import DIM, REVERSE, Row, RowList, heading, remark
from assistant.ui.review.screens import ReviewScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from assistant.domain import PersonId
    from assistant.notes.document import Document


class PreviewScreen(ReviewScreen, inherit_bindings=True):
    """Title, notices, parts, signature."""

    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = (("esc", "back to the note", "Back to the note"),)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._person: PersonId | None = None
        self._document: Document | None = None
        self._list = RowList(id="document")

    def about(self, person: PersonId, document: Document) -> None:
        """Take what to show, and whose it is."""
        self._person = person
        self._document = document

    def forget(self) -> None:
        """Let go of the document."""
        self._person = None
        self._document = None

    def body(self) -> Iterable[Widget]:
        """Return the document."""
        return (self._list,)

    def show(self) -> None:
        """Show it."""
        document = self._document
        if document is None:
            return
        self.paint_header("Preview", *(["DRAFT"] if document.is_draft else []))
        rows = [heading(document.title)]
        rows += [Row("who", " · ".join(part for part in (document.member, f"{document.date:%d %b %Y}") if part))]
        rows += [Row(("notice", n), notice, style=DIM) for n, notice in enumerate(document.notices)]
        for number, part in enumerate(document.parts):
            rows += [remark(("gap", number), ""), Row(("part", number), part.title, heading=True)]
            rows += [
                Row(("line", number, n), line.text, style=REVERSE if line.kind is LineKind.EMPTY else None)
                for n, line in enumerate(part.lines)
            ]
        if document.signature:
            rows += [remark("gap", ""), Row("signature", f"Signed: {document.signature}")]
        self._list.fill(rows)

    def action_back(self) -> None:
        """Go back to the note."""
        self.app.to_note(self._person)
