"""Word pieces keep the offsets of the text, and lose none of it unless they are told to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.errors import ModelError
from assistant.models.tokenizer import WordPieces

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.models
def test_offsets_give_the_words_back(models_root: Path) -> None:
    """Every piece that is not a special one points at its own letters."""
    text = "Priscilla waits tables, mostly at night."
    pieces = WordPieces(models_root / "minilm" / "tokenizer.json").encode(text)
    assert len(pieces.ids) == len(pieces.attention_mask) == len(pieces.offsets)
    assert pieces.offsets[0] == pieces.offsets[-1] == (0, 0)
    shown = "".join(text[a:b] for a, b in pieces.offsets)
    assert shown == text.replace(" ", "")


@pytest.mark.models
def test_a_long_text_is_cut_only_on_request(models_root: Path) -> None:
    """A reader who looks for private things must see the end of the text."""
    path, text = models_root / "minilm" / "tokenizer.json", "night " * 600
    assert len(WordPieces(path).encode(text).ids) == 602
    assert len(WordPieces(path, 128).encode(text).ids) == 128


def test_a_missing_file_is_said_in_one_line(tmp_path: Path) -> None:
    """The message says what to do."""
    with pytest.raises(ModelError, match="run 'assistant models verify'"):
        WordPieces(tmp_path / "tokenizer.json")
