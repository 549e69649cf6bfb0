"""A session arranged for the checks of one reader's note, so that each line is looked up and never searched for."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import DecidedBy, UtteranceStatus
from assistant.notes.context import Surface
from assistant.notes.figures import figures, placed_figures
from assistant.notes.lexicon import FILLERS, carries_content, stem
from assistant.notes.roster import Names, names_of
from assistant.notes.tokens import Token, tokenise
from assistant.notes.told import told_by_others
from assistant.notes.topics import raisers_of_themes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assistant.domain import Disclosure, DisclosureType, PersonId, Utterance, UtteranceId
    from assistant.notes.context import GateContext
    from assistant.notes.told import Told

    Run = tuple[str, ...]

RUN = 5
"""Words in a row that are compared."""

RUN_CONTENT = 3
"""Content words that a run must hold: "I don't know what to do" is anybody's."""

ECHO = 8
"""Words in a row that make the reader's repetition of another's earlier words theirs."""

ECHO_CONTENT = 4


@dataclass(frozen=True, slots=True)
class SessionIndex:
    """The session as one reader's note is checked against it. "First" is a place in the session, from 0."""

    context: GateContext
    by_id: Mapping[UtteranceId, Utterance] = field(repr=False)
    own_at: Mapping[UtteranceId, frozenset[str]] = field(repr=False)
    """Words that the reader said, by utterance; none from suspect, struck or contested speech."""
    own_stems_at: Mapping[UtteranceId, frozenset[str]] = field(repr=False)
    """The same without their commonest endings."""
    own_first: Mapping[str, int] = field(repr=False)
    """Where the reader first said each word."""
    other_first: Mapping[str, tuple[int, PersonId | None]] = field(repr=False)
    """Where somebody else, or an unknown voice, first said each word, and who."""
    own_runs: Mapping[Run, int] = field(repr=False)
    """Where the reader first said each run of ``RUN`` or ``ECHO`` words."""
    other_runs: Mapping[Run, tuple[int, PersonId | None]] = field(repr=False)
    own_surfaces: tuple[Surface, ...] = field(repr=False)
    other_surfaces: tuple[Surface, ...] = field(repr=False)
    own_fact_words: Mapping[str, int] = field(repr=False)
    """Where each word of the reader's own facts was first said of the reader, by whomever."""
    own_names: Names = field(repr=False)
    other_names: Names = field(repr=False)
    told: Told = field(repr=False)
    """What a clinician's own words are held against."""
    themes: Mapping[str, frozenset[PersonId]] = field(repr=False)
    """The members who spoke of each theme on the list, where no facilitator spoke of it before them."""

    @property
    def reader(self) -> PersonId | None:
        """Whose note it is."""
        return self.context.reader


def index_session(context: GateContext) -> SessionIndex:
    """Arrange a session for the checks of one reader's note."""
    own_at: dict[UtteranceId, frozenset[str]] = {}
    own_first: dict[str, int] = {}
    other_first: dict[str, tuple[int, PersonId | None]] = {}
    own_runs: dict[Run, int] = {}
    other_runs: dict[Run, tuple[int, PersonId | None]] = {}
    spoken = tuple(tokenise(u.text) for u in context.utterances)
    for place, (utterance, tokens) in enumerate(zip(context.utterances, spoken, strict=True)):
        clear = utterance.status is UtteranceStatus.CLEAR
        mine: set[str] = set()
        for speaker, stretch in _stretches(_said(utterance, tokens)):
            words = tuple(t.plain for t in stretch if t.plain not in FILLERS)
            if speaker is None or speaker != context.reader:
                for word in words:
                    other_first.setdefault(word, (place, speaker))
                for run in all_runs(words):
                    other_runs.setdefault(run, (place, speaker))
            elif clear:
                mine.update(words, (w for w, _ in placed_figures(stretch)))
                for run in all_runs(words):
                    own_runs.setdefault(run, place)
        own_at[utterance.id] = frozenset(mine)
        for word in mine:
            own_first.setdefault(word, place)
    own, other = _surfaces(context)
    return SessionIndex(
        context=context,
        by_id={u.id: u for u in context.utterances},
        own_at=own_at,
        own_stems_at={u: frozenset(map(stem, words)) for u, words in own_at.items()},
        own_first=own_first,
        other_first=other_first,
        own_runs=own_runs,
        other_runs=other_runs,
        own_surfaces=own,
        other_surfaces=other,
        own_fact_words={w: s.first for s in sorted(own, key=lambda s: -s.first) for w in s.words},
        own_names=names_of(p for p in context.group.people if p.id == context.reader),
        other_names=names_of(context.others),
        told=told_by_others(context, spoken),
        themes=raisers_of_themes(
            context.utterances,
            context.group,
            after_facilitator=True,
            words=tuple(tuple(t.plain for t in tokens) for tokens in spoken),
        ),
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


def _said(utterance: Utterance, tokens: Sequence[Token]) -> tuple[tuple[Token, PersonId | None], ...]:
    """Return the words of an utterance, each with who said it; None where that is contested or unknown."""
    whole = utterance.speaker
    by_hand = utterance.attribution.decided_by in {DecidedBy.TRANSCRIPT, DecidedBy.KEY}
    spans = utterance.word_spans()
    fits = bool(spans) and spans[-1].end == len(utterance.text)
    starts = [s.start for s in spans]
    said: list[tuple[Token, PersonId | None]] = []
    for token in tokens:
        speaker = utterance.words[bisect_right(starts, token.start) - 1].speaker if fits else None
        # A transcript or a key press names the speaker of the whole utterance; a voice is decided word by word.
        said.append((token, whole if speaker is None and by_hand else speaker))
    return tuple(said)


def _stretches(
    said: Iterable[tuple[Token, PersonId | None]],
) -> tuple[tuple[PersonId | None, tuple[Token, ...]], ...]:
    runs: list[tuple[PersonId | None, list[Token]]] = []
    for token, speaker in said:
        if runs and runs[-1][0] == speaker:
            runs[-1][1].append(token)
        else:
            runs.append((speaker, [token]))
    return tuple((speaker, tuple(tokens)) for speaker, tokens in runs)


def _surfaces(context: GateContext) -> tuple[tuple[Surface, ...], tuple[Surface, ...]]:
    """Return the reader's own facts and everybody else's, each wording once per owner with its first place."""
    found = {f.utterance: f.disclosures for f in context.findings}
    own: dict[tuple[tuple[str, ...], DisclosureType, PersonId | None], Surface] = {}
    other: dict[tuple[tuple[str, ...], DisclosureType, PersonId | None], Surface] = {}
    for place, utterance in enumerate(context.utterances):
        for disclosure in found.get(utterance.id, ()):
            words = figures(disclosure.span.of(utterance.text))
            owner, mine = _whose(disclosure, utterance, context.reader)
            if not words or (owner is None and mine):
                continue
            key = (words, disclosure.type, owner)
            (own if mine else other).setdefault(key, Surface(words, disclosure.type, owner, place))
    return tuple(own.values()), tuple(other.values())


def _whose(disclosure: Disclosure, utterance: Utterance, reader: PersonId | None) -> tuple[PersonId | None, bool]:
    """Return whose chart a fact belongs to, and whether that is the reader's."""
    person = disclosure.owner.person if disclosure.owner.person is not None else disclosure.owner.outsider_of
    if person is not None:
        return person, person == reader
    # Nobody's: it is not the reader's to tell unless the reader said it.
    return (None, utterance.speaker is not None and utterance.speaker == reader)
