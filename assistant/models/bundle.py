"""All models in one archive, to carry to a machine that has no network.

The archive is not trusted: what it may hold, and with which digests, is the manifest's business (and, for models that a
user added, the archive's own list's). Nothing is extracted by the path that the archive gives.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import tarfile
import zlib
from typing import IO, TYPE_CHECKING

from assistant.errors import ModelError
from assistant.models.added import LIST, parse_added, read_added, write_added
from assistant.models.digests import problems
from assistant.models.manifest import safe_path
from assistant.models.places import shipped_folder
from assistant.models.staging import appearing, chunks_of, require_space, staging

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.models.install import Progress
    from assistant.models.manifest import Manifest, Model, ModelFile
    from assistant.models.staging import Staging
    from assistant.models.store import ModelStore

_LIST_LIMIT = 1 << 20
"""Bytes of the longest list of added models that is read from an archive."""


def write_bundle(store: ModelStore, file: Path) -> tuple[str, ...]:
    """Write all installed models, the manifest and the licences into one archive (tar; weights do not shrink).

    Returns:
        The names of the models in it.

    Raises:
        ModelError: No model is installed, or one is damaged.
        OutputError: The archive cannot be written.
    """
    models = tuple(model for model in store.models if store.installed(model.name))
    if not models:
        raise ModelError(f"no model is installed in {store.root}: run 'assistant models install' first")
    require_space(file.absolute().parent, sum(model.size for model in models))
    shipped = shipped_folder()
    with appearing(file) as target, tarfile.open(fileobj=target, mode="w") as archive:
        _put(archive, "manifest.toml", (shipped / "manifest.toml").read_bytes())
        for text in sorted((shipped / "licences").iterdir()):
            _put(archive, f"licences/{text.name}", text.read_bytes())
        if (store.root / LIST).is_file():
            _put(archive, LIST, (store.root / LIST).read_bytes())
        for model in models:
            for listed in model.files:
                with (store.root / model.name / listed.path).open("rb") as content:
                    checked = _Checked(content)
                    archive.addfile(_entry(f"{model.name}/{listed.path}", listed.size), checked)
                if checked.sha256 != listed.sha256:
                    raise ModelError(
                        f"{model.name}: {listed.path} is damaged, no bundle was written: run 'assistant models install'"
                    )
    return tuple(model.name for model in models)


def install_bundle(root: Path, manifest: Manifest, file: Path, progress: Progress) -> tuple[str, ...]:
    """Install the models of an archive that ``write_bundle`` made.

    Models that stand and verify are left alone; those that this version of the program does not know are passed over.

    Returns:
        The names of the models that were installed now.

    Raises:
        ModelError: The archive cannot be read, is cut short, holds a path that leads out, a link or a wrong digest.
            Nothing of it is installed then.
        OutputError: The disk is too small or the folder cannot be written.
    """
    try:
        archive = tarfile.open(file)  # noqa: SIM115  closed below; these are the errors of opening alone
    except FileNotFoundError:
        raise ModelError(f"the bundle {file} does not exist") from None
    except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile):
        raise ModelError(f"{file} is not a bundle: make one with 'assistant models bundle FILE'") from None
    except OSError as failure:
        raise ModelError(f"cannot read the bundle {file}: {failure.strerror}") from None
    try:
        with archive, staging(root) as stage:
            members = _safe_members(archive)
            added = _added(archive, members, stage)
            shipped = {model.name for model in manifest.models}
            known = manifest.models + tuple(model for model in added if model.name not in shipped)
            here = [model for model in known if any(name.startswith(f"{model.name}/") for name in members)]
            wanted = [model for model in here if any(problems(root / model.name, model))]
            require_space(root, sum(model.size for model in wanted))
            if wanted:
                progress.begin(sum(model.size for model in wanted))
            done = 0
            for model in wanted:
                progress.at(done, f"checking {model.name}")
                for listed in model.files:
                    stage.write(model, listed, _content(archive, members, model, listed))
                    done += listed.size
                    progress.at(done, f"checking {model.name}")
            # Only when the whole archive proved right does any of it move into place.
            for model in wanted:
                stage.place(model)
                progress.installed(model)
            _record(root, tuple(model for model in here if model.name not in shipped))
    except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile):
        raise ModelError(
            f"the bundle {file} is damaged or cut short: nothing of it is installed; copy it again"
        ) from None
    return tuple(model.name for model in wanted)


class _Checked(io.RawIOBase):
    """A file that computes its digest while the archive reads it."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._content.read(size)
        self._digest.update(chunk)
        return chunk

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    # TarInfo's defaults carry no user, no group and no time: the archive says nothing of the machine it comes from.
    entry = tarfile.TarInfo(name)
    entry.size = size
    return entry


def _put(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    archive.addfile(_entry(name, len(content)), io.BytesIO(content))


def _safe_members(archive: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    """Return the regular files by name; a link, a device or a path that leads out refuses the whole archive."""
    members: dict[str, tarfile.TarInfo] = {}
    for member in archive:
        safe_path(member.name, "the bundle is refused")
        if member.isdir():
            continue
        if not member.isreg():
            raise ModelError(f"the bundle is refused: {member.name!r} is not a regular file")
        members[member.name] = member
    return members


def _added(archive: tarfile.TarFile, members: dict[str, tarfile.TarInfo], stage: Staging) -> tuple[Model, ...]:
    member = members.get(LIST)
    if member is None:
        return ()
    if member.size > _LIST_LIMIT:
        raise ModelError(f"the bundle is refused: its {LIST} is too long")
    path = stage.folder / LIST
    path.write_bytes(b"".join(_chunks(archive, member)))
    return parse_added(path)


def _content(
    archive: tarfile.TarFile, members: dict[str, tarfile.TarInfo], model: Model, listed: ModelFile
) -> Iterator[bytes]:
    member = members.get(f"{model.name}/{listed.path}")
    if member is None:
        raise ModelError(f"the bundle lacks {model.name}/{listed.path}: nothing of it was installed; make it again")
    return _chunks(archive, member)


def _chunks(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    content = archive.extractfile(member)
    if content is not None:
        with content:
            yield from chunks_of(content)


def _record(root: Path, models: tuple[Model, ...]) -> None:
    if models:
        names = {model.name for model in models}
        write_added(root, (*(model for model in read_added(root) if model.name not in names), *models))
