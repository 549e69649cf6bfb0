"""The app, or the app and its worker, may be killed at any moment: the next start finds the session and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.live.killing import AppHalf, moments, remains

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("after_s", "who"), [m for m in moments(6, seed=3) if m[1] != "worker"])
def test_what_is_left_is_whole(tmp_path: Path, after_s: float, who: str) -> None:
    """At most a second of sound is lost, no turn is lost or doubled, nothing is readable, and nothing was printed."""
    app = AppHalf(tmp_path / "vault")
    app.run(after_s)
    app.kill(worker=who == "both")

    left = remains(tmp_path / "vault", app.recorded)

    # At four times the pace of speech a quarter of a second of it is a sixteenth on the clock.
    assert left.lost_s <= 1.0
    assert left.missing == ()
    assert left.doubled == ()
    assert left.readable == 0
    assert app.stderr == ""


def test_going_on_twice(tmp_path: Path) -> None:
    """A session that is recovered, recorded further and killed again is still whole, its second half in its place."""
    first = AppHalf(tmp_path / "vault")
    first.run(1.5)
    first.kill(worker=True)
    second = AppHalf(tmp_path / "vault", "recover")
    second.run(2.0)
    second.kill(worker=False)

    left = remains(tmp_path / "vault", second.recorded)

    assert second.recorded > first.recorded
    assert left.lost_s <= 1.0
