"""Training samples against the gold: what identifies and is still there, what stands of the worst, what is kept.

Direct identifiers count by entity: all names and nicknames of one person are one, and a person missed once is missed.
Recall is counted on text in which everything found is blanked, before stand-ins go in: among invented names a missed
one is hard to see. What is left is counted on the finished text. Facts that are not direct identifiers are the talk
itself, and most of them stay: the share that still stands verbatim is shown for the person of whom most does.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType
from assistant.evaluation.counts import Summable, rate
from assistant.evaluation.gold import OUTSIDER
from assistant.evaluation.survival import Survival, Text
from assistant.evaluation.training_places import DIRECT, left_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from assistant.evaluation.facts import Fact, FactBook, Words
    from assistant.evaluation.gold import GoldSession
    from assistant.evaluation.training_places import Said

_SHORT_ANSWER = 3
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_OPENINGS = """
    who whom whose what which where when why how do does did is are was were am can could will would shall should have
    has had isn't aren't wasn't don't doesn't didn't can't couldn't won't wouldn't haven't hasn't
"""
_ASKS = frozenset(_OPENINGS.split())


class Act(StrEnum):
    """What a turn does, by plain rules."""

    QUESTION = "question"
    SHORT_ANSWER = "short answer"
    STATEMENT = "statement"
    NONE = "nothing said"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One turn before and after."""

    before: str = field(repr=False)
    """As it was heard and corrected."""
    after: str = field(repr=False)
    """As it stands in the sample; empty where all of it had to go."""
    blanked: str | None = field(default=None, repr=False)
    """With everything that was found taken out and nothing put in; None: as ``after``."""
    unit: int = -1
    """Index of the utterance, for ``Places``; -1: it is not known."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the direct identifiers of a session stand in what was heard."""

    said: tuple[Said, ...] = field(repr=False)
    everyday: Callable[[str], bool]
    """Whether a lower-case word is in the dictionary."""

    def left(self, before: Mapping[int, str], after: Mapping[int, str]) -> set[tuple[DisclosureType, Words]]:
        """Return the facts, by type and words, that stand in the turns of ``after``; texts by utterance."""
        return {(one.said.type, one.said.words) for one in left_in(self.said, before, after, self.everyday)}


@dataclass(frozen=True, slots=True)
class Traced:
    """One fact, or one person with all their names, and what became of it; the words stay in the gold file."""

    holder: str
    """As ``session/id``: whose it is, or through whom the outsider is known."""
    type: DisclosureType | None
    """None: planted."""
    turn: int | None
    """First gold turn that says it."""
    missed: bool
    """Whether anything of it still stood before stand-ins went in."""
    left: Survival
    """How it stands in the finished sample."""

    @property
    def stands(self) -> bool:
        """Whether it is still there: in its very words, or because it was missed."""
        return self.left is Survival.EXACT or (self.left is Survival.FUZZY and self.missed)

    @property
    def alike(self) -> bool:
        """Whether what was put in its place resembles it: it shares a word such as "Conservatory", or most letters."""
        return self.left is Survival.FUZZY and not self.missed


@dataclass(frozen=True, slots=True)
class TrainingFigures(Summable):
    """What one sample, or the samples of several sessions, reached."""

    sessions: tuple[str, ...] = ()
    facts: tuple[Traced, ...] = ()
    words: int = 0
    words_kept: int = 0
    acts: int = 0
    """Turns in which something was said."""
    acts_kept: int = 0
    refused: int = 0
    """Samples that the risk report refused."""
    worst_k: tuple[int, ...] = ()
    """The k of the worst person of each sample that was not refused."""
    shared: int = 0
    """Stand-ins that two samples of a session had in common."""
    planted_out: int = 0
    """Planted facts that stand in samples that were not refused."""

    @property
    def direct(self) -> tuple[Traced, ...]:
        """The entities that identify by themselves."""
        return tuple(fact for fact in self.facts if fact.type in DIRECT)

    @property
    def recall(self) -> float | None:
        """Share of direct identifiers, by entity, of which nothing was missed."""
        return rate(sum(not fact.missed for fact in self.direct), len(self.direct))

    @property
    def direct_left(self) -> int:
        """Direct identifiers that still stand in the finished sample."""
        return sum(fact.stands for fact in self.direct)

    @property
    def direct_alike(self) -> int:
        """Direct identifiers whose stand-in resembles them."""
        return sum(fact.alike for fact in self.direct)

    @property
    def planted_left(self) -> int:
        """Planted facts that still stand in the finished sample, refused or not."""
        return sum(fact.stands for fact in self.facts if fact.type is None)

    @property
    def planted(self) -> int:
        """Planted facts that were looked for."""
        return sum(fact.type is None for fact in self.facts)

    @property
    def unchanged(self) -> float | None:
        """Share of the words that stand as said."""
        return rate(self.words_kept, self.words)

    @property
    def acts_unchanged(self) -> float | None:
        """Share of the turns that still do what they did."""
        return rate(self.acts_kept, self.acts)

    def by_type(self) -> Mapping[DisclosureType, tuple[int, int, int]]:
        """Return, by type: how many, how many missed, how many left."""
        return {
            kind: (len(found), sum(f.missed for f in found), sum(f.stands for f in found))
            for kind in DisclosureType
            if (found := [fact for fact in self.facts if fact.type is kind])
        }

    def told(self) -> Mapping[str, tuple[int, int]]:
        """Return, by person, how many of their facts that are no direct identifiers still stand, and of how many."""
        tried: Counter[str] = Counter()
        stand: Counter[str] = Counter()
        for fact in self.facts:
            if fact.type is not None and fact.type not in DIRECT:
                tried[fact.holder] += 1
                stand[fact.holder] += fact.stands
        return {holder: (stand[holder], tried[holder]) for holder in tried}

    def worst(self) -> tuple[str, int, int] | None:
        """Return the person of whom the largest share still stands, and how many of how many; None: no facts."""
        told = self.told()
        if not told:
            return None
        holder = max(told, key=lambda who: (told[who][0] / told[who][1], told[who][0], who))
        return holder, *told[holder]


def trace(  # noqa: PLR0913 - the session, its sample, and what the risk report said of it
    gold: GoldSession,
    book: FactBook,
    turns: Sequence[Rewritten],
    *,
    places: Places | None = None,
    worst_k: int | None = None,
    refused: bool = False,
    shared: int = 0,
) -> TrainingFigures:
    """Follow every fact of a session into its sample, and count what is left to teach with.

    Args:
        gold: The session.
        book: Its facts; what stands in ``before`` is tried, and every planted fact.
        turns: Every turn that the sample holds, in order; turns that were left out whole are not here.
        places: Where direct identifiers stand; a name that is a word is then also found without its capital.
        worst_k: The k of the worst person, of the risk report.
        refused: Whether the risk report refused the sample.
        shared: Stand-ins that this sample and another one of the session have in common.
    """
    before = Text("\n".join(turn.before for turn in turns))
    blanked = Text("\n".join(turn.after if turn.blanked is None else turn.blanked for turn in turns))
    after = Text("\n".join(turn.after for turn in turns))
    stood, left = _at_their_places(turns, places)
    found: list[Traced] = []
    for facts in _entities(book.facts):
        said = [fact for fact in facts if fact.type is None or before.holds(fact, book) is not Survival.NONE]
        if said:
            found.append(
                Traced(
                    holder=f"{gold.id}/{said[0].holder}",
                    type=said[0].type,
                    turn=min((fact.turn for fact in said if fact.turn is not None), default=None),
                    missed=any(_key(f) in stood or blanked.holds(f, book) is not Survival.NONE for f in said),
                    left=max(Survival.EXACT if _key(f) in left else after.holds(f, book) for f in said),
                )
            )
    acts = [(act(turn.before), act(turn.after)) for turn in turns]
    return TrainingFigures(
        sessions=(gold.id,),
        facts=tuple(found),
        words=sum(len(_words(turn.before)) for turn in turns),
        words_kept=sum(words_kept(turn.before, turn.after) for turn in turns),
        acts=sum(one is not Act.NONE for one, _ in acts),
        acts_kept=sum(one is two for one, two in acts if one is not Act.NONE),
        refused=int(refused),
        worst_k=() if worst_k is None or refused else (worst_k,),
        shared=shared,
        planted_out=0 if refused else sum(fact.stands for fact in found if fact.type is None),
    )


def act(text: str) -> Act:
    """Return what a turn does: a question where it ends in one or opens like one, else by its length."""
    words = _words(text)
    if not words:
        return Act.NONE
    if text.rstrip().rstrip("\"'\u201d\u2019)").endswith("?") or (words[0] in _ASKS and not _closes(text)):
        return Act.QUESTION
    return Act.SHORT_ANSWER if len(words) <= _SHORT_ANSWER else Act.STATEMENT


def words_kept(before: str, after: str) -> int:
    """Return how many words of ``before`` stand in ``after`` in the same order."""
    one, two = _words(before), _words(after)
    if one == two:
        return len(one)
    return sum(block.size for block in difflib.SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks())


def total(each: Iterable[TrainingFigures]) -> TrainingFigures:
    """Return the sum over sessions."""
    whole = TrainingFigures()
    for figures in each:
        whole += figures
    return whole


def _at_their_places(
    turns: Sequence[Rewritten], places: Places | None
) -> tuple[set[tuple[DisclosureType, Words]], set[tuple[DisclosureType, Words]]]:
    """Return which facts stand at their place before stand-ins went in, and which in the finished sample."""
    if places is None:
        return set(), set()
    before = {turn.unit: turn.before for turn in turns}
    blanked = {turn.unit: turn.after if turn.blanked is None else turn.blanked for turn in turns}
    return places.left(before, blanked), places.left(before, {turn.unit: turn.after for turn in turns})


def _key(fact: Fact) -> tuple[DisclosureType | None, Words]:
    return fact.type, fact.words


def _entities(facts: Iterable[Fact]) -> Iterable[tuple[Fact, ...]]:
    """Yield facts that are one entity together: all names of one person on the roster; any other fact by itself."""
    people: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.type is DisclosureType.PERSON and fact.owner != OUTSIDER:
            people.setdefault(fact.owner, []).append(fact)
        else:
            yield (fact,)
    yield from map(tuple, people.values())


def _closes(text: str) -> bool:
    """Whether the text is punctuated, so that a question would have its mark."""
    return text.rstrip().endswith((".", "!", "…"))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
