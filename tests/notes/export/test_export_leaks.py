"""No byte of a file, and no file name, tells of another member; a failure leaves no file at all."""

from __future__ import annotations

import datetime as dt
import os
import re
import resource
import stat
from typing import TYPE_CHECKING

import pytest

from assistant.domain import Part2
from assistant.errors import OutputError
from assistant.handout import FileKind, Recipient
from assistant.notes.export import write
from assistant.notes.export.files import deliver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assistant.notes.document import Document


AT = dt.datetime(2026, 1, 16, 9, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("kind", FileKind)
def test_no_byte_tells_of_another_member(
    kind: FileKind,
    make: Callable[..., Document],
    everything: Callable[[bytes], str],
    tmp_path: Path,
    facts: dict[str, tuple[str, ...]],
) -> None:
    """Five notes one after the other: each file holds its own member's facts and of the other four nothing."""
    for member, own in facts.items():
        data = write(make(member), kind, recipient=Recipient.RECORD, part2=Part2.UNKNOWN, at=AT)
        path = deliver(tmp_path, data, kind.value)
        text = f"{path.name}\n{everything(path.read_bytes())}"

        others = [word for other, told in facts.items() if other != member for fact in told for word in fact.split()]
        there = set(re.findall(r"\w+", text.casefold()))
        found = [word for word in others if word.casefold() in there]
        assert [fact for fact in own if fact not in text] == []
        assert found == []
        assert "roster-" not in text
        assert "u417" not in text


@pytest.mark.parametrize("kind", FileKind)
def test_an_unnamed_note_names_nobody(
    kind: FileKind,
    make: Callable[..., Document],
    everything: Callable[[bytes], str],
) -> None:
    """Without a name at its head a draft has no name in any byte: no author, no patient, no last user."""
    data = write(make(named=False, signed=False), kind, recipient=Recipient.RECORD, part2=Part2.NO, at=AT)

    assert not re.search(r"Priscilla|Okonkwo|Dana|Ruiz|python-docx|anonymous|roster", everything(data), re.IGNORECASE)


def test_a_file_is_its_owners_alone_under_a_name_that_says_nothing(tmp_path: Path) -> None:
    """Mode 600, eight random digits, and another name for every file."""
    paths = {deliver(tmp_path, b"note", "pdf") for _ in range(20)}

    assert len(paths) == 20
    assert all(re.fullmatch(r"note-[0-9a-f]{8}\.pdf", path.name) for path in paths)
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """The kernel refuses in the middle of the writing: no file, no part of one, one clear line."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(OutputError, match="nothing was left behind"):
            deliver(tmp_path, b"walrus ladder " * 100_000, "docx")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert list(tmp_path.iterdir()) == []


def test_an_exception_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    """Whatever is raised once the files are made, both are gone, and it goes on upwards."""
    with pytest.raises(TypeError):
        deliver(tmp_path, "walrus ladder", "docx")  # type: ignore[arg-type] # what cannot be written raises in it

    assert list(tmp_path.iterdir()) == []


def test_a_proof_that_fails_leaves_no_file(make: Callable[..., Document], tmp_path: Path) -> None:
    """Bytes come first, the file after: what cannot be proved never meets the disk."""
    with pytest.raises(OutputError):
        deliver(
            tmp_path, write(make(signed=False), FileKind.PDF, recipient=Recipient.PAYER, part2=Part2.NO, at=AT), "pdf"
        )

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", ["missing", "file", "link", "dangling"])
def test_only_a_folder_that_is_there_is_written_into(what: str, tmp_path: Path) -> None:
    """No folder is made, and no link is followed: it may point anywhere."""
    real = tmp_path / "real"
    real.mkdir()
    target = tmp_path / "target"
    if what == "file":
        target.write_text("mine", encoding="utf-8")
    elif what != "missing":
        target.symlink_to(real if what == "link" else tmp_path / "nowhere")

    with pytest.raises(OutputError, match="not a folder"):
        deliver(target, b"note", "txt")

    assert list(real.iterdir()) == []
    assert what != "file" or target.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """One clear line, without the file's name."""
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot write into"):
        deliver(tmp_path, b"note", "txt")
    tmp_path.chmod(0o700)
