"""One recorded session through the real command, with the network refused: what other programs and readers rely on."""

from __future__ import annotations

import json
import re
import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import AlertKind, AlertLevel, Assertion, DecidedBy, DisclosureType, UtteranceStatus

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command, Ran

pytestmark = [pytest.mark.models, pytest.mark.slow]

OWN = {"m1": ("vodka", "plant", "Delmore"), "m2": ("locks", "shoved", "October")}
"""Words by which each member's own story is known in the short sample."""
NAMES = {"m1": ("Walter", "Greene"), "m2": ("Simone", "Archer", "Sim"), "f1": ("Nora", "Whitfield")}


@dataclass(frozen=True)
class Session:
    """What the command left."""

    ran: Ran
    drafts: Path
    machine_file: Path

    @property
    def machine(self) -> dict[str, Any]:
        """The machine file."""
        content: dict[str, Any] = json.loads(self.machine_file.read_text())
        return content

    def draft(self, person: str) -> str:
        """The text of one draft."""
        return (self.drafts / f"{person}.md").read_text()


@pytest.fixture(scope="module")
def done(
    assistant_for_all: Command, smoke: Path, models_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Session:
    """The short sample processed once, for all tests here."""
    folder = tmp_path_factory.mktemp("out")
    ran = assistant_for_all(
        "process", smoke / "smoke-01.flac", "--group", smoke / "group.toml", "--drafts", folder / "drafts",
        "--machine", folder / "machine.json", "--date", "2026-01-31", first=assistant_for_all.network_refused,
    )  # fmt: skip
    return Session(ran, folder / "drafts", folder / "machine.json")


def test_the_whole_pipeline_works_with_the_network_refused(done: Session) -> None:
    """Not one socket is asked for, by Python or by a native library, from the start to the last file."""
    assert done.ran.code == 0, done.ran.err
    assert done.ran.err == ""
    assert {path.name for path in done.drafts.iterdir()} == {"m1.md", "m2.md", "group.md"}


@pytest.mark.parametrize(
    ("attempt", "codes"),
    [
        ("import socket; socket.socket()", {99}),
        ("import socket; socket.getaddrinfo('localhost', 80)", {99}),
        pytest.param(
            "ctypes.CDLL(None).socket(2, 1, 0)",
            {-31},
            marks=pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's"),
        ),
    ],
)
def test_the_refusal_refuses(assistant: Command, attempt: str, codes: set[int]) -> None:
    """The test above could fail: a socket in Python and one below Python both end the process."""
    ran = assistant("--version", first=f"{assistant.network_refused}\n{attempt}")

    assert ran.code in codes


def test_files_are_readable_by_their_owner_alone(done: Session) -> None:
    """Drafts and the machine file are private from the first byte."""
    for path in (*done.drafts.iterdir(), done.machine_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(done.drafts.stat().st_mode) == 0o700


def test_no_library_leaves_a_file_behind(done: Session, assistant_for_all: Command) -> None:
    """The home, the temporary and the current folder are as they were: no cache, no list, no usage data."""
    assert done.ran.code == 0
    assert assistant_for_all.left_behind() == {}


def test_each_draft_tells_its_readers_story(done: Session) -> None:
    """Own facts reach the own draft; it says DRAFT, and leaves Assessment and Plan to the clinician."""
    for person, words in OWN.items():
        text = done.draft(person)
        assert "DRAFT" in text
        assert sum(word in text for word in words) >= 2, person
        for title in ("Assessment", "Plan"):
            assert re.search(rf"## {title}\n+- \[clinician to complete\]", text), title


def test_no_draft_tells_anothers(done: Session) -> None:
    """No name, no word of the other's story, and no number that the other gave."""
    for person in ("m1", "m2", "group"):
        text = done.draft(person)
        for other in {*OWN, *NAMES} - {person}:
            for word in (*OWN.get(other, ()), *NAMES[other]):
                assert not re.search(rf"\b{word}\b", text, re.IGNORECASE), (person, other)
    digits = re.sub(r"\D", "", done.draft("m1") + done.draft("group"))
    assert "5550188" not in digits
    assert "4472" not in digits


def test_the_terminal_tells_what_happened_without_a_word(done: Session) -> None:
    """Who spoke, what was flagged, where the drafts lie; no name and no fact."""
    for told in ("Who spoke", "Alerts", "abuse adult", "Drafts:", "m1", "m2", str(done.drafts)):
        assert told in done.ran.out
    for words in (*OWN.values(), *NAMES.values()):
        for word in words:
            assert not re.search(rf"\b{word}\b", done.ran.out), word


def test_the_machine_file_keeps_its_contract(done: Session) -> None:
    """Every key of the contract is there with its type, and every reference points at something."""
    machine = done.machine
    assert machine["session"]["duration_s"] == pytest.approx(57, abs=1)
    assert machine["session"]["source"] == "smoke-01.flac"
    assert machine["session"]["id"].startswith("s-")
    assert all(re.fullmatch("[0-9a-f]{64}", model["sha256"]) for model in machine["session"]["models"])
    assert len(machine["session"]["models"]) == 7

    ids = [utterance["id"] for utterance in machine["utterances"]]
    assert len(set(ids)) == len(ids) > 8
    for utterance in machine["utterances"]:
        check_utterance(utterance)
    assert any(utterance["disclosures"] for utterance in machine["utterances"])

    assert machine["alerts"]
    for alert in machine["alerts"]:
        assert alert["utterance"] in ids
        assert isinstance(alert["rule"], str)
        assert alert["kind"] in set(AlertKind)
        assert alert["level"] in set(AlertLevel)
        assert alert["owner"] in {"f1", "m1", "m2", None}

    assert set(machine["notes"]) == {"m1", "m2"}
    for person, lines in machine["notes"].items():
        assert any(line["evidence"] for line in lines)
        for line in lines:
            assert isinstance(line["section"], str)
            assert isinstance(line["text"], str)
            assert set(line["evidence"]) <= {u["id"] for u in machine["utterances"] if u["speaker"] == person}
    assert set(machine["gate"]) == {"m1", "m2"}
    assert all(isinstance(findings, list) for findings in machine["gate"].values())

    coverage = machine["coverage"]
    assert 25 < coverage["attributed_s"] <= coverage["speech_s"] + 10 < 67
    assert coverage["withheld_s"] >= 0


def check_utterance(utterance: dict[str, Any]) -> None:
    """Check one utterance of the machine file."""
    text = utterance["text"]
    assert 0 <= utterance["start"] <= utterance["end"] <= 60
    assert utterance["speaker"] in {"f1", "m1", "m2", None}
    assert -1 <= utterance["speaker_score"] <= 1
    assert utterance["decided_by"] in set(DecidedBy)
    assert utterance["status"] in set(UtteranceStatus)
    assert isinstance(utterance["withheld"], bool)
    assert " ".join(word["text"] for word in utterance["words"]) == text
    for word in utterance["words"]:
        assert utterance["start"] <= word["start"] <= word["end"] <= utterance["end"]
        assert 0 <= word["probability"] <= 1
        assert word["speaker"] in {utterance["speaker"], None}
    for disclosure in utterance["disclosures"]:
        assert 0 <= disclosure["start"] < disclosure["end"] <= len(text)
        low, high = disclosure["extent"]
        assert 0 <= low <= disclosure["start"] < disclosure["end"] <= high <= len(text)
        assert disclosure["type"] in set(DisclosureType)
        assert disclosure["owner"] in {"f1", "m1", "m2", "outsider", None}
        assert disclosure["assertion"] in set(Assertion)
        assert isinstance(disclosure["score"], float)
        assert isinstance(disclosure["detector"], str)
