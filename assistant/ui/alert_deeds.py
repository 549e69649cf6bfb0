"""What the keys about alerts do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.ui.alert_rows import REPAIRED, Telling, reveal
from assistant.ui.dialogs.typed import SettleDialog
from assistant.ui.wording import TERSE, clock

if TYPE_CHECKING:
    from assistant.domain import Resolution
    from assistant.live.view import AlertView
    from assistant.ui.alerts_pane import AlertsPane
    from assistant.ui.app import LiveApp
    from assistant.ui.people import Cast
    from assistant.ui.transcript import Transcript

_SHOWN_S = 20.0
"""Seconds after which a revealed alert is terse again: long enough to read, too short to be forgotten."""


class AlertDeeds:
    """One method a key, mixed into the live screen."""

    app: LiveApp
    cast: Cast
    transcript: Transcript
    alerts: AlertsPane
    telling = Telling()
    """What the revealed alert tells."""

    def give_way(self) -> None:
        """Give the alerts more room while one of them is revealed."""

    def room_for_repair(self) -> bool:
        """Whether the repair steps have room beneath the words of an alert."""
        return False

    def action_next_alert(self, by: int) -> None:
        """Move the mark to another alert."""
        self.alerts.move(by)

    def action_reveal(self) -> None:
        """Show what the marked alert is about, or hide it again; where another A1 has come meanwhile, show that."""
        if self.alerts.revealed is not None:
            calls = bool(self.alerts.calling)
            self.hide_alert()
            if not calls:
                return
        if self._marked() is not None:
            self._tell(Telling(repair=self.room_for_repair()))

    def action_reveal_owner(self) -> None:
        """Show whose fact it is as well."""
        if self.alerts.revealed is not None:
            self._tell(replace(self.telling, owner=True, words=True, repair=self.room_for_repair()))

    def action_repair(self) -> None:
        """Show the site's repair steps for the revealed alert, or its words again."""
        view = self.alerts.marked
        if self.alerts.revealed is None or view is None:
            self.app.say("Reveal an alert first, with r.")
        elif view.alert.kind not in REPAIRED:
            self.app.say("Repair steps are for what has crossed between people.")
        elif not self.room_for_repair():
            self._tell(replace(self.telling, words=self.telling.repair, repair=not self.telling.repair))

    def keep_revealed(self) -> None:
        """Tell the revealed alert as it is by now: its words may have been named, or told again in full."""
        view = self.alerts.marked
        if self.alerts.revealed is not None and view is not None and view.key == self.alerts.revealed:
            entry = self.transcript.entry(view.key.utterance)
            try:
                advice = self.app.room.advice(view.key), self.app.room.repair()
            except AssistantError:  # taken back in this moment
                return
            self.alerts.show(reveal(view, entry, self.cast, advice, self.telling))

    def _tell(self, telling: Telling) -> None:
        view = self.alerts.marked
        if view is None:
            return
        self.telling = telling
        self.alerts.revealed = view.key
        self.keep_revealed()
        self.give_way()
        self.app.later("reveal", _SHOWN_S, self.hide_alert)

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
                self.hide_alert()
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
