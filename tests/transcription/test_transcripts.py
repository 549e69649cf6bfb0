"""Transcripts made elsewhere become utterances of people on the roster, or one clear refusal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from assistant.domain import DecidedBy, Group, Part2, Person, PersonId, Role, samples
from assistant.errors import TranscriptError
from assistant.transcription.transcripts import read_transcript

if TYPE_CHECKING:
    from pathlib import Path

GROUP = Group(
    "Group",
    "psychotherapy",
    Part2.UNKNOWN,
    (
        Person(PersonId("f"), Role.FACILITATOR, "Dana Ruiz"),
        Person(PersonId("m1"), Role.MEMBER, "Marcus Whitfield", ("Marc",)),
        Person(PersonId("m2"), Role.MEMBER, "Joan Okafor"),
        Person(PersonId("m3"), Role.MEMBER, "Joan Petersen", ("JP",)),
        Person(PersonId("m4"), Role.MEMBER, "Anneke van der Berg"),
    ),
)


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a transcript and return where it is."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_vtt_with_all_its_parts(tmp_path: Path) -> None:
    """Header text, notes, styles, cue ids, settings, missing hours, several lines and several voices are all read."""
    text = """\ufeffWEBVTT - a meeting
Kind: captions

STYLE
::cue { color: red }

NOTE made by hand --
two lines of it

REGION
id:one

intro
00:01.000 --> 00:03.500 align:start position:10%
<v Dana Ruiz>Good evening &amp; welcome,
<i>everybody</i>.</v>

2
01:00:04.000 --> 01:00:08.000
<v.loud Marc>Hello.</v>
<v m2>Hi <00:00:05.000>there.</v>

3
01:00:09.000 --> 01:00:10.000
somebody coughs
"""

    utterances = read_transcript(written(tmp_path, "a.vtt", text), GROUP)

    assert [(u.speaker, u.text) for u in utterances] == [
        ("f", "Good evening & welcome, everybody."),
        ("m1", "Hello."),
        ("m2", "Hi there."),
        (None, "somebody coughs"),
    ]
    assert (utterances[0].start, utterances[0].end) == (samples(1.0), samples(3.5))
    assert utterances[1].start == samples(3604.0)
    assert utterances[1].end == utterances[2].start
    assert utterances[2].end == samples(3608.0)
    assert [u.id for u in utterances] == ["u1", "u2", "u3", "u4"]
    assert {u.attribution.decided_by for u in utterances} == {DecidedBy.TRANSCRIPT}
    assert all(u.attribution.score == 1.0 for u in utterances)


def test_srt_with_name_prefixes(tmp_path: Path) -> None:
    """Name prefixes decide the speaker; a colon inside a sentence does not; CRLF line ends are line ends."""
    text = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nDana Ruiz: Who starts?\r\n\r\n"
        "2\r\n00:00:02,500 --> 00:00:04,000\r\n- Marcus: I told him: no.\r\n- Anneke van der Berg: Really?\r\n\r\n"
        "3\r\n00:00:05,000 --> 00:00:06,000\r\nm1: at 10:30 sharp\r\n\r\n"
        "4\r\n00:00:07,000 --> 00:00:08,000\r\nand he said this: never\r\n"
    )

    utterances = read_transcript(written(tmp_path, "a.srt", text), GROUP)

    assert [(u.speaker, u.text) for u in utterances] == [
        ("f", "Who starts?"),
        ("m1", "I told him: no."),
        ("m4", "Really?"),
        ("m1", "at 10:30 sharp"),
        (None, "and he said this: never"),
    ]


@pytest.mark.parametrize(
    ("label", "person"),
    [
        ("m1", "m1"),
        ("M1", "m1"),
        ("Marcus Whitfield", "m1"),
        ("marcus  WHITFIELD", "m1"),
        ("Marc", "m1"),
        ("Marcus", "m1"),
        ("jp", "m3"),
        ("joan okafor", "m2"),
        (None, None),
        ("Speaker 2", None),
        ("SPEAKER_03", None),
        ("Unknown speaker", None),
        ("unknown", None),
    ],
)
def test_labels_map_through_the_roster(tmp_path: Path, label: str | None, person: str | None) -> None:
    """Id, full name, alias and an unshared first name decide, in any casing; "unknown" in its usual forms is nobody."""
    content = {"utterances": [{"start": 0.0, "end": 1.0, "speaker": label, "text": "Hello."}]}

    (utterance,) = read_transcript(written(tmp_path, "a.json", json.dumps(content)), GROUP)

    assert utterance.speaker == person
    assert [w.speaker for w in utterance.words] == [person]


def test_json_without_times_keeps_its_order(tmp_path: Path) -> None:
    """Utterances without times follow each other, each word with a time of its own, inside its utterance."""
    content = {"utterances": [{"speaker": "m1", "text": "One two."}, {"text": ""}, {"speaker": "f", "text": "Three."}]}

    utterances = read_transcript(written(tmp_path, "a.json", json.dumps(content)), GROUP)

    assert [(u.speaker, u.text) for u in utterances] == [("m1", "One two."), ("f", "Three.")]
    assert 0 == utterances[0].start < utterances[0].end <= utterances[1].start < utterances[1].end
    for utterance in utterances:
        assert " ".join(w.text for w in utterance.words) == utterance.text
        assert utterance.words[0].start == utterance.start
        assert utterance.words[-1].end == utterance.end
        assert all(w.start < w.end and w.probability == 1.0 for w in utterance.words)


def test_utterances_come_in_order_of_time(tmp_path: Path) -> None:
    """What was said first comes first, whatever the order in the file."""
    content = {
        "utterances": [
            {"start": 5.0, "end": 6.0, "speaker": "m1", "text": "Later."},
            {"start": 1.0, "end": 2.0, "speaker": "f", "text": "Sooner."},
        ]
    }

    utterances = read_transcript(written(tmp_path, "a.json", json.dumps(content)), GROUP)

    assert [(u.number, u.text) for u in utterances] == [(1, "Sooner."), (2, "Later.")]


def test_captions_that_cut_a_sentence_are_joined(tmp_path: Path) -> None:
    """Captions of one voice become one utterance up to its full stop; unknown voices are never joined."""
    text = """WEBVTT

00:01.000 --> 00:02.000
<v Marc>I have been thinking

00:02.200 --> 00:03.000
<v Marc>about my sister.

00:03.100 --> 00:04.000
<v Marc>She called.

00:05.000 --> 00:06.000
nobody knows

00:06.000 --> 00:07.000
who this is
"""

    utterances = read_transcript(written(tmp_path, "a.vtt", text), GROUP)

    assert [u.text for u in utterances] == [
        "I have been thinking about my sister.",
        "She called.",
        "nobody knows",
        "who this is",
    ]
    assert (utterances[0].start, utterances[0].end) == (samples(1.0), samples(3.0))


STRANGER = "Zebedee"
"""Stands in every bad file below and may be in no message."""

BAD: dict[str, tuple[str, str | bytes, str]] = {
    "not on the roster, vtt": ("a.vtt", "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Zebedee>Hi", "cue 1 (line 3)"),
    "not on the roster, prefix": ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nZebedee: hi", "cue 1 (line 1)"),
    "not on the roster, second line": (
        "a.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nMarc: hi\nZebedee Jones: hi",
        "cue 1 (line 1)",
    ),
    "not on the roster, json": (
        "a.json",
        '{"utterances": [{"speaker": "m1", "text": "a"}, {"speaker": "Zebedee", "text": "b"}]}',
        "utterance 2",
    ),
    "first name of two people": ("a.json", '{"utterances": [{"speaker": "Joan", "text": "Zebedee"}]}', "2 people"),
    "no header": ("a.vtt", "00:01.000 --> 00:02.000\nZebedee", "line 1"),
    "cue in the header": ("a.vtt", "WEBVTT\n00:01.000 --> 00:02.000\nZebedee", "line 2"),
    "no times": ("a.srt", "1\nZebedee", "line 1"),
    "bad times": ("a.srt", "1\n00:00:01,000 --> soon\nZebedee", "line 2"),
    "backwards": ("a.srt", "1\n00:00:03,000 --> 00:00:01,000\nZebedee", "line 2"),
    "not JSON": ("a.json", '{"utterances": [\n{"text": "Zebedee"', "line 2"),
    "no list": ("a.json", '{"turns": ["Zebedee"]}', "utterances"),
    "entry is text": ("a.json", '{"utterances": ["Zebedee"]}', "utterance 1"),
    "text is a number": ("a.json", '{"utterances": [{"text": 3, "x": "Zebedee"}]}', "utterance 1"),
    "speaker is a list": ("a.json", '{"utterances": [{"text": "Zebedee", "speaker": []}]}', "utterance 1"),
    "time is text": ("a.json", '{"utterances": [{"text": "Zebedee", "start": "x"}]}', "start"),
    "time is no number": ("a.json", '{"utterances": [{"text": "Zebedee", "start": NaN}]}', "start"),
    "time is huge": ("a.json", '{"utterances": [{"text": "Zebedee", "end": 1' + "0" * 400 + "}]}", "end"),
    "ends before it begins": (
        "a.json",
        '{"utterances": [{"text": "Zebedee", "start": 2, "end": 1}]}',
        "utterance 1",
    ),
    "empty": ("a.json", '{"utterances": []}', "holds no words"),
    "empty file": ("a.srt", "", "holds no words"),
    "other encoding": ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nZebedee caf\xe9".encode("latin-1"), "line 3"),
    "other format": ("a.docx", "Zebedee", ".vtt"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_used_is_refused_in_one_line(tmp_path: Path, case: str) -> None:
    """The message names the file and the place, fits one line, and repeats nothing of what the file says."""
    name, text, place = BAD[case]

    with pytest.raises(TranscriptError) as refused:
        read_transcript(written(tmp_path, name, text), GROUP)

    message = str(refused.value)
    assert place in message
    assert name in message
    assert "\n" not in message
    assert STRANGER not in message
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A path that leads nowhere, or to a folder, says so."""
    (tmp_path / "folder.srt").mkdir()

    with pytest.raises(TranscriptError, match="no such file"):
        read_transcript(tmp_path / "none.srt", GROUP)
    with pytest.raises(TranscriptError, match="is a folder"):
        read_transcript(tmp_path / "folder.srt", GROUP)
