"""``assistant doctor`` tells what is fine, what is missing, and what to do about it."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from assistant.cli.checks import (
    Check,
    State,
    check_disk,
    check_library,
    check_machine,
    check_models,
    check_permissions,
    check_python,
    check_vault,
    checks,
)
from assistant.cli.doctor import render
from assistant.models.install import install
from assistant.models.places import models_folder
from assistant.models.progress import Unwatched
from assistant.models.store import ModelStore

if TYPE_CHECKING:
    from pathlib import Path

    from tests.models.conftest import FolderSource, Library


def _state(found: tuple[Check, ...], name: str) -> State:
    return next(check.state for check in found if check.name == name)


def test_missing_and_damaged_models_fail_with_the_remedy(
    tmp_path: Path, library: Library, source: FolderSource, alpha_bytes: bytes
) -> None:
    """A flipped byte is as bad as no file."""
    root = tmp_path / "models"
    assert {check.state for check in check_models(ModelStore(root, library.manifest))} == {State.FAIL}

    install(root, library.manifest, source, Unwatched())
    (root / "alpha" / "net.bin").write_bytes(alpha_bytes[:-1] + bytes([alpha_bytes[-1] ^ 1]))
    found = tuple(check_models(ModelStore(root, library.manifest)))

    assert _state(found, "model alpha") is State.FAIL
    assert _state(found, "model beta") is State.OK
    assert found[0].remedy == "run 'assistant models install'"


def test_a_library_that_does_not_load_fails_without_its_words() -> None:
    """Its process may even die; ours does not."""
    broken = check_library("broken", "import sys; sys.exit('secret words')")
    dying = check_library("dying", "import os; os.abort()")

    assert (broken.state, dying.state) == (State.FAIL, State.FAIL)
    assert "secret" not in broken.found + broken.remedy
    assert check_library("whole", "print('1.2')") == Check("whole", State.OK, "1.2")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_folders_that_others_can_open_are_warned_of(tmp_path: Path) -> None:
    """Weights that anybody may change, a home that anybody may read."""
    models, home = tmp_path / "models", tmp_path / "home"
    models.mkdir(mode=0o755)
    home.mkdir(mode=0o700)
    assert {check.state for check in check_permissions(models, home)} == {State.OK}

    models.chmod(0o777)
    home.chmod(0o755)
    found = tuple(check_permissions(models, home))

    assert {check.state for check in found} == {State.WARN}
    assert [check.remedy.split()[1] for check in found] == ["chmod", "chmod"]


def test_folders_that_do_not_exist_yet_are_no_fault(tmp_path: Path) -> None:
    """The first command makes them."""
    found = tuple(check_permissions(tmp_path / "a" / "models", tmp_path / "b" / "home"))

    assert {check.state for check in found} == {State.OK}
    assert "free" in check_disk(tmp_path / "a" / "models").found


def test_a_vault_is_missed_until_it_is_made(tmp_path: Path) -> None:
    """A recording needs none, so it is a warning, with the command that makes one."""
    none = check_vault(tmp_path)
    (tmp_path / "vault.toml").touch()

    assert none.state is State.WARN
    assert "assistant vault create" in none.remedy
    assert check_vault(tmp_path).state is State.OK


def test_the_table_shows_paths_and_brackets_as_they_are() -> None:
    """A path is not markup."""
    said = io.StringIO()

    render((Check("home", State.FAIL, "/tmp/[red]x", "mend it"),), Console(file=said, width=100))  # noqa: S108  not used

    assert "/tmp/[red]x -> mend it" in said.getvalue()  # noqa: S108  not used
    assert "FAIL" in said.getvalue()


@pytest.mark.models
@pytest.mark.slow
def test_this_machine_can_process_a_session() -> None:
    """Nothing fails where the tests run; what only the live room needs may be missing."""
    found = checks(ModelStore(models_folder()))

    assert [check for check in found if check.state is State.FAIL] == []
    assert check_python() in found
    assert check_machine() in found
