"""The real reader, in its own process, over the sample session that is played in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from assistant.capture.playing import Playing
from assistant.cli.live_wiring import ReaderBuilder
from assistant.domain import Resolution, Session, samples
from assistant.groupfile import read_group
from assistant.live.session import LiveSession
from assistant.settings import Settings
from assistant.store.sessions import Sessions
from tests.live.tones import until

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.store.vault import Vault


@pytest.mark.models
@pytest.mark.slow
def test_the_sample_is_heard_named_and_drafted(vault: Vault, smoke: Path) -> None:
    """Played four times as fast: everybody is heard under their own name, and each member present gets a draft."""
    group = read_group(smoke / "group.toml")
    session = Session("smoke", group, dt.date(2026, 3, 5))
    settings = Settings()
    room = LiveSession.begin(
        vault, session, lambda: Playing(smoke / "smoke-01.flac", 4.0), ReaderBuilder(settings), settings.live
    )
    try:
        room.start()
        until(lambda: room.changes(0).room.elapsed > samples(50.0), 60)
        until(lambda: room.caught_up, 200)
        for alert in room.changes(0).alerts:
            room.resolve(alert.key, Resolution.ASSESSED, "")
        until(lambda: not any(a.must_be_resolved for a in room.changes(0).alerts))
        room.close()

        assert room.wait(200), room.changes(0).room
        speakers = {e.utterance.speaker for e in room.changes(0).entries}
    finally:
        room.end()
    assert {p.id for p in group.present} <= speakers
    drafts = Sessions(vault).drafts("smoke")
    assert {m for m in drafts if m is not None} == {p.id for p in group.members_present}
