"""What the review's screen does, done by a script: processed into the vault, completed, signed, handed out, logged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_canaries import CANARIES, PEOPLE, SAID, holds

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

CONSENT = """
patient = "Ottoline Marrowby"
discloser = "The clinic"
description = "Attendance and progress"
recipients = "My health plans"
kinds = ["payer"]
purpose = "payment"
revocation = "In writing at any time"
expiry = "none"
refusal = "May be redisclosed"
signed_by = "Ottoline Marrowby"
signed_on = 2026-01-10
"""


@pytest.mark.models
@pytest.mark.slow
def test_a_script_does_what_the_screen_does(assistant: Command, tmp_path: Path) -> None:
    """From the transcript to a payer's file: none before a signature or consent, and nobody else is in it."""
    group, words, consent, out = (tmp_path / name for name in ("group.toml", "words.txt", "consent.toml", "out"))
    people = [f'[[people]]\nid = "{i}"\nrole = "{"facilitator" if i == "f" else "member"}"\nname = "{n}"\n'
              "[people.consent]\nrecording = 2026-01-10\n" for i, n in PEOPLE.items()]  # fmt: skip
    group.write_text('[group]\nname = "Canaries"\nkind = "psychotherapy"\npart2 = "yes"\n' + "".join(people))
    words.write_text("correct horse battery")
    words.chmod(0o600)
    consent.write_text(CONSENT)
    transcript = tmp_path / "session.json"
    transcript.write_text(json.dumps({"utterances": [{"speaker": s, "text": t} for s, t in SAID]}))
    key, mine = ("--passphrase-file", words), ("export", "", "m1", "--out", out, "--kind", "txt")
    assert assistant("vault", "create", *key).code == 0
    done = assistant("process", transcript, "--group", group, "--vault", *key)
    assert done.code == 0, done.err
    listed = assistant("notes", "list", *key).out
    session = listed.split()[0]
    for field, text in (
        ("start", "18:00"),
        ("stop", "19:30"),
        ("topic", "Coping skills"),
        ("interventions", "Support"),
    ):
        assert assistant("notes", "write", session, "group", field, text, *key).code == 0
    for field in ("response", "goals", "assessment", "plan"):
        assert assistant("notes", "write", session, "m1", field, "As planned.", *key).code == 0
    export = ("notes", "export", session, *mine[2:], *key)
    payer = (*export, "--for", "payer", "--to", "Blue Plan", "--purpose", "payment")

    unsigned = assistant(*export)
    signed = assistant("notes", "sign", session, "m1", "m2", "--signature", "A. Cole, LCSW", *key)
    unconsented = assistant(*payer)
    assert assistant("consent", "add", f"{group}:m1", "--file", consent, *key).code == 0
    given = assistant(*payer)
    log = assistant("disclosures", "list", f"{group}:m1", *key).out
    wrong = assistant("notes", "export", "zzz", "m1", "--out", out, *key)

    assert (unsigned.code, unconsented.code) == (2, 2)
    assert "not signed" in unsigned.err
    assert "consent" in unconsented.err
    assert (signed.code, "signed: m1" in signed.out, "assessment" in signed.err) == (2, True, True)
    assert given.code == 0, given.err
    (file,) = out.iterdir()
    text = file.read_text(encoding="utf-8")
    assert "42 CFR part 2 prohibits" in text
    assert "Blue Plan" in log
    assert "assistant notes list" in wrong.one_clear_line()
    for person, name in PEOPLE.items():
        for canary in (*CANARIES.get(person, ()), *name.split()):
            told = (file.name, listed, signed.out, signed.err, given.out, log, *map(repr, assistant.left_behind()))
            assert not any(holds(one, canary) for one in told), person
            assert person == "m1" or not holds(text, canary), person
