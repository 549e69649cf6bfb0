"""The models folder as the rooms see it: a name in, a folder out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import ModelError
from assistant.models.added import read_added
from assistant.models.digests import looks_whole, problems
from assistant.models.manifest import shipped_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.models.manifest import Manifest, Model


class ModelStore:
    """The models in a folder: those of the manifest and those that the user added.

    Args:
        root: The models folder; it need not exist.
        manifest: None: the one that came with the program.

    Raises:
        ModelError: The manifest or the list of added models is damaged.
    """

    def __init__(self, root: Path, manifest: Manifest | None = None) -> None:
        self.root = root
        self.manifest = shipped_manifest() if manifest is None else manifest
        shipped = {model.name for model in self.manifest.models}
        added = tuple(model for model in read_added(root) if model.name not in shipped)
        self.models: tuple[Model, ...] = self.manifest.models + added
        """Every known model, installed or not."""

    def names(self) -> tuple[str, ...]:
        """Return the names of all known models, installed or not."""
        return tuple(model.name for model in self.models)

    def model(self, name: str) -> Model:
        """Return what is known of a model.

        Raises:
            ModelError: No model has that name.
        """
        for model in self.models:
            if model.name == name:
                return model
        raise ModelError(
            f"no model is called {name!r}: known are {', '.join(self.names())}; "
            "'assistant models add whisper DIR' adds a larger recogniser"
        )

    def installed(self, name: str) -> bool:
        """Whether all files of the model are there with their sizes (digests are for ``problems``).

        Raises:
            ModelError: No model has that name.
        """
        return looks_whole(self.root / name, self.model(name))

    def folder(self, name: str) -> Path:
        """Return the folder of an installed model.

        Raises:
            ModelError: No model has that name, or it is not installed, or a file is missing or has another size.
        """
        folder = self.root / name
        if self.installed(name):
            return folder
        if folder.is_dir():
            raise ModelError(f"the model {name} in {self.root} is damaged: run {self._remedy(name)}")
        raise ModelError(f"the model {name} is not installed in {self.root}: run {self._remedy(name)}")

    def digest(self, name: str) -> str:
        """Return the listed SHA-256 of the model's main file.

        Raises:
            ModelError: No model has that name.
        """
        return self.model(name).digest

    def problems(self, name: str) -> tuple[str, ...]:
        """Return one line for each file of the model that is missing or has another digest; reads every byte.

        Raises:
            ModelError: No model has that name.
        """
        return tuple(problems(self.root / name, self.model(name)))

    def _remedy(self, name: str) -> str:
        if name in {model.name for model in self.manifest.models}:
            return "'assistant models install'"
        return "'assistant models add whisper DIR' again"
