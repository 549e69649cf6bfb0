"""Where files that leave the vault are put: the folder that was named, and no other that somebody put in its place.

A link decides where a file goes, so it counts who made it. Links on the way to a folder are followed (a home on another
disk), but for somebody else's in a folder where anybody may put one, as the Linux kernel's ``protected_symlinks`` has
it. The folder itself is no link, for what that points at today it need not point at tomorrow; but for those that stand
in the root folder (``/tmp`` on macOS), which only the system puts there. Which folder it was in the end, links
resolved, is what is told. Folders that everybody may write in are not refused: what a host shares with a container or
a subsystem looks like that.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from assistant.errors import OutputError

_MOST_LINKS = 40
"""As the system counts them before it gives up."""
_SYSTEM = 0
"""User id of the system's own files."""


def checked(named: Path) -> Path:
    """Return the real folder that is meant, whether it is there yet or not. Nothing is made.

    Args:
        named: As somebody named it; from the current folder where it is not absolute.

    Raises:
        OutputError: It is a link or no folder, the way to it leads over a link that anybody may have put there, or the
            system does not let us look.
    """
    try:
        return _followed(named)
    except OSError as error:
        raise OutputError(
            f"cannot look at {named}: {error.strerror or 'the system refused'}; choose another folder"
        ) from None


def made(named: Path) -> Path:
    """Return the real folder that is meant; where it is not there it is made, for its owner alone.

    Raises:
        OutputError: As ``checked``, or it cannot be made.
    """
    folder = checked(named)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"cannot make the folder {named}: {error.strerror or 'the system refused'}; "
            "free some space or choose another folder"
        ) from None
    return folder


def _followed(named: Path) -> Path:
    """Walk to a folder step by step, as the system would, and look at each step."""
    here, *steps = named.absolute().parts
    place = Path(here)
    left = list(reversed(steps))
    links = 0
    while left:
        step = left.pop()
        if step == os.pardir:
            place = place.parent
            continue
        inner = place / step
        status = _status(inner)
        if status is None:
            # Nothing is there: neither are the steps behind it.
            if os.pardir in left:
                raise OutputError(f"{named} leads through a folder that is not there: name it without '..'")
            return inner.joinpath(*reversed(left))
        if stat.S_ISLNK(status.st_mode):
            links += 1
            if links > _MOST_LINKS:
                raise OutputError(f"{named} leads in a circle of links: name the folder itself")
            _require_ours(named, inner, status, last=not left)
            target = inner.readlink()
            if target.is_absolute():
                place = Path(target.anchor)
            left.extend(reversed(target.relative_to(target.anchor).parts))
            continue
        if not stat.S_ISDIR(status.st_mode):
            raise OutputError(f"{inner} is a file: name a folder")
        place = inner
    return place


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _require_ours(named: Path, link: Path, status: os.stat_result, *, last: bool) -> None:
    # On Windows making a link takes a right of its own, and whose it is the system does not say in these terms.
    stranger = sys.platform != "win32" and status.st_uid not in {_SYSTEM, os.getuid()}
    if stranger and link.parent.stat().st_mode & stat.S_IWOTH:
        raise OutputError(f"{named} leads over a link that is somebody else's, {link}: name the folder itself")
    if last and link.parent != Path(link.anchor):
        raise OutputError(f"{named} is a link: name the folder that it points at")
