"""A detector that fails withholds, and overlapping mentions become one, whatever order they come in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.detection import Detection, Detector
from assistant.privacy.merging import IDENTIFIERS, merge
from assistant.privacy.parse import Parse

if TYPE_CHECKING:
    from collections.abc import Sequence

_T = DisclosureType
_TEXT = "my name is Rosa Diaz and I work at Rosa's Kitchen on Elm Street"


@dataclass
class _Fixed:
    """Answers with what it was made with."""

    name: str
    mentions: list[Mention] = field(default_factory=list)

    def detect(self, parse: Parse) -> Sequence[Mention]:
        return self.mentions


class _Broken:
    name = "broken"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        raise RuntimeError(parse.text)


class _Clock:
    """Ten seconds pass between any two looks at it."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 10.0
        return self._now


def _mention(words: str, type_: DisclosureType, detector: str = "people", score: float = 0.8) -> Mention:
    start = _TEXT.index(words)
    return Mention(Span(start, start + len(words)), type_, score, detector)


def test_a_detector_that_raises_is_named_and_the_others_are_heard() -> None:
    """The failure is recorded by name alone; what it raised, which holds the text, goes nowhere."""
    found = Detector([_Broken(), _Fixed("ok", [_mention("Rosa Diaz", _T.PERSON)])]).detect(Parse(_TEXT, ()))
    assert found.failed == ("broken",)
    assert [m.span.of(_TEXT) for m in found.mentions] == ["Rosa Diaz"]
    assert "Rosa" not in repr(found)


def test_a_detector_that_overruns_its_time_has_failed() -> None:
    """Ten seconds against a budget of five."""
    assert Detector([_Fixed("slow")], budget_s=5.0, clock=_Clock()).detect(Parse(_TEXT, ())).failed == ("slow",)


def test_a_detector_that_answers_outside_the_text_has_failed() -> None:
    """An offset past the end is a failure, and no mention."""
    wild = Mention(Span(10, 5000), _T.PERSON, 0.9, "wild")
    assert Detector([_Fixed("wild", [wild])]).detect(Parse(_TEXT, ())) == Detection((), ("wild",))


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([_mention("Rosa", _T.PERSON), _mention("Rosa Diaz", _T.PERSON, "rampart")], [("Rosa Diaz", _T.PERSON)]),
        (
            [_mention("Rosa's Kitchen", _T.ORG, "organisations"), _mention("Kitchen", _T.LOCATION, "presidio")],
            [("Rosa's Kitchen", _T.ORG)],
        ),
        (
            [_mention("Elm Street", _T.ADDRESS, "addresses"), _mention("Elm", _T.LOCATION, "rampart")],
            [("Elm Street", _T.ADDRESS)],
        ),
        (
            [_mention("Rosa Diaz", _T.PERSON, "roster"), _mention("Rosa Diaz and", _T.ORG, "presidio")],
            [("Rosa Diaz", _T.PERSON)],
        ),
        (
            [_mention("Rosa Diaz", _T.PERSON, "presidio"), _mention("Rosa Diaz", _T.MEDICATION, "medication")],
            [("Rosa Diaz", _T.MEDICATION)],
        ),
    ],
)
def test_overlaps_take_the_wider_span_and_the_best_known_type(
    mentions: list[Mention], expected: list[tuple[str, DisclosureType]]
) -> None:
    """Names within names, places within addresses, a model's guess against the roster or a lexicon."""
    merged = merge(_TEXT, mentions)
    assert [(m.span.of(_TEXT), m.type) for m in merged] == expected
    assert merge(_TEXT, reversed(mentions)) == merged


_MENTIONS = st.builds(
    lambda start, size, type_, detector: Mention(Span(start, min(len(_TEXT), start + size)), type_, 0.5, detector),
    st.integers(0, len(_TEXT) - 1),
    st.integers(1, 15),
    st.sampled_from(sorted(DisclosureType)),
    st.sampled_from(["roster", "rampart", "presidio", "people", "dates", "medication"]),
)


@given(st.lists(_MENTIONS, max_size=8), st.randoms())
def test_merging_is_the_same_in_any_order_and_leaves_no_overlap(mentions: list[Mention], random: object) -> None:
    """Identifying mentions never overlap, nor do two of one type; nothing lies outside the text."""
    shuffled = list(mentions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands over a Random
    merged = merge(_TEXT, mentions)
    assert merge(_TEXT, shuffled) == merged
    for a in merged:
        assert 0 <= a.span.start < a.span.end <= len(_TEXT)
        for b in merged:
            both = a.type in IDENTIFIERS and b.type in IDENTIFIERS
            assert a is b or not a.span.overlaps(b.span) or not (both or a.type is b.type)
