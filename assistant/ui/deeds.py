"""What the keys of the live screen do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandPalette

from assistant.domain import SAMPLE_RATE
from assistant.live.view import Phase
from assistant.ui.alert_deeds import AlertDeeds
from assistant.ui.alert_rows import standing
from assistant.ui.commands import LiveCommands
from assistant.ui.dialogs.choice import Choice, Option
from assistant.ui.dialogs.help import HelpDialog
from assistant.ui.dialogs.typed import NoteDialog
from assistant.ui.dialogs.who import WhoDialog
from assistant.ui.wording import AGAIN_CORRECTS, LEAVING, NO_SPEECH, NOTHING_TO_NAME, TERSE, clock, length

if TYPE_CHECKING:
    from assistant.domain import PersonId
    from assistant.live.view import Changes, PersonView

_MINUTE = 60 * SAMPLE_RATE


class Deeds(AlertDeeds):
    """One method a key, mixed into the live screen."""

    changes: Changes | None

    # -- who spoke ----------------------------------------------------------------------------------------------------

    def action_name(self, number: int) -> None:
        """Name the speaker of the selected line, or of the last turn."""
        view = self.cast.numbered(number)
        if view is None:
            self.app.say(f"Nobody has the number {number}.", failed=True)
            return
        self._is_who_spoke(view)

    def action_pick_speaker(self) -> None:
        """Name the speaker from the whole list."""
        self._pick("Who spoke?", self._is_who_spoke)

    def _is_who_spoke(self, view: PersonView) -> None:
        entry = self.transcript.aimed_at()
        if entry is None:
            chosen = self.transcript.selected_row() is not None
            self.app.say(NO_SPEECH if chosen else NOTHING_TO_NAME, failed=True)
            return
        utterance, when = entry.utterance.id, clock(entry.utterance.start)
        if self.transcript.selected is None and self.transcript.is_speaking:
            when = f"{when}, still being spoken,"
        who = self.cast.name(view.person.id)
        self.app.order(
            lambda: self.app.room.name_speaker(view.person.id, utterance), f"{when} is {who}; {AGAIN_CORRECTS}"
        )

    # -- recording ----------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Stop recording, or go on."""
        phase = None if self.changes is None else self.changes.room.phase
        room = self.app.room
        if phase is Phase.RECORDING:
            self.app.order(room.pause, "Paused: nothing is recorded. p goes on.", urgent=True)
        elif phase is Phase.PAUSED:
            self.app.order(room.resume, "Recording again.", urgent=True)
        elif phase is Phase.BY_HAND:
            self.app.order(room.start, "Recording.", urgent=True)
        elif phase is Phase.OFF_RECORD:
            self.app.say("Off the record. o goes back on it.", failed=True)

    def action_off_record(self) -> None:
        """Go off the record, or back on it."""
        phase = None if self.changes is None else self.changes.room.phase
        if phase is Phase.OFF_RECORD:
            self.app.order(lambda: self.app.room.off_record(on=False), "Back on the record.", urgent=True)
        elif phase in {Phase.RECORDING, Phase.PAUSED}:
            self.app.order(
                lambda: self.app.room.off_record(on=True), "Off the record: nothing is kept. o ends it.", urgent=True
            )
        else:
            self.app.say("Nothing is recorded now.", failed=True)

    # -- taking back --------------------------------------------------------------------------------------------------

    def action_from_here(self) -> None:
        """Mark where a stretch to strike begins."""
        row = self.transcript.selected_row()
        if row is None:
            self.app.say("Select a line first, with up and down.", failed=True)
            return
        self.transcript.from_sample = row.start
        self.app.say(f"To strike: from {clock(row.start)}. ] on the last line, then s.")

    def action_to_here(self) -> None:
        """Mark where it ends."""
        row = self.transcript.selected_row()
        if row is None:
            self.app.say("Select a line first, with up and down.", failed=True)
            return
        self.transcript.to_sample = row.end
        if self.transcript.from_sample is None or self.transcript.from_sample > row.start:
            self.transcript.from_sample = row.start
        self.app.say(f"To strike: {clock(self.transcript.from_sample)} to {clock(row.end)}. s strikes it.")

    def action_strike(self) -> None:
        """Ask what to strike."""
        if self.changes is None:
            return
        now = self.changes.room.elapsed
        options: list[Option[tuple[int, int]]] = []
        stretch = self._stretch()
        if stretch is not None:
            begin, end = stretch
            options.append(Option("r", f"the marked lines, {clock(begin)} to {clock(end)}", stretch))
        options += [
            Option("1", f"the last minute, from {clock(now - _MINUTE)}", (max(0, now - _MINUTE), now)),
            Option("5", f"the last five minutes, from {clock(now - 5 * _MINUTE)}", (max(0, now - 5 * _MINUTE), now)),
        ]
        about = "This cannot be undone: its sound, words, marks and alerts are destroyed."
        self.app.push_screen(Choice("Strike", options, about), self._strike)

    def _stretch(self) -> tuple[int, int] | None:
        chosen = self.transcript
        if chosen.from_sample is not None and chosen.to_sample is not None and chosen.from_sample < chosen.to_sample:
            return chosen.from_sample, chosen.to_sample
        row = chosen.selected_row()
        return None if row is None or row.start == row.end else (row.start, row.end)

    def _strike(self, stretch: tuple[int, int] | None) -> None:
        if stretch is None:
            return
        begin, end = stretch
        self.transcript.from_sample = self.transcript.to_sample = None
        self.transcript.select(None)
        self.app.order(lambda: self.app.room.strike(begin, end), f"{length(end - begin)} struck, for good.")

    def action_withdraw(self) -> None:
        """Ask whose consent is taken back."""
        about = "Their words are struck for good, and recording is held while they are here. This cannot be undone."
        self._pick("Who takes their consent back?", self._withdraw, about)

    def _withdraw(self, view: PersonView) -> None:
        who = self.cast.name(view.person.id)
        yes: Option[bool] = Option("w", f"strike every word of {who}, for good", value=True)
        no: Option[bool] = Option("n", "go back", value=False)

        def sure(answer: bool | None) -> None:  # noqa: FBT001  the one thing it says
            if answer:
                self.app.order(lambda: self.app.room.withdraw(view.person.id), f"The words of {who} are struck.")

        self.app.push_screen(Choice("Take consent back", [no, yes]), sure)

    # -- writing down -------------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark this moment."""
        when = "" if self.changes is None else f" at {clock(self.changes.room.elapsed)}"
        self.app.order(self.app.room.mark, f"Marked{when}.")

    def action_note(self) -> None:
        """Type a note."""

        def keep(answer: tuple[str, PersonId | None] | None) -> None:
            if answer is not None:
                text, about = answer
                self.app.order(lambda: self.app.room.jot(text, about), "Note kept.")

        self.app.push_screen(NoteDialog(self.cast), keep)

    # -- people, and the end ------------------------------------------------------------------------------------------

    def action_who(self) -> None:
        """Open the roster."""
        self.app.push_screen(WhoDialog(self.cast.people))

    def action_enrol(self) -> None:
        """Ask whose voice to learn."""
        self._pick("Whose voice?", self.app.people.enrol)

    def action_close_session(self) -> None:
        """Ask whether to end, or show what waits."""
        waiting = [view for view in self.alerts.views if view.must_be_resolved]
        if waiting:
            options = [
                Option("", f"{v.alert.level} {TERSE[v.alert.kind]} at {clock(v.at)}: {standing(v)}", v) for v in waiting
            ]
            about = "The session cannot be closed before each A1 is settled. Enter settles the one pointed at."
            self.app.push_screen(
                Choice("Not closed", options, about), lambda view: None if view is None else self.settle(view)
            )
            return
        yes: Option[bool] = Option("c", "close: recording ends, and the drafts are written", value=True)
        no: Option[bool] = Option("n", "go on", value=False)
        self.app.push_screen(
            Choice("Close the session?", [no, yes]), lambda answer: self.app.close_room() if answer else None
        )

    def action_leave(self) -> None:
        """Ask whether to leave without closing."""
        yes: Option[bool] = Option("q", "leave without closing", value=True)
        no: Option[bool] = Option("n", "stay", value=False)
        self.app.push_screen(
            Choice("Leave without closing?", [no, yes], LEAVING),
            lambda answer: self.app.action_leave_open() if answer else None,
        )

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(HelpDialog())

    def action_commands(self) -> None:
        """Open the command palette."""
        self.app.push_screen(CommandPalette(providers=[LiveCommands], placeholder="what to do"))

    # -- moving about -------------------------------------------------------------------------------------------------

    def action_select(self, by: int) -> None:
        """Select a line of the transcript."""
        self.transcript.move(by)

    def action_oldest(self) -> None:
        """Select the first line."""
        self.transcript.move_to_start()

    def action_newest(self) -> None:
        """Select none and follow the newest."""
        self.transcript.select(None)
        self.transcript.to_the_end()

    def _pick(self, title: str, then: object, about: str = "") -> None:
        options = [
            Option(str(view.number) if view.number < 10 else "", self.cast.name(view.person.id), view)  # noqa: PLR2004  keys have one digit
            for view in self.cast
        ]
        self.app.push_screen(Choice(title, options, about), lambda view: None if view is None else then(view))  # type: ignore[operator]
