"""Word pieces of a text, as a BERT-like model wants them. The only file that imports tokenizers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from assistant.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pieces:
    """One text in word pieces; the three tuples have one length."""

    ids: tuple[int, ...] = field(repr=False)
    """Vocabulary numbers, the model's special pieces ([CLS], [SEP]) included."""
    attention_mask: tuple[int, ...]
    """1 for each piece: nothing is padded here."""
    offsets: tuple[tuple[int, int], ...]
    """Half-open code-point range of each piece in the text; (0, 0) for a special piece."""


class WordPieces:
    """A tokenizer read from its ``tokenizer.json``.

    Args:
        path: The file.
        longest: Pieces to keep at most, special ones included; None keeps all, so that a reader who looks for private
            things never loses the end of a text unawares.

    Raises:
        ModelError: The file is missing or is not a tokenizer.
    """

    def __init__(self, path: Path, longest: int | None = None) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(path))
        except Exception:  # noqa: BLE001  the library raises bare Exception
            raise ModelError(f"cannot open the tokenizer {path.name}: run 'assistant models verify'") from None
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        if longest is not None:
            self._tokenizer.enable_truncation(longest)

    def encode(self, text: str) -> Pieces:
        """Return the pieces of one text."""
        return self.encode_all([text])[0]

    def encode_all(self, texts: Sequence[str]) -> list[Pieces]:
        """Return the pieces of each text, in order."""
        return [
            Pieces(tuple(e.ids), tuple(e.attention_mask), tuple((start, end) for start, end in e.offsets))
            for e in self._tokenizer.encode_batch(list(texts))
        ]
