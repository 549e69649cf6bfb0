"""A gold session played into a real sound server is heard, named and warned of: microphone, spool, worker, vault."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest

from assistant.capture.microphone import Microphone
from assistant.cli.live_wiring import ReaderBuilder
from assistant.domain import Session
from assistant.groupfile import read_group
from assistant.live.session import LiveSession
from assistant.live.view import Phase
from assistant.settings import Settings
from assistant.store.passphrase import Cost, Passphrase
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.capture.conftest import VirtualMicrophone

CHEAP = Cost(1, 64, 1)
"""Guards nothing: the vault is gone with the test."""
LONGEST_S = 150.0


@pytest.fixture
def room(tmp_path: Path, smoke: Path, virtual_microphone: VirtualMicrophone) -> Iterator[LiveSession]:
    """A live session on the virtual microphone."""
    with Vault.create(tmp_path / "vault", Passphrase("correct horse battery", CHEAP, CHEAP)) as vault:
        session = LiveSession.begin(
            vault,
            Session("evening", read_group(smoke / "group.toml"), dt.date(2026, 3, 10)),
            lambda: Microphone(virtual_microphone.device),
            ReaderBuilder(Settings()),
            Settings().live,
        )
        try:
            yield session
        finally:
            session.end()


def until(what: Callable[[], bool]) -> None:
    """Wait for it, with a bound."""
    deadline = time.monotonic() + LONGEST_S
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.models
@pytest.mark.slow
def test_a_session_in_the_room_becomes_words_with_names(
    room: LiveSession, smoke: Path, virtual_microphone: VirtualMicrophone
) -> None:
    """What was said into the air stands on the screen under the right people, without a gap."""
    until(lambda: room.changes(0).room.working is None)
    room.start()
    virtual_microphone.play(smoke / "smoke-01.flac")

    until(lambda: len({e.utterance.speaker for e in room.changes(0).entries} - {None}) >= 3)

    changes = room.changes(0)
    virtual_microphone.hush()
    said = {e.utterance.speaker: e.utterance.text for e in changes.entries if e.utterance.speaker is not None}
    assert set(said) == {p.id for p in read_group(smoke / "group.toml").present}
    assert changes.room.phase is Phase.RECORDING
    assert changes.room.gaps == 0
    assert changes.room.problem is None
