"""What the app and its worker say to each other: orders one way, reports the other.

Every order that changes what was heard has a number. A report says the highest number that had been carried out when
it was made, so that the app knows which reports were made before something was struck.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from assistant import domain
    from assistant.domain import Entry, Group, PersonId, Session, SessionUpdate, Tombstone, UtteranceId
    from assistant.store.stored import Decision

# -- orders -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Synced:
    """The spool holds everything before this sample."""

    sample: int


@dataclass(frozen=True, slots=True)
class Order:
    """Something to do between two turns, before the next is taken up."""

    number: int


@dataclass(frozen=True, slots=True)
class Begin:
    """All that a worker needs to go on where the last one ended."""

    session: Session
    spool: Path
    key: bytes = field(repr=False)
    """Opens the spool."""
    processed_to: int = 0
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    memories: tuple[bytes, ...] = field(default=(), repr=False)
    """What earlier workers remembered, in the order in which they told it."""
    decisions: tuple[Decision, ...] = ()
    """What keys said of speakers before the program was started again."""
    voiceprints: Mapping[PersonId, NDArray[np.float32]] = field(default_factory=dict, repr=False)
    """Of people who agreed that it is kept from session to session."""
    seats: Mapping[int, PersonId] = field(default_factory=dict)
    """Whose microphone each track is; empty: one microphone for the whole room."""
    synced: int = 0
    """The spool holds everything before this sample."""
    unreadable: tuple[tuple[int, int], ...] = ()
    """Stretches that ended several workers: they are left unheard."""
    orders: tuple[Order, ...] = ()
    """Given to an earlier worker, and not carried out yet."""


@dataclass(frozen=True, slots=True)
class Name(Order):
    """A key press names a speaker: of an utterance, or of the last one, and of that voice from now on."""

    person: PersonId
    utterance: UtteranceId | None = None


@dataclass(frozen=True, slots=True)
class Strike(Order):
    """A stretch of time, or one person's words in it, is gone; the spool holds silence there by now."""

    tombstone: Tombstone


@dataclass(frozen=True, slots=True)
class Roster(Order):
    """Who is here and what they agreed to has changed."""

    group: Group


@dataclass(frozen=True, slots=True)
class Listen(Order):
    """Count the voiced samples from here on: somebody reads the consent sentence aloud. None: no longer."""

    start: int | None


@dataclass(frozen=True, slots=True)
class Enrol(Order):
    """Somebody read the consent sentence aloud within these samples; waits until all of it is read."""

    person: PersonId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finish(Order):
    """Nothing follows this sample: read what waits, then look over the whole once more."""

    end: int


@dataclass(frozen=True, slots=True)
class Draft(Order):
    """Make the drafts."""

    duration: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Go home."""


# -- reports ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """The models are loaded and the past is read."""

    known: frozenset[PersonId] = frozenset()
    """Whose voice can be matched."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life, between two steps."""

    waits_from: int
    """Everything before this sample is read, or holds nothing to read."""
    still: bool = False
    """Whether nothing is left to read: no turn waits, and none is open."""
    last_voice: int = 0
    """End of the last voiced stretch."""
    enrolled_voice: int = 0
    """Voiced samples heard of the person who reads the consent sentence."""
    patience_s: float = 60.0
    """How long the next sign of life may take."""
    turn: tuple[int, int] | None = None
    """Samples of the turn that is taken up now."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One thing that a reader remembers.

    The app keeps it in memory for the next worker, never writes it, and does not open it, for that would load the
    models' libraries.
    """

    data: bytes = field(repr=False)
    start: int = 0
    end: int = 0
    """Half-open samples of the turn whose words and voices it holds; none of either where nothing lies between."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one more turn, or an order, changed."""

    update: SessionUpdate | None
    """None: an order that changed nothing."""
    done: int
    """The highest number of an order carried out before this was made."""
    memories: tuple[Packed, ...] = ()
    """What is to be remembered beside it."""
    afresh: bool = False
    """Whether these stand for all that was remembered before: something was taken back."""
    known: frozenset[PersonId] = frozenset()
    """Whose voice can be matched by now."""
    answers: int | None = None
    """Number of the order that this is the outcome of; None: of a turn."""
    voiceprint: tuple[PersonId, NDArray[np.float32]] | None = field(default=None, repr=False)
    """To be kept at the close of the session, with consent of its own."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts of the whole session."""

    answers: int
    drafts: Mapping[PersonId | None, domain.Draft | domain.Note] = field(repr=False)
    """By member, those among them that the gate refused and that say so; None stands for the group's part."""
    refused: int = 0
    """How many the gate refused."""


@dataclass(frozen=True, slots=True)
class Unable:
    """The worker cannot begin: one line that says what to do, without words of the session."""

    why: str
