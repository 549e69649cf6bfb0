"""The group's own template, from the settings to the file; what it cannot do is one line, and no file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.domain import PersonId
from assistant.errors import SessionError, SettingsError
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.review.view import HandOutOrder
from assistant.settings import Settings
from tests.review.quick import quick_review

if TYPE_CHECKING:
    from pathlib import Path

M1 = PersonId("m1")
TEMPLATE = """\
# Heading of our own
{{ date }}, {{ participants }} members and {{ facilitators }} facilitator
{% for line in said %}{{ line }}
{% endfor %}
# What comes next
{{ plan | join(" ") }}
"""


def own(template: Path | None) -> Settings:
    """Return settings that name a template."""
    plain = Settings()
    return replace(plain, notes=replace(plain.notes, template=template, format=NoteFormat.OWN))


def test_a_note_is_handed_out_as_the_template_lays_it_out(tmp_path: Path) -> None:
    """Its headings, the member's words, the counts; read before it is signed, and in the file."""
    template = tmp_path / "ours.txt"
    template.write_text(TEMPLATE, encoding="utf-8")
    with quick_review(tmp_path, settings=own(template)) as quick:
        quick.complete()
        shown = quick.room.preview(M1, NoteFormat.OWN)
        assert [part.title for part in shown.parts] == ["Heading of our own", "What comes next"]
        quick.room.sign(M1, "A. Cole, LCSW")
        order = HandOutOrder((M1,), Recipient.RECORD, NoteFormat.OWN, FileKind.MARKDOWN, tmp_path / "out")

        (done,) = quick.room.hand_out(order)

        assert done.file is not None, done.refused
        text = done.file.read_text(encoding="utf-8")
        for words in ("Heading of our own", "2 members and 1 facilitator", "zebra lamp", "As planned.", "2026-03-05"):
            assert words in text, words
        assert "ending it" not in text
        assert "Barnaby" not in text


def test_a_template_is_not_guessed(tmp_path: Path) -> None:
    """None in the settings, or one that reaches for more than a note: one line, and nothing is written."""
    with quick_review(tmp_path, settings=own(None)) as quick, pytest.raises(SessionError, match=r"\[notes\] template"):
        quick.room.preview(M1, NoteFormat.OWN)
    bad = tmp_path / "bad.txt"
    bad.write_text("{{ said.__class__ }}", encoding="utf-8")
    (tmp_path / "second").mkdir()
    with quick_review(tmp_path / "second", settings=own(bad)) as quick, pytest.raises(SettingsError, match="line 1"):
        quick.room.preview(M1, NoteFormat.OWN)
