"""Nothing of the words that were read stays behind where it would outlive a strike."""

from __future__ import annotations

from assistant.privacy import gazetteer
from assistant.privacy.recognisers import name_forms
from assistant.privacy.words import words_of


def forget_words() -> None:
    """Empty every place in which this room keeps words to save work."""
    words_of.cache_clear()
    gazetteer.is_given_name.cache_clear()
    gazetteer.is_place.cache_clear()
    name_forms.forget()
