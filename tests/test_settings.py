"""Settings are frozen, strict, and default where nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.errors import SettingsError
from assistant.handout import NoteFormat
from assistant.loopback import loopback_address
from assistant.settings import (
    LiveSettings,
    NotesSettings,
    Payer,
    Profile,
    Settings,
    SitePolicy,
    WordingKind,
    WordingSettings,
    home,
    read_settings,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_said_means_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any file every default holds."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))

    assert read_settings() == Settings()
    assert home() == tmp_path


def test_the_homes_file_is_read_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASSISTANT_HOME decides, whatever the current folder."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text('[notes]\nprofile = "minimum"\n')

    assert read_settings().notes.profile is Profile.MINIMUM


def test_a_relative_models_folder_lies_beside_the_file(tmp_path: Path) -> None:
    """A path in a file is relative to that file."""
    path = tmp_path / "s.toml"
    path.write_text('models_folder = "weights"\n[transcription]\nmodel = "whisper-small"\nthreads = 4\n')

    settings = read_settings(path)

    assert settings.models_folder == tmp_path / "weights"
    assert settings.transcription.model == "whisper-small"
    assert settings.transcription.threads == 4


def test_what_a_training_sample_rests_on_lies_beside_the_file(tmp_path: Path) -> None:
    """The population table and the voice are files; the catchment is a number of people."""
    path = tmp_path / "s.toml"
    path.write_text(
        '[training]\npopulation = "county.toml"\ncatchment = 40_000\nspeech = "piper"\npiper_voice = "v.onnx"\n'
    )

    training = read_settings(path).training

    assert training.population == tmp_path / "county.toml"
    assert training.catchment == 40_000
    assert training.speech == "piper"
    assert training.piper_voice == tmp_path / "v.onnx"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("modles_folder = 'x'", "unknown key 'modles_folder'; did you mean 'models_folder'?"),
        ("[transcription]\nmodell = 'x'", "unknown key 'modell'; did you mean 'model'?"),
        ("[transcription]\nthreads = 0", "'threads' must be from 1"),
        ("[transcription]\nthreads = true", "'threads' must be a whole number"),
        ("[notes]\nprofile = 'all'", "'profile' must be one of chart, minimum"),
        ("[notes]\nformat = 'sirp'", "'format' must be one of progress, soap, dap, birp, girp, pirp, pie, own"),
        ("[notes]\nformat = 'own'", "needs 'template'"),
        ("[notes]\npayer = 'gold'", "'payer' must be one of standard, short"),
        ("[notes]\nsignatur = 'x'", "unknown key 'signatur'; did you mean 'signature'?"),
        ('[notes]\nsignature = "one\\ntwo"', "'signature' must be one line"),
        ("[notes]\ntemplate = 3", "'template' must be text in quotes"),
        ("[wording]\nservers = 'x'", "unknown key 'servers'; did you mean 'server'?"),
        ("[wording]\nserver = '127.0.0.1:8080'", "[wording]: 'server' must be like http://127.0.0.1:8080"),
        ("[wording]\nserver = 'http://192.168.0.7:8080'", "'server' must be on this machine"),
        ("[wording]\nserver = 'http://example.org:80'", "'server' must be on this machine"),
        ("[wording]\nkind = 'vllm'", "'kind' must be one of llama.cpp, ollama"),
        ("[wording]\nserver = 'http://[::1]:11434'\nkind = 'ollama'", "needs 'model'"),
        ("[wording]\nmodel = 'gpt-oss:120b-cloud'", "somebody else's machine"),
        ("notes = 3", "'notes' must be a table"),
        ("[live]\nlive_alert = true", "unknown key 'live_alert'; did you mean 'live_alerts'?"),
        ("[live]\npost_session_only = true", "unknown key 'post_session_only'"),
        ("[live]\nprofile = 'texas'", "'profile' must be one of live, post-session only, illinois"),
        ("[live]\nprofile = 'post-session only'\nlive_alerts = true", "'live_alerts' cannot be true"),
        ("[live]\nrisk_flags = 1", "'risk_flags' must be true or false"),
        ("[live]\naudio_days = 8", "'audio_days' must be from 0 to 7"),
        ("[live]\naudio_days = 1.5", "'audio_days' must be a whole number"),
        ("[live]\nlog_years = 1", "'log_years' must be from 6"),
        ("[training]\npopulace = 'x'", "unknown key 'populace'; did you mean 'population'?"),
        ("[training]\ncatchment = 0", "'catchment' must be from 100"),
        ("[training]\ncatchment = 2.5", "'catchment' must be a whole number"),
        ("[training]\nspeech = 'hal'", "'speech' must be one of piper, espeak-ng"),
        ("[live]\nidle_lock_minutes = 0", "'idle_lock_minutes' must be from 0.5"),
        ("[live]\nquiet_minutes = true", "'quiet_minutes' must be a number"),
        ("[live]\nadvice = 3", "'advice' must be text in quotes"),
        ("[notes", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    """A typo is named, never ignored."""
    path = tmp_path / "s.toml"
    path.write_text(text)

    with pytest.raises(SettingsError) as refusal:
        read_settings(path)

    assert told in str(refusal.value)


def test_the_choices_for_notes_are_read(tmp_path: Path) -> None:
    """Format, payer's preset and signature; the template lies beside the file."""
    path = tmp_path / "s.toml"
    path.write_text(
        '[notes]\nformat = "own"\npayer = "short"\ntemplate = "my.md.j2"\nsignature = " Dana Ruiz, LCSW "\n'
        '[wording]\nserver = "http://localhost:11434"\nkind = "ollama"\nmodel = "llama3.2:3b"\n'
    )

    settings = read_settings(path)

    assert settings.notes == NotesSettings(
        format=NoteFormat.OWN, payer=Payer.SHORT, template=tmp_path / "my.md.j2", signature="Dana Ruiz, LCSW"
    )
    assert settings.wording == WordingSettings("http://localhost:11434", WordingKind.OLLAMA, "llama3.2:3b")
    assert loopback_address(settings.wording.server) == ("127.0.0.1", 11434)
    assert "Ruiz" not in repr(settings)


def test_without_a_word_nobody_is_asked_for_wording() -> None:
    """Off by default, with a plain progress note and the stricter preset."""
    settings = Settings()

    assert settings.wording.server == ""
    assert (settings.notes.format, settings.notes.payer) == (NoteFormat.PROGRESS, Payer.STANDARD)


def test_a_named_policy_sets_its_switches(tmp_path: Path) -> None:
    """Warnings off until the close, or risk language off until the site opts in."""
    path = tmp_path / "s.toml"

    def read(text: str) -> LiveSettings:
        path.write_text(f"[live]\n{text}\n")
        return read_settings(path).live

    post, illinois = read('profile = "post-session only"'), read('profile = "illinois"')
    opted_in = read('profile = "illinois"\nrisk_flags = true')

    assert (post.live_alerts, post.risk_flags, post.post_session_only) == (False, True, True)
    assert (illinois.live_alerts, illinois.risk_flags, illinois.post_session_only) == (True, False, False)
    assert (opted_in.risk_flags, opted_in.profile) == (True, SitePolicy.ILLINOIS)
    assert read("live_alerts = false").live_alerts is False


def test_live_numbers_and_the_sites_texts_are_read(tmp_path: Path) -> None:
    """A whole number of minutes will do; the texts lie beside the file."""
    path = tmp_path / "s.toml"
    path.write_text('[live]\nidle_lock_minutes = 3\naudio_days = 7\nadvice = "advice.toml"\n')

    live = read_settings(path).live

    assert (live.idle_lock_minutes, live.audio_days, live.quiet_minutes) == (3.0, 7, 30.0)
    assert live.advice == tmp_path / "advice.toml"


def test_without_a_word_the_audio_goes_at_close_and_risk_language_is_looked_for() -> None:
    """The defaults of the domain rules (9.1, 9.3)."""
    live = Settings().live

    assert (live.live_alerts, live.risk_flags, live.post_session_only) == (True, True, False)
    assert (live.idle_lock_minutes, live.audio_days, live.transcript_days, live.log_years) == (5.0, 0, 30, 6)
