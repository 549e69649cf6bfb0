"""A processed recording is kept as sound for as long as the site says, and a moment of it is heard in the review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import SAMPLE_RATE, samples
from assistant.errors import VaultError
from assistant.review.session import ReviewSession
from assistant.settings import Settings
from assistant.store.passphrase import Passphrase
from assistant.store.retention import Retention, RetentionPolicy
from assistant.store.sessions import Sessions
from assistant.store.vault import Vault
from tests.capture.conftest import virtual_microphone  # noqa: F401  a fixture
from tests.capture.test_loudspeaker import Ear, until
from tests.cli.conftest import assistant  # noqa: F401  a fixture
from tests.review.desks import Plain

if TYPE_CHECKING:
    from pathlib import Path

    from tests.capture.conftest import VirtualMicrophone
    from tests.cli.conftest import Command

pytestmark = [pytest.mark.models, pytest.mark.slow]

WORDS = "correct horse battery"


def test_a_moment_is_played_from_the_vault(
    assistant: Command,  # noqa: F811  the fixture
    smoke: Path,
    tmp_path: Path,
    virtual_microphone: VirtualMicrophone,  # noqa: F811  the fixture
) -> None:
    """What is heard is what was recorded; quiet stops it; no file holds it; once it is destroyed a line says so."""
    words, settings = tmp_path / "words.txt", tmp_path / "settings.toml"
    words.write_text(WORDS, encoding="utf-8")
    words.chmod(0o600)
    settings.write_text("[live]\naudio_days = 2\n", encoding="utf-8")
    key = ("--passphrase-file", words)
    assert assistant("vault", "create", *key).code == 0
    source = ("process", smoke / "smoke-01.flac", "--group", smoke / "group.toml", "--vault")
    done = assistant(*source, "--settings", settings, *key)
    assert done.code == 0, done.err

    with Vault.open(assistant.home / "vault", Passphrase(WORDS)) as vault:
        sessions = Sessions(vault)
        (line,) = sessions.lines()
        room = ReviewSession(vault, Plain(tmp_path / "trouble"), Settings(), "clinician")
        try:
            room.open(line.id)
            assert room.overview().session.audio
            spoken = max(room.transcript(), key=lambda one: one.end - one.start)
            with sessions.sound(line.id) as reader:
                blocks = list(reader.blocks(spoken.start, spoken.start + samples(2)))
            recorded = np.concatenate([np.asarray(getattr(b, "audio"))[0] for b in blocks])  # noqa: B009  no gap here
            with Ear() as ear:
                room.play(spoken.start, spoken.start + samples(2))
                until(lambda: ear.loud > int(0.6 * np.count_nonzero(np.abs(recorded) > 0.01)))
                room.play(spoken.start, spoken.start + samples(30))
                room.quiet()
                before = len(ear.sound)
                until(lambda: len(ear.sound) > before + SAMPLE_RATE)
                assert not np.any(np.abs(ear.sound[-SAMPLE_RATE // 4 :]) > 0.01)
            heard = ear.sound
            # Where the recording is found in what was heard, it is the recording.
            piece = recorded[samples(0.5) : samples(1.5)]
            match = np.correlate(heard, piece, "valid")
            at = int(np.argmax(match))
            part = heard[at : at + len(piece)]
            assert float(np.corrcoef(part, piece)[0, 1]) > 0.8
            assert room.overview().problem is None
            assert not [path for path in tmp_path.rglob("*") if path.suffix in {".wav", ".flac"}]

            Retention(vault, sessions.sounds, RetentionPolicy(audio_days=0)).purge()
            with pytest.raises(VaultError, match="audio_days"):
                room.play(spoken.start, spoken.end)
        finally:
            room.close()
