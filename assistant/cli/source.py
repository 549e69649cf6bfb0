"""What is to be processed, and what tells it apart."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from assistant.domain import PersonId

TRANSCRIPTS = frozenset({".vtt", ".srt", ".json"})
"""Endings of transcripts; everything else is taken for a recording."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be processed, and what a person said about its voices."""

    path: Path
    named_voices: Mapping[str, PersonId]
    channels: Mapping[int, PersonId]
    date: dt.date | None = None

    @property
    def is_transcript(self) -> bool:
        """Whether it holds words rather than sound."""
        return self.path.suffix.lower() in TRANSCRIPTS

    @property
    def day(self) -> dt.date:
        """The day of the session: as a person said, else when the source was last written."""
        if self.date is not None:
            return self.date
        return dt.datetime.fromtimestamp(self.path.stat().st_mtime).astimezone().date()


def opaque_id(path: Path) -> str:
    """Return a session id made from the content: the same for the same source, and telling nothing of its file name."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    return f"s-{digest.hexdigest()[:12]}"
