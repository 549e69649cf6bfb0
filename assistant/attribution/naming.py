"""A person names the anonymous voices: "A is m1". The only way from a letter to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import Attribution, DecidedBy, PersonId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.attribution.tracks import VoicedStretch


def name_voices(
    turns: Sequence[Sequence[VoicedStretch]], names: Mapping[str, PersonId]
) -> tuple[tuple[VoicedStretch, ...], ...]:
    """Return the stretches of every turn with the named voices given to their people.

    Args:
        turns: The stretches of each turn, as ``Attributor.decide`` gives them.
        names: Person of each letter; two letters may be one person. A letter that is not there stays anonymous.

    Returns:
        The same stretches; what was named is decided by key. Score and margin stay those of the voice, so that a
        stretch is not more certain than its nearness to the voice that was named.
    """
    return tuple(tuple(replace(s, attribution=_named(s.attribution, names)) for s in turn) for turn in turns)


def voices_heard(turns: Sequence[Sequence[VoicedStretch]]) -> dict[str, int]:
    """Return how many samples each anonymous voice speaks, in order of letters."""
    heard: dict[str, int] = {}
    for stretch in (s for turn in turns for s in turn):
        letter = stretch.attribution.voice
        if letter is not None and stretch.attribution.person is None:
            heard[letter] = heard.get(letter, 0) + stretch.end - stretch.start
    return dict(sorted(heard.items()))


def _named(attribution: Attribution, names: Mapping[str, PersonId]) -> Attribution:
    person = names.get(attribution.voice) if attribution.voice is not None else None
    if person is None:
        return attribution
    return replace(attribution, person=person, decided_by=DecidedBy.KEY)
