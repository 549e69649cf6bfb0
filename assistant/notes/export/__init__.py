"""A finished note as bytes of one kind of file, proved to hold what the gate read and nothing else."""

from __future__ import annotations

from assistant.notes.export.writing import write

__all__ = ["write"]
