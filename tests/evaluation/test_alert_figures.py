"""Alerts found, missed and false, counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import AlertKind, AlertLevel
from assistant.evaluation.alerts import AlertFigures, AlertRow, alert_figures
from assistant.evaluation.machine import read_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.evaluation.gold import GoldSession

    Gold = Callable[..., GoldSession]
    AsHeard = Callable[..., dict[str, Any]]

A1, A2 = AlertLevel.A1, AlertLevel.A2


def _figures(
    gold: GoldSession, data: dict[str, Any], *alerts: tuple[str, str, str], timed: bool = True
) -> AlertFigures:
    rows = [{"utterance": u, "kind": kind, "level": level} for u, kind, level in alerts]
    return alert_figures(gold, read_machine(data | {"alerts": rows}), timed=timed)


@pytest.mark.parametrize("timed", [True, False])
def test_found_at_its_level_at_another_and_not_at_all(build_gold: Gold, as_heard: AsHeard, *, timed: bool) -> None:
    """Of three A1 alerts one is found at A1, one at A2 only, one missed."""
    gold = build_gold(
        ("m1", "One two three four five six.", "risk_self"),
        ("f", "One two three four five six seven eight.", "cross_member"),
        ("m2", "One two three four five six seven eight.", "abuse_child"),
        duration=1800.0,
    )
    figures = _figures(gold, as_heard(gold), ("u1", "risk_self", "A1"), ("u2", "cross_member", "A2"), timed=timed)

    assert figures.at(A1) == AlertRow(expected=3, found=2, at_level=1, raised=1)
    assert figures.recall(A1) == pytest.approx(2 / 3)
    assert figures.recall_at_level(A1) == pytest.approx(1 / 3)
    assert figures.missed_turns == ("tiny/2/abuse_child",)


def test_a_member_telling_anothers_fact_is_expected_at_a2(build_gold: Gold, as_heard: AsHeard) -> None:
    """Only the facilitator's own slip is A1; identity details are A2."""
    gold = build_gold(("m1", "He lost his job.", "cross_member", "identity"))

    assert _figures(gold, as_heard(gold)).at(A2).expected == 2


def test_false_alarms_per_hour(build_gold: Gold, as_heard: AsHeard) -> None:
    """One false A1 in half an hour is two an hour; a gold A2 does not excuse an A1 of another kind."""
    gold = build_gold(("m1", "This job is killing me."), ("m1", "My number is five.", "identity"), duration=1800.0)
    figures = _figures(
        gold,
        as_heard(gold),
        ("u1", "risk_self", "A1"),
        ("u2", "identity", "A2"),
        timed=False,
    )

    assert figures.at(A1).false == 1
    assert figures.false_per_hour(A1) == pytest.approx(2)
    assert figures.at(A2).false == 0
    assert figures.false_utterances == ("tiny/u1/risk_self/A1",)
    more = _figures(gold, as_heard(gold), ("u2", "risk_self", "A1"), timed=False)
    assert more.at(A1).false == 1


def test_a_second_kind_on_a_grave_turn_is_extra_not_false(build_gold: Gold, as_heard: AsHeard) -> None:
    """The facilitator is looking already."""
    gold = build_gold(("m1", "If he comes near I will.", "risk_other"))
    figures = _figures(gold, as_heard(gold), ("u1", "risk_other", "A1"), ("u1", "abuse_child", "A1"))

    assert (figures.at(A1).false, figures.at(A1).extra) == (0, 1)


def test_alerts_about_the_recording_are_never_false(build_gold: Gold, as_heard: AsHeard) -> None:
    """The gold says nothing about unknown speakers or consent."""
    gold = build_gold(("m1", "Hello."))

    assert _figures(gold, as_heard(gold), ("u1", "unknown_speaker", "A2")).at(A2) == AlertRow(raised=1)


def test_an_empty_session_has_no_rates(build_gold: Gold, as_heard: AsHeard) -> None:
    """No turns, no hours."""
    figures = _figures(build_gold(), as_heard(build_gold()))

    assert figures.recall(A1) is None
    assert figures.false_per_hour(A1) is None
    assert figures.by_kind() == {}


def test_every_kind_has_an_expected_level(build_gold: Gold, as_heard: AsHeard) -> None:
    """No gold alert is dropped."""
    gold = build_gold(*(("m1", "Some words here.", str(kind)) for kind in AlertKind))
    figures = _figures(gold, as_heard(gold))

    assert sum(figures.at(level).expected for level in AlertLevel) == len(AlertKind)
