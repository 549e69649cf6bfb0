"""Erasing, holding and purging from the command line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from assistant.cli import erasing
from assistant.domain import (
    Attribution,
    DecidedBy,
    Entry,
    Findings,
    PersonId,
    Session,
    SessionUpdate,
    Utterance,
    UtteranceId,
    Word,
)
from assistant.errors import AssistantError
from assistant.groupfile import read_group
from assistant.store.passphrase import Passphrase
from assistant.store.sessions import Sessions
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

WORDS = "correct horse battery"
GROUP = """
[group]
name = "Thursday group"
[[people]]
id = "f"
role = "facilitator"
name = "Dana Ruiz"
[[people]]
id = "m1"
role = "member"
name = "Marcus Whitfield"
[people.consent]
recording = 2026-01-10
"""


class Erasing:
    """The commands of ``assistant vault`` that destroy, on a vault with one closed session."""

    def __init__(self, folder: Path) -> None:
        self.app = typer.Typer()
        for command in (erasing.sessions, erasing.erase, erasing.retention, erasing.hold, erasing.readmit):
            self.app.command()(command)
        self.words = folder / "words.txt"
        self.words.write_text(WORDS, encoding="utf-8")
        self.words.chmod(0o600)
        self.group = folder / "group.toml"
        self.group.write_text(GROUP, encoding="utf-8")
        self.vault = folder / "home" / "vault"
        with Vault.create(self.vault, Passphrase(WORDS)) as vault:
            sessions = Sessions(vault)
            sessions.begin(Session("s1", read_group(self.group), dt.date(2026, 3, 5)))
            one = (Word("xylophone", 0, 900, 0.9, PersonId("m1")),)
            whose = Attribution(PersonId("m1"), 0.9, 0.5, DecidedBy.VOICE)
            utterance = Utterance(UtteranceId("u1"), 1, 0, 900, "xylophone", one, whose)
            sessions.commit("s1", SessionUpdate((Entry(utterance, Findings(UtteranceId("u1"), ())),)))
            sessions.finish("s1", {PersonId("m1"): "draft"})

    def __call__(self, *words: str) -> Result:
        """Run a command."""
        return CliRunner().invoke(self.app, [*words, "--passphrase-file", str(self.words)])

    def told(self, *words: str) -> str:
        """Run a command that does what it is asked."""
        done = self(*words)
        assert done.exit_code == 0, done.output
        return done.output

    def refused(self, *words: str) -> str:
        """Run a command that is refused with one line."""
        error = self(*words).exception
        assert isinstance(error, AssistantError)
        assert "\n" not in str(error)
        return str(error)


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Erasing:
    """The commands, with a home of their own."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    return Erasing(tmp_path)


def test_a_list_of_sessions_names_nobody(command: Erasing) -> None:
    """When, how much, and what is still kept."""
    listed = command.told("sessions")

    assert "s1" in listed
    assert "closed  1 utterance  1 draft  no audio" in listed
    assert not {"Marcus", "Thursday", "xylophone"} & set(listed.split())


def test_a_member_is_erased_and_may_come_back(command: Erasing) -> None:
    """After a question; the session is still there, without them."""
    who = f"{command.group}:m1"
    asked = command("erase", "--member", who)
    assert asked.exit_code == 1
    assert "1 utterance" in command.told("sessions")
    assert "member m1 is erased" in command.told("erase", "--member", who, "--yes")

    assert "0 utterances  0 drafts" in command.told("sessions")
    assert "again" in command.told("readmit", "--member", who)


def test_a_hold_stops_it_until_it_is_lifted(command: Erasing) -> None:
    """Of the session through its member too."""
    who = f"{command.group}:m1"
    assert "on hold" in command.told("hold", "on", "--member", who)
    assert "legal hold" in command.refused("erase", "--session", "s1", "--yes")
    assert "on hold" in command.told("sessions")
    assert "lifted" in command.told("hold", "off", "--member", who)
    assert "not on hold" in command.told("hold", "off", "--session", "s1")
    assert "session s1 is erased" in command.told("erase", "--session", "s1", "--yes")

    assert "no session" in command.told("sessions")


def test_retention_tells_what_is_next(command: Erasing) -> None:
    """Nothing is due on the day of the close but sound; the words are next."""
    dry = command.told("retention", "--dry-run")

    assert "nothing is due" in dry
    assert "the next thing falls due on" in dry
    assert command.told("retention") == dry


def test_bad_input_is_one_clear_line(command: Erasing) -> None:
    """Neither or both, a session or a group file that is not there, somebody who is no member: nothing is destroyed."""
    facilitator = f"{command.group}:f"

    assert "say one of the two" in command.refused("erase", "--yes")
    assert "say one of the two" in command.refused("erase", "--yes", "--session", "s1", "--member", "g:m1")
    assert "no session none" in command.refused("erase", "--yes", "--session", "none")
    assert "no session none" in command.refused("hold", "on", "--session", "none")
    assert "wants the group file" in command.refused("erase", "--yes", "--member", "m1")
    assert "no member has the id f" in command.refused("erase", "--yes", "--member", facilitator)
    assert "1 utterance" in command.told("sessions")
