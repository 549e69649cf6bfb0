"""The drafts of a session, as they are handed on: to a process that draws screens and loads nothing to make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.domain import Draft, GateFinding, Note, PersonId


@dataclass(frozen=True, slots=True)
class Drafts:
    """All drafts of a session."""

    members: Mapping[PersonId, Draft]
    group: Note
    group_findings: tuple[GateFinding, ...]
    group_refused: bool

    @property
    def refused(self) -> tuple[str, ...]:
        """Whose note the gate refused; ``group`` for the group's part."""
        return (*(str(m) for m, d in self.members.items() if d.refused), *(("group",) if self.group_refused else ()))
