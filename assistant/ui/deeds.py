"""What the keys of the live screen do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandPalette

from assistant.domain import SAMPLE_RATE
from assistant.live.view import Phase
from assistant.ui.alert_rows import reveal
from assistant.ui.commands import LiveCommands
from assistant.ui.dialogs.choice import Choice, Option
from assistant.ui.dialogs.help import HelpDialog
from assistant.ui.dialogs.typed import NoteDialog, SettleDialog
from assistant.ui.dialogs.who import WhoDialog
from assistant.ui.wording import AGAIN_CORRECTS, TERSE, clock, length

if TYPE_CHECKING:
    from assistant.domain import PersonId, Resolution
    from assistant.live.view import AlertView, Changes, PersonView
    from assistant.ui.alerts_pane import AlertsPane
    from assistant.ui.app import LiveApp
    from assistant.ui.people import Cast
    from assistant.ui.transcript import Transcript

_MINUTE = 60 * SAMPLE_RATE
_SHOWN_S = 20.0
"""Seconds after which a revealed alert is terse again: long enough to read, too short to be forgotten."""


class Deeds:
    """One method a key, mixed into the live screen."""

    app: LiveApp
    changes: Changes | None
    cast: Cast
    transcript: Transcript
    alerts: AlertsPane

    def give_way(self) -> None:
        """Give the alerts more room while one of them is revealed."""

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
        utterance = None if entry is None else entry.utterance.id
        when = "the last turn" if entry is None else clock(entry.utterance.start)
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

    # -- alerts -------------------------------------------------------------------------------------------------------

    def action_next_alert(self, by: int) -> None:
        """Move the mark to another alert."""
        self.alerts.move(by)

    def action_reveal(self, *, owner: bool = False) -> None:
        """Show what the marked alert is about, or hide it again."""
        if self.alerts.revealed is not None and not owner:
            self.hide_alert()
            return
        view = self._marked()
        if view is None:
            return
        entry = self.transcript.entry(view.key.utterance)
        self.alerts.show(reveal(view, entry, self.cast, self.app.room.advice(view.key), owner=owner))
        self.give_way()
        self.app.later("reveal", _SHOWN_S, self.hide_alert)

    def action_reveal_owner(self) -> None:
        """Show whose fact it is as well."""
        if self.alerts.revealed is not None:
            self.action_reveal(owner=True)

    def hide_alert(self) -> None:
        """Be terse again."""
        self.alerts.hide()
        self.give_way()

    def action_acknowledge(self) -> None:
        """Say that the marked alert was seen."""
        view = self._marked()
        if view is not None:
            still = "; v settles it before the end" if view.must_be_resolved else ""
            words = f"{view.alert.level} {TERSE[view.alert.kind]} at {clock(view.at)}: seen{still}."
            self.app.order(lambda: self.app.room.acknowledge(view.key), words)

    def action_settle(self) -> None:
        """Ask how an A1 was settled: the marked one, else the newest that waits."""
        view = self.alerts.marked
        if view is None or not view.must_be_resolved:
            view = next((v for v in self.alerts.views if v.must_be_resolved), None)
        if view is None:
            self.app.say("No A1 waits to be settled.")
        else:
            self.settle(view)

    def settle(self, view: AlertView) -> None:
        """Ask how one A1 was settled."""
        what = f"{view.alert.level} {TERSE[view.alert.kind]} at {clock(view.at)}"

        def keep(answer: tuple[Resolution, str] | None) -> None:
            if answer is not None:
                how, text = answer
                self.app.order(lambda: self.app.room.resolve(view.key, how, text), f"{what}: {how}.")

        self.app.push_screen(SettleDialog(f"Settle {what}"), keep)

    def _marked(self) -> AlertView | None:
        view = self.alerts.marked
        if view is None:
            self.app.say("There is no alert.")
        elif self.alerts.just_moved:
            self.app.say("A new A1 came this moment. Once more for that one.", failed=True)
            return None
        return view

    # -- people, and the end ------------------------------------------------------------------------------------------

    def action_who(self) -> None:
        """Open the roster."""
        self.app.push_screen(WhoDialog(self.cast.people))

    def action_enrol(self) -> None:
        """Ask whose voice to learn."""
        self._pick("Whose voice?", self.app.enrol)

    def action_close_session(self) -> None:
        """Ask whether to end, or show what waits."""
        waiting = [view for view in self.alerts.views if view.must_be_resolved]
        if waiting:
            options = [
                Option("", f"{v.alert.level} {TERSE[v.alert.kind]} at {clock(v.at)}, {v.state}", v) for v in waiting
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
