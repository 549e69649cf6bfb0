"""The keys that ask why: evidence of a line, facts in it, what was held back; and what a person decides about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import SessionError
from assistant.ui.dialogs.choice import Choice, Option
from assistant.ui.review.dialogs import Line, PrivateDialog, TypedDialog
from assistant.ui.review.note_keys import NoteKeys
from assistant.ui.review.note_rows import evidence_rows, withheld_rows
from assistant.ui.review.rows import RowList
from assistant.ui.review.wording import OWNERS

if TYPE_CHECKING:
    from assistant.domain import PersonId
    from assistant.review.view import MentionView

HELD_BACK = 2
"""The third pane: the note and the evidence come before."""


class EvidenceKeys(NoteKeys, inherit_bindings=True):
    """Releases, hides, relabels, drops false alarms, and gives words back to whoever said them."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.evidence = RowList(id="evidence", active=False)
        self.withheld = RowList(id="withheld", active=False)
        self.pane = 0

    @property
    def member(self) -> PersonId:
        """Whose note it is."""
        if self.person is None:
            raise SessionError("no note is open")
        return self.person

    def forget(self) -> None:
        """Let go of the note, and begin in its first pane."""
        super().forget()
        self.to_pane(0)

    def to_pane(self, number: int) -> None:
        """Have the keys go to a pane."""
        self.pane = number

    def show_reasons(self) -> None:
        """Show the evidence of the line that is pointed at."""
        self.evidence.fill(evidence_rows(self.pointed()))

    def show_withheld(self) -> None:
        """Show what was held back."""
        if self.note is not None:
            self.withheld.fill(withheld_rows(self.note))

    # -- what was held back -------------------------------------------------------------------------------------------

    def clause(self) -> int | None:
        """Return the held-back clause that is pointed at; where another pane is, go to that one first."""
        if self.pane != HELD_BACK:
            self.to_pane(HELD_BACK)
            self.app.say("Held back: up and down point, r releases, v reads the words.")
            return None
        at = self.withheld.at
        return at[1] if isinstance(at, tuple) else None

    def action_release(self) -> None:
        """Let a held-back clause into the note."""
        person = self.member
        if self.may_change() and (clause := self.clause()) is not None:
            self.app.order(lambda: self.room.release(person, clause), "Released: the gate reads it.")

    def action_words(self) -> None:
        """Offer to show the words of a held-back clause."""
        if (clause := self.clause()) is None:
            return
        person = self.member

        def read(dialog: PrivateDialog) -> None:
            self.app.fetch(lambda: self.room.open_private(person, clause), dialog.reveal)

        self.app.push_screen(PrivateDialog(read))

    def action_hide(self) -> None:
        """Keep a line, or words of it, out."""
        line, person = self.pointed(), self.member
        if line is None or not self.may_change():
            return

        def hide(typed: tuple[str, ...] | None) -> None:
            if typed is not None:
                self.app.order(lambda: self.room.hide(person, line.number, typed[0]), "Hidden.")

        ask = [Line("words to hide, as they stand in the line", "empty: the whole line")]
        self.app.push_screen(TypedDialog("Hide", ask, keeps="enter hides"), hide)

    def action_not_theirs(self) -> None:
        """Say that the words of a line are somebody else's."""
        line, person = self.pointed(), self.member
        if line is None:
            return
        if not line.speech:
            self.app.say("That line quotes nobody: m is for words that are not this member's.", failed=True)
            return
        said = "Not theirs: out of every note until the speakers' screen says whose. u takes it back."
        self.app.order(lambda: self.room.not_theirs(person, line.number), said)

    # -- facts --------------------------------------------------------------------------------------------------------

    def _mention(self) -> MentionView | None:
        line = self.pointed()
        at = self.evidence.at
        number = at[1] if isinstance(at, tuple) and at[0] == "mention" else None
        found = None if line is None else next((m for m in line.mentions if m.number == number), None)
        if found is None:
            self.app.say("No fact was found in that line.", failed=True)
        return found

    def action_whose(self) -> None:
        """Say whose a fact is."""
        if not self.may_change() or (fact := self._mention()) is None or (line := self.pointed()) is None:
            return
        number, person = line.number, self.member

        def relabel(owner: str | None) -> None:
            if owner is not None:
                self.app.order(lambda: self.room.relabel(person, number, fact.number, owner), f"{OWNERS[owner]}.")

        options = [Option(str(key), label, owner) for key, (owner, label) in enumerate(OWNERS.items(), start=1)]
        self.app.push_screen(Choice(f"Whose is this {fact.type.value}?", options), relabel)

    def action_false_alarm(self) -> None:
        """Say that it is no such fact."""
        if not self.may_change() or (fact := self._mention()) is None or (line := self.pointed()) is None:
            return
        number, person = line.number, self.member

        def drop(everywhere: bool | None) -> None:  # noqa: FBT001  the one thing it says
            if everywhere is not None:
                self.app.order(
                    lambda: self.room.false_alarm(person, number, fact.number, everywhere=everywhere),
                    "No such fact, in this group." if everywhere else "No such fact, here.",
                )

        options = [
            Option("1", "no such fact here", value=False),
            Option("2", "no such fact in this group, now and later", value=True),
        ]
        self.app.push_screen(Choice(f"Not {fact.type.value}?", options), drop)
