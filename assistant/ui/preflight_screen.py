"""Before the start, for the facilitator alone: who is here, who agreed, the microphone, what to be careful of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from assistant.ui.dialogs.who import people_text
from assistant.ui.header import policy_words
from assistant.ui.marks import Look
from assistant.ui.people import Cast
from assistant.ui.room_pane import level_line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from assistant.live.view import Changes, PersonView, RoomView
    from assistant.ui.app import LiveApp
    from assistant.ui.room import UnknownFact

_BOLD, _DIM = Style(bold=True), Style(dim=True)


class PreflightScreen(Screen[None], inherit_bindings=False):
    """Everything to settle before the first word is recorded."""

    app: LiveApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("space", "come_or_go", show=False),
        Binding("g", "agree", show=False),
        Binding("r", "reveal", show=False),
        Binding("e", "enrol", show=False),
        Binding("enter", "start", show=False),
        Binding("h", "by_hand", show=False),
        Binding("x", "app.hide_everything", show=False),
        Binding("l", "app.lock", show=False),
        Binding("t", "app.light_or_dark", show=False),
        Binding("question_mark", "app.help", show=False),
        Binding("q", "app.leave_open", show=False),
    ]

    def __init__(self, microphone: str) -> None:
        """Take the microphone's name."""
        super().__init__()
        self._microphone = microphone
        self._parts = {name: Static("", id=name, markup=False) for name in ("who", "ready", "sound", "facts")}
        self._status = Static("", id="preflight-status", markup=False)
        self._room: RoomView | None = None
        self._at = 0
        self._facts: tuple[UnknownFact, ...] = ()
        self.facts_shown = False

    def compose(self) -> ComposeResult:
        """Return one column."""
        yield Static("Before the start: for the facilitator's eyes only", id="preflight-title", markup=False)
        with VerticalScroll(id="preflight", can_focus=False):
            yield from self._parts.values()
        yield self._status
        yield Static(
            "enter start h by hand space away g agrees e enrol r facts x hide ? all q leave",
            id="preflight-keys",
            markup=False,
        )

    def take(self, changes: Changes) -> None:
        """Show the room as it is now."""
        room, before = changes.room, self._room
        self._room = room
        if before is None or (before.people, before.working, before.policy) != (room.people, room.working, room.policy):
            self._facts = self.app.room.unknown_facts()
            if before is None:
                self._at = next((i for i, v in enumerate(room.people) if v.person.present and not v.consented), 0)
            self._repaint()
        if before is None or (before.level_dbfs, before.problem) != (room.level_dbfs, room.problem):
            self._update("sound", self._sound())

    def say(self, words: Text) -> None:
        """Show what became of a key."""
        self._status.update(words)

    def action_move(self, by: int) -> None:
        """Point at another person."""
        if self._room is not None:
            self._at = (self._at + by) % max(1, len(self._room.people))
            self._update("who", people_text(self._room.people, self._at))

    def action_come_or_go(self) -> None:
        """Turn here into away, and back."""
        if self._room is not None and self._room.people:
            self.app.people.come_or_go(self._room.people[self._at])

    def action_agree(self) -> None:
        """Say that the person agrees now."""
        if self._room is not None and self._room.people:
            self.app.people.agree(self._room.people[self._at])

    def action_enrol(self) -> None:
        """Learn the person's voice."""
        if self._room is not None and self._room.people:
            self.app.people.enrol(self._room.people[self._at])

    def action_reveal(self) -> None:
        """Show the facts, or hide them."""
        self.facts_shown = not self.facts_shown
        self._update("facts", self._facts_text())

    def hide_facts(self) -> None:
        """Be terse again."""
        self.facts_shown = False
        self._update("facts", self._facts_text())

    def action_start(self) -> None:
        """Begin to record."""
        self.app.begin()

    def action_by_hand(self) -> None:
        """Go on without recording anything."""
        self.app.begin_by_hand()

    def _repaint(self) -> None:
        room = self._room
        if room is None:
            return
        self._update("who", people_text(room.people, self._at))
        self._update("ready", self._ready(room))
        self._update("facts", self._facts_text())

    def _ready(self, room: RoomView) -> Text:
        text = Text()
        missing = [view for view in room.people if view.person.present and not view.consented]
        if missing:
            who = ", ".join(f"{view.number} {view.person.name}" for view in missing)
            text.append(f"Recording is impossible: no consent from {who}.", _BOLD + Style(reverse=True))
            text.append("\nAsk them (g), mark them away (space), or take notes by hand (h).")
        else:
            text.append("Everybody here agreed to be recorded. Enter starts.", _BOLD)
        if room.working:
            # Whose clip is on file is known once it was read.
            text.append(f"\n… {room.working}: it can start all the same; sound is kept, words follow", _DIM)
        voices = [] if room.working or room.policy.post_session_only else _without_voice(room)
        if voices:
            text.append(f"\nNo voice yet for {', '.join(str(view.number) for view in voices)}: ", _DIM)
            text.append("e enrols one, or name people with 1-9 as they speak.", _DIM)
        text.append(f"\n{policy_words(room.policy, short=False)}", _DIM)
        return text

    def _sound(self) -> Text:
        room = self._room
        text = Text(f"microphone: {self._microphone}  ")
        if room is None:
            return text
        if room.problem:
            return text.append(f"! {room.problem}", _BOLD)
        return text.append_text(level_line(room, Look(plain=self.app.plain), 40))

    def _facts_text(self) -> Text:
        if self._room is None or not self._facts:
            return Text("Every fact on file is known to everybody here tonight.", _DIM)
        cast = Cast(self._room.people)
        text = Text("Facts that some people here tonight do not know", _BOLD)
        text.append("  r hides\n" if self.facts_shown else "  r shows them\n", _DIM)
        if not self.facts_shown:
            owners = dict.fromkeys(fact.owner for fact in self._facts)
            lines = [
                f"  {cast.name(owner)}: {sum(1 for fact in self._facts if fact.owner == owner)}" for owner in owners
            ]
            return text.append("\n".join(lines))
        for fact in self._facts:
            unaware = ", ".join(cast.name(person) for person in fact.unaware)
            text.append(f"  {cast.name(fact.owner)}: ", _BOLD)
            text.append(f"{fact.text}\n    not known to {unaware}\n")
        text.rstrip()
        return text

    def _update(self, part: str, text: Text) -> None:
        self._parts[part].update(text)


def _without_voice(room: RoomView) -> list[PersonView]:
    return [view for view in room.people if view.person.present and not view.voice_known]
