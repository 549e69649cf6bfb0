"""Whatever fails, in whichever thread, no word of the session leaves the process."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "CanaryOyelaran"

FAIL_IN_OUR_CODE = f"""
    from assistant.domain import Span
    secret = "{CANARY}"
    try:
        Span(0, len(secret) + 5).of(secret)
    except ValueError as error:
        error.add_note(secret)
        raise RuntimeError("said: " + secret) from error
"""
FAIL_IN_A_LIBRARY = f"""
    import json
    json.loads("{{ {CANARY}")
"""
FAIL_IN_A_THREAD = f"""
    import threading
    def hear(words):
        raise KeyError(words)
    worker = threading.Thread(target=hear, args=("{CANARY}",), name="{CANARY}")
    worker.start()
    worker.join()
"""
FAIL_IN_A_DESTRUCTOR = f"""
    class Vault:
        def __del__(self):
            raise ValueError("{CANARY}")
        def __repr__(self):
            return "{CANARY}"
    vault = Vault()
    del vault
"""
FAIL_IN_A_GROUP = f"""
    raise ExceptionGroup("{CANARY}", [ValueError("{CANARY}"), KeyError("{CANARY}")])
"""
LOG_BADLY = f"""
    import logging, warnings
    logging.getLogger("library").warning("heard %s", "{CANARY}")
    logging.getLogger("library").error("heard %d", "{CANARY}")
    logging.getLogger("library").addHandler(logging.StreamHandler(open("/dev/null")))
    logging.getLogger("library").error("heard %d", "{CANARY}")
    warnings.warn("{CANARY}", stacklevel=1)
"""
EVERY_WAY = pytest.mark.parametrize(
    ("script", "code"),
    [
        (FAIL_IN_OUR_CODE, 70),
        (FAIL_IN_A_LIBRARY, 70),
        (FAIL_IN_A_GROUP, 70),
        (FAIL_IN_A_THREAD, 0),
        (FAIL_IN_A_DESTRUCTOR, 0),
    ],
    ids=["our code", "library", "group", "thread", "destructor"],
)


def _run(script: str, home: Path, *, guarded: bool = False) -> subprocess.CompletedProcess[str]:
    lines = ["from assistant import crash", "crash.install()"]
    body = textwrap.dedent(script).strip().splitlines()
    lines += ["with crash.guard():", *(f"    {line}" for line in body)] if guarded else body
    return subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "ASSISTANT_HOME": str(home), "PYTHONFAULTHANDLER": "1"},
    )


@EVERY_WAY
def test_no_word_of_the_failure_is_printed_or_kept(tmp_path: Path, script: str, code: int) -> None:
    """Neither messages, notes, locals, source lines, object names nor thread names."""
    done = _run(script, tmp_path)

    reports = list((tmp_path / "crash").iterdir())
    assert len(reports) == 1
    assert done.returncode == code
    everything = done.stdout + done.stderr + reports[0].read_text(encoding="utf-8") + reports[0].name
    assert CANARY not in everything
    assert "Traceback" not in everything
    assert done.stderr.count("\n") == 1
    assert str(reports[0]) in done.stderr


def test_the_report_says_where_it_happened(tmp_path: Path) -> None:
    """Types of the whole chain, and our own frames by file, line and function."""
    _run(FAIL_IN_OUR_CODE, tmp_path)

    text = next((tmp_path / "crash").iterdir()).read_text(encoding="utf-8")
    assert "stopped by RuntimeError" in text
    assert "because of ValueError" in text
    assert "assistant/domain.py:" in text
    assert " in of" in text
    assert "assistant 0" in text
    assert "spacy 3" in text
    assert str(tmp_path) not in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_report_is_private(tmp_path: Path) -> None:
    """Other accounts of the machine cannot read it."""
    home = tmp_path / "home"
    _run(FAIL_IN_A_LIBRARY, home)

    folder = home / "crash"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(next(folder.iterdir()).stat().st_mode) == 0o600


def test_a_report_that_cannot_be_written_is_not_replaced_by_a_traceback(tmp_path: Path) -> None:
    """The disk may be full when it happens."""
    home = tmp_path / "home"
    home.write_text("", encoding="utf-8")

    done = _run(FAIL_IN_A_LIBRARY, home)

    assert done.returncode == 70
    assert "no report could be written" in done.stderr
    assert CANARY not in done.stderr


def test_ctrl_c_is_quiet(tmp_path: Path) -> None:
    """130, as shells expect."""
    for guarded in (False, True):
        done = _run("raise KeyboardInterrupt", tmp_path, guarded=guarded)

        assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    assert not (tmp_path / "crash").exists()


def test_a_librarys_log_and_warnings_stay_inside(tmp_path: Path) -> None:
    """Also a log call whose arguments do not fit, which Python would print in full."""
    done = _run(LOG_BADLY, tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_guard_holds_where_typer_puts_its_own_hook(tmp_path: Path) -> None:
    """Typer prints the message of an uncaught exception by a hook of its own."""
    done = _run(
        f"""
        import typer
        app = typer.Typer(pretty_exceptions_enable=False)
        @app.command()
        def hear():
            raise ValueError("{CANARY}")
        app([])
        """,
        tmp_path,
        guarded=True,
    )

    assert done.returncode == 70
    assert CANARY not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows writes no core files")
def test_no_core_file_is_written(tmp_path: Path) -> None:
    """It would hold the whole memory: audio, words and the key. Nor does a collector of crashes get it from Linux."""
    limit = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True); "

    done = _run(f"{limit}import os; os.chdir({str(tmp_path)!r}); os.abort()", tmp_path)

    assert done.stdout == ("1\n" if sys.platform == "linux" else "0\n")
    assert done.returncode == -signal.SIGABRT
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("core")]
