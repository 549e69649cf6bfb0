"""A policy that switches something off takes its code out of the program, and the rest goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.alerts.conftest import Rooms  # for the type checker alone

ROOT = Path(__file__).parent.parent.parent
RISK_CODE = {
    "assistant.alerts.risk",
    "assistant.privacy.recognisers.abuse",
    "assistant.privacy.recognisers.meaning",
    "assistant.privacy.recognisers.risk",
}
RULE_CODE = {
    f"assistant.alerts.{name}" for name in ("absent", "arrival", "facts", "live", "members", "risk", "room", "rules")
}
COMPOSED = """
from assistant.alerts import advice, preflight
from assistant.settings import LiveSettings, SitePolicy
live = LiveSettings.of(SitePolicy({policy!r}))
from assistant.privacy.clinical_detectors import clinical_detectors
detectors = clinical_detectors(risk_flags=live.risk_flags)
if live.live_alerts:
    from assistant.alerts.live import LiveAlerts
    alerts = LiveAlerts.of(risk_flags=live.risk_flags)
"""


def loaded(policy: str) -> set[str]:
    """The modules of the house that a fresh program holds once a policy's rooms are put together."""
    code = f"import sys{COMPOSED.format(policy=policy)}print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return {name for name in done.stdout.split() if name.startswith("assistant.")}


def test_without_risk_flags_nothing_that_reads_risk_language_is_loaded() -> None:
    """Domain rule 5.4: the code path is gone, not merely silent; the other rules stay."""
    modules = loaded("illinois")

    assert not modules & RISK_CODE
    assert {"assistant.alerts.absent", "assistant.alerts.facts"} <= modules


def test_after_the_session_only_no_alert_rule_is_loaded() -> None:
    """Only the list before the start and the texts are there."""
    modules = loaded("post-session only")

    assert not modules & RULE_CODE
    assert "assistant.alerts.preflight" in modules


def test_by_default_all_of_it_is_loaded() -> None:
    """The same question finds it where the policy wants it."""
    assert loaded("live") >= RISK_CODE | RULE_CODE


@pytest.mark.parametrize(
    "words", ["I want to kill myself", "My ex hits our boy on his weekends", "I'll put Rick in the ground"]
)
def test_without_risk_flags_risk_language_is_silent(words: str, open_room: Rooms) -> None:
    """And is not silent with them."""
    assert open_room(risk_flags=False).say("m1", words) == ()
    assert open_room().say("m1", words) != ()


def test_without_risk_flags_what_crosses_between_members_is_still_told(open_room: Rooms) -> None:
    """The policy is about risk language alone."""
    alerts = open_room(risk_flags=False).say("f", "Bill, how is the HIV treatment going", [("Bill", "PERSON", "m5")])

    assert [(a.kind.value, a.level.value) for a in alerts] == [("cross_member", "A1")]
