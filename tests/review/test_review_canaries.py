"""Planted facts of every member, through correction, signing and every kind of file: none reaches another's file.

Bytes of every file, the parts inside it, its name, and the log of what was done are searched.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from typing import TYPE_CHECKING

import pypdf
import pytest

from assistant.domain import PersonId
from assistant.errors import GateRefusedError
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.review.view import HandOutOrder, Step
from tests.cli.test_canaries import CANARIES, PEOPLE, holds
from tests.review.conftest import SIGNATURE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.review.conftest import Night

pytestmark = [pytest.mark.models, pytest.mark.slow]

EVERY_FORMAT = tuple(form for form in NoteFormat if form is not NoteFormat.OWN)


def everything_in(path: Path) -> str:
    """Return all text that a file holds: its name, its bytes, what is packed in it, and what a reader shows of it."""
    data = path.read_bytes()
    told = [path.name, data.decode("utf-8", "replace"), data.decode("utf-16-le", "replace")]
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            told += [name + packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    if path.suffix == ".pdf":
        reader = pypdf.PdfReader(io.BytesIO(data))
        told += [page.extract_text() for page in reader.pages] + [str(reader.metadata)]
    return "\n".join(told)


def holds_nobody_else(text: str, own: str | None) -> None:
    """No canary and no name of anybody but the reader stands in a text."""
    for person, name in PEOPLE.items():
        if person == own:
            continue
        for canary in (*CANARIES.get(person, ()), *name.split()):
            assert not holds(text, canary), person


@pytest.fixture(scope="module")
def signed(reviewed_vault: Night) -> Night:
    """All notes complete and signed."""
    reviewed_vault.complete()
    for member in reviewed_vault.members:
        reviewed_vault.room.sign(member, SIGNATURE)
    return reviewed_vault


def test_a_speaker_named_by_hand_changes_the_notes_and_undo_changes_them_back(reviewed_vault: Night) -> None:
    """The unknown line is given to a member: the notes are read again, and after undo they say what they said."""
    night = reviewed_vault
    before = {member: night.text(member) for member in night.members}
    (unknown,) = [stretch for stretch in night.room.speakers() if stretch.speaker is None]

    night.room.name(unknown.key, PersonId("m4"))
    assert {note.step for note in night.room.overview().notes} == {Step.STALE}
    with pytest.raises(Exception, match="read again"):
        night.room.sign(PersonId("m4"), SIGNATURE)
    night.settled()
    (now,) = [stretch for stretch in night.room.speakers() if stretch.key == unknown.key]
    named = {member: night.text(member) for member in night.members}
    undone = night.room.undo()
    night.settled()

    assert (now.speaker, now.done) == ("m4", True)
    assert undone == "the speaker of 1 stretch"
    assert {member: night.text(member) for member in night.members} == before
    for member, text in named.items():
        holds_nobody_else(text, member)


def test_a_member_s_screen_holds_nobody_else(reviewed_vault: Night) -> None:
    """The whole picture of one note, its mentions and its withheld clauses among it, has no word of another member."""
    for member in reviewed_vault.members:
        view = reviewed_vault.room.note(member)
        assert view.withheld
        shown = [line.text for line in view.lines]
        shown += [text for line in view.lines for m in line.mentions for text in (m.words, m.shown, m.owner, m.rule)]
        holds_nobody_else("\n".join((*shown, repr(view))), member)


def test_words_that_are_opened_on_purpose_are_in_the_log(reviewed_vault: Night) -> None:
    """A withheld clause is shown only when asked for, and the log says so without its words."""
    night, member = reviewed_vault, PersonId("m1")
    withheld = night.room.note(member).withheld[0]

    words = night.room.open_private(member, withheld.number)

    last = night.vault.audit.lines()[-1]
    assert words
    assert last.action == "withheld read"
    assert words not in repr(last)


def test_every_kind_and_format_holds_its_reader_alone(signed: Night, tmp_path: Path) -> None:
    """Five kinds, seven formats, and the recipients: own facts arrive, and nobody else's do."""
    orders = [(Recipient.RECORD, form, kind) for form, kind in itertools.product(EVERY_FORMAT, (FileKind.TEXT,))]
    orders += [(who, NoteFormat.SOAP, kind) for who in (Recipient.RECORD, Recipient.MEMBER) for kind in FileKind]
    orders += [(who, NoteFormat.PROGRESS, FileKind.MARKDOWN) for who in (Recipient.PAYER, Recipient.CLINICIAN)]
    found: dict[str, list[str]] = {member: [] for member in signed.members}
    for recipient, form, kind in orders:
        done = signed.room.hand_out(
            HandOutOrder(signed.members, recipient, form, kind, tmp_path / "out", to="Somebody", purpose="treatment")
        )
        for one in done:
            assert one.file is not None, one.refused
            assert one.file.suffix == f".{kind.value}"
            text = everything_in(one.file)
            holds_nobody_else(text, one.person)
            found[one.person].append(text)
    for member, texts in found.items():
        assert any(holds(texts[0], canary) for canary in CANARIES[member]), member
        assert len(texts) == len(orders)
    log = repr(signed.vault.audit.lines()) + "\n".join(str(path) for path in tmp_path.rglob("*"))
    holds_nobody_else(log, None)


def test_a_line_about_another_member_is_refused_and_the_refusal_says_where(signed: Night) -> None:
    """Written by hand, in plain words and by name: the gate refuses, with section, line and rule and no word of it."""
    night = signed
    for words in ("Supported Barnaby after the bakery.", "Heard about the copper pelican."):
        with pytest.raises(GateRefusedError) as refused:
            night.room.add(PersonId("m1"), words, SIGNATURE)
        assert "line 1" in str(refused.value) or "line 2" in str(refused.value)
        holds_nobody_else(str(refused.value), None)
    note = night.room.note(PersonId("m1")).signed
    assert note is not None
    assert not note.addenda
