"""A bundle carries everything to another machine, and is trusted only as far as the digests go."""

from __future__ import annotations

import gzip
import io
import tarfile
from typing import TYPE_CHECKING

import pytest

from assistant.errors import ModelError
from assistant.models.added import add_whisper
from assistant.models.bundle import install_bundle, write_bundle
from assistant.models.install import install
from assistant.models.progress import Unwatched
from assistant.models.store import ModelStore

if TYPE_CHECKING:
    from pathlib import Path

    from tests.models.conftest import FolderSource, Library


@pytest.fixture
def store(tmp_path: Path, library: Library, source: FolderSource) -> ModelStore:
    """Both models, installed."""
    root = tmp_path / "models"
    install(root, library.manifest, source, Unwatched())
    return ModelStore(root, library.manifest)


@pytest.fixture
def bundle(tmp_path: Path, store: ModelStore) -> Path:
    """Both models, in an archive."""
    file = tmp_path / "models.tar"
    write_bundle(store, file)
    return file


def _repacked(bundle: Path, change: dict[str, bytes | None], extra: tuple[tarfile.TarInfo, ...] = ()) -> Path:
    """The archive with some members' bytes replaced (None: left out) and others added."""
    target = bundle.with_name("repacked.tar")
    with tarfile.open(bundle) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            data = change.get(member.name, content.read())
            if data is not None:
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
        for member in extra:
            new.addfile(member, io.BytesIO(b"x" * member.size))
    return target


def _member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type = kind
    member.linkname = link
    member.size = 1 if kind == tarfile.REGTYPE else 0
    return member


def test_a_bundle_installs_whole_on_another_machine(tmp_path: Path, library: Library, store: ModelStore) -> None:
    """With the manifest and the licences in it."""
    file = tmp_path / "models.tar"

    assert write_bundle(store, file) == ("alpha", "beta")
    assert install_bundle(tmp_path / "there", library.manifest, file, Unwatched()) == ("alpha", "beta")

    there = ModelStore(tmp_path / "there", library.manifest)
    assert [there.problems(name) for name in there.names()] == [(), ()]
    with tarfile.open(file) as archive:
        names = archive.getnames()
    assert "manifest.toml" in names
    assert "licences/CC-BY-4.0.txt" in names


def test_a_bundle_says_nothing_of_the_machine_it_comes_from(bundle: Path) -> None:
    """No user, no group, no time."""
    with tarfile.open(bundle) as archive:
        about = {(m.uid, m.gid, m.uname, m.gname, m.mtime) for m in archive}

    assert about == {(0, 0, "", "", 0)}


def test_a_compressed_bundle_is_read_too(tmp_path: Path, library: Library, bundle: Path) -> None:
    """Somebody may have compressed it on the way."""
    packed = tmp_path / "models.tar.gz"
    packed.write_bytes(gzip.compress(bundle.read_bytes()))

    assert install_bundle(tmp_path / "there", library.manifest, packed, Unwatched()) == ("alpha", "beta")


def test_a_model_that_the_user_added_travels_with_its_digests(
    tmp_path: Path, library: Library, store: ModelStore, whisper_folder: Path
) -> None:
    """And is covered by verify over there."""
    add_whisper(store.root, library.manifest, whisper_folder)
    file = tmp_path / "models.tar"
    write_bundle(ModelStore(store.root, library.manifest), file)

    names = install_bundle(tmp_path / "there", library.manifest, file, Unwatched())

    assert names == ("alpha", "beta", "whisper-small")
    assert ModelStore(tmp_path / "there", library.manifest).problems("whisper-small") == ()


@pytest.mark.parametrize(
    "member",
    [
        _member("../outside"),
        _member("/tmp/outside"),  # noqa: S108  a path that must never be written
        _member("alpha/../../outside"),
        _member("alpha/net.bin", tarfile.SYMTYPE, "/etc/passwd"),
        _member("alpha/hard", tarfile.LNKTYPE, "../outside"),
        _member("alpha/pipe", tarfile.FIFOTYPE),
        _member("alpha/device", tarfile.CHRTYPE),
    ],
    ids=["parent", "absolute", "hidden parent", "symbolic link", "hard link", "pipe", "device"],
)
def test_an_archive_that_leads_out_is_refused_whole(
    tmp_path: Path, library: Library, bundle: Path, member: tarfile.TarInfo
) -> None:
    """Nothing of it is installed, and nothing is written outside."""
    bad = _repacked(bundle, {}, (member,))
    there = tmp_path / "deep" / "there"

    with pytest.raises(ModelError, match="the bundle is refused"):
        install_bundle(there, library.manifest, bad, Unwatched())

    assert [path.name for path in there.iterdir()] == [".lock"]
    assert not list(tmp_path.rglob("outside"))


def test_one_flipped_byte_refuses_the_bundle_and_is_named(
    tmp_path: Path, library: Library, bundle: Path, alpha_bytes: bytes
) -> None:
    """Not even the models that are right move into place."""
    flipped = alpha_bytes[:-1] + bytes([alpha_bytes[-1] ^ 1])
    bad = _repacked(bundle, {"alpha/net.bin": flipped})

    with pytest.raises(ModelError, match=r"alpha: net\.bin does not have the listed SHA-256"):
        install_bundle(tmp_path / "there", library.manifest, bad, Unwatched())

    assert [path.name for path in (tmp_path / "there").iterdir()] == [".lock"]


def test_the_archives_own_manifest_is_not_believed(tmp_path: Path, library: Library, bundle: Path) -> None:
    """Who can change a file can change the digests beside it."""
    bad = _repacked(bundle, {"manifest.toml": b"", "beta/beta.onnx": b"other weights"})

    with pytest.raises(ModelError, match=r"beta: beta\.onnx"):
        install_bundle(tmp_path / "there", library.manifest, bad, Unwatched())


def test_an_added_model_cannot_take_a_shipped_models_place(tmp_path: Path, library: Library, bundle: Path) -> None:
    """The archive's own list is believed for recognisers that a user may add, and for nothing else."""
    forged = library.text[library.text.index("[[models]]") :].replace('name = "beta"', 'name = "gamma"').encode()
    bad = bundle.with_name("forged.tar")
    with tarfile.open(bad, "w") as archive:
        member = tarfile.TarInfo("added.toml")
        member.size = len(forged)
        archive.addfile(member, io.BytesIO(forged))

    with pytest.raises(ModelError, match="is not a recogniser that a user may add"):
        install_bundle(tmp_path / "there", library.manifest, bad, Unwatched())


def test_a_bundle_that_lacks_a_file_is_refused(tmp_path: Path, library: Library, bundle: Path) -> None:
    """The missing file is named."""
    bad = _repacked(bundle, {"alpha/deep/config.json": None})

    with pytest.raises(ModelError, match=r"lacks alpha/deep/config\.json"):
        install_bundle(tmp_path / "there", library.manifest, bad, Unwatched())


@pytest.mark.parametrize("kind", ["tar", "gzip"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_bundle_that_was_cut_short_is_refused(
    tmp_path: Path, library: Library, bundle: Path, kind: str, share: float
) -> None:
    """A copy that broke off does not install half."""
    data = bundle.read_bytes()
    data = gzip.compress(data) if kind == "gzip" else data
    bundle.write_bytes(data[: int(len(data) * share)])

    with pytest.raises(ModelError, match=r"damaged or cut short|lacks"):
        install_bundle(tmp_path / "there", library.manifest, bundle, Unwatched())

    assert [path.name for path in (tmp_path / "there").iterdir()] == [".lock"]


def test_a_model_that_this_version_does_not_know_is_passed_over(tmp_path: Path, library: Library, bundle: Path) -> None:
    """A bundle of a newer version still helps."""
    newer = _repacked(bundle, {}, (_member("delta/net.bin"),))

    assert install_bundle(tmp_path / "there", library.manifest, newer, Unwatched()) == ("alpha", "beta")
    assert not (tmp_path / "there" / "delta").exists()


def test_what_stands_is_left_alone(library: Library, store: ModelStore, bundle: Path) -> None:
    """A bundle over a whole folder has nothing to do."""
    assert install_bundle(store.root, library.manifest, bundle, Unwatched()) == ()


def test_what_is_no_bundle_is_said_in_one_line(tmp_path: Path, library: Library) -> None:
    """A text file, a folder, nothing at all."""
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")

    for name, said in (("letter.txt", "is not a bundle"), ("nothing.tar", "does not exist"), (".", "cannot read")):
        with pytest.raises(ModelError, match=said):
            install_bundle(tmp_path / "there", library.manifest, tmp_path / name, Unwatched())


def test_a_damaged_model_is_not_bundled(tmp_path: Path, store: ModelStore, alpha_bytes: bytes) -> None:
    """And no archive is left behind."""
    (store.root / "alpha" / "net.bin").write_bytes(bytes([alpha_bytes[0] ^ 1]) + alpha_bytes[1:])

    with pytest.raises(ModelError, match=r"alpha: net\.bin is damaged, no bundle was written"):
        write_bundle(store, tmp_path / "models.tar")

    assert not list(tmp_path.glob("models.tar*"))


def test_an_empty_models_folder_is_not_bundled(tmp_path: Path, library: Library) -> None:
    """There is nothing to carry."""
    with pytest.raises(ModelError, match="no model is installed"):
        write_bundle(ModelStore(tmp_path / "models", library.manifest), tmp_path / "models.tar")
