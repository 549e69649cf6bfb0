"""The files of a sample say what it is, hold its turns and nothing else, and are there all or none."""

from __future__ import annotations

import json
import re
import stat
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import Role, samples
from assistant.errors import OutputError
from assistant.training.files import captions, id_of, texts_of
from assistant.training.files.folder import require_free, write_folder
from assistant.training.files.sound import wav
from assistant.training.material import LABEL, Invented, Part, Sample, SampleProfile, SampleTurn
from assistant.transcription.captions import read_vtt

if TYPE_CHECKING:
    from pathlib import Path

NASTY = 'I said "no" & <b>left</b> --> it\'s *done* | [x](http://a) # `y` <script>alert(1)</script>'
SAID = (
    ("Facilitator", 0.0, 4.0, "Good afternoon, Ruth. How are you?"),
    ("Member A", 4.2, 9.0, NASTY),
    ("Member B", 9.5, 9.5, ""),
    ("Facilitator", 3700.0, 3701.0, "What would help?"),
)


@pytest.fixture
def sample() -> Sample:
    """A sample of four turns, one of them empty, one full of marks."""
    turns = tuple(
        SampleTurn(number, who, samples(start), samples(end), text, words=len(text.split()) or 7, changed=1)
        for number, (who, start, end, text) in enumerate(SAID, start=1)
    )
    parts = (
        Part("Facilitator", "Joan", Role.FACILITATOR, 0),
        Part("Member A", "Ruth & Co", Role.MEMBER, 0),
        Part("Member B", "Al", Role.MEMBER, 1),
    )
    return Sample(
        profile=SampleProfile.SAFE_HARBOR,
        parts=parts,
        turns=turns,
        people=(),
        duration=samples(3702.0),
        invented=Invented(frozenset({"ruth"})),
        emptied=1,
        left_out=3,
    )


class Page(HTMLParser):
    """Reads a page as a browser does, and insists on what is well formed."""

    VOID = frozenset({"meta", "!doctype"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""
        self.hidden: list[str] = []
        """What stands in ``details`` outside its ``summary``."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        self.seen.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onclick", "onload"}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last, and no other."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take note of what is read."""
        if "style" in self.open:
            return
        self.text += data
        if "details" in self.open and "summary" not in self.open:
            self.hidden.append(data)


def read(page: str) -> Page:
    """Return a page as read."""
    reader = Page()
    reader.feed(page)
    reader.close()
    assert not reader.open
    return reader


def of_kind(files: dict[str, str], ending: str) -> str:
    """Return the one file with this ending; a quiz only where it is asked for."""
    (name,) = (n for n in files if n.endswith(ending) and ("quiz" in n) == ("quiz" in ending))
    return files[name]


def test_every_file_bears_the_label_and_an_opaque_name(sample: Sample) -> None:
    """Six kinds of file, called after what they tell and nothing of where it comes from."""
    files = texts_of(sample)

    assert all(LABEL in text for text in files.values())
    name = id_of(sample)
    assert re.fullmatch(r"sample-[0-9a-f]{8}", name)
    assert {file.removeprefix(name) for file in files} == {".md", "-quiz.md", ".html", "-quiz.html", ".json", ".vtt"}


def test_no_file_tells_when_it_was_or_what_made_it(sample: Sample) -> None:
    """Neither a date nor a maker, and nothing is said of what the tool must not say."""
    for text in texts_of(sample).values():
        assert not re.search(r"\b(19|20)\d\d-\d\d", text)
        assert "generator" not in text
        assert "anonymous" not in text.lower()


@pytest.mark.parametrize("ending", [".html", "-quiz.html"])
def test_the_page_is_well_formed_and_needs_nothing_else(sample: Sample, ending: str) -> None:
    """No script, no address of anything, and what somebody said is text, whatever marks it holds."""
    page = of_kind(texts_of(sample), ending)
    seen = read(page)

    assert "script" not in seen.seen
    assert "link" not in seen.seen
    assert "img" not in seen.seen
    assert NASTY in seen.text
    assert "Ruth & Co" in seen.text
    assert "[7 words taken out]" in seen.text


def test_who_speaks_stands_in_words_at_every_turn(sample: Sample) -> None:
    """A colour alone tells nobody anything who does not see it; no two parts have the same line."""
    page = of_kind(texts_of(sample), ".html")

    assert len(re.findall(r"<strong>(Facilitator|Member [AB])</strong>", page)) == len(SAID)
    lines = re.findall(r"^\.p\d+.*?\{(.*)\}$", page, re.MULTILINE)
    assert len(set(lines)) == len(sample.parts)


def test_the_quiz_hides_the_facilitator_s_turns_and_no_others(sample: Sample) -> None:
    """They are there when asked for, without a script."""
    seen = read(of_kind(texts_of(sample), "-quiz.html"))

    assert seen.hidden == ["Good afternoon, Ruth. How are you?", "What would help?"]


def test_the_written_quiz_answers_at_its_end(sample: Sample) -> None:
    """Above the answers nothing of the facilitator stands, and each question names its answer."""
    questions, answers = of_kind(texts_of(sample), "-quiz.md").split("## Answers")

    assert "Good afternoon" not in questions
    assert "What would help" not in questions
    assert "(answer 1)" in questions
    assert "(answer 2)" in questions
    assert "1. **Facilitator** (0:00): Good afternoon, Ruth. How are you?" in answers
    assert "2. **Facilitator** (61:40): What would help?" in answers


def test_markdown_takes_no_word_for_a_mark(sample: Sample) -> None:
    """What somebody said becomes neither a link, nor a heading, nor a tag."""
    text = of_kind(texts_of(sample), ".md")

    assert "\\<script\\>" in text
    assert "\\[x\\](" in text
    assert "\n#" not in text.split("## What was said")[1]


def test_the_captions_are_read_back_as_written(sample: Sample) -> None:
    """By our own reader: who, when, and every mark."""
    cues = list(read_vtt(of_kind(texts_of(sample), ".vtt"), str.istitle))

    assert [cue.speaker for cue in cues] == [who for who, *_ in SAID]
    assert cues[1].text == NASTY
    assert cues[1].start_s == pytest.approx(4.2)
    assert cues[3].start_s == pytest.approx(3700.0)
    assert all(cue.end_s is not None and cue.start_s is not None and cue.end_s > cue.start_s for cue in cues)


def test_the_captions_of_a_spoken_sample_follow_the_voice(sample: Sample) -> None:
    """A turn that moved is shown when it is heard."""
    text = captions.document(sample, LABEL, {2: (samples(5.0), samples(11.0))})
    cues = list(read_vtt(text, str.istitle))

    assert (cues[1].start_s, cues[1].end_s) == (5.0, 11.0)
    assert cues[0].end_s == pytest.approx(4.0)


def test_the_json_keeps_its_schema(sample: Sample) -> None:
    """Every field that the description promises, of its kind; which words are invented is not among them."""
    whole = json.loads(of_kind(texts_of(sample), ".json"))

    assert set(whole) == {"label", "sample", "profile", "duration_s", "left_out", "parts", "turns"}
    assert (whole["label"], whole["profile"], whole["left_out"]) == (LABEL, "safe-harbor", 3)
    assert whole["duration_s"] == pytest.approx(3702.0)
    labels = {part["label"] for part in whole["parts"]}
    assert all(set(part) == {"label", "role", "called"} for part in whole["parts"])
    for turn in whole["turns"]:
        assert set(turn) == {"number", "who", "start_s", "end_s", "text", "taken_out"}
        assert turn["who"] in labels
        assert bool(turn["text"]) == (turn["taken_out"] == 0)
    assert whole["turns"][1]["text"] == NASTY


def test_the_sound_says_what_it_is() -> None:
    """A WAV file that players read, with the label inside."""
    data = wav(np.arange(5, dtype=np.int16), LABEL)

    assert data[:4] == b"RIFF"
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    assert LABEL.encode() in data
    assert data.endswith(np.arange(5, dtype="<i2").tobytes())


def test_a_folder_is_its_owner_s_alone_and_bears_no_day(tmp_path: Path) -> None:
    """Nobody else reads it, and its files do not tell when they were made."""
    write_folder(tmp_path / "out", {"a.md": b"one", "b.json": b"two"})

    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    for path in (tmp_path / "out").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.stat().st_mtime < 1e9
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_nothing_is_left_where_one_file_cannot_be_written(tmp_path: Path) -> None:
    """Whole or not at all: not the first file, not a hidden folder."""
    with pytest.raises(OutputError, match="nothing was left behind"):
        write_folder(tmp_path / "out", {"a.md": b"one", "no/such/place.md": b"two"})

    assert not list(tmp_path.iterdir())


def test_nothing_is_there_that_could_not_be_noted_down(tmp_path: Path) -> None:
    """What the audit log refuses does not appear."""

    def refuse() -> None:
        raise OutputError("the log is full")

    with pytest.raises(OutputError, match="log is full"):
        write_folder(tmp_path / "out", {"a.md": b"one"}, before=refuse)

    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_there_is_never_touched(tmp_path: Path) -> None:
    """Nor a file, nor a link that leads nowhere; and the folder around it has to be there."""
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    for name in ("there", "link", "missing/out"):
        with pytest.raises(OutputError):
            require_free(tmp_path / name)
        with pytest.raises(OutputError):
            write_folder(tmp_path / name, {"a.md": b"one"})
    assert not list((tmp_path / "there").iterdir())
    assert not (tmp_path / "nowhere").exists()


def test_the_folder_around_it_is_no_link(tmp_path: Path) -> None:
    """What a link points at today it need not point at tomorrow: nothing is written through it."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")

    with pytest.raises(OutputError, match="link"):
        write_folder(tmp_path / "link" / "out", {"a.md": b"one"})

    assert not list((tmp_path / "real").iterdir())
