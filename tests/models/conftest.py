"""A small library of real wheels with two small models in them, and a manifest that describes them."""

from __future__ import annotations

import base64
import hashlib
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.models.manifest import Manifest, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.models.manifest import Wheel

ALPHA_FIRST = bytes(range(256)) * 400
ALPHA_SECOND = b"second part" * 5000
ALPHA_CONFIG = b'{"kind": "alpha"}'
BETA_NET = b"beta weights" * 3000


@dataclass(frozen=True)
class Library:
    """Wheels in a folder, and the manifest of the models that they carry."""

    wheels: Path
    text: str
    """The manifest as TOML."""
    manifest_file: Path

    @property
    def manifest(self) -> Manifest:
        """The manifest, read."""
        return read_manifest(self.manifest_file)

    def rewritten(self, old: str, new: str) -> Manifest:
        """The manifest with something changed in it."""
        assert old in self.text
        self.manifest_file.write_text(self.text.replace(old, new), encoding="utf-8")
        return self.manifest


class FolderSource:
    """Gives wheels out of a folder, and remembers which were asked for."""

    def __init__(self, folder: Path, fail_at: str | None = None) -> None:
        self._folder = folder
        self._fail_at = fail_at
        self.asked: list[str] = []

    def fetch(self, wheel: Wheel, folder: Path, arrived: Callable[[int], None]) -> Path:
        """Copy the wheel."""
        self.asked.append(wheel.distribution)
        if wheel.distribution == self._fail_at:
            raise KeyboardInterrupt
        arrived(wheel.size)
        return Path(shutil.copy(self._folder / wheel.file, folder / wheel.file))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two wheels: ``tiny-one`` asks for a newer Python than some have, as real ones do."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    one = _wheel(folder, "tiny_one", {"tiny_one/data/net.part1": ALPHA_FIRST}, requires=">=3.12")
    two = _wheel(
        folder,
        "tiny_two",
        {
            "tiny_two/data/net.part2": ALPHA_SECOND,
            "tiny_two/data/config.json": ALPHA_CONFIG,
            "tiny_two/data/beta.onnx": BETA_NET,
        },
    )
    text = f"""
[[wheels]]
distribution = "tiny-one"
version = "1.0"
file = "{one.name}"
size = {one.stat().st_size}
sha256 = "{_sha(one.read_bytes())}"

[[wheels]]
distribution = "tiny-two"
version = "1.0"
file = "{two.name}"
size = {two.stat().st_size}
sha256 = "{_sha(two.read_bytes())}"

[[models]]
name = "alpha"
does = "the first thing"
licence = "MIT"
licence_texts = []
attribution = "Alpha by somebody."
main = "net.bin"

[[models.files]]
path = "net.bin"
size = {len(ALPHA_FIRST + ALPHA_SECOND)}
sha256 = "{_sha(ALPHA_FIRST + ALPHA_SECOND)}"
from = ["tiny-one:tiny_one/data/net.part1", "tiny-two:tiny_two/data/net.part2"]

[[models.files]]
path = "deep/config.json"
size = {len(ALPHA_CONFIG)}
sha256 = "{_sha(ALPHA_CONFIG)}"
from = ["tiny-two:tiny_two/data/config.json"]

[[models]]
name = "beta"
does = "the second thing"
licence = "MIT"
licence_texts = []
attribution = "Beta by somebody."
main = "beta.onnx"

[[models.files]]
path = "beta.onnx"
size = {len(BETA_NET)}
sha256 = "{_sha(BETA_NET)}"
from = ["tiny-two:tiny_two/data/beta.onnx"]
"""
    file = tmp_path / "manifest.toml"
    file.write_text(text, encoding="utf-8")
    return Library(folder, text, file)


@pytest.fixture
def source(library: Library) -> FolderSource:
    """A source that has every wheel."""
    return FolderSource(library.wheels)


@pytest.fixture
def failing_source() -> type[FolderSource]:
    """Makes a source during which somebody presses Ctrl-C."""
    return FolderSource


@pytest.fixture
def alpha_bytes() -> bytes:
    """What alpha's main file must hold."""
    return ALPHA_FIRST + ALPHA_SECOND


@pytest.fixture
def whisper_folder(tmp_path: Path) -> Path:
    """A folder that looks like a faster-whisper model."""
    folder = tmp_path / "faster-whisper-small"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"\x06\x00\x00\x00\x0c\x00WhisperSpec\x00" + b"weights" * 1000)
    (folder / "config.json").write_text("{}", encoding="utf-8")
    (folder / "tokenizer.json").write_text('{"model": {}}', encoding="utf-8")
    (folder / "vocabulary.json").write_text('["a", "b"]', encoding="utf-8")
    return folder


def _wheel(folder: Path, name: str, content: Mapping[str, bytes], requires: str = ">=3.8") -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    files = {
        **content,
        f"{info}/METADATA": (
            f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: 1.0\nRequires-Python: {requires}\n"
        ).encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{at},sha256={_urlsafe(data)},{len(data)}\n" for at, data in files.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, data in files.items():
            archive.writestr(at, data)
        archive.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")
    return path


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _urlsafe(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
