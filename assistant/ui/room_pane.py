"""The left of the screen: who is here, who speaks, who agreed, how much each has talked, how loud it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from assistant.live.view import Phase
from assistant.ui.people import colour, initials, short
from assistant.ui.wording import PHASES

if TYPE_CHECKING:
    from assistant.live.view import PersonView, RoomView
    from assistant.ui.marks import Look

_DIM, _BOLD = Style(dim=True), Style(bold=True)
_ALERT = Style(bold=True, reverse=True)
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_QUIETEST, _LOUDEST = -60.0, -6.0
"""dBFS at either end of the level bar: below the first a room is silent, above the other a microphone clips."""


def bar(part: float, cells: int) -> str:
    """Return a bar of at most ``cells`` cells for a part from 0 to 1."""
    eighths = round(max(0.0, min(1.0, part)) * cells * 8)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(cells)


def level_words(dbfs: float) -> str:
    """Return the loudness in a word."""
    if dbfs <= _QUIETEST:
        return "silent"
    return "too loud" if dbfs > _LOUDEST else "quiet" if dbfs < -45 else "good"  # noqa: PLR2004  a voice far away


def room_text(room: RoomView, look: Look, width: int) -> Text:
    """Return the pane's text."""
    if look.plain:
        return _plain(room)
    here = [view for view in room.people if view.person.present]
    away = [view for view in room.people if not view.person.present]
    talk = sum(view.talk for view in here)
    text = Text(no_wrap=True, overflow="crop")
    for view in here:
        _person(text, view, view.talk / talk if talk else 0.0, look, width, enrolling=room.enrolling == view.person.id)
    if away:
        text.append("away: ", _DIM)
        text.append(", ".join(f"{view.number} {initials(view.person.name)}" for view in away) + "\n", _DIM)
    text.append_text(level_line(room, look, width))
    return text


def level_line(room: RoomView, look: Look, width: int) -> Text:
    """Return the level meter, with its word."""
    line = Text(no_wrap=True, overflow="crop")
    if room.phase in {Phase.PAUSED, Phase.OFF_RECORD, Phase.CLOSED}:
        line.append(f"level: {PHASES[room.phase][1].lower()}", _DIM)
        return line
    words = level_words(room.level_dbfs)
    if words == "silent":
        line.append("level: silent", _DIM)
        return line
    part = (room.level_dbfs - _QUIETEST) / (_LOUDEST - _QUIETEST)
    if look.narrow:
        line.append("level ", _DIM)
        line.append(bar(part, max(3, width - 7)) if words != "too loud" else "TOO LOUD")
        return line
    line.append("level ", _DIM)
    line.append(f"{bar(part, 12)} {words}")
    return line


def _person(  # noqa: PLR0913  what one line shows
    text: Text, view: PersonView, part: float, look: Look, width: int, *, enrolling: bool
) -> None:
    style = Style(color=colour(view.number, dark=look.dark), bold=True)
    text.append("▶" if view.speaking else " ", _BOLD)
    text.append(f"{view.number:>2}" if not look.narrow else f"{view.number}", style)
    names = width - (12 if look.narrow else 18) if view.consented else width - (14 if look.narrow else 15)
    name = short(view.person.name, max(3, names))
    text.append(" ")
    text.append(f"{name:<{max(3, names)}}", style + Style(underline=view.speaking))
    if enrolling:
        text.append(" reading", _ALERT)
    elif not view.consented:
        text.append(" no consent", _ALERT)
    else:
        text.append(f" {bar(part, 3 if look.narrow else 6)}", style)
        text.append(f" {part:>4.0%}")
        if not look.narrow:
            text.append("" if view.voice_known else " ?", _BOLD)
    text.append("\n")


def _plain(room: RoomView) -> Text:
    talk = sum(view.talk for view in room.people) or 1
    here = ", ".join(
        f"{view.number} {view.person.name}"
        + ("" if view.consented else " (no consent)")
        + (f" {view.talk / talk:.0%}" if view.talk else "")
        for view in room.people
        if view.person.present
    )
    speaking = ", ".join(view.person.name for view in room.people if view.speaking) or "nobody"
    return Text(f"Here: {here}.\nSpeaking: {speaking}. Level: {level_words(room.level_dbfs)}.")
