"""Files go to the folder that was named: links are followed by whose they are, and never into anybody's reach."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from assistant.errors import OutputError
from assistant.outfolder import checked, made

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are other things there")
NOBODY = 65_534
"""User id of nobody who could be running this."""


def test_an_ordinary_folder_is_made_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With those above it; from the current folder; twice; through "..". Looking makes nothing."""
    monkeypatch.chdir(tmp_path)
    assert checked(Path("a/b")) == tmp_path.resolve() / "a" / "b"
    assert not Path("a").exists()
    assert made(Path("a/b")) == made(Path("a/../a/b")) == tmp_path.resolve() / "a" / "b"
    assert stat.S_IMODE(Path("a/b").stat().st_mode) == 0o700
    with pytest.raises(OutputError, match=r"without '\.\.'"):
        checked(Path("c/../d"))


def test_ones_own_link_on_the_way_is_followed_and_told(tmp_path: Path) -> None:
    """A home on another disk, relative or absolute, one over the other; what is returned has no link in it."""
    (tmp_path / "disk" / "home").mkdir(parents=True)
    (tmp_path / "home").symlink_to("disk/home")
    (tmp_path / "again").symlink_to(tmp_path / "home")
    for way in ("home", "again"):
        folder = made(tmp_path / way / "notes")
        assert folder == (tmp_path / "disk" / "home" / "notes").resolve()


def test_the_folder_itself_is_no_link(tmp_path: Path) -> None:
    """Neither to a folder, nor to nothing, nor to another link; a slash behind it changes nothing."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "over").symlink_to("link")
    (tmp_path / "nowhere").symlink_to(tmp_path / "none")
    for name in ("link", "link/", "over", "nowhere"):
        with pytest.raises(OutputError, match="is a link: name the folder"):
            made(Path(f"{tmp_path}/{name}"))
    assert not (tmp_path / "none").exists()


def test_links_of_the_root_folder_are_the_systems() -> None:
    """As ``/tmp`` on macOS, where there is any here: also as the folder itself."""
    links = [one for one in Path("/").iterdir() if one.is_symlink() and one.is_dir()]
    if not links:
        pytest.skip("no link stands in the root folder of this machine")
    for link in links:
        assert checked(link) == link.resolve()
        assert checked(link / "there-is-none-of-this-name") == link.resolve() / "there-is-none-of-this-name"


def test_a_circle_of_links_is_one_line(tmp_path: Path) -> None:
    """And so is a file on the way."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OutputError, match="circle of links"):
        checked(tmp_path / "a" / "notes")
    (tmp_path / "file").write_text("", encoding="utf-8")
    for way in ("file", "file/notes"):
        with pytest.raises(OutputError, match="is a file: name a folder"):
            checked(tmp_path / way)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a link away")
def test_somebody_elses_link_is_not_followed(tmp_path: Path) -> None:
    """Put into a folder where everybody may put something, before the folder of that name was made."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o1777)
    link = tmp_path / "shared" / "notes"
    link.symlink_to(tmp_path / "elsewhere")
    os.lchown(link, NOBODY, NOBODY)
    with pytest.raises(OutputError, match="somebody else's"):
        made(link / "tonight")
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a link away")
def test_somebody_elses_link_is_followed_where_only_some_may_put_one(tmp_path: Path) -> None:
    """A disk of the host's, brought into a container, has links of a user who is not known in there."""
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "notes"
    link.symlink_to("elsewhere")
    os.lchown(link, NOBODY, NOBODY)
    assert made(link / "tonight") == (tmp_path / "elsewhere" / "tonight").resolve()


def test_a_folder_that_a_host_shares_with_everybody_takes_files(tmp_path: Path) -> None:
    """Its own mode says nothing of who is there."""
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    assert made(shared / "new") == (shared / "new").resolve()
