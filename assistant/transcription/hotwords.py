"""Which names the recogniser is told to expect: without them a third of unusual names is misheard."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Group


def hotwords(group: Group) -> tuple[str, ...]:
    """Return the names and nicknames of everybody on the roster, the absent too: they are talked about."""
    names = (name for person in group.people for name in (person.name, *person.aliases))
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def prompt(names: Sequence[str]) -> str | None:
    """Return ``names`` as Whisper reads them in every window; None where there are none."""
    return ", ".join(names) or None
