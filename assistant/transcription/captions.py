"""WebVTT and SubRip files as cues.

Read here and not by a caption library: the two formats are a page of rules, and those libraries keep neither the line
of a cue, which our errors name, nor several voices in one cue.
WebVTT: https://www.w3.org/TR/webvtt1/ (blocks, voice tags). SubRip has no standard; what players accept is accepted.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.errors import TranscriptError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:\s+([^>]*))?>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<\d[\d:.]*>|</>|\{\\[^}]*\}")
_SKIPPED = ("NOTE", "STYLE", "REGION")
_LABEL = re.compile(r"\s*(?:[-\u2013\u2014]\s*|>>+\s*)?([^\W\d_][^:<>\[\]()]{0,59}?)\s*:(?:\s+|$)")
_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "den", "der", "di", "du", "el", "la", "le", "van", "von"}
)
_LONGEST_LABEL = 5
"""Words of a name with its title."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What one voice said, as the file has it."""

    where: str
    """Which entry, for an error message: number and line."""
    speaker: str | None = field(repr=False)
    """The label, or None where there is none."""
    text: str = field(repr=False)
    start_s: float | None = None
    end_s: float | None = None


def read_vtt(text: str, is_label: Callable[[str], bool]) -> Iterator[Cue]:
    """Yield the cues of a WebVTT file.

    Args:
        text: The whole file.
        is_label: Whether a text is certainly the label of a speaker (someone on the roster).

    Raises:
        TranscriptError: It is not WebVTT; the message names the line.
    """
    lines = text.splitlines()
    if not lines or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise TranscriptError("line 1: a .vtt file begins with WEBVTT: check that the file is WebVTT")
    blocks = list(_blocks(lines))
    for number, block in enumerate((b for b in blocks[1:] if not _skipped(b)), start=1):
        yield from _cue(number, block, is_label)
    # The header's block reaches to the first blank line; a cue straight under it is a common mistake of exporters.
    if any("-->" in line for _, line in blocks[0]):
        raise TranscriptError("line 2: a blank line must follow the header of a .vtt file")


def read_srt(text: str, is_label: Callable[[str], bool]) -> Iterator[Cue]:
    """Yield the cues of a SubRip file; arguments and errors as ``read_vtt``."""
    for number, block in enumerate(_blocks(text.splitlines()), start=1):
        yield from _cue(number, block, is_label)


def _blocks(lines: list[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield each run of lines without a blank one, with its line numbers."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _skipped(block: list[tuple[int, str]]) -> bool:
    first = block[0][1].strip()
    return first.split(maxsplit=1)[0] in _SKIPPED and not any("-->" in line for _, line in block)


def _cue(number: int, block: list[tuple[int, str]], is_label: Callable[[str], bool]) -> Iterator[Cue]:
    line = block[0][0]
    at = next((i for i, (_, content) in enumerate(block[:2]) if "-->" in content), None)
    if at is None:
        raise TranscriptError(f"cue {number} (line {line}): no times found: a cue has a line 'start --> end'")
    times = _TIMING.fullmatch(block[at][1])
    if times is None:
        raise TranscriptError(f"cue {number} (line {block[at][0]}): the times cannot be read: write 00:00:00.000")
    start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    if end < start:
        raise TranscriptError(f"cue {number} (line {block[at][0]}): it ends before it begins")
    said = [part for _, content in block[at + 1 :] for part in _by_voice_tag(content)]
    voices: list[tuple[str | None, list[str]]] = []
    for tagged, content in said:
        speaker, words = (tagged, content) if tagged is not None else _labelled(content, is_label)
        if speaker is not None or not voices:
            voices.append((speaker, [words]))
        else:
            voices[-1][1].append(words)
    spoken = [(speaker, " ".join(" ".join(parts).split())) for speaker, parts in voices]
    yield from _shared(f"cue {number} (line {line})", start, end, [s for s in spoken if s[1]])


def _shared(where: str, start: float, end: float, spoken: list[tuple[str | None, str]]) -> Iterator[Cue]:
    """Yield one cue for each voice; several share the time by the length of what they say."""
    letters = sum(len(text) for _, text in spoken)
    at = start
    for speaker, text in spoken:
        until = at + (end - start) * len(text) / letters
        yield Cue(where, speaker, text, at, until)
        at = until


def _by_voice_tag(line: str) -> Iterator[tuple[str | None, str]]:
    """Split a line at its voice tags; what stands before the first has no voice."""
    at, speaker = 0, None
    for tag in _VOICE.finditer(line):
        if line[at : tag.start()].strip():
            yield speaker, _plain(line[at : tag.start()])
        at, speaker = tag.end(), html.unescape((tag[1] or "").strip())
    yield speaker, _plain(line[at:])


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).strip()


def _labelled(text: str, is_label: Callable[[str], bool]) -> tuple[str | None, str]:
    """Split "Name: words"; a text that only has a colon somewhere is left whole."""
    match = _LABEL.match(text)
    if match is None:
        return None, text
    label = match[1].strip()
    words = label.split()
    name = len(words) <= _LONGEST_LABEL and all(w[0].isupper() or w.lower() in _PARTICLES for w in words)
    # What looks like a name but is nobody's on the roster goes on as a label: the caller refuses it. Taken as text it
    # would stand under the name of whoever spoke before.
    return (label, text[match.end() :]) if name or is_label(label) else (None, text)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, whole, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(whole or 0) + float(f"0.{fraction}")
