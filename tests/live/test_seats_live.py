"""A microphone per person, through the whole program: whose track leads is who spoke, and no voice is needed."""

from __future__ import annotations

import datetime as dt
import time
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.capture.recording import read_clip
from assistant.capture.source import BLOCK_SAMPLES, require
from assistant.cli.live_wiring import ReaderBuilder
from assistant.domain import Block, DecidedBy, Session, samples
from assistant.groupfile import read_group
from assistant.live.session import LiveSession
from assistant.settings import Settings
from tests.live.tones import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.consent import RecordingPermit
    from assistant.domain import Gap, PersonId
    from assistant.store.vault import Vault

LENGTH = samples(16.0)
ELSEWHERE = 0.1
"""How loud a voice is in another's microphone."""


def turns_of(rttm: Path) -> list[tuple[int, int, str]]:
    """Return first sample, end and speaker of each turn of a gold session."""
    rows = [line.split() for line in rttm.read_text("utf-8").splitlines()]
    return [(samples(float(r[3])), samples(float(r[3]) + float(r[4])), r[7]) for r in rows]


def tracks_of(folder: Path, people: list[str]) -> NDArray[np.float32]:
    """Return a track for each person: their own turns loud, the others' faint."""
    audio = read_clip(folder / "smoke-01.flac")[:LENGTH]
    tracks = np.tile(audio * ELSEWHERE, (len(people), 1))
    for start, end, who in turns_of(folder / "smoke-01.rttm"):
        tracks[people.index(who), start:end] = audio[start:end]
    return tracks.astype(np.float32)


class Microphones:
    """As many microphones as there are people, four times as fast as they were."""

    def __init__(self, tracks: NDArray[np.float32]) -> None:
        self.channels = tracks.shape[0]
        self.label = "microphones"
        self._tracks = tracks
        self._stopped = Event()

    def blocks(self, permit: RecordingPermit) -> Iterator[Block | Gap]:
        """Yield what they hear."""
        require(permit)
        begin = time.monotonic()
        for at in range(0, self._tracks.shape[1] - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
            if self._stopped.wait(max(0.0, begin + at / samples(4.0) - time.monotonic())):
                return
            yield Block(at, self._tracks[:, at : at + BLOCK_SAMPLES])

    def stop(self) -> None:
        """End."""
        self._stopped.set()


@pytest.mark.models
@pytest.mark.slow
def test_whose_microphone_leads_is_who_spoke(vault: Vault, smoke: Path) -> None:
    """Everybody's words are theirs by their microphone, in order, and everybody counts as known from the start."""
    group = read_group(smoke / "group.toml")
    spoken = turns_of(smoke / "smoke-01.rttm")
    people = list(dict.fromkeys(who for _, _, who in spoken))
    seats: dict[int, PersonId] = {i: p.id for i, name in enumerate(people) for p in group.people if p.id == name}
    room = LiveSession.begin(
        vault,
        Session("seats", group, dt.date(2026, 3, 5)),
        lambda: Microphones(tracks_of(smoke, people)),
        ReaderBuilder(Settings()),
        Settings().live,
        channels=len(people),
        seats=seats,
    )
    try:
        until(lambda: room.changes(0).room.working is None, 120)
        assert all(p.voice_known for p in room.changes(0).room.people if p.person.id in seats.values())
        room.start()
        until(lambda: room.changes(0).room.elapsed >= LENGTH - samples(1.0), 60)
        until(lambda: room.caught_up, 120)
        said = [e.utterance for e in room.changes(0).entries]
    finally:
        room.end()

    assert {u.attribution.decided_by for u in said} == {DecidedBy.CHANNEL}
    heard = [u.speaker for u in said if len(u.words) > 2]
    wanted = [who for start, end, who in spoken if end <= LENGTH - samples(1.0) and end - start > samples(1.0)]
    assert [w for w in wanted if w in heard] == wanted
    for u in said:
        overlap = {who: max(0, min(u.end, end) - max(u.start, start)) for start, end, who in spoken}
        mine = sum(max(0, min(u.end, e) - max(u.start, s)) for s, e, w in spoken if w == u.speaker)
        assert u.speaker is None or mine >= 0.5 * max(overlap.values())
