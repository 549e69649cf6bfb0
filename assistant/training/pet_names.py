"""Pet and short forms of given names: which name one belongs to, and new ones for invented names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.training.invented import gender_of
from assistant.training.words import key_of, spelling_of, word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENDINGS = tuple(
    sorted(
        word_set("""
            y ie i ey ee e o a z s ja ia sia zia cia usia unia ulka eczka ek ik us ka uska enka inka ochka echka sha
            shka ita ito ina ino inha inho cita cito ella ello etta etto ette lein chen li le la lo ya yah een ky
            """),
        key=len,
        reverse=True,
    )
)
"""What pet forms end in, in the languages of Europe and some others."""
_STRONG = 4
"""Letters of an ending that is nothing but a pet form's: two letters of the name are enough before it."""
_STEM = 3
_VOWELS = "aeiouy"
_LONGEST = 5


def is_pet_form(short: str, full: str, also_called: Callable[[str], tuple[str, ...]]) -> bool:
    """Whether a folded name may be a pet form of another one.

    It is known as one, or it is the other one's beginning, its beginning with a pet form's ending, or its end. Two
    listed names of different gender are two people's ("Paul", "Paula").
    """
    known = {key_of(form) for form in also_called(full)} | {key_of(form) for form in also_called(short)}
    if short != full and (short in known or full in known):
        return True
    unlike = short == full or (short[0] != full[0] and not full.endswith(short))
    if unlike or len(short) > len(full) + 2 or len({gender_of(short), gender_of(full)} - {None}) > 1:
        return False
    if len(short) >= _STEM and (full.startswith(short) or (len(full) > len(short) + 2 and full.endswith(short))):
        return True
    for ending in _ENDINGS:
        stem = short[: -len(ending)]
        least = _STEM - 1 if len(ending) >= _STRONG else _STEM
        if short.endswith(ending) and len(stem) >= least and _begins(full, stem) and len(full) > len(stem) + 1:
            return True
    return False


def _begins(full: str, stem: str) -> bool:
    undoubled = stem[:-1] if len(stem) > _STEM and stem[-1] == stem[-2] else stem
    return full.startswith((stem, undoubled)) or spelling_of(full).startswith(spelling_of(stem))


_RUDE = word_set("suk fuk dik kok tit tits ass cum kum pis shi fag nig nign poo pop bum but")
"""Beginnings of names that are said as other words."""


def pet_forms(given: str, gender: str | None, also_called: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """Yield pet forms for an invented given name, the usual ones first, then its beginning with and without an ending.

    Args:
        given: The invented name.
        gender: Of whom it stands for: no pet form that only the others have.
        also_called: Pet forms of a given name.
    """
    key = key_of(given)
    other = {"female": "male", "male": "female"}.get(gender or "")
    known = [f for f in also_called(key) if len(f) <= len(key) and (other is None or gender_of(key_of(f)) != other)]
    for form in sorted(known, key=lambda f: (f[0] != key[0], len(f), f)):
        yield form.capitalize()
    stems = [
        key[:cut]
        for cut in range(_STEM, min(_LONGEST, len(key) - 1) + 1)
        if key[cut - 1] not in f"{_VOWELS}wh" and key[cut - 2] in _VOWELS
    ] or [key[:_STEM]]
    stems = [stem for stem in stems if stem not in _RUDE] or [key[:_LONGEST]]
    for stem in stems:
        yield stem.capitalize()
    for stem in stems:
        for ending in ("i", "o", "a") if stem[-1] not in _VOWELS else ("n", "s", "l"):
            if f"{stem}{ending}" != key:
                yield f"{stem}{ending}".capitalize()
