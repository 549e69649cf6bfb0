"""How a fact is asserted: affirmed, negated, hypothetical, past, or about somebody else.

After ConText (Harkema 2009, PMC2757457): cue words before and after the fact, phrases that only look like cues, words
that end a cue's reach. Cues are read from plain words (``recognisers.phrases``), so punctuation may be missing; then a
new subject ends a negation's reach, as the end of a sentence does. Context lowers how loudly a fact is raised and never
removes it (domain rule 6.4), so where cues disagree the louder reading is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import Assertion
from assistant.privacy.recognisers.lexicon import cue_pattern, cue_words

if TYPE_CHECKING:
    from assistant.privacy.recognisers.phrases import Phrases

_BEFORE = 14
"""How many words back a cue reaches; a spoken sentence without punctuation has no other end."""
_AFTER = 9

_ENDS = cue_words("ends")
_SUBJECTS = cue_words("subjects")
_LINKS = cue_words("links")
_RAISING = cue_words("raising")
_NEGATIONS = cue_words("negations")
_PSEUDO_NEGATION = cue_pattern("pseudo_negation")
_IF = cue_pattern("condition")
_PSEUDO_IF = cue_pattern("pseudo_condition")
_MEANS_IF = cue_pattern("condition_on_means")
_IF_AFTER = cue_pattern("condition_after")
_PAST = cue_pattern("past")
_PAST_AFTER = cue_pattern("past_after")
_LONG_LASTING = cue_pattern("long_lasting")
_PRESENT = cue_pattern("present")
_SENTENCES_BACK = 2
"""How many sentences a telling of long ago goes on without its time being said again."""
_SELF = cue_words("self")
_OTHERS = cue_words("others")
_KIN = cue_pattern("kin_and_others")


def assertion_of(  # noqa: PLR0913 - a match is four numbers, and two say how to read it
    phrases: Phrases, first: int, last: int, head: int | None = None, *, experiencer: bool = True, reach: int = 7
) -> Assertion:
    """Return how the fact told by the words ``first`` up to but not including ``last`` is asserted.

    Args:
        phrases: The whole utterance.
        first: First word of the fact.
        last: One past its last word.
        head: Word from which the fact proper begins, where a subject and its helpers are part of the match
            ("I do **not** | want to die"): cues up to there count.
        experiencer: Whether a third person before the fact makes it somebody else's; not so for harm that one person
            does to another.
        reach: How many words before ``head`` a denial may stand.

    Precedence: negated, hypothetical, about somebody else, past. All but the first lower an alert alike.
    """
    head = first if head is None else head
    if _negated(phrases, head, reach):
        return Assertion.NEGATED
    if _hypothetical(phrases, first, head, last):
        return Assertion.HYPOTHETICAL
    if experiencer and _somebody_else(phrases, head):
        return Assertion.OTHER
    if _past(phrases, first, last):
        return Assertion.PAST
    return Assertion.AFFIRMED


def is_long_ago(phrases: Phrases, first: int, last: int) -> bool:
    """Whether a cue puts the fact in the past, whatever else is said of it."""
    return _past(phrases, first, last)


def _scope_before(phrases: Phrases, at: int, ends: frozenset[str] = _ENDS) -> int:
    """Return the first word whose cue can reach the word at ``at``."""
    start, _ = phrases.sentence(at)
    start = max(start, at - _BEFORE)
    for index in range(at - 1, start - 1, -1):
        if phrases.words[index].text in ends:
            return index + 1
    return start


def _negated(phrases: Phrases, head: int, reach: int) -> bool:
    start = max(_scope_before(phrases, head), head - reach)
    # A new subject ends the reach, unless the verb before it passes the denial on.
    for index in range(head - 1, start, -1):
        word, before = phrases.words[index].text, phrases.words[index - 1].text
        if word in _SUBJECTS and before not in _RAISING and before not in _NEGATIONS and index < head:
            start = index
            break
        if word in _LINKS and index + 1 < head and phrases.words[index + 1].text not in _NEGATIONS and word != "or":
            start = index + 1
            break
    text = phrases.between(start, head)
    if re.search(r"\b(?:do|does|did|is|are|am|was|were|will|would) (?:you|he|she) $", text + " "):
        return False
    # What looks like a denial may be completed by the fact's own first word ("can not stop").
    opening = phrases.words[head].text
    text = _PSEUDO_NEGATION.sub(" ", f"{text} {'' if opening in _NEGATIONS else opening}")
    return sum(word in _NEGATIONS for word in text.split()) % 2 == 1


def _hypothetical(phrases: Phrases, first: int, head: int, last: int) -> bool:
    # "If they cancel it, though, I'd …": the word that ends a denial does not end a condition.
    start = _scope_before(phrases, first, _ENDS - {"though"})
    before = phrases.between(start, head)
    if _IF.search(_PSEUDO_IF.sub(" ", before)) and not _MEANS_IF.search(before):
        return True
    _, end = phrases.sentence(max(first, last - 1))
    after = phrases.between(last, min(end, last + _AFTER))
    own = phrases.between(max(start, first - 3), last)
    match = _IF_AFTER.search(after)
    return bool(match and re.search(r"\b(?:would|will|could|might)\b", own) and not _MEANS_IF.search(after))


def _past(phrases: Phrases, first: int, last: int) -> bool:
    _, end = phrases.sentence(first)
    before = phrases.between(_scope_before(phrases, first), first)
    if _PAST.search(before) and not re.search(r"\b(?:but|and) (?:now|lately|these days|tonight|today)\b", before):
        return True
    if re.search(r"\bused to\b", phrases.between(first, last)):
        return True
    # "… in the garage. Never again." - what takes it back may stand in the next sentence.
    after = phrases.between(last, min(len(phrases.words), max(end, last) + 4, last + _AFTER + 4))
    if _PAST_AFTER.search(after) and not _LONG_LASTING.search(phrases.between(last, last + 4)):
        return True
    return _goes_on_telling(phrases, first)


def _goes_on_telling(phrases: Phrases, first: int) -> bool:
    """Whether a sentence before has put the telling in the past, and nothing since has brought it to the present.

    "I was nineteen. I took everything in the cabinet."
    """
    start, end = phrases.sentence(first)
    for _ in range(_SENTENCES_BACK):
        if _PRESENT.search(phrases.between(start, end)) or start == 0:
            return False
        start, end = phrases.sentence(start - 2)
        said = phrases.between(start, end)
        if _PAST.search(said) and not _PRESENT.search(said):
            return True
    return False


def _somebody_else(phrases: Phrases, head: int) -> bool:
    """Whether the nearest subject or possessor before the fact is a third person."""
    start = _scope_before(phrases, head)
    kin = {
        index
        for match in _KIN.finditer(phrases.text)
        for index in range(phrases.index(match.start()), phrases.index(match.end() - 1) + 1)
    }
    for index in range(head - 1, start - 1, -1):
        word = phrases.words[index].text
        if index in kin:
            # "my husband and I", and "my sister says I": whoever stands nearer has been met already.
            return True
        if word in _OTHERS:
            return True
        if word in _SELF or word == "you":
            return False
    return False
