"""A review of an invented session in a vault, with the real models in a worker of its own."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.cli.review_wiring import DeskBuilder
from assistant.decisions import Field
from assistant.groupfile import read_group
from assistant.review.session import ReviewSession
from assistant.review.view import Step
from assistant.settings import Settings
from tests.cli.test_canaries import PEOPLE, SAID
from tests.review.quick import quick_review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.domain import Group, PersonId
    from assistant.store.vault import Vault
    from tests.review.quick import Quick

HERE = Path(__file__).parent
LONGEST_S = 120.0
SIGNATURE = "A. Cole, LCSW"

GROUP_FIELDS = {
    Field.START: "18:00",
    Field.STOP: "19:30",
    Field.TOPIC: "Coping skills",
    Field.INTERVENTIONS: "Support.",
}
MEMBER_FIELDS = {
    Field.RESPONSE: "Took part.",
    Field.GOALS: "Goal 1.",
    Field.ASSESSMENT: "Progressing as planned.",
    Field.PLAN: "Continue weekly group.",
}


def practice() -> Any:  # noqa: ANN401  a module; the folders of tests are no packages, so that it has no importable name
    """Return the module that makes a vault for practice."""
    if "practice_vault" not in sys.modules:
        spec = importlib.util.spec_from_file_location("practice_vault", HERE / "practice_vault.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["practice_vault"] = module
        spec.loader.exec_module(module)
    return sys.modules["practice_vault"]


@dataclass
class Night:
    """One session in a vault, and its review."""

    vault: Vault
    room: ReviewSession
    session: str
    group: Group

    @property
    def members(self) -> tuple[PersonId, ...]:
        """Everybody with a note."""
        return tuple(person.id for person in self.group.members_present)

    def settled(self) -> None:
        """Wait until nothing is under way, and nothing is stale."""
        end = time.monotonic() + LONGEST_S
        while True:
            now = self.room.overview()
            assert now.problem is None, now.problem
            if now.work is None and not any(note.step is Step.STALE for note in now.notes):
                return
            assert time.monotonic() < end, now.work
            time.sleep(0.02)

    def complete(self) -> None:
        """Write every field that is needed."""
        for name, text in GROUP_FIELDS.items():
            self.room.write(None, name, text)
        for member in self.members:
            for name, text in MEMBER_FIELDS.items():
                self.room.write(member, name, text)

    def text(self, person: PersonId | None) -> str:
        """Return what a note says."""
        return "\n".join(line.text for line in self.room.note(person).lines)


def new_night(folder: Path, group: Path, transcript: Path) -> Iterator[Night]:
    """Yield the review of a transcript's session."""
    roster = read_group(group)
    with practice().new_vault(folder) as vault:
        name = practice().keep(vault, transcript, roster)
        room = ReviewSession(vault, DeskBuilder(Settings()), Settings(), "clinician")
        try:
            room.open(name)
            night = Night(vault, room, name, roster)
            night.settled()
            yield night
        finally:
            room.close()


@pytest.fixture(scope="module")
def reviewed_vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """The session of planted facts, in which nobody said whose one line was."""
    folder = tmp_path_factory.mktemp("canaries")
    yield from new_night(folder, canary_group(folder), canary_transcript(folder))


@pytest.fixture(scope="module")
def smoke_night(tmp_path_factory: pytest.TempPathFactory, smoke: Path) -> Iterator[Night]:
    """The short sample, from its gold text."""
    folder = tmp_path_factory.mktemp("smoke")
    yield from new_night(folder, smoke / "group.toml", practice().gold_transcript(smoke, folder))


@pytest.fixture
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Quick]:
    """The review of a session without models."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    with quick_review(tmp_path) as review:
        yield review


def canary_group(folder: Path, part2: str = "no") -> Path:
    """Write the group file of the people of the planted facts."""
    lines = ["[group]", 'name = "Canaries"', 'kind = "psychotherapy"', f'part2 = "{part2}"']
    for person, name in PEOPLE.items():
        role = "facilitator" if person == "f" else "member"
        lines += ["[[people]]", f'id = "{person}"', f'role = "{role}"', f'name = "{name}"']
        lines += ["[people.consent]", "recording = 2026-01-10"]
    path = folder / "group.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def canary_transcript(folder: Path, speaker: Callable[[str | None], str | None] = lambda who: who) -> Path:
    """Write the session of planted facts, with whoever is taken for somebody else."""
    rows = [
        {"speaker": speaker(who), "text": text, "start": 4.0 * number, "end": 4.0 * number + 3.5}
        for number, (who, text) in enumerate(SAID)
    ]
    path = folder / "session.json"
    path.write_text(json.dumps({"utterances": rows}), encoding="utf-8")
    return path
