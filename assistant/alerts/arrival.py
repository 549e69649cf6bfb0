"""Something told tonight, repeated before somebody who was not in the room to hear it (rule X2 within one evening)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.audience import missed_by
from assistant.alerts.facts import Known, is_voiced, voiced
from assistant.domain import Alert, AlertKind, AlertLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Findings, Utterance


def told_before_arrival(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield an alert when a member's fact of tonight is repeated before somebody who came after it was told.

    A1 from the facilitator, A2 from a member or an unknown voice. Its owner may tell it again; once all who are here
    have heard it, it is no secret. An owner who has left is the absent-member rule's.
    """
    missed = [told for told in memory.tonight if told.owner != utterance.speaker and missed_by(told, memory)]
    if not missed:
        return
    heard = voiced(utterance, findings, memory)
    for told in missed:
        owner = memory.group.person(told.owner)
        fresh = heard.concepts - memory.brought_up(owner.id)
        if owner.present and fresh & told.said and is_voiced(Known(owner, told.around, told.names), heard, memory):
            level = AlertLevel.A1 if heard.facilitating else AlertLevel.A2
            advice = keyed("told_before_arrival", memory.group)
            yield Alert(utterance.id, "told before arrival", AlertKind.CROSS_MEMBER, level, told.owner, None, advice)
            return
