"""Whatever is wrong with what was given: one line, exit 2, no traceback, never a word of speech."""

from __future__ import annotations

import json
import os
import shutil
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Command, Ran

SECRET = ("Walter", "Greene", "Simone", "Archer", "Nora", "Whitfield", "vodka", "trazodone", "Zebedee", "Marrowby")
"""Names and facts of the sample and of the transcripts below: in no message."""

MODELS = (
    "whisper-base",
    "wespeaker-resnet34",
    "pyannote-segmentation",
    "silero-vad",
    "spacy-en-md",
    "rampart",
    "minilm",
)


def clear_line(ran: Ran) -> str:
    """Return the only line of an error output, checked to hold no secret."""
    line = ran.one_clear_line()
    for secret in SECRET:
        assert secret not in line
    return line


@pytest.fixture
def process(assistant: Command, session: Path, tmp_path: Path) -> Process:
    """``assistant process`` on the copy of the sample, into the folder ``d``."""
    return Process(assistant, session, tmp_path / "d")


class Process:
    """The command with its usual words."""

    def __init__(self, command: Command, session: Path, drafts: Path) -> None:
        self.command, self.session, self.drafts = command, session, drafts
        self.group = session / "group.toml"
        self.recording = session / "smoke-01.flac"

    def __call__(self, *more: str | Path, source: str | Path | None = None, first: str = "", **environment: str) -> Ran:
        """Run it with ``more`` words behind the usual ones."""
        words = (source or self.recording, "--group", self.group, "--drafts", self.drafts, *more)
        return self.command("process", *words, first=first, **environment)


def test_a_missing_recording_is_named(process: Process) -> None:
    """The path as typed is in the message, and nothing is made."""
    line = clear_line(process(source="nowhere.wav"))

    assert "nowhere.wav" in line
    assert not process.drafts.exists()


@pytest.mark.parametrize("content", [b"", b"\x00" * 5000, b"not a sound at all\n" * 50])
def test_unreadable_media_is_refused(process: Process, tmp_path: Path, content: bytes) -> None:
    """An empty file, zeros and text under a recording's name are refused alike."""
    (tmp_path / "x.wav").write_bytes(content)

    assert "x.wav" in clear_line(process(source=tmp_path / "x.wav"))


def test_a_recording_of_no_length_is_refused(process: Process, tmp_path: Path) -> None:
    """A whole header with no sound behind it is no recording."""
    with wave.open(str(tmp_path / "x.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)

    assert "x.wav" in clear_line(process(source=tmp_path / "x.wav"))


def test_a_folder_is_no_recording(process: Process, tmp_path: Path) -> None:
    """A folder in the place of a file is refused."""
    assert str(tmp_path) in clear_line(process(source=tmp_path))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("role = ", "rolle = ", "unknown key 'rolle'"),
        ('id = "m2"', 'id = "m1"', "same id"),
        ('id = "m2"', 'id = "Group"', "may not be"),
        ("Simone Archer", "Walter Greene", "same name"),
        ("enrol/m1.flac", "enrol/m7.flac", "does not exist"),
        ("recording = 2026-01-10", "recording = false", "consent"),
        ("[[people]]", "[[people]", "not valid TOML"),
    ],
)
def test_a_wrong_group_file_is_refused(process: Process, before: str, after: str, told: str) -> None:
    """Unknown key, duplicates, a missing clip and missing consent are each named."""
    text = process.group.read_text()
    assert before in text
    process.group.write_text(text.replace(before, after))

    assert told in clear_line(process())
    assert not process.drafts.exists()


def test_a_clip_that_holds_no_sound_is_named(process: Process) -> None:
    """A damaged enrolment clip is refused before the recording is heard."""
    (process.session / "enrol" / "m2.flac").write_bytes(b"no sound")

    assert "m2.flac" in clear_line(process())


def test_missing_models_are_named_with_the_command_that_mends_it(process: Process, tmp_path: Path) -> None:
    """An empty models folder is one line."""
    assert "assistant models install" in clear_line(process(ASSISTANT_MODELS=str(tmp_path / "empty")))


@pytest.mark.models
@pytest.mark.parametrize("model", MODELS)
def test_a_damaged_model_is_refused(process: Process, tmp_path: Path, models_root: Path, model: str) -> None:
    """One wrong byte in any model: it might still run, and overlook what it should find."""
    folder = tmp_path / "models"
    shutil.copytree(models_root, folder, copy_function=os.symlink)
    spoilt = max((p for p in (folder / model).rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    content = bytearray(spoilt.read_bytes())
    content[len(content) // 2] ^= 1
    spoilt.unlink()
    spoilt.write_bytes(content)

    line = clear_line(process(ASSISTANT_MODELS=str(folder)))

    assert f"the model {model} " in line
    assert "damaged" in line


def test_an_unknown_recogniser_is_refused(process: Process, tmp_path: Path) -> None:
    """A model that nobody added is named, with the command that adds one."""
    (tmp_path / "s.toml").write_text('[transcription]\nmodel = "whisper-huge"\n')

    assert "'assistant models add whisper DIR'" in clear_line(process("--settings", tmp_path / "s.toml"))


def test_a_folder_in_use_is_not_written_over(process: Process) -> None:
    """Somebody else's files in the drafts folder stay as they are."""
    process.drafts.mkdir()
    (process.drafts / "thesis.txt").write_text("mine")

    assert "in use" in clear_line(process())
    assert [p.name for p in process.drafts.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder_for_drafts(process: Process) -> None:
    """The drafts' place is a file, or lies in one."""
    process.drafts.write_text("mine")

    assert "is a file" in clear_line(process())
    process.drafts = process.drafts / "below"
    assert "is a file" in clear_line(process())


def test_a_link_is_no_folder_for_drafts(process: Process, tmp_path: Path) -> None:
    """It is told before the work, and nothing is put where the link points."""
    (tmp_path / "elsewhere").mkdir()
    process.drafts.symlink_to(tmp_path / "elsewhere")

    assert "is a link" in clear_line(process())
    assert not list((tmp_path / "elsewhere").iterdir())


def test_an_unwritable_folder_is_refused_before_the_work(process: Process) -> None:
    """No permission is told at once."""
    process.drafts.mkdir(mode=0o500)

    assert "cannot be written" in clear_line(process(first=process.command.without_privilege))
    process.drafts = process.drafts / "below"
    assert "cannot be written" in clear_line(process(first=process.command.without_privilege))


def test_an_unreadable_recording_is_refused(process: Process) -> None:
    """No permission to read is told at once."""
    process.recording.chmod(0)

    assert "smoke-01.flac" in clear_line(process(first=process.command.without_privilege))


@pytest.mark.parametrize(("name", "told"), [("", "is a folder"), ("no/such/f.json", "does not exist")])
def test_a_wrong_place_for_the_machine_file_is_refused(process: Process, tmp_path: Path, name: str, told: str) -> None:
    """A folder, and a file in a folder that is not there."""
    assert told in clear_line(process("--machine", tmp_path / name))


@pytest.mark.parametrize("taken", ["group.toml", "smoke-01.flac", "old.json"])
def test_the_machine_file_writes_over_nothing(process: Process, taken: str) -> None:
    """A slip of the hand does not cost the group file, the recording or an earlier machine file."""
    path = process.session / taken
    if not path.exists():
        path.write_text("{}")
    content = path.read_bytes()

    line = clear_line(process("--machine", path))
    again = process("--machine", path, "--replace") if taken != "old.json" else None

    assert taken in line
    assert again is None or taken in clear_line(again)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("t.json", {"utterances": [{"speaker": "Zebedee", "text": "I was in Marrowby."}]}, "utterance 1"),
        ("t.json", {"utterances": [{"speaker": "m1", "text": ""}]}, "no words"),
        ("t.json", {"lines": []}, "utterances"),
        ("t.json", '{"utterances": [', "not valid JSON"),
        ("t.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Zebedee>I was in Marrowby.\n", "line 3"),
        ("t.srt", "1\n00:00:00,000 --> 00:00:02,000\n", "no words"),
        ("t.srt", "", "no words"),
        ("t.vtt", "", "t.vtt"),
    ],
)
def test_a_wrong_transcript_is_refused(process: Process, tmp_path: Path, name: str, content: object, told: str) -> None:
    """Somebody who is not on the roster is refused by the place, not by the name; so is what holds no words."""
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))

    line = clear_line(process(source=path))

    assert name in line
    assert told in line


def test_a_transcript_that_is_not_text_is_refused(process: Process, tmp_path: Path) -> None:
    """Sound under a transcript's name is refused."""
    path = Path(shutil.copy(process.recording, tmp_path / "t.vtt"))

    assert "t.vtt" in clear_line(process(source=path))


def test_a_typo_in_the_settings_is_named(process: Process, tmp_path: Path) -> None:
    """An unknown key is refused by name."""
    (tmp_path / "s.toml").write_text("[notes]\nprofil = 'chart'\n")

    assert "unknown key 'profil'" in clear_line(process("--settings", tmp_path / "s.toml"))


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--name-voices", "A"),
        ("--name-voices", ""),
        ("--name-voices", "A=m9"),
        ("--name-voices", "A=m1;B=m2"),
        ("--name-voices", "A=m1,a=m2"),
        ("--name-voices", "1=m1"),
        ("--channels", "0=m1"),
        ("--channels", "A=m1"),
        ("--channels", "1=m1,2=m1"),
        ("--channels", "1=m1,1=m2"),
        ("--channels", "1=m1,01=m2"),
        ("--channels", "1=m1"),
        ("--date", "31.1.2026"),
    ],
)
def test_a_wrong_option_is_refused(process: Process, option: str, value: str) -> None:
    """Pairs are written as shown, each voice, track and person once; the recording has one track."""
    assert option in clear_line(process(option, value))


@pytest.mark.parametrize("option", ["--name-voices", "--channels"])
def test_an_option_for_recordings_is_refused_with_a_transcript(process: Process, tmp_path: Path, option: str) -> None:
    """A transcript says itself who speaks."""
    path = tmp_path / "t.json"
    path.write_text(json.dumps({"utterances": [{"speaker": "m1", "text": "I sleep badly."}]}))
    value = "1=m1" if option == "--channels" else "A=m1"

    assert option in clear_line(process(option, value, source=path))


def test_a_missing_gold_session_is_refused(assistant: Command, tmp_path: Path) -> None:
    """``evaluate`` speaks as clearly."""
    assert str(tmp_path / "gold") in clear_line(assistant("evaluate", tmp_path / "gold"))


@pytest.mark.parametrize("words", [["proces"], ["process"], ["process", "--grup", "x"], ["evaluate"]])
def test_a_typo_on_the_command_line_is_told_with_the_usage(assistant: Command, words: list[str]) -> None:
    """Exit 2, the usage and what is wrong."""
    ran = assistant(*words)

    assert ran.code == 2
    assert "Usage" in ran.err
    assert "Traceback" not in ran.err
