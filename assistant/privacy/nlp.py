"""The language pipeline, run once per utterance. The only file that imports spaCy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import spacy

from assistant.domain import Span
from assistant.errors import DetectionError, ModelError
from assistant.privacy.dictionary import Dictionary
from assistant.privacy.parse import Entity, Parse, Token
from assistant.privacy.truecase import Truecaser

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.tokens import Doc

LONGEST_TEXT = 20_000
"""Characters. An utterance has a few hundred; what is longer is not an utterance and would stall every detector."""


class Language:
    """English: tokens, parts of speech, dependencies, sentences and named entities.

    Text that carries no capitals (a transcript, a recogniser's plain output) is given capitals on a copy of the same
    length before it is read; all that comes back speaks of the original.

    Args:
        folder: The pipeline's folder. It is opened as a path, never by name: a name would be fetched.
        names: Full names and aliases of the group's people, which take a capital wherever they are names.

    Raises:
        ModelError: The folder holds no usable pipeline.
    """

    def __init__(self, folder: Path, names: Sequence[str] = ()) -> None:
        if not (folder / "meta.json").is_file():
            raise ModelError(f"no language pipeline in {folder}: run 'assistant models install'")
        try:
            self._pipeline = spacy.load(folder)
            tables = self._pipeline.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]  # Lemmatizer has it
            index, irregular = tables.get_table("lemma_index"), tables.get_table("lemma_exc")
        except Exception:  # noqa: BLE001  the library raises many unrelated types for a damaged folder
            raise ModelError(f"cannot open the language pipeline in {folder}: run 'assistant models verify'") from None
        self._dictionary = Dictionary(
            (word for key in index for word in index[key]), (word for key in irregular for word in irregular[key])
        )
        self._truecaser = Truecaser(names, self._dictionary)

    @property
    def dictionary(self) -> Dictionary:
        """The English words that the pipeline's lemmatiser knows."""
        return self._dictionary

    def parse(self, text: str, *, as_is: bool = False) -> Parse:
        """Return the parse of ``text``; every offset is a code point of ``text`` itself.

        Args:
            text: One utterance.
            as_is: Read it in the case it came in (for comparison with systems that do).

        Raises:
            DetectionError: The text is too long, or the pipeline failed on it.
        """
        if len(text) > LONGEST_TEXT:
            raise DetectionError(f"an utterance of {len(text)} characters is too long to read")
        try:
            # Without a zone the pipeline's store of strings keeps every word it ever read, also one that is struck.
            with self._pipeline.memory_zone():
                doc = self._pipeline(text if as_is else self._truecaser.truecase(text))
                return _parse(text, doc) if len(doc.text) == len(text) else _changed()
        except DetectionError:
            raise
        except Exception:  # noqa: BLE001  whatever the pipeline raises may hold the words it was reading
            raise DetectionError(f"the language pipeline failed on an utterance of {len(text)} characters") from None


def _changed() -> NoReturn:
    raise DetectionError("the language pipeline changed the length of an utterance")


def _parse(text: str, doc: Doc) -> Parse:
    sentences = tuple(doc.sents) if len(doc) else ()
    number = {token.i: at for at, sentence in enumerate(sentences) for token in sentence}
    tokens = tuple(
        Token(
            index=t.i,
            span=Span(t.idx, t.idx + len(t.text)),
            text=text[t.idx : t.idx + len(t.text)],
            lower=text[t.idx : t.idx + len(t.text)].lower(),
            lemma=t.lemma_,
            pos=t.pos_,
            tag=t.tag_,
            dep=t.dep_,
            head=t.head.i,
            sentence=number[t.i],
        )
        for t in doc
    )
    return Parse(
        text,
        tokens,
        tuple(Entity(Span(e.start_char, e.end_char), e.label_) for e in doc.ents),
        tuple(Span(s.start_char, s.end_char) for s in sentences),
    )
