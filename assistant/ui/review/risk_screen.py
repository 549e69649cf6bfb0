"""The A1 alerts of the session: the exact words, the site's own text, and what a person made of them. No score."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.containers import Container

from assistant.domain import SAMPLE_RATE
from assistant.ui.dialogs.choice import Choice, Option
from assistant.ui.painted import Painted
from assistant.ui.review.dialogs import Line, TypedDialog
from assistant.ui.review.rows import BOLD, DIM, Row, RowList, remark
from assistant.ui.review.screens import ReviewScreen
from assistant.ui.review.wording import RISK_KINDS
from assistant.ui.wording import RESOLUTIONS, REVEALED, clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.domain import Person, PersonId
    from assistant.review.view import RiskView

_FLAGGED = Style(bold=True, underline2=True)


class RiskScreen(ReviewScreen, inherit_bindings=True):
    """Left the alerts, the open ones first; right the one that is pointed at."""

    KEYS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("1", "assessed", "Assessed, with words of your own"),
        ("2", "followed up", "Followed up, with words of your own"),
        ("3", "consulted", "Consulted, with words of your own"),
        ("4", "not applicable", "Not applicable, with words of your own"),
        ("o", "log a disclosure", "Write into the log that something was told outside without a note, and to whom"),
        ("space", "play", "Play the moment; again stops"),
        ("esc", "back", "Back to the session as a whole"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"settle('{key}')", show=False) for key in RESOLUTIONS),
        Binding("o", "reported", show=False),
        Binding("space", "play", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._list = RowList(id="alerts-list")
        self._detail = Painted(id="alert")
        self._alerts: tuple[RiskView, ...] = ()
        self._people: tuple[Person, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Return the panes."""
        return (Container(self._list, Container(self._detail, id="alert-box"), id="risk-panes"),)

    def ask(self) -> None:
        """Ask for the alerts."""
        self._alerts = self.room.risk()
        if not self._people:
            self._people = self.room.overview().people

    def forget(self) -> None:
        """Let go of what was asked for."""
        self._alerts = ()
        self._people = ()

    def show(self) -> None:
        """Show them."""
        open_ = sum(1 for alert in self._alerts if alert.resolution is None)
        self.paint_header(f"A1 alerts · {open_ or 'none'} open of {len(self._alerts)}")
        rows = [
            Row(
                alert.key,
                RISK_KINDS.get(alert.kind, REVEALED[alert.kind]),
                head=f"{clock(alert.at)} {alert.resolution.value if alert.resolution else 'open':<14} ",
                head_style=DIM if alert.resolution else BOLD,
                style=DIM if alert.resolution else None,
            )
            for alert in self._alerts
        ]
        self._list.fill(rows or [remark("none", "No A1 alert is listed. That is no reassurance: words are missed.")])
        self.moved()

    def moved(self) -> None:
        """Show the alert that is pointed at."""
        alert = self._pointed()
        text = Text()
        if alert is not None:
            who = self._called(alert.speaker)
            text.append(f"{clock(alert.at)} · {who} · {RISK_KINDS.get(alert.kind, REVEALED[alert.kind])}\n\n", BOLD)
            said = Text(f"“{alert.words}”")
            if alert.flagged is not None:
                said.stylize(_FLAGGED, alert.flagged[0] + 1, alert.flagged[1] + 1)
            text.append_text(said)
            text.append(f"\n\n{alert.advice}" if alert.advice else "")
            text.append(f"\n\n{alert.part2_line}" if alert.part2_line else "", BOLD)
            if "judgment" not in alert.advice:
                text.append("\n\nYour judgment.", BOLD)
            if alert.resolution is not None:
                text.append(f"\n\n{alert.resolution.value}: {alert.text}", DIM)
        self._detail.paint(text)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_settle(self, key: str) -> None:
        """Say how it was settled."""
        alert = self._pointed()
        if alert is None:
            return
        how, visit = RESOLUTIONS[key], self.visit

        def settle(typed: tuple[str, ...] | None) -> None:
            if typed is not None:
                said = f"{clock(alert.at)}: {how.value}."
                self.app.order(lambda: self.room.settle(alert.key, how, typed[0]), said, then=lambda: self._next(visit))

        ask = [Line("your own words", "as many or as few as you like", alert.text)]
        self.app.push_screen(TypedDialog(how.value.capitalize(), ask), settle)

    def action_reported(self) -> None:
        """Log a disclosure that was made without a note."""
        alert = self._pointed()
        about = None if alert is None else alert.owner or alert.speaker
        members = [p for p in self._people if p.is_member]
        members.sort(key=lambda p: p.id != about)
        options = [
            Option(str(number) if number < 10 else "", person.name, person.id)  # noqa: PLR2004  keys have one digit
            for number, person in enumerate(members, start=1)
        ]

        def ask(person: PersonId | None) -> None:
            if person is not None:
                self._ask_what(person)

        self.app.push_screen(Choice("Whose information was told?", options), ask)

    def _ask_what(self, person: PersonId) -> None:
        lines = [
            Line("to whom", "name, and address if known", needed=True),
            Line("what was told", "a brief description", needed=True),
            Line("why", "the purpose", needed=True),
        ]

        def log(typed: tuple[str, ...] | None) -> None:
            if typed is not None:
                self.app.order(lambda: self.room.reported(person, *typed), "Written into the log of disclosures.")

        about = "This only writes down what was done. The program tells nobody anything."
        self.app.push_screen(TypedDialog("A disclosure that was made", lines, about=about), log)

    def action_play(self) -> None:
        """Play the moment."""
        alert = self._pointed()
        if alert is not None:
            self.app.play_or_stop(alert.at, alert.until, SAMPLE_RATE)

    def action_back(self) -> None:
        """Go back."""
        self.app.quiet()
        super().action_back()

    def _next(self, visit: int) -> None:
        """Point at the first that is open."""
        if self.visit == visit:
            self.take()
            following = next((alert for alert in self._alerts if alert.resolution is None), None)
            if following is not None and self._list.point(following.key):
                self.moved()

    def _pointed(self) -> RiskView | None:
        return next((alert for alert in self._alerts if alert.key == self._list.at), None)

    def _called(self, person: PersonId | None) -> str:
        return next((p.name for p in self._people if p.id == person), "speaker unknown")
