"""What a clinician's own words may not hold: words and facts that only another member brought.

A clinician paraphrases the member and knows more than was said, so a word that nobody said passes. A word that only
another member used does not, unless it is one of the trade or so common that it tells nothing; nor do common words that
come together as in what another told ("another member who lost a son").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Severity
from assistant.notes.lexicon import CALENDAR, FUNCTION, carries_content, is_listed, is_ordinary
from assistant.notes.passages import PassageKind
from assistant.notes.told import NUMBER_WORDS, root
from assistant.notes.topics import RAISERS, themes_of_word
from assistant.notes.trade import JOBS, is_trade
from assistant.notes.word_names import reads_as_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assistant.domain import GateFinding, PersonId
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage
    from assistant.notes.tokens import Token

UNCOMMON = 3_000
"""Rank from which a word that only another member used is theirs."""

UNCOMMON_IN_FACT = 1_200
"""The same for a word of the wording of another's fact."""

EVERYDAY = 300
"""Words of a lower rank are not counted where several come together."""

OF_FACT = 2
"""Words of one fact of another's that tell it."""

OF_SENTENCE = 3
"""Words of one sentence of another's that tell it."""


TAUGHT = frozenset({"coping skills"})
"""Themes that a clinician brings to every group."""


def check_hand_words(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find an uncommon word that only another member used, and what people are if only another told it."""
    told = index.told
    for word, by_root in _foreign(passage, index).items():
        # "On Fridays" alone is anybody's; with more of a sentence around it it counts.
        if word.removesuffix("s") in CALENDAR:
            continue
        if by_root in told.surfaces and not is_ordinary(word, UNCOMMON_IN_FACT):
            yield passage.finding("word of another", told.surfaces[by_root])
        elif by_root in told.words and (word in JOBS or not is_ordinary(word, UNCOMMON)):
            yield passage.finding("word of another", told.words[by_root])


def check_hand_facts(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find words that come together as in a fact, or in a sentence, of another's."""
    told = index.told
    foreign = {by_root for word, by_root in _foreign(passage, index).items() if not is_ordinary(word, EVERYDAY)}
    places = {number for by_root in foreign for number in told.at.get(by_root, ())}
    for number in sorted(places):
        clause = told.clauses[number]
        if len(clause.roots & foreign) >= (OF_FACT if clause.is_fact else OF_SENTENCE):
            yield passage.finding("told by another", clause.whose)


def check_hand_themes(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find in the group's part a theme that fewer than three members raised, and no facilitator before them.

    One that a single member raised is refused (``domain.md`` 4.2). Two members' theme is for review: that a clinician
    writes it by hand is the approval that X13 asks for.
    """
    if passage.kind is not PassageKind.CLINICIAN or index.reader is not None:
        return
    for theme in dict.fromkeys(t for token in passage.tokens for t in themes_of_word(token.plain)):
        raisers = index.themes.get(theme, frozenset())
        if theme not in TAUGHT and 0 < len(raisers) < RAISERS:
            yield (
                passage.finding("theme of one member", min(raisers))
                if len(raisers) == 1
                else passage.finding("theme of two members", None, Severity.REVIEW)
            )


def _foreign(passage: Passage, index: SessionIndex) -> dict[str, str]:
    """Return the words of a clinician's line that are neither the reader's nor of the trade, each with its root."""
    if passage.kind is not PassageKind.CLINICIAN:
        return {}
    told = index.told
    own_names = index.own_names.words
    called = index.other_names.words
    found: dict[str, str] = {}
    for at, token in enumerate(passage.tokens):
        word, by_root = token.plain, root(token.plain)
        if (
            token.bracketed
            or word in CALENDAR
            or word.removesuffix("s") in CALENDAR
            or word in NUMBER_WORDS
            or not carries_content(word)
            or word.isdigit()
        ):
            continue
        if word in own_names or word in FUNCTION or by_root in told.own or is_trade(word):
            continue
        # Whoever spoke to Dawn said her name; "wakes before dawn" and "dawned on him" are no word of theirs.
        if _is_no_name(passage.tokens, at, called):
            continue
        # In the group's part, what three members said is the group's, and what a facilitator brought the facilitator's.
        if index.reader is None and (len(told.raisers.get(by_root, ())) >= RAISERS or by_root in told.asked):
            continue
        found[word] = by_root
    return found


def _is_no_name(tokens: Sequence[Token], at: int, called: Mapping[str, PersonId]) -> bool:
    """Whether a word that is somebody's name too, or a form of it ("chasing"), stands as a word."""
    word = tokens[at].plain
    if word in called:
        return is_listed(word) and reads_as_word(tokens, at)
    formed = word.endswith(("ing", "ed")) and is_ordinary(word)
    return formed and any(is_listed(name) and root(name) == root(word) for name in called)
