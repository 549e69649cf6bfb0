"""Whether a name is given by its bearer ("I'm Ann", "they call me Annie")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import Span
    from assistant.privacy.parse import Token
    from assistant.privacy.speech import Speech


def introduces_self(speech: Speech, span: Span, head: Token) -> bool:
    """Whether the speaker gives the name at a span, headed by a token, as the speaker's own."""
    above = speech.tree.head(head)
    if above is None:
        return False
    if head.dep in {"attr", "acomp"} and above.lemma.lower() == "be":
        subject = speech.tree.subject(above)
        if subject is None:
            return False
        owner = speech.tree.possessor(subject)
        mine = owner is not None and owner.lower == "my"
        return subject.lower == "i" or (mine and subject.lower in {"name", "nickname", "surname"})
    if above.lemma.lower() not in {"name", "call"} or head.dep not in {"oprd", "dobj", "ccomp", "attr"}:
        return False
    between = speech.parse.tokens[max(0, above.index - 2) : head.index]
    return span.start > above.span.start and any(t.lower in {"me", "myself"} for t in between)
