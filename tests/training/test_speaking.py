"""A sample is read aloud by a program on this machine, in stock voices, at the times of the session."""

from __future__ import annotations

import ast
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import SAMPLE_RATE, Cut, Frame, Role, Turn, Word, samples
from assistant.errors import GateRefusedError, InputError, SettingsError
from assistant.pipeline.hearing_sample import Ears, prove
from assistant.pipeline.progress import Quiet
from assistant.pipeline.speaking_sample import FASTEST, SpokenSample, silenced, speak_sample
from assistant.training.material import Invented, Part, Sample, SampleProfile, SampleTurn
from assistant.training.speaking import EspeakNg, Piper, Speech, Voice, speakable, speaker_of
from assistant.transcription.recognition import Recognition, Segment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from assistant.domain import Gap

ROOT = Path(__file__).parents[2] / "assistant"
ESPEAK = shutil.which("espeak-ng")
real = pytest.mark.skipif(
    ESPEAK is None and not os.environ.get("CI"), reason="espeak-ng is not installed: apt install espeak-ng"
)
"""Where the tests of this project run by themselves it has to be there."""


def sample_of(*said: tuple[str, float, float, str]) -> Sample:
    """Return a sample of turns: label, start and end in seconds, text."""
    turns = tuple(
        SampleTurn(number, who, samples(start), samples(end), text, len(text.split()), 0)
        for number, (who, start, end, text) in enumerate(said, start=1)
    )
    labels = sorted({who for who, *_ in said})
    parts = tuple(
        Part(label, label, Role.FACILITATOR if label == "Facilitator" else Role.MEMBER, 0) for label in labels
    )
    duration = max(turn.end for turn in turns)
    return Sample(SampleProfile.GDPR, parts, turns, (), duration, Invented(frozenset()), 0, 0)


class Hums:
    """Speaks each word as a fifth of a second of one note; remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Voice, float]] = []

    def speak(self, text: str, voice: Voice, faster: float = 1.0) -> Speech:
        """Return the hum."""
        self.asked.append((text, voice, faster))
        length = round(len(text.split()) * 0.2 * SAMPLE_RATE / faster)
        return Speech(np.full(length, 0.5, np.float32), SAMPLE_RATE)


# -- the times of the session -----------------------------------------------------------------------------------------


def test_each_turn_begins_where_it_did() -> None:
    """The silence between turns is as long as it was, and it is silent."""
    said = sample_of(("Facilitator", 0.0, 2.0, "one two"), ("Member A", 5.0, 6.0, "three"), ("Member B", 8.0, 9.0, ""))
    spoken = speak_sample(said, Hums(), Quiet())

    assert [(p.number, p.start, p.late) for p in spoken.placed] == [(1, 0, 0), (2, samples(5.0), 0)]
    assert spoken.audio.shape == (samples(9.0),)
    assert np.abs(spoken.audio[: samples(0.4)]).min() > 0
    assert not spoken.audio[samples(0.4) : samples(5.0)].any()
    assert (spoken.hurried, spoken.moved, spoken.latest) == (0, 0, 0)


def test_what_is_longer_than_its_time_is_read_faster_up_to_a_limit() -> None:
    """A little longer keeps its time; much longer moves what follows, until a pause takes the delay up."""
    hums = Hums()
    said = sample_of(
        ("Facilitator", 0.0, 1.0, "a b c d e f"),
        ("Member A", 1.0, 2.0, " ".join("abcdefghijklmno")),
        ("Member B", 2.0, 3.0, "x"),
        ("Facilitator", 9.0, 10.0, "y"),
    )
    spoken = speak_sample(said, hums, Quiet())

    assert [faster for *_, faster in hums.asked] == [1.0, pytest.approx(1.2), 1.0, FASTEST, 1.0, 1.0]
    assert spoken.hurried == 2
    first, second, third, last = spoken.placed
    assert first.end == samples(1.0)
    assert second.end == samples(3.0)
    assert third.late == third.start - samples(2.0) > 0
    assert last.late == 0
    assert (spoken.moved, spoken.latest) == (1, third.late)


def test_nobody_speaks_over_anybody() -> None:
    """What two said at once is heard one after the other."""
    said = sample_of(("Member A", 0.0, 4.0, " ".join("abcdefghijkl")), ("Member B", 1.0, 1.4, "yes yes"))
    one, two = speak_sample(said, Hums(), Quiet()).placed

    assert two.start >= one.end


def test_parts_have_voices_by_role_and_letter() -> None:
    """One for the facilitator, another for each member, and the same all the way through."""
    hums = Hums()
    said = [(who, float(at), at + 0.9, "a") for at, who in enumerate(["Member B", "Facilitator", "Member A"] * 2)]
    speak_sample(sample_of(*said), hums, Quiet())

    voices = [voice for _, voice, _ in hums.asked]
    assert voices[:3] == [Voice(Role.MEMBER, 1), Voice(Role.FACILITATOR, 0), Voice(Role.MEMBER, 0)]
    assert voices[3:] == voices[:3]


# -- the programs -----------------------------------------------------------------------------------------------------


@real
def test_espeak_reads_aloud_and_the_same_each_time(capfd: pytest.CaptureFixture[str]) -> None:
    """Real sound, trimmed; faster is shorter; nothing is said on the terminal."""
    speaker = speaker_of("espeak-ng")
    text = "Good afternoon. I hope the week was kind to everyone."
    one = speaker.speak(text, Voice(Role.FACILITATOR, 0))
    again = speaker.speak(text, Voice(Role.FACILITATOR, 0))
    fast = speaker.speak(text, Voice(Role.FACILITATOR, 0), 1.5)

    assert 2.0 < one.audio.shape[0] / one.rate < 5.0
    assert np.array_equal(one.audio, again.audio)
    assert fast.audio.shape[0] < 0.8 * one.audio.shape[0]
    assert float(np.abs(one.audio).max()) > 0.1
    assert capfd.readouterr() == ("", "")


@real
def test_espeak_has_a_voice_for_everybody() -> None:
    """Eight members and two facilitators all sound different."""
    speaker = speaker_of("espeak-ng")
    voices = [*(Voice(Role.MEMBER, n) for n in range(8)), Voice(Role.FACILITATOR, 0), Voice(Role.FACILITATOR, 1)]
    heard = {speaker.speak("Hello everyone.", voice).audio.tobytes() for voice in voices}

    assert len(heard) == len(voices)


@real
def test_no_mark_is_taken_for_a_command() -> None:
    """Phonemes in brackets and marks of speech are read as words or not at all."""
    speaker = speaker_of("espeak-ng")
    plain = speaker.speak("we went home", Voice(Role.MEMBER, 0))
    marked = speaker.speak("we [[ went ]] <home>", Voice(Role.MEMBER, 0))

    assert np.array_equal(plain.audio, marked.audio)
    assert speakable("a\x00b [[c]] <d> {e}") == "a b c d e"


PIPER = """#!{python}
# Stands in for the program: takes what piper 1.x takes, and answers with raw sound in the length that it was asked for.
import argparse, math, struct, sys
parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--speaker", type=int)
parser.add_argument("--length-scale", type=float)
parser.add_argument("--output-raw", action="store_true", required=True)
given = parser.parse_args()
words = [word for line in sys.stdin for word in line.split()]
assert words and "secret" not in " ".join(sys.argv)
if "fail" in words:
    sys.exit("secret: " + " ".join(words))
n = int(len(words) * 4410 * given.length_scale)
sys.stdout.buffer.write(struct.pack("<%dh" % n, *([9000 + 100 * (given.speaker or 0)] * n)))
"""


@pytest.fixture
def piper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called piper on the path, and a voice; returns the voice file."""
    program = tmp_path / "bin" / "piper"
    program.parent.mkdir()
    program.write_text(PIPER.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(program.parent))
    voice = tmp_path / "voice.onnx"
    voice.write_bytes(b"no weights")
    voice.with_name("voice.onnx.json").write_text(json.dumps({"audio": {"sample_rate": 22_050}}), encoding="utf-8")
    return voice


def test_piper_is_taken_where_a_voice_is_set(piper: Path) -> None:
    """Text goes in by standard input, raw sound comes out at the voice's own rate; members differ in pitch."""
    speaker = speaker_of("", piper)
    facilitator = speaker.speak("one secret two", Voice(Role.FACILITATOR, 0))
    member = speaker.speak("one secret two", Voice(Role.MEMBER, 1))
    fast = speaker.speak("one secret two", Voice(Role.FACILITATOR, 0), 1.5)

    assert isinstance(speaker, Piper)
    assert (facilitator.rate, facilitator.audio.shape[0]) == (22_050, 3 * 4410)
    assert member.rate != facilitator.rate
    assert member.audio.shape[0] / member.rate == pytest.approx(0.6, rel=0.01)
    assert fast.audio.shape[0] == pytest.approx(2 * 4410, rel=0.01)


def test_a_voice_of_many_speakers_is_used_as_such(piper: Path) -> None:
    """Each part has a speaker of its own, at its own pitch."""
    table = {"audio": {"sample_rate": 16_000}, "num_speakers": 12}
    piper.with_name("voice.onnx.json").write_text(json.dumps(table), encoding="utf-8")
    speaker = speaker_of("piper", piper)
    heard = [speaker.speak("one", Voice(Role.MEMBER, number)) for number in range(5)]

    assert {speech.rate for speech in heard} == {16_000}
    assert len({float(speech.audio[0]) for speech in heard}) == 5


def test_what_a_program_says_when_it_fails_is_not_repeated(piper: Path) -> None:
    """The line names the program and what to do, and no word of the text."""
    with pytest.raises(InputError) as failure:
        speaker_of("piper", piper).speak("please fail with a secret", Voice(Role.MEMBER, 0))

    assert "piper failed (exit 1)" in str(failure.value)
    assert "secret" not in str(failure.value)


def test_where_none_is_installed_one_line_says_how_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever was asked for."""
    monkeypatch.setenv("PATH", str(tmp_path))

    for name in ("", "espeak-ng"):
        with pytest.raises(InputError, match="apt install espeak-ng") as failure:
            speaker_of(name)
        assert "\n" not in str(failure.value)
    with pytest.raises(SettingsError, match="piper_voice"):
        speaker_of("piper")


def test_a_voice_without_its_description_is_refused(piper: Path) -> None:
    """Before anything is read."""
    piper.with_name("voice.onnx.json").unlink()

    with pytest.raises(SettingsError, match=r"voice\.onnx\.json"):
        speaker_of("piper", piper)


@pytest.mark.parametrize("answer", ["import sys; sys.stdout.write('RIFFnothing')", "pass", "import sys; sys.exit(3)"])
def test_a_program_that_gives_no_sound_is_one_line(tmp_path: Path, answer: str) -> None:
    """Neither nonsense nor silence passes for speech."""
    program = tmp_path / "espeak-ng"
    program.write_text(f"#!{sys.executable}\n{answer}\n", encoding="utf-8")
    program.chmod(0o700)

    with pytest.raises(InputError, match="espeak-ng"):
        EspeakNg(program).speak("hello", Voice(Role.MEMBER, 0))
    with pytest.raises(InputError, match="cannot be run"):
        EspeakNg(tmp_path / "gone").speak("hello", Voice(Role.MEMBER, 0))


# -- the proof --------------------------------------------------------------------------------------------------------


class Whole:
    """Takes all of a stretch of sound for one turn, where any of it is loud."""

    def turns(self, frames: Iterable[Frame | Gap]) -> Iterator[Turn | Gap]:
        """Yield it."""
        audio = np.concatenate([frame.audio for frame in frames if isinstance(frame, Frame)])
        yield Turn(0, audio, Cut.END, ((0, audio.shape[0]),))


class Repeats:
    """Hears what it was told that is said, word by word, wherever the sound is loud."""

    def __init__(self, *said: tuple[float, str]) -> None:
        self._said = said

    def transcribe(self, turn: Turn) -> Recognition:
        """Return the words whose moment is not silent."""
        words = tuple(
            Word(text, samples(at), samples(at + 0.1), 0.9) for at, text in self._said if turn.audio[samples(at)]
        )
        return Recognition((Segment(words),) if words else ())


class Knows:
    """Knows one name, and how it sounds."""

    def finds(self, text: str) -> bool:
        """Whether it stands there."""
        return "osterman" in text.lower()

    def names(self) -> Collection[str]:
        """Return it."""
        return {"osterman"}


def spoken_of(*places: tuple[float, float]) -> SpokenSample:
    """Return a hum at these times."""
    said = [("Member A", start, end, "a") for start, end in places]
    loud = speak_sample(sample_of(*said), Hums(), Quiet())
    assert len(loud.placed) == len(places)
    return loud


@pytest.mark.parametrize("heard", [("Osterman", "came"), ("Oster", "man")])
def test_a_turn_in_which_a_name_is_heard_is_silenced(heard: tuple[str, str]) -> None:
    """Also one that is heard in pieces; the other turns stay."""
    spoken = spoken_of((0.0, 0.5), (2.0, 2.5))
    hears = Repeats((0.05, "hello"), (2.0, heard[0]), (2.1, heard[1]))
    proved = prove(spoken, Knows(), Ears(Whole, hears), Quiet())

    assert proved.silenced == 1
    assert [turn.number for turn in proved.spoken.placed] == [1]
    assert not proved.spoken.audio[samples(2.0) :].any()
    assert proved.spoken.audio[: samples(0.2)].any()
    assert spoken.audio[samples(2.0) :].any()


def test_where_no_name_is_heard_all_of_it_stays() -> None:
    """And how much was heard is told, because nothing heard would prove nothing."""
    proved = prove(spoken_of((0.0, 0.5)), Knows(), Ears(Whole, Repeats((0.05, "hello"))), Quiet())

    assert (proved.silenced, proved.words) == (0, 1)
    with pytest.raises(GateRefusedError, match="proves nothing"):
        prove(spoken_of((0.0, 0.5)), Knows(), Ears(Whole, Repeats()), Quiet())


def test_silence_leaves_the_rest_as_it_was() -> None:
    """Only the turns that are named."""
    spoken = spoken_of((0.0, 0.5), (2.0, 2.5), (4.0, 4.5))
    rest = silenced(spoken, frozenset({2}))

    assert [turn.number for turn in rest.placed] == [1, 3]
    assert np.array_equal(rest.audio[: samples(2.0)], spoken.audio[: samples(2.0)])


# -- never the original voices ----------------------------------------------------------------------------------------


def test_no_module_of_a_sample_can_open_a_recording() -> None:
    """What opens sound, from a file, a microphone or the vault, is imported nowhere on the way of a sample."""
    files = [
        *(ROOT / "training").rglob("*.py"),
        *ROOT.glob("pipeline/*sampl*.py"),
        *ROOT.glob("cli/sampl*.py"),
    ]
    assert len(files) > 15
    opening = ("recording", "playing", "microphone", "devices", "loudspeaker", "sounds", "spool", "spool_reader")
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module.split(".")[-1] not in opening, (file.name, node.module)
            if isinstance(node, ast.Import):
                assert not any(alias.name.split(".")[-1] in (*opening, "av", "sounddevice") for alias in node.names)
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"sound", "sounds"}, file.name
