"""What was said, arranged utterance by utterance: the same for every reader, and made once for the same words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import DecidedBy
from assistant.notes.figures import figures, placed_figures
from assistant.notes.lexicon import FILLERS, carries_content
from assistant.notes.tokens import tokenise
from assistant.notes.told import Clause, roots, sentences
from assistant.notes.topics import raisers_of_themes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assistant.domain import Disclosure, PersonId, Utterance
    from assistant.notes.context import GateContext
    from assistant.notes.tokens import Token

    Run = tuple[str, ...]

RUN = 5
"""Words in a row that are compared."""

RUN_CONTENT = 3
"""Content words that a run must hold: "I don't know what to do" is anybody's."""

ECHO = 8
"""Words in a row that make the reader's repetition of another's earlier words theirs."""

ECHO_CONTENT = 4


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Words in a row of one speaker, or of nobody."""

    speaker: PersonId | None
    words: tuple[str, ...] = field(repr=False)
    """As compared, fillers left out."""
    runs: tuple[Run, ...] = field(repr=False)
    figures: frozenset[str] = field(repr=False)
    """The words again, numbers in digits."""


@dataclass(frozen=True, slots=True, eq=False)
class HeardFact:
    """One fact of an utterance."""

    disclosure: Disclosure = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    """As compared: folded words, numbers in digits."""
    roots: frozenset[str] = field(repr=False)
    """Of its very wording."""
    clause: Clause = field(repr=False)
    """What carries it."""
    told: frozenset[str] = field(repr=False)
    """The words of that, numbers in digits."""

    @property
    def whose(self) -> PersonId | None:
        """Whose chart it belongs to; None: nobody can say."""
        owner = self.disclosure.owner
        return owner.person if owner.person is not None else owner.outsider_of


@dataclass(frozen=True, slots=True, eq=False)
class HeardUtterance:
    """One utterance, read for all checks."""

    utterance: Utterance = field(repr=False)
    plain: tuple[str, ...] = field(repr=False)
    """Its folded words."""
    stretches: tuple[Stretch, ...] = field(repr=False)
    roots: frozenset[str] = field(repr=False)
    sentences: tuple[Clause, ...] = field(repr=False)
    facts: tuple[HeardFact, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class HeardSession:
    """A whole session, in order."""

    context: GateContext = field(repr=False)
    utterances: tuple[HeardUtterance, ...] = field(repr=False)
    themes: Mapping[str, frozenset[PersonId]] = field(repr=False)
    """The members who spoke of each theme on the list, where no facilitator spoke of it before them."""


class Hearing:
    """Arranges sessions; of the one before, what did not change is used again."""

    def __init__(self) -> None:
        self._known: dict[tuple[Utterance, tuple[Disclosure, ...]], HeardUtterance] = {}
        self._last: HeardSession | None = None

    def hear(self, context: GateContext) -> HeardSession:
        """Return a session as it was heard, whoever reads."""
        if self._last is not None and self._last.context.same_session(context):
            return self._last
        found = {f.utterance: f.disclosures for f in context.findings}
        known: dict[tuple[Utterance, tuple[Disclosure, ...]], HeardUtterance] = {}
        heard: list[HeardUtterance] = []
        for utterance in context.utterances:
            key = (utterance, found.get(utterance.id, ()))
            one = known[key] = self._known.get(key) or hear(*key)
            heard.append(one)
        themes = raisers_of_themes(
            context.utterances, context.group, after_facilitator=True, words=tuple(one.plain for one in heard)
        )
        self._known = known
        self._last = HeardSession(context, tuple(heard), themes)
        return self._last

    def forget(self) -> None:
        """Drop all."""
        self._known, self._last = {}, None


def hear(utterance: Utterance, disclosures: Sequence[Disclosure]) -> HeardUtterance:
    """Read an utterance, and the facts in it."""
    tokens = tokenise(utterance.text)
    return HeardUtterance(
        utterance=utterance,
        plain=tuple(t.plain for t in tokens),
        stretches=tuple(_stretches(_said(utterance, tokens))),
        roots=roots(t.plain for t in tokens),
        sentences=tuple(Clause(roots(s), utterance.speaker, is_fact=False) for s in sentences(tokens)),
        facts=tuple(_fact(d, utterance, tokens) for d in disclosures),
    )


def all_runs(words: Sequence[str]) -> Iterator[Run]:
    """Return the runs of both lengths that hold enough content."""
    yield from runs(words, RUN, RUN_CONTENT)
    yield from runs(words, ECHO, ECHO_CONTENT)


def runs(words: Sequence[str], size: int, content: int) -> Iterator[Run]:
    """Return each run of ``size`` words with at least ``content`` words that say something."""
    for at in range(len(words) - size + 1):
        run = tuple(words[at : at + size])
        if sum(map(carries_content, run)) >= content:
            yield run


def _fact(disclosure: Disclosure, utterance: Utterance, tokens: Sequence[Token]) -> HeardFact:
    owner, span, extent = disclosure.owner, disclosure.span, disclosure.extent
    told = roots(t.plain for t in tokens if extent.start <= t.start < extent.end)
    return HeardFact(
        disclosure=disclosure,
        words=figures(span.of(utterance.text)),
        roots=roots(t.plain for t in tokens if span.start <= t.start < span.end),
        clause=Clause(told, owner.person or owner.outsider_of, is_fact=True),
        told=frozenset(figures(extent.of(utterance.text))),
    )


def _said(utterance: Utterance, tokens: Sequence[Token]) -> Iterator[tuple[Token, PersonId | None]]:
    """Yield the words of an utterance, each with who said it; None where that is contested or unknown."""
    whole = utterance.speaker
    by_hand = utterance.attribution.decided_by in {DecidedBy.TRANSCRIPT, DecidedBy.KEY}
    spans = utterance.word_spans()
    fits = bool(spans) and spans[-1].end == len(utterance.text)
    starts = [s.start for s in spans]
    for token in tokens:
        speaker = utterance.words[bisect_right(starts, token.start) - 1].speaker if fits else None
        # A transcript or a key press names the speaker of the whole utterance; a voice is decided word by word.
        yield token, whole if speaker is None and by_hand else speaker


def _stretches(said: Iterable[tuple[Token, PersonId | None]]) -> Iterator[Stretch]:
    found: list[tuple[PersonId | None, list[Token]]] = []
    for token, speaker in said:
        if found and found[-1][0] == speaker:
            found[-1][1].append(token)
        else:
            found.append((speaker, [token]))
    for speaker, tokens in found:
        words = tuple(t.plain for t in tokens if t.plain not in FILLERS)
        yield Stretch(speaker, words, tuple(all_runs(words)), frozenset(w for w, _ in placed_figures(tokens)))
