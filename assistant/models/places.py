"""Where the weights lie, and where the manifest and the licences that ship with the program lie."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from assistant.errors import ModelError

ENVIRONMENT = "ASSISTANT_MODELS"
"""Names the folder of the weights and goes before every setting."""


def models_folder(configured: Path | None = None) -> Path:
    """Return the folder of the weights; it need not exist yet.

    Args:
        configured: What the settings say; None where they say nothing.

    Returns:
        ``ASSISTANT_MODELS``, else ``configured``, else ``models`` in the platform's data folder; always absolute, so
        that nothing depends on the current folder afterwards.
    """
    chosen = os.environ.get(ENVIRONMENT) or configured
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_data_path("group-session-assistant", appauthor=False) / "models"


def shipped_folder() -> Path:
    """Return the folder that holds ``manifest.toml`` and ``licences/``.

    An installed program carries it inside the package; a checkout (also an editable install) has it at its root.

    Raises:
        ModelError: The program was installed without them.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "_models", package.parent / "models"):
        if (folder / "manifest.toml").is_file():
            return folder
    raise ModelError("the program was installed without its list of models: install it again")
