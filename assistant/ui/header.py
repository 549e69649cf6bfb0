"""The line at the top: what happens to sound at this moment, since when, how far behind, and under which policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from assistant.domain import SAMPLE_RATE
from assistant.live.view import Phase
from assistant.ui.wording import PHASES, clock

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


def state(room: RoomView) -> Text:
    """Return the phase as shape and words (``● RECORDING``)."""
    shape, words = PHASES[room.phase]
    return Text(f" {shape} {words} ", style=_SHADES.get(room.phase, _OTHER))


def policy_words(policy: PolicyView, *, short: bool) -> str:
    """Return the site's policy in force."""
    if policy.post_session_only:
        return "alerts: after" if short else "policy: alerts after the session only"
    alerts = "alerts on" if policy.live_alerts else "alerts OFF"
    risk = "risk flags on" if policy.risk_flags else "risk flags OFF"
    return f"{alerts}, {risk}" if short else f"policy: {alerts}, {risk}"


def header_line(room: RoomView, *, narrow: bool) -> Text:
    """Return the header: state, elapsed, lag, gaps, policy."""
    line = Text(no_wrap=True, overflow="ellipsis")
    line.append_text(state(room))
    line.append(f" {clock(room.elapsed)}", Style(bold=True))
    line.append("  ")
    lag = room.lag / SAMPLE_RATE
    line.append(f"lag {lag:.1f} s" if lag < 100 else f"lag {lag:.0f} s", Style(bold=True, reverse=room.lag > _BEHIND))  # noqa: PLR2004  three digits
    if room.gaps:
        line.append(f"  {room.gaps} gap{'s' if room.gaps > 1 else ''}", Style(bold=True))
    line.append("  ")
    line.append(policy_words(room.policy, short=narrow))
    return line


def notice_line(room: RoomView, cast: Cast) -> Text:
    """Return what needs doing, or what is going on; empty where nothing is."""
    if room.problem:
        return Text(f" ! {room.problem}", style=Style(bold=True, reverse=True), no_wrap=True, overflow="ellipsis")
    if room.lacking:
        who = ", ".join(cast.name(person) for person in room.lacking)
        words = f" ! not recording: no consent from {who}. j says who agrees or goes"
        return Text(words, style=Style(bold=True, reverse=True), no_wrap=True, overflow="ellipsis")
    if room.working:
        return Text(f" … {room.working}", style=Style(italic=True), no_wrap=True, overflow="ellipsis")
    return Text()


def open_alerts(alerts: tuple[AlertView, ...]) -> int:
    """Return how many alerts nobody has acknowledged or settled."""
    return sum(1 for view in alerts if view.state == "open" and view.resolution is None)
