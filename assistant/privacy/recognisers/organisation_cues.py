"""Where the words around say that an organisation is named next: "I drive for", "laid off from", "at the"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.privacy.calendar_words import CALENDAR
from assistant.privacy.gazetteer import is_given_name, is_place
from assistant.privacy.recognisers.organisation_words import (
    AT_CUES,
    CUE_VERBS,
    FUNCTION_WORDS,
    JOB_NOUNS,
    MINISTRY,
    PARTS,
)
from assistant.privacy.recognisers.street_words import ROADS
from assistant.privacy.words import word_set

if TYPE_CHECKING:
    from assistant.privacy.words import TextWord

MOST_WORDS = 5
"""Longest name."""
_DIRECTED = word_set(
    """
    look looked looking looks stare stared staring yell yelled yelling shout shouted shouting scream screamed
    screaming laugh laughed laughing mad angry furious pissed smile smiled smiling swear swore swearing snap snapped
    snapping wave waved waving throw threw good great bad point pointed glare glared
    """
)
"""What one does at a person: "I yelled at"."""
_DOING = frozenset({"do", "does", "did", "doing", "done"})
_LEAVING = word_set("laid fired off discharged graduated retired expelled suspended quit transferred released sacked")
_ENTERING = word_set("admitted checked transferred referred committed")
_JOINERS = frozenset({"of", "and", "for", "the", "&"})


def after_cue(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether what stands at ``at`` is where somebody works, studies or is treated."""
    before = words[at - 1].lower
    back = [w.lower for w in words[max(0, at - 7) : at - 1]]
    near = set(back[-4:])
    if before == "at":
        return bool(near & (CUE_VERBS | JOB_NOUNS | AT_CUES | PARTS))
    if before in {"for", "with", "by"}:
        done = before == "for" and near & _DOING and not near & {"it", "that", "this", "anything", "something"}
        working = before in {"for", "with"} and set(back[-2:]) & JOB_NOUNS
        return bool(done or working or set(back[-2:]) & MINISTRY)
    if before == "from":
        return bool(near & _LEAVING)
    return before in {"to", "into"} and bool(near & _ENTERING)


def is_venue(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether capitalised words after "at" can hardly be anything but where something is: "at the Velvet Anchor"."""
    if words[at - 1].lower != "at" or (at > 1 and words[at - 2].lower in _DIRECTED):
        return False
    start = skip_article(words, at)
    if start >= len(words) or not words[start].capital:
        return False
    end = capital_run(words, start)
    run = words[start:end]
    if run[0].lower in FUNCTION_WORDS or any(w.bare in CALENDAR for w in run) or run[-1].lower.endswith("'s"):
        return False
    somebody = start == at and is_given_name(run[0].bare)
    elsewhere = is_place(" ".join(w.bare for w in run)) or run[-1].bare in ROADS
    return not somebody and not elsewhere and (len(run) > 1 or start > at)


def skip_article(words: tuple[TextWord, ...], at: int) -> int:
    """Return the index of the first word from ``at`` on that is neither "the" nor a filler."""
    while at < len(words) and words[at].lower in {"the", "um", "uh", "like", "er"}:
        at += 1
    return at


def capital_run(words: tuple[TextWord, ...], at: int) -> int:
    """Index after the capitalised words from ``at``, "of" and "and" kept between two of them."""
    end = at + 1
    while end < len(words) and not words[end].opens and end - at < MOST_WORDS + 1:
        gap = words[end].gap.strip()
        if gap not in {"", "-", "&", "'"}:
            break
        if words[end].capital and words[end].lower not in {"i", "i'm", "i've", "i'd", "i'll"}:
            end += 1
            continue
        linked = (
            words[end].lower in _JOINERS
            and words[end].lower != "the"
            and end + 1 < len(words)
            and words[end + 1].capital
            and words[end + 1].tight
            and words[end + 1].lower not in {"i", "i'm", "i've"}
        )
        if not linked:
            break
        end += 2
    return end


def name_span(words: tuple[TextWord, ...], first: int, after: int) -> Span:
    """Return the span of a name of the words from ``first`` up to ``after``, a final possessive ending left out."""
    last = words[after - 1]
    # "Saint Vincent's" is the hospital's name; "Acme's" is not Acme's.
    whole = words[first].bare in {"saint", "st"} and after - first == 2  # noqa: PLR2004  the saint and the name
    return Span(words[first].span.start, (last.span if whole else last.bare_span).end)
