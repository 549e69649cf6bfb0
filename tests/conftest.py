"""Fixtures that every room's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="session")
def smoke() -> Path:
    """The short gold session: 57 s, one facilitator, two members."""
    return SAMPLES / "smoke-01"


@pytest.fixture(scope="session")
def skills() -> Path:
    """The three-minute gold session with a facilitator's slip, an absent member and risk language."""
    return SAMPLES / "dev-skills-02"
