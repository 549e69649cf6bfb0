"""Risk that no phrase rule words is raised by its meaning; ordinary talk is not, and a plain phrase keeps its say."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from assistant.models.sentences import MiniLM
from assistant.privacy.parse import Parse
from assistant.privacy.recognisers.meaning import MeaningRecogniser, units
from assistant.privacy.recognisers.risk import RiskSelfRecogniser

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def meaning(models_root: Path) -> MeaningRecogniser:
    """The recogniser behind the rules about oneself."""
    return MeaningRecogniser(MiniLM(models_root / "minilm"), (RiskSelfRecogniser(),))


@pytest.mark.models
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("I don't see myself being around for Christmas", "RISK_SELF"),
        ("I picture the end of it and the tablets, there's enough in the drawer to finish me", "RISK_SELF"),
        ("we think the neighbour's kids get left on their own with nothing to eat", "ABUSE"),
        ("I've bought a blade and I'm waiting for him outside his work on Monday", "RISK_OTHER"),
    ],
)
def test_unworded_risk_is_found(words: str, kind: str, meaning: MeaningRecogniser) -> None:
    """The sentence is marked with its type and says that it was found by meaning."""
    found = meaning.detect(Parse(words, ()))

    assert {m.type.value for m in found} == {kind}
    assert all("meaning" in m.reason.split() for m in found)


@pytest.mark.models
def test_ordinary_talk_is_not(meaning: MeaningRecogniser) -> None:
    """Gardens, trains and tea say nothing of the kind."""
    text = "We closed it on Sunday night. The train was late and I had a cup of tea. My sister is coming to stay."

    assert list(meaning.detect(Parse(text, ()))) == []


@pytest.mark.models
def test_a_plain_phrase_is_left_to_its_rule(meaning: MeaningRecogniser) -> None:
    """Where a rule found something plain, no second mention is made."""
    assert list(meaning.detect(Parse("I want to kill myself tonight", ()))) == []


def test_a_long_sentence_is_read_in_parts() -> None:
    """Parts lie inside the text, in order, and none is longer than what the head was fitted to."""
    text = "well it was cold and we went out and the dog ran off so I shouted and " * 4
    spans = list(units(text))

    assert len(spans) > 1
    assert all(len(s.of(text).split()) <= 30 for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
