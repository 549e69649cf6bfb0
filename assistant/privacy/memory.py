"""A fact said first of one person stays that person's when somebody else repeats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Basis, DisclosureType
from assistant.privacy import vocabulary as v
from assistant.privacy.referents import Resolved
from assistant.privacy.words import words_of

if TYPE_CHECKING:
    from assistant.domain import Mention
    from assistant.privacy.speech import Speech


def telling_words(surface: str) -> frozenset[str]:
    """Return the words of a fact that could tell it from another: no frequent word, no small number."""
    return frozenset(w.bare for w in words_of(surface) if w.bare not in v.FREQUENT and w.bare not in v.SMALL_NUMBERS)


def surface_form(surface: str) -> tuple[str, ...]:
    """Return a fact's words in plain form, articles left out, so that two ways of writing it compare equal."""
    return tuple(w.bare for w in words_of(surface) if w.bare not in {"a", "an", "the"})


def repeated(speech: Speech, mention: Mention) -> Resolved | None:
    """Return the owner of the same fact as it was first said earlier in the session, or None.

    The same fact: the same words, or the same type with a telling word in common.
    """
    surface = mention.span.of(speech.parse.text)
    form, telling = surface_form(surface), telling_words(surface)
    if mention.type is DisclosureType.PERSON or not form:
        return None
    for reading in speech.before:
        for disclosure in reading.findings.disclosures:
            if disclosure.owner.code is None or disclosure.type is DisclosureType.PERSON:
                continue
            earlier = disclosure.span.of(reading.utterance.text)
            same_words = form == surface_form(earlier) and bool(telling)
            shared = disclosure.type is mention.type and bool(telling & telling_words(earlier))
            if same_words or shared:
                return Resolved(disclosure.owner, Basis.NAMED, "repeated-fact")
    return None
