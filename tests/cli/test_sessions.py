"""Sessions of every kind through the real command: transcripts, a silent video, a refused note, a second run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

pytestmark = [pytest.mark.models, pytest.mark.slow]

LINES = (
    ("f1", "Nora Whitfield", "How have you been, both of you?"),
    ("m1", "Walter Greene", "I have been off the vodka for ninety days, and I sleep badly."),
    ("m2", "Simone Archer", "I changed the locks after my ex came back in October."),
)

GATE_THAT_REFUSES_ONE = """
from assistant.domain import GateFinding
from assistant.notes.gate import Gate
def refuse(self, text, context):
    return (GateFinding("", -1, "planted", None),) if context.reader == "m1" else ()
Gate.check_text = refuse
"""


def as_json() -> str:
    """Return the lines as a transcript of this program's own form, by id and without times."""
    return json.dumps({"utterances": [{"speaker": person, "text": text} for person, _, text in LINES]})


def as_vtt() -> str:
    """Return the lines as WebVTT with voice tags."""
    cues = (f"00:{i:02}.000 --> 00:{i + 3:02}.000\n<v {n}>{t}</v>\n" for i, (_, n, t) in enumerate(LINES))
    return "WEBVTT\n\n" + "\n".join(cues)


def as_srt() -> str:
    """Return the lines as SubRip with names before a colon."""
    cues = (f"{i + 1}\n00:00:{i:02},000 --> 00:00:{i + 3:02},000\n{n}: {t}\n" for i, (_, n, t) in enumerate(LINES))
    return "\n".join(cues)


@pytest.mark.parametrize(("name", "content"), [("s.json", as_json()), ("s.vtt", as_vtt()), ("S.SRT", as_srt())])
def test_every_form_of_transcript_becomes_the_same_drafts(
    assistant: Command, smoke: Path, tmp_path: Path, name: str, content: str
) -> None:
    """Each member's words reach their own draft, and no other."""
    (tmp_path / name).write_text(content)

    ran = assistant("process", tmp_path / name, "-g", smoke / "group.toml", "-d", tmp_path / "d")

    assert ran.code == 0, ran.err
    drafts = {path.name: path.read_text() for path in (tmp_path / "d").iterdir()}
    assert set(drafts) == {"m1.md", "m2.md", "group.md"}
    assert {file for file, text in drafts.items() if "off the vodka" in text} == {"m1.md"}
    assert {file for file, text in drafts.items() if "changed the locks" in text} == {"m2.md"}


def silent_video(path: Path) -> Path:
    """Write five seconds of a grey picture with a silent track."""
    with av.open(str(path), "w") as file:
        picture, sound = file.add_stream("mpeg4", rate=5), file.add_stream("aac", rate=16000)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        for number in range(25):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 128, np.uint8), format="rgb24")
            frame.pts = number
            file.mux(picture.encode(frame))
        for number in range(5):
            quiet = av.AudioFrame.from_ndarray(np.zeros((1, 16000), np.float32), format="fltp", layout="mono")
            quiet.sample_rate, quiet.pts = 16000, number * 16000
            file.mux(sound.encode(quiet))
        file.mux(picture.encode(None))
        file.mux(sound.encode(None))
    return path


def test_a_silent_recording_becomes_drafts_without_words(assistant: Command, smoke: Path, tmp_path: Path) -> None:
    """Nothing is invented, it is said that no speech was found, and that is no failure. A video is a recording too."""
    recording = silent_video(tmp_path / "meeting.mp4")

    ran = assistant(
        "process", recording, "-g", smoke / "group.toml", "-d", tmp_path / "d", "--machine", tmp_path / "m.json"
    )

    assert ran.code == 0, ran.err
    assert "No speech was found" in ran.out
    assert {path.name for path in (tmp_path / "d").iterdir()} == {"m1.md", "m2.md", "group.md"}
    machine = json.loads((tmp_path / "m.json").read_text())
    assert machine["utterances"] == machine["alerts"] == []
    assert not any(line["evidence"] for lines in machine["notes"].values() for line in lines)
    assert machine["session"]["duration_s"] == pytest.approx(5, abs=0.2)


def test_a_refused_note_is_not_written_and_an_old_one_does_not_stand_for_it(
    assistant: Command, smoke: Path, tmp_path: Path
) -> None:
    """Exit 3 and one line that says whose; with --replace the earlier draft of that member goes too."""
    (tmp_path / "s.json").write_text(as_json())
    (tmp_path / "d").mkdir()
    for name in ("m1.md", "m2.md", "group.md"):
        (tmp_path / "d" / name).write_text("an earlier draft")

    ran = assistant(
        "process", tmp_path / "s.json", "-g", smoke / "group.toml", "-d", tmp_path / "d", "--replace",
        first=GATE_THAT_REFUSES_ONE,
    )  # fmt: skip

    assert ran.code == 3
    assert len(ran.err.strip().splitlines()) == 1
    assert "m1" in ran.err
    assert "REFUSED" in ran.out
    assert {path.name for path in (tmp_path / "d").iterdir()} == {"m2.md", "group.md"}
    assert "earlier" not in (tmp_path / "d" / "m2.md").read_text()


def test_evaluate_measures_a_gold_session(assistant: Command, smoke: Path, tmp_path: Path) -> None:
    """The table for people and the JSON for machines hold figures, and no word of the session."""
    ran = assistant("evaluate", smoke, "--text", "--json", tmp_path / "figures.json")

    assert ran.code == 0, ran.err
    figures = (tmp_path / "figures.json").read_text()
    assert json.loads(figures)
    for shown in (ran.out, figures):
        assert "leak" in shown.lower()
        for secret in ("Walter", "Simone", "vodka", "trazodone"):
            assert secret not in shown
