"""A sample as WebVTT, one cue a turn with a voice tag (https://www.w3.org/TR/webvtt1/)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import SAMPLE_RATE
from assistant.training.files.told import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.training.material import Sample

_MS = 1000


def document(sample: Sample, label: str, spoken: Mapping[int, tuple[int, int]] | None = None) -> str:
    """Return the captions.

    Args:
        sample: What is told.
        label: What kind of data it is.
        spoken: Where each turn lies in the sample's sound, by number; as in the session by default.
    """
    blocks = ["WEBVTT", f"NOTE\n{_plain(label)}"]
    for turn in sample.turns:
        start, end = (spoken or {}).get(turn.number, (turn.start, turn.end))
        # A cue that ends as it begins is never shown.
        times = f"{_time(start)} --> {_time(max(end, start + SAMPLE_RATE // _MS))}"
        blocks.append(f"{turn.number}\n{times}\n<v {_plain(turn.label)}>{_plain(words_of(turn))}</v>")
    return "\n\n".join(blocks) + "\n"


def _time(at: int) -> str:
    whole, ms = divmod(at * _MS // SAMPLE_RATE, _MS)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{ms:03}"


def _plain(text: str) -> str:
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
