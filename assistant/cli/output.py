"""The files that a processed session leaves: drafts, and on request the machine file. Readable by their owner alone."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import OutputError
from assistant.notes.markdown import render
from assistant.pipeline.machinefile import machine_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.pipeline.session import SessionResult

GROUP = "group.md"
"""The group's part; a person cannot be called that, because ids name files and this one is taken."""


@dataclass(frozen=True, slots=True)
class Output:
    """Where the files go."""

    drafts: Path
    machine: Path | None
    replace: bool

    def check(self) -> None:
        """Refuse before the long work, rather than after it, what cannot be written.

        Raises:
            OutputError: The folder is in use or cannot be written.
        """
        if self.drafts.exists() and not self.drafts.is_dir():
            raise OutputError(f"{self.drafts} is a file: name a folder for the drafts")
        if self.drafts.is_dir() and any(self.drafts.iterdir()) and not self.replace:
            raise OutputError(f"the folder {self.drafts} is in use: name a new one, or add --replace")
        with _translated(self.drafts):
            self.drafts.mkdir(parents=True, exist_ok=True)
        for folder in (self.drafts, *((self.machine.parent,) if self.machine else ())):
            if not os.access(folder, os.W_OK):
                raise OutputError(f"the folder {folder} cannot be written: choose another or change its permissions")
        if self.machine is not None and self.machine.is_dir():
            raise OutputError(f"{self.machine} is a folder: name a file for the machine file")

    def write(self, result: SessionResult) -> None:
        """Write every draft that the gate passed, and the machine file. All or nothing.

        Raises:
            OutputError: The disk is full or the folder cannot be written; what was written is taken away again.
        """
        texts = {
            self.drafts / f"{member}.md": render(draft.note)
            for member, draft in result.drafts.members.items()
            if not draft.refused
        }
        if not result.drafts.group_refused:
            texts[self.drafts / GROUP] = render(result.drafts.group)
        if self.machine is not None:
            texts[self.machine] = json.dumps(machine_file(result), ensure_ascii=False, indent=1) + "\n"
        if self.replace:
            # A note that is refused now must not be left standing from an earlier run.
            for person in result.session.group.people:
                (self.drafts / f"{person.id}.md").unlink(missing_ok=True)
            (self.drafts / GROUP).unlink(missing_ok=True)
        written: list[Path] = []
        try:
            for path, text in texts.items():
                with _translated(path):
                    written.append(path)
                    _write_private(path, text)
        except OutputError:
            for path in written:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            raise


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Turn an error of the operating system into one clear line."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror or 'the system refused'}; "
            "free some space or choose another folder; nothing was left behind"
        ) from None


def _write_private(path: Path, text: str) -> None:
    """Write ``text``, readable by its owner alone from the first byte."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
