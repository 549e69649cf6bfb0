"""What was read is not remembered by the libraries that read it: a struck word would live on there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.privacy.nlp import Language


@pytest.mark.models
def test_the_language_pipeline_keeps_no_word(language: Language) -> None:
    """A word it had never met is not in its store of strings after it was read, in any form."""
    strings = language._pipeline.vocab.strings
    before = len(strings)

    parse = language.parse("Zorbaquix told me that Frumptown was cold")

    assert parse.tokens[0].text == "Zorbaquix"
    assert not [form for form in ("Zorbaquix", "zorbaquix", "Frumptown", "frumptown") if form in strings]
    assert len(strings) == before
