"""Cuts an utterance into clauses: the units that are released or withheld.

A cut is worth making where the subject changes, because that is where a stretch about the speaker ends and one about
somebody else begins. Everything that one subject says of itself stays together so that it can be read alone. The cuts
come from the dependency parse, so they do not need punctuation; edge phrases that point at somebody present ("Ann, ",
"same as him, ") are peeled off afterwards, so that what they frame can be kept without them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.privacy import run_on
from assistant.privacy import vocabulary as v
from assistant.privacy.grammar import FINITE, Tree, person_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.parse import Parse, Token

_BREAKS = frozenset(",.;:!?—–-…")  # noqa: RUF001 - recognisers and transcripts write both dashes


def split(parse: Parse, pointing: Sequence[Span] = (), whole: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Return spans that tile ``parse.text`` in order: each a clause, or an edge phrase that points at somebody present.

    Args:
        parse: The utterance.
        pointing: Where the text names or points at somebody else present; a clause-edge phrase made of nothing else is
            cut off on its own.
        whole: Stretches that must not be cut in two, such as a fact.
    """
    if not parse.text:
        return ()
    if not parse.tokens:
        return (Span(0, len(parse.text)),)
    tree = Tree(parse)
    owners = _contiguous(_spread(tree, [_clause_head(tree, t) for t in parse.tokens]))
    starts = [i for i in range(len(owners)) if i == 0 or owners[i] != owners[i - 1]]
    groups = [(a, b) for a, b in pairwise([*starts, len(owners)])]
    cuts: list[int] = []
    for first, end in groups:
        cuts += _peeled(tree.tokens[first:end], pointing)
    cuts += run_on.starts(tree, pointing)
    return _tiles(parse, [i for i in sorted(set(cuts)) if _may_cut(parse, i, whole)])


def _may_cut(parse: Parse, first: int, whole: Sequence[Span]) -> bool:
    """Whether a clause may begin at a token: not inside a written word ("thirty-two") nor inside a fact."""
    at = parse.tokens[first].span.start
    inside_word = at > 0 and not parse.text[at - 1].isspace() and parse.text[at - 1] not in _BREAKS - {"-"}
    return not inside_word and not any(span.start < at < span.end for span in whole)


def _tiles(parse: Parse, firsts: Sequence[int]) -> tuple[Span, ...]:
    """Return spans that begin at the given tokens and cover the whole text."""
    bounds = [0, *(parse.tokens[i].span.start for i in firsts if i > 0), len(parse.text)]
    return tuple(Span(a, b) for a, b in pairwise(bounds) if b > a)


def _clause_head(tree: Tree, token: Token) -> int:
    """Return the index of the clause that a token belongs to: itself or the nearest ancestor that opens one."""
    if _opens(tree, token):
        return token.index
    for above in tree.ancestors(token):
        if _opens(tree, above):
            return above.index
    return token.index


def _opens(tree: Tree, token: Token) -> bool:
    """Whether a token heads a clause of its own."""
    head = tree.head(token)
    if head is None:
        return True
    subject = tree.subject(token)
    if subject is None:
        return False
    if token.dep in {"conj", "parataxis"}:
        return head.pos in FINITE or tree.subject(head) is not None or token.dep == "parataxis"
    if token.dep == "ccomp":
        return _loose_complement(tree, token, head)
    if token.dep == "advcl":
        mine, main = person_class(subject), person_class(tree.governing_subject(head))
        return mine != main and "it" not in (mine, main) and ("first" in (mine, main) or "second" in (mine, main))
    return False


def _loose_complement(tree: Tree, token: Token, head: Token) -> bool:
    """Whether a "complement" is really the next sentence: a comma splice, or speech without punctuation."""
    if token.index < head.index:
        return not (head.lemma.lower() in v.PARENTHETICAL and _short(tree, head, token))
    return head.lemma.lower() not in v.THINKING | v.SPEECH | {"be"} and any(
        c.dep in {"cc", "punct"} and token.index > c.index > head.index
        for c in (*tree.children(token), *tree.children(head))
    )


def _short(tree: Tree, head: Token, complement: Token) -> bool:
    """Whether a verb and what depends on it, its complement aside, is a mere aside ("…, I swear")."""
    below = {t.index for t in tree.subtree(complement)}
    return sum(t.pos != "PUNCT" for t in tree.subtree(head) if t.index not in below) <= 5  # noqa: PLR2004 - words of an aside


def _spread(tree: Tree, owners: list[int]) -> list[int]:
    """Give joining words to the clause that follows them, and punctuation to the one before."""
    out = list(owners)
    for token in reversed(tree.tokens):
        i = token.index
        joins = token.dep in {"cc", "mark", "intj"} or (token.pos in {"CCONJ", "INTJ"})
        if joins and i + 1 < len(out) and tree.tokens[i + 1].sentence == token.sentence:
            follower = next((t for t in tree.tokens[i + 1 :] if t.pos != "PUNCT"), None)
            if follower is not None and follower.sentence == token.sentence:
                out[i] = out[follower.index]
    for token in tree.tokens:
        if token.pos == "PUNCT" and token.index > 0 and tree.tokens[token.index - 1].sentence == token.sentence:
            out[token.index] = out[token.index - 1]
    return out


def _contiguous(owners: list[int]) -> list[int]:
    """Merge a clause that stands inside another into it, until every clause is one stretch."""
    out = list(owners)
    changed = True
    while changed:
        changed = False
        for owner in set(out):
            places = [i for i, each in enumerate(out) if each == owner]
            low, high = places[0], places[-1] + 1
            if high - low != len(places):
                out[low:high] = [owner] * (high - low)
                changed = True
                break
    return out


def _peeled(tokens: Sequence[Token], pointing: Sequence[Span]) -> list[int]:
    """Return the first tokens of the pieces of one clause, its pointing edge phrases cut off."""
    first, last = tokens[0].index, tokens[-1].index + 1
    breaks = [t.index for t in tokens if t.text and t.text[0] in _BREAKS]
    cuts = [first]
    begin = first
    for at in breaks:
        phrase = tokens[begin - first : at - first]
        if at + 1 >= last:
            break
        if _only_points(phrase, pointing):
            cuts.append(at + 1)
        elif not _only_courtesy(phrase):
            break
        begin = at + 1
    for at in reversed(breaks):
        if at + 1 >= last:
            continue
        if at < cuts[-1] or not _only_points(tokens[at + 1 - first :], pointing):
            break
        return [*cuts, at + 1]
    return cuts


def _only_courtesy(tokens: Sequence[Token]) -> bool:
    """Whether a phrase is nothing but what leads up to a call: "Hey, Ann, …", "Thank you, Ann, …"."""
    words = [t for t in tokens if t.pos != "PUNCT"]
    return len(words) <= 3 and all(t.lower in v.COURTESY or t.pos == "INTJ" for t in words)  # noqa: PLR2004 - "thank you so"


def _only_points(tokens: Sequence[Token], pointing: Sequence[Span]) -> bool:
    """Whether a phrase points at somebody and says nothing of the speaker."""
    words = [t for t in tokens if t.pos != "PUNCT"]
    if not words or not any(t.span.overlaps(p) for t in words for p in pointing):
        return False
    return not any(t.lower in v.FIRST for t in words) or words[0].lower in {"like", "same", "as", "unlike"}
