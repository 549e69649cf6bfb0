"""``assistant microphone``: which microphones there are, and whether one will do. Nothing that is heard is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from assistant.consent import permit_test
from assistant.domain import Gap, samples
from assistant.errors import DeviceError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.capture.level import Level
    from assistant.capture.source import FrameSource
    from assistant.consent import RecordingPermit

_LONGEST_S = 60.0
_LOWEST_DB = -60.0
_BAR = 40
"""Characters of a meter: one for each 1.5 dB."""

microphone_app = typer.Typer(
    name="microphone",
    help="List the microphones, and test one before a session.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)


@microphone_app.command(name="list")
def list_microphones() -> None:
    """List the microphones: number, name, tracks, own sample rate; a star marks the system's choice."""
    from assistant.capture.devices import devices
    from assistant.capture.quiet import quiet_libraries

    with quiet_libraries():
        found = devices()
    if not found:
        raise DeviceError("no microphone was found: plug one in, and check that the system lets programs record")
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column("number", justify="right")
    table.add_column("name", overflow="fold")
    table.add_column("tracks", justify="right")
    table.add_column("rate", justify="right")
    table.add_column("system")
    for one in found:
        mark = "*" if one.default else ""
        table.add_row(mark, str(one.number), Text(one.name), str(one.channels), f"{one.rate} Hz", one.system)
    Console().print(table, highlight=False)


@microphone_app.command(name="test")
def try_out(
    *,
    device: Annotated[
        str | None, typer.Option(help="Number or name; the system's choice where none is given.", show_default=False)
    ] = None,
    seconds: Annotated[float, typer.Option(help="How long to listen.")] = 3.0,
    tracks: Annotated[int, typer.Option(help="Tracks to listen to: one for each seat's microphone.")] = 1,
    everybody_agrees: Annotated[
        bool, typer.Option("--everybody-agrees", help="All who can be heard agree; without it the command asks.")
    ] = False,
) -> None:
    """Listen for a few seconds, show the level and judge it. The sound is measured and forgotten at once."""
    from assistant.capture.microphone import Microphone
    from assistant.capture.quiet import quiet_libraries

    if not 0 < seconds <= _LONGEST_S:
        raise InputError(f"--seconds: listen for more than 0 and at most {_LONGEST_S:.0f} seconds")
    if tracks < 1:
        raise InputError("--tracks: listen to 1 track at least")
    permit = permit_test(everybody_here_agrees=everybody_agrees or _asked())
    wanted = int(device) if device is not None and device.isdecimal() else device
    console = Console()
    with quiet_libraries():
        loudest, lost = _heard(Microphone(wanted, tracks), permit, seconds, console)
    _judge(loudest, lost, console)


def _asked() -> bool:
    """Ask; a terminal that cannot answer has not agreed."""
    try:
        return typer.confirm("Does everybody who can be heard agree to be listened to for a few seconds?")
    except typer.Abort:
        return False


def _heard(source: FrameSource, permit: RecordingPermit, seconds: float, console: Console) -> tuple[list[Level], bool]:
    """Listen and show the level as it moves; return the loudest of each track, and whether any sound was lost."""
    from assistant.capture.level import LevelMeter

    meter, lost = LevelMeter(source.channels), False
    loudest = list(meter.levels)
    with Live(console=console, transient=True, auto_refresh=False) as live:
        for part in source.blocks(permit):
            # Lost sound counts too: a device that never answers must not hold the terminal.
            if part.first_sample >= samples(seconds):
                source.stop()
                break
            lost = lost or isinstance(part, Gap)
            levels = meter.watch(part)
            loudest = [max(pair, key=_loudness) for pair in zip(loudest, levels, strict=True)]
            live.update(Text("\n").join(Text(meter_line(level)) for level in levels), refresh=console.is_terminal)
    return loudest, lost


def _loudness(level: Level) -> float:
    return level.held


def meter_line(level: Level) -> str:
    """Return a level as a line of text: a bar for the power, a mark for the loudest peak, and the verdict."""
    filled, mark = _place(level.rms), min(_place(level.held), _BAR - 1)
    bar = ["█" if at < filled else "·" for at in range(_BAR)]
    bar[mark] = "|"
    return f"{''.join(bar)} {level.held:4.0f} dB  {level.verdict}"


def _place(decibels: float) -> int:
    return round(max(0.0, 1 - decibels / _LOWEST_DB) * _BAR)


def _judge(loudest: Sequence[Level], lost: bool, console: Console) -> None:  # noqa: FBT001  one of the two findings
    from assistant.capture.level import ADVICE, Verdict

    for number, level in enumerate(loudest, start=1):
        track = f"track {number}: " if len(loudest) > 1 else ""
        console.print(f"{track}loudest {level.held:.0f} dB: {ADVICE[level.verdict]}", highlight=False)
    if lost:
        raise DeviceError("some sound was lost on its way: close other programs, or choose another microphone")
    if all(level.verdict is Verdict.SILENT for level in loudest):
        raise DeviceError("the microphone was silent: choose one of 'assistant microphone list'")
