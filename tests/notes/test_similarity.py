"""The sentence embedder puts like meanings near each other, and the gate shows a paraphrase for review only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from assistant.domain import Severity
from assistant.errors import ModelError
from assistant.models.sentences import MiniLM
from assistant.notes.gate import Gate
from assistant.notes.markdown import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def minilm(models_root: Path) -> MiniLM:
    """The installed model."""
    return MiniLM(models_root / "minilm")


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
