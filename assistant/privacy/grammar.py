"""Questions the ownership and clause rules ask of a dependency parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.privacy import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.privacy.parse import Parse, Token

FINITE = frozenset({"VERB", "AUX"})


class Tree:
    """A parse with its dependents indexed, so that a rule may ask often."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        children: list[list[Token]] = [[] for _ in parse.tokens]
        for token in parse.tokens:
            if token.head != token.index:
                children[token.head].append(token)
        self._children = tuple(tuple(each) for each in children)

    def children(self, token: Token) -> tuple[Token, ...]:
        """Return the direct dependents, in order."""
        return self._children[token.index]

    def head(self, token: Token) -> Token | None:
        """Return the head, or None for a root."""
        return None if token.head == token.index else self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Yield the token's heads up to its root. A damaged tree ends instead of going round."""
        seen = {token.index}
        above = self.head(token)
        while above is not None and above.index not in seen:
            seen.add(above.index)
            yield above
            above = self.head(above)

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """Return the token and all below it, in order."""
        inside: set[int] = set()
        waiting = [token]
        while waiting:
            one = waiting.pop()
            if one.index not in inside:
                inside.add(one.index)
                waiting += self._children[one.index]
        return tuple(self.tokens[i] for i in sorted(inside))

    def subject(self, token: Token) -> Token | None:
        """Return the token's own grammatical subject (the last where speech repeats it: "I, um, I changed")."""
        found = [c for c in self.children(token) if c.dep in v.SUBJECTS]
        real = [c for c in found if c.dep != "expl"]
        return real[-1] if real else (found[-1] if found else None)

    def governing_subject(self, token: Token) -> Token | None:
        """Return the subject of a verb, or of the verb it leans on ("used to call": the subject of "used")."""
        for one in (token, *self.ancestors(token)):
            subject = self.subject(one)
            if subject is not None:
                return subject
            if one.dep not in {"xcomp", "conj", "ccomp", "advcl", "pcomp"}:
                return None
        return None

    def possessor(self, token: Token) -> Token | None:
        """Return the possessive dependent ("my" of "my brother", "Ann" of "Ann's brother")."""
        return next((c for c in self.children(token) if c.dep == "poss"), None)

    def is_predicate(self, token: Token) -> bool:
        """Whether the token heads something said of a subject: a verb, or a root with a subject."""
        return token.pos in FINITE or self.subject(token) is not None

    def phrase(self, token: Token) -> Span:
        """Return the span of a noun phrase without its relative clauses."""
        kept = [token]
        waiting = list(self.children(token))
        while waiting:
            one = waiting.pop()
            if one.dep in {"relcl", "acl", "advcl", "conj", "cc", "punct", "appos", "parataxis"}:
                continue
            kept.append(one)
            waiting += self.children(one)
        return Span(min(t.span.start for t in kept), max(t.span.end for t in kept))

    def head_of(self, span: Span) -> Token | None:
        """Return the token of a span whose head lies outside it (the first verb or noun where there are several)."""
        inside = self.parse.within(span)
        if not inside:
            return None
        indexes = {t.index for t in inside}
        tops = [t for t in inside if t.head == t.index or t.head not in indexes]
        for wanted in ({"VERB", "AUX"}, {"NOUN", "PROPN", "ADJ", "NUM"}):
            for top in tops:
                if top.pos in wanted:
                    return top
        return tops[0] if tops else inside[0]


def person_class(token: Token | None) -> str:
    """Return what kind of subject a token is: ``first``, ``second``, ``third``, ``it`` or ``none``."""
    if token is None:
        return "none"
    if token.lower in v.FIRST:
        return "first"
    if token.lower in v.SECOND:
        return "second"
    if token.lower in {"it", "that", "this", "there", "these", "those", "what", "which"} or token.dep == "expl":
        return "it"
    return "third"
