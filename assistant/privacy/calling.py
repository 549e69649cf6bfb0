"""Whom an utterance calls or speaks to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import PersonId, Span
    from assistant.privacy.parse import Token
    from assistant.privacy.speech import Speech


def vocatives(speech: Speech) -> Iterator[Span]:
    """Yield the roster names by which the utterance calls somebody ("Ann, …", "thank you, Ann")."""
    tokens = speech.parse.tokens
    for name in speech.names:
        # Somebody who is not in the room cannot be called: "Ann? I saw her" is about her.
        if name.person in {None, speech.speaker} or name.person in _absent(speech):
            continue
        inside = speech.parse.within(name.span)
        if not inside:
            continue
        first, last = inside[0].index, inside[-1].index
        head = speech.tree.head_of(name.span)
        edge = first == 0 or last + 1 >= len([t for t in tokens if t.pos != "PUNCT"])
        hanging = head is not None and head.dep in {"npadvmod", "intj", "vocative", "dep"} and edge
        if not (hanging or _set_off(tokens, first, last)):
            continue
        yield name.span


def _absent(speech: Speech) -> set[PersonId]:
    return {person.id for person in speech.group.people if not person.present}


def _set_off(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether a name stands between pauses (or at an edge), as a call does."""
    lead = (
        first == 0 or all(t.pos in {"PUNCT", "INTJ", "CCONJ"} for t in tokens[:first]) or tokens[first - 1].text == ","
    )
    trail = last + 1 >= len(tokens) or tokens[last + 1].pos == "PUNCT"
    return lead and trail


def addressed(speech: Speech) -> PersonId | None:
    """Return the one person whom "you" means, or None where the rules cannot say.

    A name called out decides. Otherwise it is whoever spoke last before: the facilitator asks on, a member answers.
    """
    called = {n.person for n in speech.names for s in vocatives(speech) if n.span == s}
    if len(called) == 1:
        return called.pop()
    if called or any(r.pointing in {"several", "group-we"} for r in speech.references):
        return None
    for reading in speech.recent[:3]:
        other = reading.utterance.speaker
        if other is not None and other != speech.speaker:
            return other
    return None
