"""The themes that a group note may name: general ones on a fixed list, each raised by several people.

A theme that one or two people raised would carry their matter into every chart (``domain.md`` 4.2 and X13), so it
needs at least ``RAISERS`` different members.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from assistant.domain import UtteranceStatus
from assistant.notes.lexicon import stem
from assistant.notes.tokens import plain_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Group, PersonId, Utterance

RAISERS = 3
"""Members who must have spoken of a theme before the group note names it (X13)."""

CUES: dict[str, str] = {
    "anxiety and worry": "anxiety anxious worry worried worrying panic panicky nervous dread edge fear afraid scared",
    "low mood": "depression depressed sad sadness hopeless miserable tearful crying cried",
    "sleep": "sleep sleeping slept insomnia asleep awake tired nightmares nights bed",
    "work stress": "work job shift shifts boss workload overtime deadline deadlines coworkers office",
    "money": "money rent bills debt broke afford paycheck finances",
    "housing": "apartment housing evicted eviction shelter homeless landlord lease",
    "grief and loss": "grief grieving funeral died death loss mourning buried",
    "recovery": "sober sobriety recovery clean meeting meetings sponsor relapse relapsed cravings craving urges",
    "family": "family mother father mom mum dad parents brother sister kids children son daughter",
    "relationships": "relationship marriage wife husband partner boyfriend girlfriend divorce separated dating",
    "anger": "anger angry rage furious temper yelling yelled snapped",
    "medication": "medication medications meds pills dose prescription refill",
    "coping skills": "breathing breathe grounding mindfulness meditation journal journaling exercise skill "
    "skills technique",
    "loneliness": "lonely loneliness alone isolated isolating",
    "self-esteem": "worthless confidence ashamed shame guilt guilty failure",
    "physical health": "pain hospital surgery illness sick headache headaches",
    "boundaries": "boundary boundaries",
    "trust": "trust trusting betrayed betrayal",
}
"""Theme, and words that raise it."""

THEMES = tuple(CUES)

_BY_CUE: dict[str, frozenset[str]] = {}
for _theme, _cues in CUES.items():
    for _cue in _cues.split():
        _BY_CUE[stem(_cue)] = _BY_CUE.get(stem(_cue), frozenset()) | {_theme}


def themes_raised(utterances: Sequence[Utterance], group: Group) -> tuple[str, ...]:
    """Return the themes on the list that at least ``RAISERS`` members present spoke of, in the list's order.

    Only clear utterances of a known member count; the facilitator's questions raise nothing.
    """
    members = {p.id for p in group.members_present}
    raisers: dict[str, set[PersonId]] = defaultdict(set)
    for utterance in utterances:
        speaker = utterance.speaker
        if speaker is None or speaker not in members or utterance.status is not UtteranceStatus.CLEAR:
            continue
        for word in plain_words(utterance.text):
            for theme in _BY_CUE.get(stem(word), ()):
                raisers[theme].add(speaker)
    return tuple(theme for theme in THEMES if len(raisers[theme]) >= RAISERS)
