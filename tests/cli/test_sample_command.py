"""``assistant sample``: what it leaves tells nothing of anybody, and what it cannot make it does not begin."""

from __future__ import annotations

import calendar
import datetime as dt
import importlib.util
import json
import re
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.consent import permit
from assistant.domain import (
    Attribution,
    Block,
    DecidedBy,
    Entry,
    Findings,
    Note,
    PersonId,
    Session,
    SessionUpdate,
    Utterance,
    UtteranceId,
    Word,
    samples,
)
from assistant.errors import AssistantError, ConsentError, InputError, OutputError, SessionError, VaultError
from assistant.evaluation.gold import read_gold
from assistant.groupfile import read_group
from assistant.store.passphrase import Passphrase
from assistant.store.sessions import Sessions
from assistant.store.vault import Vault
from assistant.training.material import LABEL
from assistant.training.words import keys_of, said_in
from assistant.transcription.captions import read_vtt

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Group
    from tests.cli.conftest import Command, Ran

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"
NO_SOUND = """
import os, sys
def refuse_sound(event, arguments):
    if event == "open" and str(arguments[0]).endswith((".spool", ".flac")):
        os.write(2, b"refused: the sound of a session\\n")
        os._exit(98)
sys.addaudithook(refuse_sound)
"""
"""For ``first``: whatever opens a session's sound, or a voice's, ends the process."""


def _training_sample() -> Any:  # noqa: ANN401  a module; the folders of tests are no packages
    if "training_sample" not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            "training_sample", HERE.parent / "training" / "training_sample.py"
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["training_sample"] = module
        spec.loader.exec_module(module)
    return sys.modules["training_sample"]


# -- what cannot be made ----------------------------------------------------------------------------------------------


def said(number: int, who: str, text: str) -> Entry:
    """Return an utterance as it is kept."""
    start = samples(4.0 * number)
    words = tuple(Word(w, start, start + samples(3.0), 0.9) for w in text.split())
    attribution = Attribution(PersonId(who), 1.0, 1.0, DecidedBy.TRANSCRIPT)
    utterance = Utterance(UtteranceId(f"u{number}"), number, start, start + samples(3.0), text, words, attribution)
    return Entry(utterance, Findings(utterance.id, ()))


@pytest.fixture
def group(smoke: Path) -> Group:
    """The people of the short sample: one facilitator, two members."""
    return read_group(smoke / "group.toml")


@pytest.fixture
def vault_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Return what makes a vault with one session, and gives the passphrase file."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def make(group: Group, *, closed: bool = True, signed: bool = True) -> Path:
        practice = _training_sample()
        with Vault.create(tmp_path / "vault", Passphrase(practice.WORDS)) as vault:
            sessions = Sessions(vault)
            sessions.begin(Session("abc1", group, dt.date(2026, 3, 5)))
            sessions.commit("abc1", SessionUpdate((said(1, "f1", "Welcome."), said(2, "m1", "I am well."))))
            if closed:
                sessions.finish("abc1", {None: Note(None, "abc1", ())})
            if signed:
                practice.sign_all(vault, "abc1")
        words = tmp_path / "words.txt"
        words.write_text(practice.WORDS, encoding="utf-8")
        words.chmod(0o600)
        return words

    return make


def refused(tmp_path: Path, *line: str | Path) -> AssistantError:
    """Return why a sample is not made: exit 2, one line, nothing written."""
    before = {p for p in tmp_path.rglob("*") if "vault" not in p.parts}
    failure = CliRunner().invoke(app, ["sample", *map(str, line)]).exception
    assert isinstance(failure, AssistantError), failure
    assert failure.exit_code == 2
    assert "\n" not in str(failure)
    assert {p for p in tmp_path.rglob("*") if "vault" not in p.parts} == before
    return failure


def test_a_session_without_every_signature_is_not_reviewed(
    tmp_path: Path, vault_with: Callable[..., Path], group: Group
) -> None:
    """The line says whose note is missing, by id, and where to sign it."""
    words = vault_with(group, signed=False)
    failure = refused(tmp_path, "abc1", "--out", "out", "--passphrase-file", words)

    assert isinstance(failure, SessionError)
    assert "not signed: m1, m2" in str(failure)
    assert "assistant review" in str(failure)
    assert not any(part in str(failure) for person in group.people for part in person.name.split())


def test_a_session_that_is_not_closed_is_refused(tmp_path: Path, vault_with: Callable[..., Path], group: Group) -> None:
    """It is not over yet."""
    words = vault_with(group, closed=False, signed=False)

    assert "not closed" in str(refused(tmp_path, "abc1", "--out", "out", "--passphrase-file", words))


def test_without_anybody_s_consent_there_is_no_sample(
    tmp_path: Path, vault_with: Callable[..., Path], group: Group
) -> None:
    """Also where it was given and taken back; the facilitator's own does not count for the members."""
    withdrawn = dt.date(2026, 2, 1)
    people = tuple(
        replace(p, consent=replace(p.consent, training=None if p.id == "m1" else dt.date(2026, 1, 1)))
        if p.id != "m2"
        else replace(p, consent=replace(p.consent, training=dt.date(2026, 1, 1), withdrawn_at=withdrawn))
        for p in group.people
    )
    words = vault_with(replace(group, people=people))

    assert isinstance(refused(tmp_path, "abc1", "--out", "out", "--passphrase-file", words), ConsentError)


def test_a_locked_vault_stays_locked(tmp_path: Path, vault_with: Callable[..., Path], group: Group) -> None:
    """A wrong passphrase, or none."""
    words = vault_with(group)
    words.write_text("another one altogether", encoding="utf-8")

    assert isinstance(refused(tmp_path, "abc1", "--out", "out", "--passphrase-file", words), VaultError)
    assert isinstance(refused(tmp_path, "abc1", "--out", "out"), VaultError)


def test_an_unknown_session_is_refused(tmp_path: Path, vault_with: Callable[..., Path], group: Group) -> None:
    """What was typed may be a name: it is not repeated."""
    words = vault_with(group)
    failure = refused(tmp_path, "Walter", "--out", "out", "--passphrase-file", words)

    assert isinstance(failure, VaultError)
    assert "Walter" not in str(failure)


def test_a_folder_that_is_there_is_refused(tmp_path: Path, vault_with: Callable[..., Path], group: Group) -> None:
    """Before the passphrase is asked for."""
    vault_with(group)
    (tmp_path / "out").mkdir()

    assert isinstance(refused(tmp_path, "abc1", "--out", "out"), OutputError)
    assert isinstance(refused(tmp_path, "abc1", "--out", "missing/out"), OutputError)


@pytest.mark.parametrize(
    "options",
    [
        ("--profile", "expert"),
        ("--profile", "expert", "--determiner", "Dr A. Cole"),
        ("--profile", "expert", "--document", "ED-7", "--determiner", " "),
        ("--determiner", "Dr A. Cole", "--document", "ED-7"),
    ],
)
def test_the_expert_profile_needs_a_determination(tmp_path: Path, options: tuple[str, ...]) -> None:
    """A named determiner and a document, and neither for another profile (domain rule 1.2)."""
    failure = refused(tmp_path, "abc1", "--out", tmp_path / "out", *options)

    assert isinstance(failure, InputError)
    assert "--document" in str(failure)


def test_without_a_synthesiser_there_is_no_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says how to install one; nobody waits for models first."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))

    assert "apt install espeak-ng" in str(refused(tmp_path, "abc1", "--out", tmp_path / "out", "--audio"))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--leave-out", "twelve"), "--leave-out 12,13"),
        (("--leave-out", "0"), "--leave-out 12,13"),
        (("--leave-out", "3,,4"), "--leave-out 12,13"),
        (("--settings", "missing.toml"), "missing.toml"),
        (("--checklist", "missing.toml"), "missing.toml"),
        (("--checklist", "blank.toml"), "blank.toml"),
        (("--settings", "few.toml"), "county.toml"),
    ],
)
def test_a_line_that_cannot_be_right_is_refused_before_anything_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, str], says: str
) -> None:
    """There is not even a vault here: nobody types a passphrase, or waits, to hear of a slip in the line."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "blank.toml").write_text('sample = "sample-00000000"\n', encoding="utf-8")
    (tmp_path / "few.toml").write_text('[training]\npopulation = "county.toml"\n', encoding="utf-8")

    assert says in str(refused(tmp_path, "abc1", "--out", "out", *options))


def test_an_empty_session_is_no_id(tmp_path: Path, vault_with: Callable[..., Path], group: Group) -> None:
    """It would begin every id."""
    words = vault_with(group)
    failure = refused(tmp_path, " ", "--out", "out", "--passphrase-file", words)

    assert isinstance(failure, InputError)
    assert "SESSION is empty" in str(failure)


def test_the_beginning_of_two_ids_is_refused(tmp_path: Path, vault_with: Callable[..., Path], group: Group) -> None:
    """It says that several begin so, and where their ids stand."""
    words = vault_with(group)
    with Vault.open(tmp_path / "vault", Passphrase(_training_sample().WORDS)) as vault:
        Sessions(vault).begin(Session("abc2", group, dt.date(2026, 3, 6)))

    assert "the ids of 2 sessions begin so" in str(refused(tmp_path, "abc", "--out", "out", "--passphrase-file", words))


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the passphrase is asked for."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    monkeypatch.setattr("os.access", lambda *_: False)  # the tests may run as somebody who may write anywhere

    assert isinstance(refused(tmp_path, "abc1", "--out", tmp_path / "out"), OutputError)


def test_an_unknown_profile_is_refused(tmp_path: Path) -> None:
    """Exit 2, and nothing is written."""
    ran = CliRunner().invoke(app, ["sample", "abc1", "--out", str(tmp_path / "out"), "--profile", "public"])

    assert ran.exit_code == 2
    assert not list(tmp_path.iterdir())


# -- what is made -----------------------------------------------------------------------------------------------------


class Reviewed:
    """A reviewed session in a home of its own, its sound beside it."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.session: str = _training_sample().reviewed_session(command.home)
        self.words = command.home / "words.txt"
        with Vault.open(command.home / "vault", Passphrase(_training_sample().WORDS)) as vault:
            sessions = Sessions(vault)
            leave = permit(sessions.load(self.session).session.group.present)
            with closing(sessions.sounds.create(self.session, 1)) as spool:
                spool.append(Block(0, np.full((1, 16_000), 0.5, np.float32)), leave)

    def sample(self, out: str, *options: str | Path) -> Ran:
        """Make a sample, the network and every recording out of reach."""
        first = f"{self.command.network_refused}\n{NO_SOUND}"
        line = (self.session, "--out", self.command.here / out, "--passphrase-file", self.words, *options)
        return self.command("sample", *line, first=first)

    def files(self, out: str) -> dict[str, bytes]:
        """Return what is in a sample's folder, by name."""
        return {path.name: path.read_bytes() for path in (self.command.here / out).iterdir()}


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory, assistant_for_all: Command) -> Reviewed:
    """The three-minute sample, reviewed."""
    return Reviewed(assistant_for_all)


@pytest.fixture(scope="module")
def made(reviewed: Reviewed) -> tuple[Ran, dict[str, bytes]]:
    """What a sample with sound says and leaves."""
    ran = reviewed.sample("made", "--audio", "--profile", "gdpr")
    assert ran.code == 0, ran.err
    return ran, reviewed.files("made")


def called(files: dict[str, bytes]) -> set[str]:
    """Return what the people of a sample are called."""
    (data,) = (data for name, data in files.items() if re.fullmatch(r"sample-\w{8}\.json", name))
    return {part["called"] for part in json.loads(data)["parts"]}


def names_made_up(files: dict[str, bytes], said: set[str]) -> set[str]:
    """Return the words with a capital within a sentence that nobody said in the session, and no months."""
    (data,) = (data for name, data in files.items() if re.fullmatch(r"sample-\w{8}\.json", name))
    words = [w for turn in json.loads(data)["turns"] for w in said_in(turn["text"])]
    return {w.key for w in words if w.capital and not w.opens} - said - {m.lower() for m in calendar.month_name}


@pytest.mark.models
@pytest.mark.slow
class TestMade:
    """One sample of the three-minute session, with sound."""

    def test_every_file_bears_the_label_and_an_opaque_name(self, made: tuple[Ran, dict[str, bytes]]) -> None:
        """Text, sound, report and checklist alike."""
        _, files = made
        assert len(files) == 10
        assert all(re.fullmatch(r"sample-[0-9a-f]{8}(-[a-z]+)?\.(md|html|json|vtt|wav|toml)", name) for name in files)
        assert len({name[:15] for name in files}) == 1
        assert all(LABEL.encode() in data for data in files.values())
        assert all(b"anonymous" not in data.lower() for data in files.values())

    def test_nothing_of_anybody_stands_in_any_file(
        self, made: tuple[Ran, dict[str, bytes]], reviewed: Reviewed
    ) -> None:
        """Neither a name of the roster, nor anything that the gold session marks as identifying by itself."""
        ran, files = made
        gold = read_gold(SAMPLES / "dev-skills-02")
        group = read_group(SAMPLES / "dev-skills-02" / "group.toml")
        names = {part for p in group.people for name in (p.name, *p.aliases) for part in name.split()}
        direct = {"PERSON", "ORG", "LOCATION", "ADDRESS", "PHONE", "EMAIL", "ID"}
        told = {turn.text[s.start : s.end] for turn in gold.turns for s in turn.spans if s.type in direct}
        told |= names | {group.name, reviewed.session, reviewed.session[:8]}
        texts = [data.decode("utf-8") for name, data in files.items() if not name.endswith(".wav")]

        assert len(told) > 12
        for text in (*texts, ran.out, ran.err):
            for one in told:
                # Some are everyday words: with their capital, where no sentence opens.
                assert not re.search(rf"(?<![.?!:>] )(?<![\w>\"]){re.escape(one)}\b", text), len(one)

    def test_the_sound_lasts_as_long_as_the_session(self, made: tuple[Ran, dict[str, bytes]]) -> None:
        """And the terminal says what was spoken, heard and silenced."""
        ran, files = made
        (whole,) = (json.loads(data) for name, data in files.items() if name.endswith(".json"))
        (sound,) = (data for name, data in files.items() if name.endswith(".wav"))
        (captions,) = (data.decode() for name, data in files.items() if name.endswith("spoken.vtt"))

        assert (len(sound) - 100) / 2 / 16_000 == pytest.approx(whole["duration_s"], abs=20.0)
        assert len(list(read_vtt(captions, str.istitle))) == len(whole["turns"])
        assert re.search(r"Heard again by our own recogniser \(\d{3} words\): \d+ turns silenced", ran.out)

    def test_the_terminal_shows_the_worst_person_first(self, made: tuple[Ran, dict[str, bytes]]) -> None:
        """k, what is left of each, and what the attacks reached."""
        ran, _ = made

        assert "Who could be singled out, the worst first" in ran.out
        assert "no better than chance" in ran.out
        assert "█" in ran.out
        assert ran.err == ""

    def test_nothing_is_left_beside_it(self, made: tuple[Ran, dict[str, bytes]], reviewed: Reviewed) -> None:
        """No file in the temporary folder, nothing hidden, and a line in the audit log."""
        assert not list(reviewed.command.temp.iterdir())
        assert all(not path.name.startswith(".") for path in reviewed.command.here.iterdir())
        shown = reviewed.command("audit", "show", "--passphrase-file", reviewed.words)
        assert re.search(r"clinician +exported +\S+ +done", shown.out)

    def test_where_too_few_people_fit_there_is_no_sample(self, reviewed: Reviewed, tmp_path: Path) -> None:
        """Exit 3, one line that says what to make coarser, nothing written, and a line in the audit log."""
        settings = tmp_path / "settings.toml"
        settings.write_text("[training]\ncatchment = 100\n", encoding="utf-8")
        ran = reviewed.sample("few", "--settings", settings)

        assert ran.code == 3
        assert "k is below 5" in ran.err
        assert "job group" in ran.err
        assert len(ran.err.strip().splitlines()) == 1
        assert not (reviewed.command.here / "few").exists()
        shown = reviewed.command("audit", "show", "--passphrase-file", reviewed.words)
        assert re.search(r"exported +\S+ +refused", shown.out)

    def test_an_expert_s_sample_says_what_the_determination_rests_on(
        self, made: tuple[Ran, dict[str, bytes]], reviewed: Reviewed
    ) -> None:
        """Who determined, where it is documented, settings and figures; and its stand-ins are other ones again."""
        options = ("--profile", "expert", "--determiner", "Dr A. Cole", "--document", "ED-7")
        assert reviewed.sample("expert", *options).code == 0
        files = reviewed.files("expert")
        (data,) = (d for name, d in files.items() if name.endswith("determination.json"))
        whole = json.loads(data)

        assert (whole["determined_by"], whole["documented_in"], whole["label"]) == ("Dr A. Cole", "ED-7", LABEL)
        assert min(whole["k"].values()) >= whole["least_k"] == 5
        assert whole["left_to_the_determiner"]
        assert not set(files) & set(made[1])
        assert not called(files) & called(made[1])

    def test_two_samples_of_one_session_share_no_stand_in(
        self, made: tuple[Ran, dict[str, bytes]], reviewed: Reviewed
    ) -> None:
        """Nobody has to say so: what was made up is known to the vault, for seeded samples too."""
        gold = read_gold(SAMPLES / "dev-skills-02")
        said = {key for turn in gold.turns for key in keys_of(turn.text)}
        seen: dict[str, set[str]] = {"made": names_made_up(made[1], said)}
        for out, options in (("second", ()), ("third", ("--seed", "5")), ("fourth", ("--seed", "6"))):
            assert reviewed.sample(out, "--profile", "gdpr", *options).code == 0
            names = names_made_up(reviewed.files(out), said)
            assert len(names) > 5
            assert not [other for other, theirs in seen.items() if theirs & names]
            seen[out] = names

    def test_only_a_signed_checklist_of_this_very_sample_changes_the_label(
        self, reviewed: Reviewed, tmp_path: Path
    ) -> None:
        """Signed by somebody who did not run the session, for the same words; then every file says who signed."""
        assert reviewed.sample("unsigned", "--seed", "1").code == 0
        files = reviewed.files("unsigned")
        (blank,) = (data.decode() for name, data in files.items() if name.endswith("checklist.toml"))
        signed = re.sub(r'^name = ""', 'name = "Rowan Ashby"', blank, flags=re.MULTILINE)
        signed = signed.replace("# date = 2026-01-31", "date = 2026-01-31").replace(
            "ran_the_session = true", "ran_the_session = false"
        )
        signed = re.sub(r"^(\w+) = false #", r"\1 = true #", signed.replace('= "" #', '= "no" #'), flags=re.MULTILINE)
        signed = signed.replace("ran_the_session = true", "ran_the_session = false")
        path = tmp_path / "checklist.toml"
        path.write_text(signed, encoding="utf-8")

        same = reviewed.sample("same", "--seed", "1", "--checklist", path)

        assert same.code == 0, same.err
        assert all(b"Rowan Ashby" in data for data in reviewed.files("same").values())
        assert LABEL.encode() not in reviewed.files("same")[next(n for n in files if n.endswith(".md"))]


@pytest.mark.models
@pytest.mark.slow
def test_the_sample_that_is_shipped_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    """By the very commands; only the report's day is another."""
    _training_sample().make(tmp_path, tmp_path / "out")

    def read(folder: Path) -> dict[str, bytes]:
        day = re.compile(rb"20\d\d-\d\d-\d\d")
        return {
            path.name: day.sub(b"", path.read_bytes()) if path.name.endswith("risk.html") else path.read_bytes()
            for path in folder.iterdir()
        }

    assert read(tmp_path / "out") == read(SAMPLES / "training-01")


@pytest.mark.models
@pytest.mark.slow
def test_what_was_left_out_and_made_coarser_is_told(reviewed: Reviewed) -> None:
    """A turn left out by number stands empty, the summary and the report say so; a number beyond the end is refused."""
    ran = reviewed.sample("without", "--leave-out", "4,2", "--generalise")
    beyond = reviewed.sample("beyond", "--leave-out", "4000")

    assert ran.code == 0, ran.err
    assert "Left out by number: turns 2, 4." in ran.out
    files = reviewed.files("without")
    turns = json.loads(next(data for name, data in files.items() if name.endswith(".json")))["turns"]
    assert [turn["text"] for turn in turns if turn["number"] in {2, 4}] == ["", ""]
    assert "turns left out by number" in next(d for n, d in files.items() if n.endswith("-risk.html")).decode()
    assert beyond.code == 2
    assert "--leave-out 4000: the sample has turns 1 to" in beyond.err
    assert not (reviewed.command.here / "beyond").exists()
