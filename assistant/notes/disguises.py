"""Names that are written so that no search finds them: marks inside, figures for letters, broken lines, look-alikes.

Speech has none of it; a text that is typed or pasted may.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.notes.lexicon import is_listed
from assistant.notes.names import WORDLIKE, check_names
from assistant.notes.passages import PassageKind, passage_by_hand
from assistant.notes.tokens import fold, plain_words, tokenise, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain import GateFinding
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage

SHORTEST = 3
SEAM = 8
"""Words on either side of a line's end that are read as one line."""

_TAG = re.compile(r"<[^<>]*>")
_FIGURES = tuple(
    str.maketrans("01345678@$!|+", f"o{one}eas{six}tba{dollar}{one}{one}t")
    for one, six, dollar in (("i", "g", "s"), ("l", "b", "s"))
)
"""Figures and signs that stand for letters; 1 may be an i or an l, 6 a g or a b."""
_EDGE = re.compile(r"^[^\w@$]+|[^\w@$]+$")
_POSSESSIVE = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]s?$")
_BROKEN = re.compile(r"\s*[-\N{HYPHEN}]?\s*[\n\r\v\f\u2028\u2029]\s*")


def check_disguised_names(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find a name of another with marks, tags, figures or a line's end inside it, and text that runs backwards."""
    if passage.kind not in {PassageKind.CLINICIAN, PassageKind.UNSOURCED}:
        return
    if passage.turned:
        yield passage.finding("hidden direction marks")
    others, own = index.other_names, index.own_names
    plain = {t.plain for t in passage.tokens}
    for form in dict.fromkeys(_undisguised(passage.text)):
        whose = others.words.get(form, others.variants.get(form))
        if whose is not None and form not in own.words and form not in plain:
            yield passage.finding("disguised name", whose)


def check_seams(passages: Sequence[Passage], index: SessionIndex) -> Iterator[GateFinding]:
    """Find a name that is parted between two lines."""
    for before, after in pairwise(passages):
        if PassageKind.CLINICIAN not in {before.kind, after.kind} or not (before.tokens and after.tokens):
            continue
        head, tail = before.tokens[-SEAM:], after.tokens[:SEAM]
        glued = head[-1].plain + tail[0].plain
        whose = index.other_names.words.get(glued)
        words = all(is_listed(t.plain, WORDLIKE) for t in (head[-1], tail[0]))
        if whose is not None and glued not in index.own_names.words and not words:
            yield before.finding("name across two lines", whose)
        seam = passage_by_hand(before.section, before.line, " ".join(t.text for t in (*head, *tail)))
        for found in check_names(seam, index):
            if found.rule in {"spelled name", "split name"}:
                yield before.finding("name across two lines", found.whose)


def _undisguised(text: str) -> Iterator[str]:
    """Return what a text's words are once marks, tags and figures are taken out or read as letters."""
    bare = visible(_TAG.sub("", html.unescape(html.unescape(text))))
    yield from plain_words(bare)
    for joined in (_BROKEN.sub("", bare), _BROKEN.sub(" ", bare)):
        yield from (t.plain for t in tokenise(joined))
        for chunk in joined.split():
            core = _POSSESSIVE.sub("", _EDGE.sub("", chunk))
            if len(core) < SHORTEST or core.isalpha():
                continue
            for figures in _FIGURES:
                letters = "".join(c for c in fold(core.lower().translate(figures)) if c.isalpha())
                if len(letters) >= SHORTEST:
                    yield letters
