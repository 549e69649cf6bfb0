"""A sample as files: to read, to be quizzed with, and for other programs; each says what it is and nothing of whose."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from assistant.training.files import captions, reading, structured, web
from assistant.training.material import LABEL

if TYPE_CHECKING:
    from assistant.training.material import Sample


def id_of(sample: Sample) -> str:
    """Return what a sample is called: ``sample-`` and eight hex digits, made from what it tells and nothing else.

    A checklist that is signed for it is so for these very words.
    """
    told = structured.document(sample, "", "")
    return f"sample-{hashlib.sha256(told.encode('utf-8')).hexdigest()[:8]}"


def texts_of(sample: Sample, label: str = LABEL) -> dict[str, str]:
    """Return every text file of a sample by name.

    Args:
        sample: What is told.
        label: Stands in every one of them.
    """
    name = id_of(sample)
    return {
        f"{name}.md": reading.transcript(sample, name, label),
        f"{name}-quiz.md": reading.quiz(sample, name, label),
        f"{name}.html": web.transcript(sample, name, label),
        f"{name}-quiz.html": web.quiz(sample, name, label),
        f"{name}.json": structured.document(sample, name, label),
        f"{name}.vtt": captions.document(sample, label),
    }
