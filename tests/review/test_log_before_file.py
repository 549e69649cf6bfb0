"""The line in the log comes before the file: whatever stops a delivery, no file is there that no line tells of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.errors import OutputError, VaultError
from assistant.handout import Recipient
from assistant.notes.export.files import deliver
from assistant.store.reviews import Reviews
from tests.review.quick import group
from tests.review.test_review_fails_closed import M1, SIGNATURE, files, order

if TYPE_CHECKING:
    from tests.review.quick import Quick

DIES = """
import os, sys
from pathlib import Path
from assistant.notes.export.files import deliver
def told():
    Path(sys.argv[2]).write_text("told")
    os._exit(9)
deliver(Path(sys.argv[1]), b"walrus ladder", "txt", told=told)
"""


def test_it_is_told_when_the_bytes_are_safe_and_not_named(tmp_path: Path) -> None:
    """Under its own name it holds nothing yet."""
    seen: list[bytes] = []
    told = lambda: seen.extend(one.read_bytes() for one in sorted(tmp_path.iterdir()))  # noqa: E731  one expression

    path = deliver(tmp_path, b"walrus ladder", "txt", told=told)

    assert seen == [b"walrus ladder", b""]
    assert path.read_bytes() == b"walrus ladder"


def test_a_log_that_takes_no_line_lets_no_file_out(tmp_path: Path) -> None:
    """What it raises goes on upwards, and nothing is left."""

    def told() -> None:
        raise VaultError("the disk is full")

    with pytest.raises(VaultError):
        deliver(tmp_path, b"walrus ladder", "txt", told=told)

    assert list(tmp_path.iterdir()) == []


def test_a_process_that_dies_after_the_line_leaves_a_line_and_no_file(tmp_path: Path) -> None:
    """As when the power goes: under the file's own name there is nothing to read."""
    out, log = tmp_path / "out", tmp_path / "log"
    out.mkdir()
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", DIES, out, log], env={**os.environ, "PYTHONPATH": root}, check=False, timeout=60
    )

    assert done.returncode == 9
    assert log.read_text() == "told"
    assert [path.read_bytes() for path in out.glob("note-*.txt")] == [b""]


def test_a_file_that_cannot_be_named_is_one_line_too_many(quick: Quick) -> None:
    """The disclosure log has its line, the audit says that it failed, and there is no file."""
    quick.complete()
    quick.room.sign(M1, SIGNATURE)
    out = quick.folder / "out"

    class Tripping(Reviews):
        """Takes the line, and the finished bytes with it."""

        def log(self, *line: object) -> object:  # type: ignore[override]  # passes on what it is given
            """Keep the line."""
            kept = super().log(*line)  # type: ignore[arg-type]  # as above
            for part in out.glob(".*.part"):
                part.unlink()
            return kept

    quick.room._finishing._reviews = Tripping(quick.vault)
    (done,) = quick.room.hand_out(order(quick, "m1", recipient=Recipient.MEMBER))

    assert done.file is None
    assert "nothing was left behind" in done.refused
    assert not files(quick)
    assert len(Reviews(quick.vault).hand_outs(group())) == 1
    assert quick.audit()[-2:] == [("exported", "done"), ("exported", "failed")]


def test_deliver_says_where_it_failed(tmp_path: Path) -> None:
    """The line of a naming that fails is the same as that of a full disk."""

    def told() -> None:
        for part in tmp_path.glob(".*.part"):
            part.unlink()

    with pytest.raises(OutputError, match="cannot write into"):
        deliver(tmp_path, b"walrus ladder", "txt", told=told)
    assert list(tmp_path.iterdir()) == []
