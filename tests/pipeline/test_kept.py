"""What the vault keeps of a session that was processed in one go."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from assistant.domain import (
    Alert,
    AlertKind,
    AlertLevel,
    Attribution,
    DecidedBy,
    Draft,
    Findings,
    Group,
    Note,
    Part2,
    PersonId,
    Release,
    Session,
    Utterance,
    UtteranceId,
)
from assistant.pipeline.drafts import Drafts
from assistant.pipeline.kept import kept
from assistant.pipeline.listening import Heard
from assistant.pipeline.session import SessionResult
from assistant.privacy.parse import Parse
from assistant.privacy.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

M1, M2 = PersonId("m1"), PersonId("m2")


def _reading(number: int) -> Reading:
    name = UtteranceId(f"u{number}")
    said = Utterance(name, number, number * 100, number * 100 + 50, "hm", (), Attribution(M1, 1.0, 1.0, DecidedBy.KEY))
    return Reading(said, Parse("hm", ()), (), Findings(name, ()))


def _draft(member: PersonId, *, refused: bool = False) -> Draft:
    return Draft(Note(member, "s", ()), Release(member, (), ()), (), refused)


def _result(drafts: Mapping[PersonId, Draft], *, group_refused: bool = False) -> SessionResult:
    readings = tuple(_reading(n) for n in (1, 2, 3))
    heard = Heard(tuple(r.utterance for r in readings), 1000, 150)
    alerts = tuple(
        Alert(UtteranceId(name), "a rule", kind, AlertLevel.A3, None)
        for name, kind in (("u3", AlertKind.CONSENT), ("u1", AlertKind.IDENTITY), ("u3", AlertKind.CROSS_MEMBER))
    )
    session = Session("s", Group("a group", "psychotherapy", Part2.NO, ()), dt.date(2026, 3, 4))
    made = Drafts(drafts, Note(None, "s", ()), (), group_refused)
    return SessionResult(session, "a source", heard, readings, alerts, made, ())


def test_every_utterance_is_kept_with_its_findings_and_alerts() -> None:
    """Each alert stands with its own utterance, and the length of the session is known."""
    found = kept(_result({}))
    assert [e.utterance.id for e in found.update.entries] == ["u1", "u2", "u3"]
    assert [[a.kind for a in e.alerts] for e in found.update.entries] == [
        [AlertKind.IDENTITY],
        [],
        [AlertKind.CONSENT, AlertKind.CROSS_MEMBER],
    ]
    assert found.update.processed_to == 1000
    assert found.session.id == "s"


@pytest.mark.parametrize("group_refused", [False, True])
def test_a_refused_draft_is_kept_as_refused(*, group_refused: bool) -> None:
    """A clinician can mend it; a refused group part, which could not be told from a fine one, is left out."""
    drafts = {M1: _draft(M1), M2: _draft(M2, refused=True)}
    found = kept(_result(drafts, group_refused=group_refused)).drafts
    assert found[M1] == drafts[M1]
    assert found[M2] == drafts[M2]
    assert (None in found) is not group_refused
