"""Idioms: exact phrases that use the words of death or harm for something else."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assistant.privacy.recognisers.lexicon import pattern
from assistant.privacy.recognisers.terms_in_text import plain_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Span
    from assistant.privacy.recognisers.phrases import Phrases

_INTENT = pattern("idioms", "intent")


@cache
def _any_idiom() -> re.Pattern[str]:
    longest_first = sorted(plain_terms("idioms"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(t) for t in longest_first)})(?!\w)")


def idiom_spans(phrases: Phrases) -> Sequence[Span]:
    """Return where an idiom stands; nothing where a means or an intent stands outside of it in the same utterance."""
    if _INTENT.search(_any_idiom().sub(" ", phrases.text)):
        return ()
    return tuple(match.span for match in phrases.find(_any_idiom()))
