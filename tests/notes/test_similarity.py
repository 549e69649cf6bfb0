"""The sentence embedder puts like meanings near each other, and the gate shows a paraphrase for review only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from assistant.domain import NoteLine, Severity
from assistant.errors import ModelError
from assistant.models.sentences import MiniLM
from assistant.notes.gate import Gate
from assistant.notes.markdown import render

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture(scope="module")
def minilm(models_root: Path) -> MiniLM:
    """The installed model."""
    return MiniLM(models_root / "minilm")


class Meaning:
    """A small embedder: what a sentence is about, by its last word."""

    def __init__(self, **about: tuple[float, float, float]) -> None:
        self._about = about

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return one row per sentence."""
        rows = [self._about.get(s.rstrip(".").split()[-1], (0.0, 0.0, 1.0)) for s in sentences]
        return np.array(rows, dtype=np.float32).reshape(len(rows), 3)


@pytest.mark.parametrize(
    ("theirs", "between", "found"),
    [
        ((0.80, 0.60, 0.0), 3, True),
        ((0.80, 0.60, 0.0), 13, False),
        ((0.70, 0.71, 0.0), 3, False),
    ],
    ids=["the like just before", "the like long before", "something else just before"],
)
def test_the_like_said_just_before_by_another_is_shown(
    told: Callable[..., Any], theirs: tuple[float, float, float], between: int, *, found: bool
) -> None:
    """Even the reader's own words are for review where another had just said the very like; not for being near."""
    gap = ["f: Thank you, who would like to go on now?"] * between
    scene = told(["m2: My grown boy keeps his liquor underneath", *gap, "m1: I always hid a little something outside"])
    gate = Gate(embedder=Meaning(underneath=theirs, outside=(1.0, 0.0, 0.0)))
    rules = {f.rule for f in gate.check(scene.note("m1", between + 1), scene.context("m1"))}
    assert rules == ({"close to another's words"} if found else set())


@pytest.mark.parametrize(("near", "found"), [((0.65, 0.76, 0.0), True), ((0.50, 0.87, 0.0), False)])
def test_a_line_nearer_to_another_than_to_the_reader_is_shown(
    told: Callable[..., Any], near: tuple[float, float, float], *, found: bool
) -> None:
    """From a cosine of 0.60 on; below it everything is a little like everything."""
    scene = told(["m2: My grown boy keeps his liquor underneath", "m1: I walk a dog along the canal outside"])
    note = scene.note("m1", 1)
    section = replace(
        note.sections[-1], title="Plan", lines=(NoteLine("Somebody conceals a drink at home", by_hand=True),)
    )
    gate = Gate(embedder=Meaning(underneath=(1.0, 0.0, 0.0), outside=(0.0, 0.0, 1.0), home=near))
    rules = {f.rule for f in gate.check(replace(note, sections=(section,)), scene.context("m1"))}
    assert rules == ({"close to another's words"} if found else set())


@pytest.mark.models
def test_like_meanings_lie_close(minilm: MiniLM) -> None:
    """A paraphrase is nearer than another topic; rows have length 1; a batch gives what one at a time gives."""
    sentences = [
        "My son hid the bottle under the sink.",
        "My boy put his drink beneath the basin.",
        "Trains are late in winter, and the platform in the valley is cold and dark.",
    ]
    rows = minilm.embed(sentences)
    assert rows.shape == (3, 384)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert rows[0] @ rows[1] > 0.6 > rows[0] @ rows[2]
    assert np.allclose(minilm.embed(sentences[1:2])[0], rows[1], atol=0.05)
    assert minilm.embed([]).shape == (0, 384)


@pytest.mark.models
def test_a_paraphrase_of_another_is_for_review(told: Callable[..., Any], minilm: MiniLM) -> None:
    """A clinician's sentence that says what another member told is shown, and does not stop the note by itself."""
    scene = told(
        [
            "m2: My oldest boy keeps hiding his liquor underneath the kitchen sink.",
            "m1: I like walking the dog along the canal at sunrise.",
        ]
    )
    note, context = scene.note("m1", 1), scene.context("m1")
    gate = Gate(embedder=minilm)
    assert gate.check(note, context) == ()
    told_again = "A grown child conceals alcohol below a basin at home."
    text = render(note).replace("\n- [clinician to complete]", f"\n- {told_again}", 1)
    found = gate.check_text(text, context)
    assert [(f.rule, f.whose, f.severity) for f in found] == [("close to another's words", "m2", Severity.REVIEW)]
    assert Gate().check_text(text, context) == ()


def test_a_missing_model_is_said_in_one_line(tmp_path: Path) -> None:
    """The message says what to do, and does not repeat the library's."""
    with pytest.raises(ModelError, match=r"^cannot open the tokenizer tokenizer.json: run 'assistant models verify'$"):
        MiniLM(tmp_path)
