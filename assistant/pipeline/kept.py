"""What the vault keeps of a session that was processed in one go, as a live one leaves it at its close."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import Entry, SessionUpdate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.domain import Alert, Draft, Note, PersonId, Session, UtteranceId
    from assistant.pipeline.drafts import Drafts
    from assistant.pipeline.session import SessionResult


@dataclass(frozen=True, slots=True)
class Kept:
    """A session for the vault."""

    session: Session
    update: SessionUpdate = field(repr=False)
    """All of it at once; ``processed_to`` is its length."""
    drafts: Mapping[PersonId | None, Draft | Note] = field(repr=False)


def kept(result: SessionResult) -> Kept:
    """Return what the vault keeps of a processed session. Its sound is not among it."""
    alerts: dict[UtteranceId, list[Alert]] = {}
    for alert in result.alerts:
        alerts.setdefault(alert.utterance, []).append(alert)
    entries = tuple(Entry(r.utterance, r.findings, tuple(alerts.get(r.utterance.id, ()))) for r in result.readings)
    return Kept(
        result.session, SessionUpdate(entries, processed_to=result.heard.duration), drafts_to_keep(result.drafts)
    )


def drafts_to_keep(drafts: Drafts) -> dict[PersonId | None, Draft | Note]:
    """Return the drafts by member, and the group's part under None.

    A member's draft that the gate refuses is kept as refused, so that a clinician can mend it. A refused group part
    could not be told from another, so it is left out: a review makes it anew.
    """
    found: dict[PersonId | None, Draft | Note] = {member: draft for member, draft in drafts.members.items()}  # noqa: C416
    if not drafts.group_refused:
        found[None] = drafts.group
    return found
