"""A worker that fails before it is one: nothing of it is printed, for the terminal belongs to the screen."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, cast

from assistant.live import messages as say
from assistant.live.supervisor import FromWorker, Supervisor, WorkerGone
from tests.live.tones import session_of, until

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def burst(words: str) -> NoReturn:
    """Fail as a library would that cannot open what it is given, and shows it."""
    raise ValueError(words)


@dataclass
class Unopenable:
    """A builder that can be packed and not opened."""

    words: str = "what somebody said"

    def __reduce__(self) -> tuple[Any, ...]:
        return (burst, (self.words,))


def test_an_error_before_the_worker_works_is_not_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What cannot be opened in the new process ends it without a line on the terminal; the report holds no word."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    told: list[FromWorker | WorkerGone] = []
    begin = say.Begin(session_of(), tmp_path / "no.spool", b"")
    supervisor = Supervisor(cast("Any", Unopenable()), lambda: begin, told.append, time.monotonic)

    supervisor.start()
    until(lambda: told)
    supervisor.stop()

    assert told == [WorkerGone(1)]
    assert capfd.readouterr() == ("", "")
    (report,) = (tmp_path / "crash").iterdir()
    assert "ValueError" in report.read_text(encoding="utf-8")
    assert "somebody" not in report.read_text(encoding="utf-8")
