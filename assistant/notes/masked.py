"""A general word in the place of another participant: "someone drove me" where the member said a name of the room.

Masking is for people outside. A clause about somebody in the room stays out as a whole, so one that a hand released is
refused here: a co-member's deed is no less told because the name is gone.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from assistant.notes.lexicon import word_list
from assistant.notes.passages import PassageKind
from assistant.notes.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import GateFinding
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage

GENERAL = frozenset({"someone", "somebody"})
POINTING = frozenset(word_list("he she him her his hers they them their theirs you your yours"))
"""Words that name nobody, so that what masks them takes them for somebody of the roster."""


def check_masked(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find a general word where the member's own words have another participant's name, or a word that points."""
    if passage.kind is not PassageKind.SPEECH or passage.reworded or not passage.evidence:
        return
    written = [token.plain for token in passage.tokens]
    if not GENERAL & set(written):
        return
    known = [index.by_id[one].text for one in passage.evidence if one in index.by_id]
    said = [token.plain for text in known for token in tokenise(text)]
    for what, said_from, said_to, first, last in SequenceMatcher(None, said, written, autojunk=False).get_opcodes():
        if what != "replace":
            continue
        for at in range(first, last):
            if written[at] not in GENERAL:
                continue
            # Clauses that were withheld make the two sides uneven, so both ends are looked at.
            for place in {said_from + at - first, said_to - (last - at)}:
                word = said[place] if said_from <= place < said_to else ""
                whose = index.other_names.words.get(word, index.other_names.variants.get(word))
                if word in POINTING or (whose is not None and word not in index.own_names.words):
                    yield passage.finding("another member behind a general word", whose)
