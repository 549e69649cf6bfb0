"""Sentences that follow each other without a mark, as speech is recognised ("never again I have grandkids now").

A parser takes such a stretch for one sentence. A subject pronoun where no verb, preposition or conjunction leads up to
it begins the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.privacy import vocabulary as v
from assistant.privacy.grammar import FINITE, person_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain import Span
    from assistant.privacy.grammar import Tree
    from assistant.privacy.parse import Token

_SUBJECTS: Final = frozenset({"i", "we", "he", "she", "they", "it", "you", "there"})
_JOINERS: Final = frozenset({"and", "but", "so", "because", "cause", "cuz", "or", "then"})
_CONDITIONS: Final = frozenset({"if", "when", "since", "until", "while"})
"""Words that lead a clause of its own where no mark parts it from the one before."""
_LEADS: Final = frozenset({"ADP", "SCONJ", "CCONJ", "AUX", "PART", "DET", "PUNCT"})
"""What a subject hangs on to: no sentence begins after it."""

_HANGING: Final = v.SUBORDINATORS | {"that", "like", "than"}


def starts(tree: Tree, pointing: Sequence[Span] = ()) -> Iterator[int]:
    """Yield the index of each token that begins a sentence of a run-on stretch; words that join come with it.

    Args:
        tree: The utterance.
        pointing: Where others are named or pointed at: "Ann and I went" is never cut before its "and".
    """
    for token in tree.tokens:
        if token.lower not in _SUBJECTS or token.dep not in v.SUBJECTS or _behind_noun(tree, token):
            continue
        at = _start(tree, token)
        if at == 0 or tree.tokens[at].sentence != tree.tokens[at - 1].sentence or _goes_on(tree, token, at):
            continue
        if _ends_before(tree, at) and not (tree.tokens[at].lower in {"and", "or"} and _shares(tree, at, pointing)):
            yield at


def _goes_on(tree: Tree, subject: Token, at: int) -> bool:
    """Whether the sentence goes on about a third person: what is told of one stays together."""
    before = [t for t in tree.tokens[:at] if t.sentence == subject.sentence and t.dep in v.SUBJECTS]
    return bool(before) and person_class(subject) == person_class(before[-1]) == "third"


def _shares(tree: Tree, at: int, pointing: Sequence[Span]) -> bool:
    """Whether an "and" before a subject may join two subjects ("Ann and I", "my wife and I")."""
    before = tree.tokens[at - 1]
    if before.pos not in {"NOUN", "PROPN", "PRON"}:
        return any(p.overlaps(before.span) for p in pointing)
    below_verb = before.dep in {"dobj", "pobj", "attr", "npadvmod", "oprd", "dative"}
    person = before.lower in v.KIN | v.ACQUAINTANCES or any(p.overlaps(before.span) for p in pointing)
    return person or before.pos == "PROPN" or not below_verb


def _start(tree: Tree, subject: Token) -> int:
    """Return where the sentence of a subject begins, its fillers and one joining word included."""
    at = subject.index
    while at > 0 and (tree.tokens[at - 1].pos == "INTJ" or tree.tokens[at - 1].lower in v.FILLERS):
        at -= 1
    joiners = _JOINERS if any(t.pos == "PUNCT" for t in tree.tokens) else _JOINERS | _CONDITIONS
    if at > 0 and tree.tokens[at - 1].lower in joiners:
        at -= 1
    return at


def _ends_before(tree: Tree, at: int) -> bool:
    """Whether what stands before an index is the end of a sentence."""
    before = tree.tokens[at - 1]
    joined = tree.tokens[at].lower in _JOINERS
    if tree.tokens[at].lower in _CONDITIONS and before.lemma.lower() in v.THINKING | v.SPEECH:
        return False
    if any(t.tag.startswith("W") for t in tree.tokens[max(0, at - 2) : at]) or before.lower in _HANGING:
        return False
    if before.pos in _LEADS:
        return joined and before.pos in {"ADP", "PART", "AUX"}
    if before.pos in FINITE and not joined:
        return before.lemma.lower() not in v.THINKING | v.SPEECH | {"be"}
    return True


def _behind_noun(tree: Tree, token: Token) -> bool:
    """Whether a subject opens a relative clause without its pronoun ("the man I saw")."""
    verb = tree.head(token)
    noun = tree.head(verb) if verb is not None and verb.dep == "relcl" else None
    if verb is None or noun is None or noun.index + 1 != token.index or noun.pos != "NOUN":
        return False
    # "The man I saw" leaves out what "I" saw; "the table I told my wife about it" leaves out nothing.
    whole = any(
        c.dep == "dobj" or (c.dep == "prep" and any(g.dep == "pobj" for g in tree.children(c)))
        for c in tree.children(verb)
        if c.index > verb.index
    )
    return not whole
