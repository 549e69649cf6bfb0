"""The line at the top: what happens to sound at this moment, since when, how far behind, and under which policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from assistant.domain import SAMPLE_RATE
from assistant.live.view import Phase
from assistant.ui.wording import PHASES, TERSE, clock

if TYPE_CHECKING:
    from assistant.live.view import AlertView, PolicyView, RoomView
    from assistant.ui.people import Cast

_BEHIND = 5 * SAMPLE_RATE
"""Samples of lag from which it is worth an eye: twice what is promised."""

_SHADES = {
    Phase.RECORDING: Style(bold=True, color="#ffffff", bgcolor="#b3261e"),
    Phase.PAUSED: Style(bold=True, color="#1b1b1b", bgcolor="#f0b429"),
    Phase.OFF_RECORD: Style(bold=True, color="#1b1b1b", bgcolor="#c9ced6"),
}
_OTHER = Style(bold=True, reverse=True)
URGENT = Style(bold=True, reverse=True, color="#b3261e", bgcolor="#ffffff")
"""Of an A1 that nobody has seen: reversed, so that it stands out where there is no colour too."""


def state(room: RoomView) -> Text:
    """Return the phase as shape and words (``● RECORDING``)."""
    shape, words = PHASES[room.phase]
    return Text(f" {shape} {words} ", style=_SHADES.get(room.phase, _OTHER))


def policy_words(policy: PolicyView, *, short: bool) -> str:
    """Return the site's policy in force, by its name where it is not the usual one."""
    if policy.post_session_only:
        words = "post-session only: no words live" if short else "post-session only: no words or alerts live"
    else:
        alerts = "alerts on" if policy.live_alerts else "alerts OFF"
        risk = "risk flags on" if policy.risk_flags else "risk flags OFF"
        named = "" if policy.profile == "live" else f"{policy.profile}: "
        words = f"{named}{alerts}, {risk}"
    return words if short else f"policy: {words}"


def header_line(room: RoomView, *, narrow: bool) -> Text:
    """Return the header: state, elapsed, lag, gaps, policy."""
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append_text(state(room))
    line.append(f" {clock(room.elapsed)}", Style(bold=True))
    line.append("  ")
    if not room.policy.post_session_only or room.lag:
        lag = room.lag / SAMPLE_RATE
        words = f"lag {lag:.1f} s" if lag < 100 else f"lag {lag:.0f} s"  # noqa: PLR2004  three digits
        line.append(words, Style(bold=True, reverse=room.lag > _BEHIND))
        line.append("  ")
    if room.gaps:
        line.append(f"{room.gaps} gap{'s' if room.gaps > 1 else ''}  ", Style(bold=True))
    line.append(policy_words(room.policy, short=narrow))
    return line


def call_line(calling: tuple[AlertView, ...], *, plain: bool) -> Text:
    """Return the sign of A1 alerts that have just come, newest first: kinds alone, no names or words."""
    if not calling:
        return Text()
    kinds = ", ".join(dict.fromkeys(TERSE[view.alert.kind] for view in calling))
    what = f"A1 {kinds}" if len(calling) == 1 else f"{len(calling)} A1: {kinds}"
    words = f"! {what}: r reveals, a has seen it" if plain else f" ▲ {what} — r reveals, a seen "
    return Text(words, style=URGENT, no_wrap=True, overflow="ellipsis")


def notice_line(room: RoomView, cast: Cast) -> Text:
    """Return what needs doing, or what is going on, a line for each; empty where nothing is."""
    line = Text()
    if room.lacking:
        line.append(f" ! {lacking_words(room, cast)}", _OTHER)
    if room.problem:
        line.append("\n" if line else "").append(f" ! {room.problem}", _OTHER)
    if room.working and not line:
        line.append(f" … {room.working}", Style(italic=True))
    return line


def lacking_words(room: RoomView, cast: Cast) -> str:
    """Return why nothing is recorded where consent is missing."""
    who = ", ".join(cast.name(person) for person in room.lacking)
    return f"not recording: no consent from {who}. j says who agrees or goes"


def open_alerts(alerts: tuple[AlertView, ...]) -> int:
    """Return how many alerts nobody has acknowledged or settled."""
    return sum(1 for view in alerts if view.state == "open" and view.resolution is None)
