"""The seam to a speech synthesiser: a program on this machine that reads a text aloud.

The text goes to it by standard input and the sound comes back by standard output: no shell, no word on a command line
that other programs could list, no file in between. The voices are the synthesiser's own, chosen by role and by letter,
which is drawn at random: nothing of how anybody sounds is known here. Bleeping a name out of a recording, or
masking its voices, is no anonymisation (``domain.md`` 8.4); so the recording is not used at all.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import numpy as np

from assistant.domain import Role
from assistant.errors import InputError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_T = TypeVar("_T")

LONGEST_S = 120.0
"""For one turn: a synthesiser reads many times faster than people speak."""
_QUIET = 0.004
"""Of full scale: what is weaker before the first and after the last sound is no speech."""


class Synthesiser(StrEnum):
    """A program that is known here."""

    ESPEAK = "espeak-ng"
    PIPER = "piper"


INSTALL: Final = (
    "install espeak-ng (Debian and Ubuntu: apt install espeak-ng; macOS: brew install espeak-ng; Windows: "
    "winget install eSpeak-NG.eSpeak-NG), or Piper and set [training] speech = \"piper\" and 'piper_voice'"
)


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """A text read aloud."""

    audio: NDArray[np.float32] = field(repr=False)
    """Shape (n,), -1 to 1; no silence around it."""
    rate: int
    """Samples a second."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One of the stock voices of a role."""

    role: Role
    number: int
    """From 0 within the role; past the last it begins again."""


class Speaker(Protocol):
    """Reads aloud."""

    def speak(self, text: str, voice: Voice, faster: float = 1.0) -> Speech:
        """Return ``text`` in a stock voice.

        Args:
            text: Plain words; never empty.
            voice: Whose.
            faster: How many times faster than the voice speaks by itself.

        Raises:
            InputError: The program failed or gave no sound.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Stock:
    variant: str
    pitch: int


_FACILITATOR: Final = (_Stock("", 50), _Stock("+f3", 55), _Stock("+m6", 35))
_MEMBERS: Final = (
    _Stock("+f2", 60),
    _Stock("+m3", 38),
    _Stock("+f4", 45),
    _Stock("+m7", 60),
    _Stock("+f5", 75),
    _Stock("+m1", 20),
    _Stock("+f1", 35),
    _Stock("+m5", 75),
)


class EspeakNg:
    """eSpeak NG (https://github.com/espeak-ng/espeak-ng); the same text gives the same sound."""

    def __init__(self, program: Path) -> None:
        self._program = program

    def speak(self, text: str, voice: Voice, faster: float = 1.0) -> Speech:
        """Return ``text`` in a stock voice; see ``Speaker``."""
        stock = _one_of(_FACILITATOR if voice.role is Role.FACILITATOR else _MEMBERS, voice.number)
        told = ["-v", f"en-us{stock.variant}", "-p", str(stock.pitch), "-s", str(round(_WORDS_A_MINUTE * faster))]
        data = _said_by(self._program, [*told, "-b", "1", "-z", "--stdin", "--stdout"], text)
        return _of_wav(data, self._program.name)


_WORDS_A_MINUTE = 175
"""eSpeak's own default."""


class Piper:
    """Piper (https://github.com/OHF-Voice/piper1-gpl) with one voice file; parts differ in speaker number or in pitch.

    Args:
        program: The program.
        voice: The voice file (.onnx), its description (.onnx.json) beside it.

    Raises:
        SettingsError: The voice or its description is missing or not readable.
    """

    def __init__(self, program: Path, voice: Path) -> None:
        self._program = program
        self._voice = voice
        described = voice.with_name(f"{voice.name}.json")
        try:
            table = json.loads(described.read_text(encoding="utf-8"))
            self._rate = int(table["audio"]["sample_rate"])
            self._speakers = int(table.get("num_speakers", 1))
        except (OSError, ValueError, TypeError, KeyError):
            raise SettingsError(f"the Piper voice {voice} has no {described.name} that can be read beside it") from None
        if not voice.is_file() or not 0 < self._rate <= _FASTEST_RATE:
            raise SettingsError(f"the Piper voice {voice} cannot be used: download it and its .json again")

    def speak(self, text: str, voice: Voice, faster: float = 1.0) -> Speech:
        """Return ``text`` in a stock voice; see ``Speaker``."""
        place = _FACILITATORS * (voice.role is Role.MEMBER) + voice.number
        speaker, pitch = ["--speaker", str(place % self._speakers)], 1.0
        if self._speakers <= place:
            pitch = _one_of(_PITCHES, place)
        if self._speakers == 1:
            speaker = []
        # Played back faster, a voice is higher: it speaks that much slower before.
        scale = f"{pitch / faster:.3f}"
        told = ["--model", str(self._voice), *speaker, "--length-scale", scale, "--output-raw"]
        data = _said_by(self._program, told, text)
        audio = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.float32) / _FULL
        return Speech(_cut(audio, self._program.name), round(self._rate * pitch / _STEP) * _STEP)


_FACILITATORS = 2
"""Voices that are theirs; the members' follow."""
_FASTEST_RATE = 96_000
_STEP = 50
"""Hertz: rates with a large common divisor are resampled by a small filter."""
_PITCHES: Final = (1.0, 1.12, 0.94, 0.88, 1.06, 1.18, 0.82, 1.24)
_FULL = 32_768.0


def speaker_of(name: str = "", piper_voice: Path | None = None) -> Speaker:
    """Return the synthesiser that is installed.

    Args:
        name: ``[training] speech``: which; empty: Piper where a voice is set, else whichever is installed.
        piper_voice: ``[training] piper_voice``.

    Raises:
        InputError: None is installed; the line says how to install one.
        SettingsError: Piper without a voice.
    """
    if name == Synthesiser.PIPER and piper_voice is None:
        raise SettingsError("settings, [training]: speech = \"piper\" needs 'piper_voice', the voice file (.onnx)")
    wanted = (Synthesiser(name),) if name else (Synthesiser.PIPER, Synthesiser.ESPEAK)
    for one in wanted:
        found = shutil.which(one.value)
        if found is None:
            continue
        if one is Synthesiser.ESPEAK:
            return EspeakNg(Path(found))
        if piper_voice is not None:
            return Piper(Path(found), piper_voice)
    which = f"{name} is not installed" if name else "no speech synthesiser is installed"
    raise InputError(f"--audio: {which}: {INSTALL}")


def _one_of(voices: Sequence[_T], place: int) -> _T:
    return voices[place % len(voices)]


def speakable(text: str) -> str:
    """Return a text without what a synthesiser would take for a command (phonemes in brackets, marks of SSML)."""
    return " ".join(_COMMANDS.sub(" ", text).split())


_COMMANDS = re.compile(r"[\[\]{}<>|\\^_~`*#\x00-\x1f\x7f]")


def _said_by(program: Path, told: list[str], text: str) -> bytes:
    """Return what a program says of a text.

    Raises:
        InputError: It failed, hung, or cannot be run.
    """
    try:
        done = subprocess.run(  # noqa: S603  a program of the user's, found by its name; no word of the text is among these
            [str(program), *told],
            input=speakable(text).encode("utf-8") + b"\n",
            capture_output=True,
            check=False,
            timeout=LONGEST_S,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"{program.name} does not answer: try it by hand, or leave --audio out") from None
    except OSError:
        raise InputError(f"{program.name} cannot be run: install it again, or leave --audio out") from None
    if done.returncode or not done.stdout:
        raise InputError(f"{program.name} failed (exit {done.returncode}): try it by hand, or leave --audio out")
    return done.stdout


def _of_wav(data: bytes, program: str) -> Speech:
    """Return the sound of a WAV stream of 16 bits, whose lengths nobody knew when its header was written."""
    at, rate = 12, 0
    while data[:4] == b"RIFF" and at + 8 <= len(data):
        name, length = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        if name == b"fmt " and len(data) >= at + 24:
            kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", data, at + 8)
            if (kind, channels, bits) != (1, 1, 16):
                break
        elif name == b"data" and rate:
            pcm = data[at + 8 : at + 8 + min(length, len(data) - at - 8) // 2 * 2]
            return Speech(_cut(np.frombuffer(pcm, "<i2").astype(np.float32) / _FULL, program), rate)
        at += 8 + length + length % 2
    raise InputError(f"{program} gives no sound that can be read: update it, or leave --audio out")


def _cut(audio: NDArray[np.float32], program: str) -> NDArray[np.float32]:
    """Return a sound without the silence around it."""
    loud = np.flatnonzero(np.abs(audio) > _QUIET)
    if not loud.size:
        raise InputError(f"{program} gives no sound: try it by hand, or leave --audio out")
    return audio[loud[0] : loud[-1] + 1]
