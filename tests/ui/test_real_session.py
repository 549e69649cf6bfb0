"""The screen over the real session: real models in their own process, a real vault, the sample played in."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import pytest

from assistant.capture.playing import Playing
from assistant.cli.live_wiring import ReaderBuilder
from assistant.domain import Session, UtteranceStatus, samples
from assistant.groupfile import read_group
from assistant.live.session import LiveSession
from assistant.live.view import Phase
from assistant.settings import Settings
from assistant.store.clock import SystemClock
from assistant.store.passphrase import Cost, Passphrase
from assistant.store.vault import Vault
from assistant.ui.app import LiveApp
from assistant.ui.people import short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from assistant.domain import Utterance

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
LONGEST_S = 40.0
"""Seconds for one step on a busy machine; loading the models is the longest."""


@pytest.fixture
def session(tmp_path: Path, smoke: Path) -> Iterator[LiveSession]:
    """A session over the sample, played four times as fast."""
    tonight = Session("smoke", read_group(smoke / "group.toml"), dt.date(2026, 3, 5))
    settings = Settings()
    with Vault.create(tmp_path / "vault", Passphrase("correct horse battery", CHEAP, CHEAP), SystemClock()) as vault:
        made = LiveSession.begin(
            vault, tonight, lambda: Playing(smoke / "smoke-01.flac", 4.0), ReaderBuilder(settings), settings.live
        )
        try:
            yield made
        finally:
            made.end()


def seen(app: LiveApp) -> str:
    """Return what is on the screen."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def tidy(app: LiveApp) -> str:
    """Return the same in one line, however it is set."""
    return " ".join(seen(app).split())


def opening(said: Utterance) -> str:
    """Return the first words of an utterance."""
    return " ".join(said.text.split()[:3])


async def until(pilot: Pilot[Any], condition: Callable[[], bool], what: str) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + LONGEST_S
    while not condition():
        assert time.monotonic() < end, f"not in time: {what}"
        await asyncio.sleep(0.05)
    await pilot.pause()


@pytest.mark.models
@pytest.mark.slow
async def test_words_come_with_names_and_are_struck_and_the_session_closes(session: LiveSession) -> None:
    """As a facilitator does it: start, read, take back the last minutes, close."""
    app = LiveApp(session, unlock=None, save=session.save, microphone="sample", idle_lock_minutes=0)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Before the start" in seen(app), "the first screen")
        await pilot.press("enter")
        await until(pilot, lambda: "● RECORDING" in seen(app), "recording")
        await until(pilot, lambda: session.changes(0).room.elapsed > samples(15.0), "15 s of sound")
        await pilot.press("p")
        await until(pilot, lambda: session.caught_up and bool(session.changes(0).entries), "all of it read")
        said = [e.utterance for e in session.changes(0).entries if e.utterance.status is UtteranceStatus.CLEAR]
        named = [u for u in said if u.speaker is not None and len(u.words) > 2]
        assert named
        names = {view.person.id: short(view.person.name, 14) for view in session.changes(0).room.people}
        lines = [f"{names[u.speaker]} {opening(u)}" for u in named if u.speaker is not None]
        await until(pilot, lambda: all(line in tidy(app) for line in lines), "every line with its name")

        await pilot.press("s")
        await until(pilot, lambda: "cannot be undone" in tidy(app), "the question")
        # Played so fast, the last minute may be over by now: its length is of the session's time.
        await pilot.press("5")
        await until(pilot, lambda: not session.changes(0).entries, "the words gone")
        await until(pilot, lambda: " struck " in seen(app), "the gap shown")
        assert not [u for u in said if opening(u) in tidy(app)]

        await pilot.press("c")
        await until(pilot, lambda: "Close the session?" in seen(app), "the question")
        await pilot.press("c")
        await until(pilot, lambda: not app.is_running, "the end")
    assert app.return_value == 0
    assert session.changes(0).room.phase is Phase.CLOSED
