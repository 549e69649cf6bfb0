"""The drafts in the vault are read one member's at a time, and a live session refuses what cannot work."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.domain import Draft, Note, NoteLine, NoteSection, PersonId, Release, Session, UtteranceId
from assistant.errors import AssistantError, GateRefusedError
from assistant.groupfile import read_group
from assistant.store.passphrase import Passphrase
from assistant.store.sessions import Sessions
from assistant.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

WORDS = "correct horse battery"


@pytest.fixture
def words(tmp_path: Path, smoke: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The passphrase file of a vault with one closed session of two drafts."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    with Vault.create(tmp_path / "vault", Passphrase(WORDS)) as vault:
        sessions = Sessions(vault)
        sessions.begin(Session("abc1", read_group(smoke / "group.toml"), dt.date(2026, 3, 5)))
        sessions.finish("abc1", {PersonId("m1"): "zebra lamp", PersonId("m2"): "velvet anchor"})
    path = tmp_path / "words.txt"
    path.write_text(WORDS, encoding="utf-8")
    path.chmod(0o600)
    return path


def run(*line: str) -> Result:
    """Run the command line."""
    return CliRunner().invoke(app, list(line))


def test_a_member_s_draft_is_shown_alone(words: Path) -> None:
    """Nothing of the other member is on the screen, and the list holds ids and no word."""
    shown = run("notes", "show", "abc", "m1", "--passphrase-file", str(words)).output
    listed = run("notes", "list", "--passphrase-file", str(words)).output

    assert "zebra lamp" in shown
    assert "velvet anchor" not in shown
    assert "m1 m2" in listed
    assert "zebra" not in listed
    assert "velvet" not in listed


def test_a_refused_draft_is_called_refused(words: Path, tmp_path: Path) -> None:
    """The list marks it by its id, and it is not shown as if it were fine: exit 3, and a line that says what to do."""
    with Vault.open(tmp_path / "vault", Passphrase(WORDS)) as vault:
        lines = (NoteLine("zebra lamp", (UtteranceId("u1"),)),)
        drafts: dict[PersonId | None, Draft | Note | str] = {}
        for member, refused in ((PersonId("m1"), True), (PersonId("m2"), False)):
            note = Note(member, "abc1", (NoteSection("Said", lines),))
            drafts[member] = Draft(note, Release(member, (), ()), (), refused=refused)
        Sessions(vault).keep_drafts("abc1", drafts)

    listed = run("notes", "list", "--passphrase-file", str(words)).output
    shown = run("notes", "show", "abc", "m1", "--passphrase-file", str(words))

    assert "m1=REFUSED" in listed
    assert "m2=REFUSED" not in listed
    assert isinstance(shown.exception, GateRefusedError)
    assert "REFUSED" in str(shown.exception)
    assert "zebra" not in shown.output + str(shown.exception)


@pytest.mark.parametrize(("session", "person"), [("abc1", "Walter"), ("nothing", "m1")])
def test_what_is_not_there_is_one_line_without_a_name(words: Path, session: str, person: str) -> None:
    """A name typed for an id is not repeated."""
    failure = run("notes", "show", session, person, "--passphrase-file", str(words)).exception

    assert isinstance(failure, AssistantError)
    assert "assistant notes list" in str(failure)
    assert "Walter" not in str(failure)


def test_what_was_typed_in_the_place_of_a_field_is_not_repeated(words: Path) -> None:
    """It may be the note's text."""
    failure = run("notes", "write", "abc1", "m1", "zebra lamp", "plan", "--passphrase-file", str(words)).exception

    assert isinstance(failure, AssistantError)
    assert "assessment" in str(failure)
    assert "zebra" not in str(failure)


def test_a_name_typed_for_an_id_is_not_repeated_where_a_field_is_written(words: Path) -> None:
    """Nobody has that id; what was typed may be somebody's name."""
    failure = run("notes", "write", "abc1", "Walter", "plan", "Rest.", "--passphrase-file", str(words)).exception

    assert isinstance(failure, AssistantError)
    assert "Walter" not in str(failure)


def test_a_live_session_wants_a_terminal(smoke: Path) -> None:
    """Without one there is nothing to warn on: the line says what to use instead."""
    failure = run("live", str(smoke / "group.toml")).exception

    assert isinstance(failure, AssistantError)
    assert "assistant process" in str(failure)


def test_speed_is_for_what_is_played(smoke: Path) -> None:
    """A room speaks as fast as it speaks."""
    for line in (("live", str(smoke / "group.toml"), "--speed", "2"), ("demo", "--speed", "2")):
        failure = run(*line).exception
        assert isinstance(failure, AssistantError)
        assert "--speed" in str(failure)
