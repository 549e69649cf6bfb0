"""A session arranged for the checks of one reader's note, so that each line is looked up and never searched for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain import UtteranceStatus
from assistant.notes.context import Surface
from assistant.notes.heard import Hearing
from assistant.notes.lexicon import stem
from assistant.notes.roster import Names, names_of
from assistant.notes.told import told_by_others
from assistant.notes.wordings import Wordings, wordings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.domain import DisclosureType, PersonId, Utterance, UtteranceId
    from assistant.notes.context import GateContext
    from assistant.notes.heard import HeardSession, Run
    from assistant.notes.told import Told


@dataclass(frozen=True, slots=True)
class SessionIndex:
    """The session as one reader's note is checked against it. "First" is a place in the session, from 0."""

    context: GateContext
    heard: HeardSession = field(repr=False)
    """What was said, by whom, the same for every reader."""
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
    own_wordings: Wordings = field(repr=False)
    """The reader's own facts, to be looked up by the words of a line; and everybody else's."""
    other_wordings: Wordings = field(repr=False)
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


def index_session(context: GateContext, hearing: Hearing | None = None) -> SessionIndex:
    """Arrange a session for the checks of one reader's note.

    Args:
        context: The session, and whose note it is.
        hearing: What it was heard by before; None: nothing is remembered.
    """
    heard = (hearing or Hearing()).hear(context)
    own_at: dict[UtteranceId, frozenset[str]] = {}
    own_first: dict[str, int] = {}
    other_first: dict[str, tuple[int, PersonId | None]] = {}
    own_runs: dict[Run, int] = {}
    other_runs: dict[Run, tuple[int, PersonId | None]] = {}
    for place, one in enumerate(heard.utterances):
        clear = one.utterance.status is UtteranceStatus.CLEAR
        mine: set[str] = set()
        for stretch in one.stretches:
            if stretch.speaker is None or stretch.speaker != context.reader:
                first = (place, stretch.speaker)
                for word in stretch.words:
                    other_first.setdefault(word, first)
                for run in stretch.runs:
                    other_runs.setdefault(run, first)
            elif clear:
                mine.update(stretch.words, stretch.figures)
                for run in stretch.runs:
                    own_runs.setdefault(run, place)
        own_at[one.utterance.id] = frozenset(mine)
        for word in mine:
            own_first.setdefault(word, place)
    own, other = _surfaces(context, heard)
    return SessionIndex(
        context=context,
        heard=heard,
        by_id={u.id: u for u in context.utterances},
        own_at=own_at,
        own_stems_at={u: frozenset(map(stem, words)) for u, words in own_at.items()},
        own_first=own_first,
        other_first=other_first,
        own_runs=own_runs,
        other_runs=other_runs,
        own_surfaces=own,
        other_surfaces=other,
        own_wordings=wordings(own),
        other_wordings=wordings(other),
        own_fact_words={w: s.first for s in sorted(own, key=lambda s: -s.first) for w in s.words},
        own_names=names_of(p for p in context.group.people if p.id == context.reader),
        other_names=names_of(context.others),
        told=told_by_others(context, heard.utterances),
        themes=heard.themes,
    )


def _surfaces(context: GateContext, heard: HeardSession) -> tuple[tuple[Surface, ...], tuple[Surface, ...]]:
    """Return the reader's own facts and everybody else's, each wording once per owner with its first place."""
    own: dict[tuple[tuple[str, ...], DisclosureType, PersonId | None], Surface] = {}
    other: dict[tuple[tuple[str, ...], DisclosureType, PersonId | None], Surface] = {}
    for place, one in enumerate(heard.utterances):
        for fact in one.facts:
            owner, kind = fact.whose, fact.disclosure.type
            # Nobody's: it is not the reader's to tell unless the reader said it.
            speaker = one.utterance.speaker
            mine = owner == context.reader if owner is not None else speaker is not None and speaker == context.reader
            if not fact.words or (owner is None and mine):
                continue
            key = (fact.words, kind, owner)
            (own if mine else other).setdefault(key, Surface(fact.words, kind, owner, place))
    return tuple(own.values()), tuple(other.values())
