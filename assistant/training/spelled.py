"""A stand-in spelled out as the name was: the same marks between the letters, as often, in the same case."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.training.words import letters_of, spelled_once

_LETTER = re.compile(r"[^\W\d_]")


def spelled_like(form: str, word: str) -> str:
    """Return ``word`` spelled as ``form`` is ("A, N, N" and "Bo": "B, O"; twice where it was spelled twice)."""
    letters = letters_of(form) or ""
    once = len(spelled_once(letters)) or 1
    places = [m.start() for m in _LETTER.finditer(form)]
    gaps = [form[one + 1 : two] for one, two in pairwise(places)]
    within = next((gap for gap in gaps[: once - 1] if gap), " ")
    between = gaps[once - 1] if len(gaps) >= once else ", "
    run = within.join(word.lower() if form == form.lower() else word.upper())
    ending = form[places[-1] + 1 :] if places else ""
    return between.join([run] * max(1, len(letters) // once)) + ending
