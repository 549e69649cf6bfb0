"""The house's style is checked by the one command that runs the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("ruff", "check", "--no-cache", "."), id="ruff check"),
        pytest.param(("ruff", "format", "--no-cache", "--check", "."), id="ruff format"),
        pytest.param(("mypy",), id="mypy", marks=pytest.mark.slow),
    ],
)
def test_style(words: tuple[str, ...]) -> None:
    """No finding, and no exclusion without its reason beside it."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=280
    )

    assert done.returncode == 0, done.stdout
