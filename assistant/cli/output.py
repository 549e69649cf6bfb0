"""The files that a processed session leaves: drafts, and on request the machine file. Readable by their owner alone."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.errors import OutputError
from assistant.notes.markdown import render
from assistant.outfolder import checked, made
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
    given: tuple[Path, ...]
    """Files that the run reads: none of them is written over."""

    def checked(self) -> Output:
        """Return the same with the real folders; refuse before the long work what cannot be written.

        Nothing is made yet.

        Raises:
            OutputError: The folder is in use, cannot be written, or is none that files may go to (``outfolder``).
        """
        machine = None if self.machine is None else checked(self.machine.parent) / self.machine.name
        real = replace(self, drafts=checked(self.drafts), machine=machine)
        real.check()
        return real

    def check(self) -> None:
        """Refuse what is in use or cannot be written; ``checked`` asks for it."""
        with _translated(self.drafts):
            if self.drafts.is_dir() and any(self.drafts.iterdir()) and not self.replace:
                raise OutputError(f"the folder {self.drafts} is in use: name a new one, or add --replace")
            _require_writable(_existing(self.drafts))
        if self.machine is not None:
            with _translated(self.machine):
                self._check_machine(self.machine)

    def _check_machine(self, path: Path) -> None:
        if path.is_dir():
            raise OutputError(f"{path} is a folder: name a file for the machine file")
        if not (path.parent.is_dir() or path.parent == self.drafts):
            raise OutputError(f"the folder {path.parent} does not exist: make it, or name another for the machine file")
        if path.exists():
            if not path.is_file() or any(path.samefile(one) for one in self.given if one.exists()):
                raise OutputError(f"{path} is not a file to write over: name a new one for the machine file")
            if not self.replace:
                raise OutputError(f"the file {path} is in use: name a new one, or add --replace")
        _require_writable(_existing(path.parent))

    def make_folder(self) -> None:
        """Make the folder of the drafts, for its owner alone.

        Raises:
            OutputError: It cannot be made.
        """
        made(self.drafts)

    def write(self, result: SessionResult) -> None:
        """Write every draft that the gate passed, and the machine file. All or nothing.

        Raises:
            OutputError: The disk is full or the folder cannot be written; what was written is taken away again, and
                the files of an earlier run still stand.
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
        parts = {path.with_name(f".{path.name}.part"): path for path in texts}
        try:
            for part, path in parts.items():
                with _translated(path):
                    _write_private(part, texts[path])
        except BaseException:
            for part in parts:
                with suppress(OSError):
                    part.unlink(missing_ok=True)
            raise
        if self.replace:
            # A note that is refused now must not be left standing from an earlier run.
            for name in (*(f"{person.id}.md" for person in result.session.group.people), GROUP):
                (self.drafts / name).unlink(missing_ok=True)
        for part, path in parts.items():
            with _translated(path):
                part.replace(path)


def _existing(path: Path) -> Path:
    path = path.absolute()
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def _require_writable(folder: Path) -> None:
    if not folder.is_dir():
        raise OutputError(f"{folder} is a file: name a folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"the folder {folder} cannot be written: choose another or change its permissions")


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
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
