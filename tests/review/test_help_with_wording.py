"""The clinic's own model puts lines into prose: one member's at a time, checked, and what it leaves out stays."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from assistant.domain import PersonId
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.notes import sentences as say
from assistant.review.view import HandOutOrder
from assistant.settings import Settings, WordingSettings
from tests.review.desks import NO_PROSE, Worded
from tests.review.quick import quick_review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.review.quick import Quick

M1, M2 = PersonId("m1"), PersonId("m2")
PROSE = "The member sold their zebra lamp to pay the rent."
MADE_UP = "The member has a gambling problem."


class Model:
    """A real server on the loopback address: it knows one member's lines, and makes something up."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                prompt = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["prompt"]
                model.asked.append(prompt)
                told = f"{PROSE} [1]\n{MADE_UP} [1]" if "zebra" in prompt else MADE_UP
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps({"content": told}).encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as the library has it
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.wording = WordingSettings(server=f"http://127.0.0.1:{self._server.server_port}")
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def end(self) -> None:
        """Be gone."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def model() -> Iterator[Model]:
    """The clinic's language model."""
    made = Model()
    yield made
    made.end()


@contextmanager
def worded(folder: Path, wording: WordingSettings) -> Iterator[Quick]:
    """Open a review whose settings name the model."""
    settings = replace(Settings(), wording=wording)
    with quick_review(folder, settings=settings, builder=lambda trouble: Worded(trouble, wording)) as quick:
        yield quick


def titles(quick: Quick, person: PersonId) -> set[str]:
    """Return the sections of a note that rest on what was said."""
    return {line.section for line in quick.room.note(person).lines if line.at}


def test_the_note_is_reworded_when_the_session_is_opened(tmp_path: Path, model: Model) -> None:
    """What was said is told in prose, what was made up is not; each prompt holds one member's lines."""
    with worded(tmp_path, model.wording) as quick:
        quick.until(lambda: titles(quick, M1) == {say.REWORDED, say.SAID})
        quick.settled()

        (line,) = [line for line in quick.room.note(M1).lines if line.section == say.REWORDED]
        assert line.text == PROSE
        assert not line.speech
        assert titles(quick, M2) == {say.SAID}
        assert len(model.asked) == 2
        assert ["zebra" in prompt and "ending it" in prompt for prompt in model.asked] == [False, False]
        assert not any(word in prompt for prompt in model.asked for word in ("Ottoline", "Barnaby", "Thank you both"))
        quick.room.hide(M2, next(line.number for line in quick.room.note(M2).lines if line.at))
        quick.settled()
        assert len(model.asked) == 2
        quick.complete()
        quick.room.sign(M1, "A. Cole, LCSW")
        order = HandOutOrder((M1,), Recipient.RECORD, NoteFormat.SOAP, FileKind.TEXT, tmp_path / "out")
        (done,) = quick.room.hand_out(order)
        assert done.file is not None, done.refused
        text = " ".join(done.file.read_text(encoding="utf-8").split())
        assert PROSE in text
        assert MADE_UP not in text


def test_what_the_gate_refuses_is_told_as_it_was_said(tmp_path: Path, model: Model) -> None:
    """The note stays as it was, and is no refused one."""
    (tmp_path / "trouble").write_text(NO_PROSE, encoding="utf-8")
    with worded(tmp_path, model.wording) as quick:
        quick.until(lambda: len(model.asked) == 2)
        quick.settled()

        assert titles(quick, M1) == {say.SAID}
        assert quick.room.note(M1).step.value == "draft"


def test_a_model_that_is_not_there_is_one_line_and_no_harm(tmp_path: Path, model: Model) -> None:
    """The notes stand in the built-in words, and the overview says what to do."""
    model.end()
    with worded(tmp_path, model.wording) as quick:
        quick.until(lambda: any("local language model" in line for line in quick.room.overview().warnings))
        quick.settled()

        assert titles(quick, M1) == {say.SAID}
        assert quick.room.overview().problem is None
