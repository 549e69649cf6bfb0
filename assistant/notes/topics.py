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
    from collections.abc import Iterable, Sequence

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


def themes_of_word(word: str) -> frozenset[str]:
    """Return the themes on the list that a folded word raises."""
    return _BY_CUE.get(stem(word), frozenset())


def themes_raised(utterances: Sequence[Utterance], group: Group) -> tuple[str, ...]:
    """Return the themes on the list that at least ``RAISERS`` members present spoke of, in the list's order.

    Only clear utterances of a known member count; the facilitator's questions raise nothing.
    """
    raisers = raisers_of_themes(utterances, group)
    return tuple(theme for theme in THEMES if len(raisers.get(theme, ())) >= RAISERS)


def raisers_of_themes(
    utterances: Sequence[Utterance],
    group: Group,
    *,
    after_facilitator: bool = False,
    words: Sequence[Iterable[str]] | None = None,
) -> dict[str, frozenset[PersonId]]:
    """Return which members present spoke of each theme.

    Args:
        utterances: All of the session, in order.
        group: The group.
        after_facilitator: Whether a theme that a facilitator spoke of before any member is left out.
        words: The folded words of each utterance, where somebody has them.
    """
    members = {p.id for p in group.members_present}
    raisers: dict[str, set[PersonId]] = defaultdict(set)
    brought: set[str] = set()
    for at, utterance in enumerate(utterances):
        speaker = utterance.speaker
        if speaker is None or utterance.status is not UtteranceStatus.CLEAR:
            continue
        for word in plain_words(utterance.text) if words is None else words[at]:
            for theme in themes_of_word(word):
                if speaker in members:
                    raisers[theme].add(speaker)
                elif not raisers[theme]:
                    brought.add(theme)
    left_out = brought if after_facilitator else set[str]()
    return {theme: frozenset(who) for theme, who in raisers.items() if who and theme not in left_out}
