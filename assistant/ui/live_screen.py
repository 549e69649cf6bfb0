"""The screen of a session that runs: the room, what is said, the alerts, and a key for everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.containers import Container
from textual.screen import Screen

from assistant.ui.alerts_pane import AlertsPane
from assistant.ui.deeds import Deeds
from assistant.ui.header import call_line, header_line, notice_line, open_alerts
from assistant.ui.marks import Look
from assistant.ui.painted import Painted
from assistant.ui.people import Cast
from assistant.ui.room_pane import room_text
from assistant.ui.transcript import Transcript
from assistant.ui.wording import LOOKING_BACK

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from assistant.live.view import Changes
    from assistant.ui.app import LiveApp

WIDE = 150
"""Columns from which the three panes stand side by side: the words keep half of them."""
NAMES = 110
"""Columns from which there is room for names beside what was said."""

_KEYS_WIDE = (
    "1-9 name  p pause  o off record  s strike  m mark  n note  x hide  l lock  r reveal  a seen  v settle  "
    "j who  e enrol  w withdraw  c close  ? help"
)
_KEYS_NARROW = "1-9 name p pause o off-rec s strike m mark x hide r reveal a seen v settle ? all"


class LiveScreen(Deeds, Screen[None], inherit_bindings=False):
    """Three panes, a line above and two below."""

    app: LiveApp
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"name({number})", show=False) for number in range(1, 10)),
        Binding("0", "pick_speaker", show=False),
        Binding("p", "pause", show=False),
        Binding("o", "off_record", show=False),
        Binding("s", "strike", show=False),
        Binding("m", "mark", show=False),
        Binding("n", "note", show=False),
        Binding("x", "app.hide_everything", show=False),
        Binding("l", "app.lock", show=False),
        Binding("r", "reveal", show=False),
        Binding("R,shift+r", "reveal_owner", show=False),
        Binding("d", "repair", show=False),
        Binding("a", "acknowledge", show=False),
        Binding("v", "settle", show=False),
        Binding("j", "who", show=False),
        Binding("e", "enrol", show=False),
        Binding("w", "withdraw", show=False),
        Binding("c", "close_session", show=False),
        Binding("q", "leave", show=False),
        Binding("t", "app.light_or_dark", show=False),
        Binding("question_mark", "help", show=False),
        Binding("ctrl+p", "commands", show=False),
        Binding("up", "select(-1)", show=False),
        Binding("down", "select(1)", show=False),
        Binding("pageup", "select(-10)", show=False),
        Binding("pagedown", "select(10)", show=False),
        Binding("home", "oldest", show=False),
        Binding("end,escape", "newest", show=False),
        Binding("left_square_bracket", "from_here", show=False),
        Binding("right_square_bracket", "to_here", show=False),
        Binding("tab", "next_alert(1)", show=False),
        Binding("shift+tab", "next_alert(-1)", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._header = Painted(id="header")
        self._notice = Painted(id="notice")
        self._call = Painted(id="call")
        self._panes = Container(id="panes")
        self._room_pane = Painted(id="room")
        self.transcript = Transcript()
        self._alerts_title = Painted(id="alerts-title")
        self._status = Painted(id="status")
        self._keys = Painted(id="keys")
        self._said = Text()
        self.changes: Changes | None = None
        self.cast = Cast()
        self._look = Look()

    def compose(self) -> ComposeResult:
        """Return the panes."""
        self.alerts = AlertsPane(self.app.clock)
        yield self._header
        yield self._notice
        yield self._call
        with self._panes:
            yield self._room_pane
            yield self.transcript
            with Container(id="alerts-box"):
                yield self._alerts_title
                yield self.alerts
        yield self._status
        yield self._keys

    def on_resize(self, event: events.Resize) -> None:
        """Stand the panes beside or below each other."""
        self.dress(event.size.width)

    def dress(self, width: int | None = None) -> None:
        """Draw by the theme, the colours that there are, and the width."""
        app = self.app
        width = self.size.width if width is None else width
        look = Look(
            dark=app.current_theme.dark,
            letters=app.plain or app.no_color or app.console.color_system is None,
            plain=app.plain,
            narrow=width < WIDE,
            names=width >= NAMES,
        )
        self._look = look
        self.set_class(look.narrow, "-narrow")
        self.set_class(look.plain, "-plain")
        self.transcript.dress(look)
        self.alerts.dress(look)
        self._keys.paint(Text(_KEYS_NARROW if look.narrow else _KEYS_WIDE, no_wrap=True, overflow="ellipsis"))
        if self.changes is not None:
            self._paint(self.changes)

    def take(self, changes: Changes) -> None:
        """Show what changed."""
        self.changes = changes
        self.cast = Cast(changes.room.people)
        self.transcript.take(changes)
        self.alerts.take(changes.alerts, in_sight=self.app.screen is self or self.app.screen.is_modal)
        self.keep_revealed()
        self._paint(changes)

    def say(self, words: Text) -> None:
        """Show what became of a key; after that, whether the newest line may be out of sight."""
        self._said = words
        self._paint_status()

    def _paint_status(self) -> None:
        back = self.transcript.looks_back
        self._status.paint(self._said if self._said.plain or not back else Text(LOOKING_BACK, Style(dim=True)))

    def room_for_repair(self) -> bool:
        """Whether the panes stand side by side: then there is room for everything about an alert."""
        return not self._look.narrow and not self._look.plain

    def give_way(self) -> None:
        """Give the alerts more room while one of them is revealed; what is revealed calls no more."""
        call = call_line(self.alerts.calling, plain=self._look.plain)
        self._call.display = bool(call.plain)
        self._call.paint(call)
        self._panes.set_class(self._look.narrow and self.alerts.revealed is not None, "-revealed")

    def _paint(self, changes: Changes) -> None:
        room, look = changes.room, self._look
        self._header.paint(header_line(room, narrow=look.narrow))
        notice = notice_line(room, self.cast)
        self._notice.display = bool(notice.plain)
        self._notice.paint(notice)
        self._room_pane.paint(room_text(room, look, self._room_pane.content_size.width or 18))
        self._alerts_title.paint(self._title(changes))
        self._paint_status()
        self.give_way()

    def _title(self, changes: Changes) -> Text:
        policy = changes.room.policy
        if not policy.live_alerts or policy.post_session_only:
            return Text("alerts: after the session", Style(dim=True))
        unsettled = sum(1 for view in changes.alerts if view.must_be_resolved)
        new = open_alerts(changes.alerts)
        words = f"alerts: {new} new" + (f", {unsettled} A1 to settle" if unsettled else "")
        urgent = any(v.must_be_resolved and v.state == "open" for v in changes.alerts)
        return Text(words, Style(bold=True, reverse=urgent), no_wrap=True, overflow="ellipsis")
