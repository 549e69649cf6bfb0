"""A gold session is read strictly, and no complaint about it repeats what it holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import AlertKind, DisclosureType
from assistant.errors import GoldError
from assistant.evaluation.gold import as_transcript, from_json, read_gold, read_rttm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assistant.evaluation.gold import GoldSession

PRIVATE = "Quillsworth"


def _data(**changes: object) -> dict[str, Any]:
    turn: dict[str, Any] = {
        "speaker": "m1",
        "text": f"I'm {PRIVATE}.",
        "start": 0.0,
        "end": 1.0,
        "spans": [],
        "alerts": [],
    }
    people = [{"id": "m1", "role": "member", "name": PRIVATE}]
    return {"id": "s", "participants": people, "turns": [turn | changes]}


def test_the_sample_is_read(smoke: Path) -> None:
    """The sample's people, times, spans, alerts and RTTM arrive."""
    gold = read_gold(smoke)

    assert [p.id for p in gold.members] == ["m1", "m2"]
    assert gold.facilitators == {"f1"}
    assert gold.duration_s == pytest.approx(57.354)
    assert gold.turns[1].spans[0].type is DisclosureType.PERSON
    assert {kind for turn in gold.turns for kind in turn.alerts} == {AlertKind.ABUSE_ADULT, AlertKind.IDENTITY}
    assert gold.audio is not None
    assert {stretch.speaker for stretch in gold.talk} == {"f1", "m1", "m2"}


def test_gold_types_map_onto_the_house_types(build_gold: Callable[..., GoldSession]) -> None:
    """NICKNAME is a PERSON, OTHER_ID an ID, RELATIONSHIP_EVENT a FAMILY disclosure."""
    gold = build_gold(("m1", "[[NICKNAME:m1|Marc]] [[OTHER_ID:m1|4472]] [[RELATIONSHIP_EVENT:m1|we split up]]"))

    assert [span.type for span in gold.turns[0].spans] == [
        DisclosureType.PERSON,
        DisclosureType.ID,
        DisclosureType.FAMILY,
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"speaker": PRIVATE},
        {"text": None},
        {"end": -1.0},
        {"start": "soon"},
        {"alerts": [PRIVATE]},
        {"spans": [{"start_char": 0, "end_char": 999, "type": "PERSON", "owner": "m1"}]},
        {"spans": [{"start_char": 4, "end_char": 6, "type": "PERSON", "owner": "m1", "surface": PRIVATE}]},
        {"spans": [{"start_char": 4, "end_char": 6, "type": PRIVATE, "owner": "m1"}]},
        {"spans": [{"start_char": 4, "end_char": 6, "type": "PERSON", "owner": PRIVATE}]},
        {"words": [{"start_char": 4, "end_char": 2, "start": 0.0, "end": 0.0}]},
        {"words": PRIVATE},
    ],
)
def test_a_wrong_turn_is_refused_in_one_line_without_its_words(changes: dict[str, Any]) -> None:
    """The message names the turn by number and nothing of its content."""
    with pytest.raises(GoldError, match="turn 0") as caught:
        from_json(_data(**changes), where="s.gold.json")

    assert PRIVATE not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_damaged_json_is_refused_without_its_words(tmp_path: Path) -> None:
    """A decoder's message would quote the file; ours does not."""
    (tmp_path / "group.toml").write_text("")
    (tmp_path / "s.gold.json").write_text('{"turns": ["' + PRIVATE)

    with pytest.raises(GoldError) as caught:
        read_gold(tmp_path)

    assert PRIVATE not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_folder_without_gold_or_group_is_refused(tmp_path: Path) -> None:
    """Each missing file is named."""
    with pytest.raises(GoldError, match=r"0 files named <id>\.gold\.json"):
        read_gold(tmp_path)
    (tmp_path / "s.gold.json").write_text(json.dumps(_data()))
    with pytest.raises(GoldError, match=r"no group\.toml"):
        read_gold(tmp_path)
    with pytest.raises(GoldError, match="not a folder"):
        read_gold(tmp_path / "nowhere")


def test_a_wrong_rttm_line_is_named_by_number(tmp_path: Path) -> None:
    """The second line is at fault."""
    path = tmp_path / "s.rttm"
    path.write_text("SPEAKER s 1 0.0 1.0 <NA> <NA> m1 <NA> <NA>\nSPEAKER s 1 soon\n")

    with pytest.raises(GoldError, match="line 2"):
        read_rttm(path)


def test_reprs_hold_no_words(build_gold: Callable[..., GoldSession]) -> None:
    """A traceback may show a session; it shows nothing that was said."""
    assert PRIVATE not in repr(
        build_gold(("m1", f"I'm [[PERSON:m1|{PRIVATE}]]."), facts=[{"owner": "m1", "text": PRIVATE}])
    )


def test_a_session_without_times_gets_some(build_gold: Callable[..., GoldSession]) -> None:
    """Text-only gold has a length, so that alarms per hour can be counted."""
    data = _data()
    del data["turns"][0]["start"], data["turns"][0]["end"]

    assert from_json(data, where="s").duration_s > 0


def test_an_empty_session_is_a_session() -> None:
    """No turns: no length, no complaint."""
    assert from_json(_data() | {"turns": []}, where="s").duration_s == 0


def test_the_transcript_and_its_variants(build_gold: Callable[..., GoldSession]) -> None:
    """One utterance per turn; lower case without punctuation; speakers unknown."""
    gold = build_gold(("m1", "So, I'm Marcus — sixty-one."), ("f", "Hi."))

    assert as_transcript(gold)["utterances"][0] == {
        "start": 0.0,
        "end": gold.turns[0].end,
        "speaker": "m1",
        "text": "So, I'm Marcus — sixty-one.",
    }
    assert as_transcript(gold, lower=True)["utterances"][0]["text"] == "so i'm marcus sixty-one"
    assert [row["speaker"] for row in as_transcript(gold, speakers=False)["utterances"]] == [None, None]
