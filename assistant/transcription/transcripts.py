"""Transcripts made elsewhere (.vtt, .srt, .json) as utterances, their speakers mapped through the roster."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from assistant.domain import Attribution, DecidedBy, Utterance, UtteranceId, Word, samples
from assistant.errors import TranscriptError
from assistant.transcription.captions import Cue, read_srt, read_vtt
from assistant.transcription.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from assistant.domain import Group, PersonId

_WORD_S = 0.4
"""Time given to a word where the transcript has none: 150 words a minute, a calm speaking rate."""

_PAUSE_S = 1.0
"""Captions of one voice that follow each other within this belong to one sentence, if the first does not end one."""

_ENDS_SENTENCE = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]]*$")

_LONGEST_WORDS = 80
"""Captions are not joined beyond this: an utterance is one breath of thought, not a speech."""

_LONGEST_S = 1e6
"""No session lasts eleven days; times in milliseconds are caught by this too."""

SUFFIXES = (".vtt", ".srt", ".json")
"""What ``read_transcript`` reads."""


def read_transcript(path: Path, group: Group) -> tuple[Utterance, ...]:
    """Return the utterances of a transcript.

    Speakers are decided by the transcript's labels, with score 1.0; without a label the speaker is unknown. Word times
    are spread over the utterance by length. Utterances without times follow each other in the file's order.

    Args:
        path: A .vtt, .srt or .json file in UTF-8.
        group: The roster that the labels are looked up in.

    Raises:
        TranscriptError: It cannot be read, is malformed, holds no text, or labels somebody who is not on the roster.
            The message names the place in the file and never the label.
    """
    text = _content(path)
    labels = Labels(group)
    try:
        if path.suffix.lower() == ".json":
            cues: Iterable[Cue] = _json_cues(text)
        else:
            read = read_vtt if path.suffix.lower() == ".vtt" else read_srt
            cues = read(text, labels.knows)
        said = [(labels.person(cue.speaker, cue.where), cue) for cue in cues if cue.text]
    except TranscriptError as error:
        raise TranscriptError(f"{path}: {error}") from None
    if not said:
        raise TranscriptError(f"{path}: holds no words: check that the transcript was exported with its text")
    timed = list(_timed(said))
    if path.suffix.lower() != ".json":
        timed = list(_joined(timed))
    return tuple(_utterance(i, *entry) for i, entry in enumerate(timed, start=1))


def utterances_in(transcript: Mapping[str, Any], group: Group) -> tuple[Utterance, ...]:
    """Return the utterances of a transcript in the JSON form, as ``read_transcript`` does for a file.

    Raises:
        TranscriptError: It is malformed, or labels somebody who is not on the roster.
    """
    labels = Labels(group)
    said = [(labels.person(cue.speaker, cue.where), cue) for cue in _cues(transcript) if cue.text]
    return tuple(_utterance(i, *entry) for i, entry in enumerate(_timed(said), start=1))


def _content(path: Path) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise TranscriptError(f"{path}: is not a transcript that can be read: use {', '.join(SUFFIXES)}")
    if path.is_dir():
        raise TranscriptError(f"{path}: is a folder: name the transcript inside it")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise TranscriptError(f"{path}: no such file: check the path") from None
    except OSError:
        raise TranscriptError(f"{path}: cannot be read: check its permissions") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise TranscriptError(f"{path}: line {line}: is not UTF-8 text: save the transcript as UTF-8") from None


def _json_cues(text: str) -> Iterator[Cue]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise TranscriptError(f"line {error.lineno}: is not valid JSON") from None
    except RecursionError:
        raise TranscriptError("is nested too deeply to be a transcript") from None
    yield from _cues(content)


def _cues(content: object) -> Iterator[Cue]:
    utterances = content.get("utterances") if isinstance(content, dict) else None
    if not isinstance(utterances, list):
        raise TranscriptError('lacks the list "utterances"')
    for number, entry in enumerate(utterances, start=1):
        where = f"utterance {number}"
        if not isinstance(entry, dict):
            raise TranscriptError(f'{where}: is not an object with "speaker" and "text"')
        said, speaker = entry.get("text"), entry.get("speaker")
        if not isinstance(said, str):
            raise TranscriptError(f'{where}: "text" is missing or no text')
        if not (speaker is None or isinstance(speaker, str)):
            raise TranscriptError(f'{where}: "speaker" is neither text nor null')
        start, end = _time(entry.get("start"), f'{where}: "start"'), _time(entry.get("end"), f'{where}: "end"')
        if start is not None and end is not None and end < start:
            raise TranscriptError(f"{where}: it ends before it begins")
        yield Cue(where, speaker, " ".join(said.split()), start, end)


def _time(value: object, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LONGEST_S:
        raise TranscriptError(f"{where} is not a time in seconds")
    return float(value)


def _timed(said: list[tuple[PersonId | None, Cue]]) -> Iterator[tuple[PersonId | None, str, float, float]]:
    """Yield speaker, text, start and end in seconds; in order of time where every cue has one."""
    if all(cue.start_s is not None for _, cue in said):
        said = sorted(said, key=lambda entry: entry[1].start_s or 0.0)
    at = 0.0
    for speaker, cue in said:
        start = at if cue.start_s is None else cue.start_s
        end = start + _WORD_S * len(cue.text.split()) if cue.end_s is None else max(cue.end_s, start)
        at = max(at, end)
        yield speaker, cue.text, start, end


def _joined(
    entries: Iterable[tuple[PersonId | None, str, float, float]],
) -> Iterator[tuple[PersonId | None, str, float, float]]:
    """Join captions that cut one voice's sentence in two; two unknown voices may be two people and stay apart."""
    held: tuple[PersonId | None, str, float, float] | None = None
    for entry in entries:
        speaker, text, start, end = entry
        if (
            held is not None
            and speaker is not None
            and speaker == held[0]
            and start - held[3] <= _PAUSE_S
            and not _ENDS_SENTENCE.search(held[1])
            and len(held[1].split()) + len(text.split()) <= _LONGEST_WORDS
        ):
            held = (speaker, f"{held[1]} {text}", held[2], max(end, held[3]))
            continue
        if held is not None:
            yield held
        held = entry
    if held is not None:
        yield held


def _utterance(number: int, speaker: PersonId | None, text: str, start_s: float, end_s: float) -> Utterance:
    start, end = samples(start_s), samples(end_s)
    return Utterance(
        id=UtteranceId(f"u{number}"),
        number=number,
        start=start,
        end=end,
        text=text,
        words=tuple(_spread(text, start, end, speaker)),
        attribution=Attribution(speaker, 1.0, 1.0, DecidedBy.TRANSCRIPT),
    )


def _spread(text: str, start: int, end: int, speaker: PersonId | None) -> Iterator[Word]:
    """Yield the words of ``text`` with the time from ``start`` to ``end`` shared out by their letters."""
    words = text.split()
    letters = sum(len(word) for word in words)
    done = 0
    for word in words:
        begin = start + (end - start) * done // letters
        done += len(word)
        yield Word(word, begin, start + (end - start) * done // letters, 1.0, speaker)
