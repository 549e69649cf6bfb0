"""What the worker needs of whoever reads speech, and of whoever makes that reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.domain import Entry, Group, PersonId, Session, SessionUpdate, Tombstone, Turn, UtteranceId
    from assistant.live.ears import CutsTurns
    from assistant.pipeline.drafts import Drafts
    from assistant.pipeline.live_corrections import Enrolled
    from assistant.pipeline.live_turns import HeardTurn, Memory, Recognised
    from assistant.pipeline.progress import Progress
    from assistant.store.stored import Decision


class Reads(Protocol):
    """What the worker needs of a reader: turns in, updates out. ``pipeline.live_reader`` has it."""

    def resume(
        self,
        entries: Sequence[Entry],
        memories: Sequence[Memory] = (),
        processed_to: int | None = None,
        named: Sequence[Decision] = (),
    ) -> None:
        """Take up a session where another reader ended."""
        ...

    def warm(self) -> None:
        """Have every model run once, on nothing."""
        ...

    def remembered(self) -> tuple[Memory, ...]:
        """Return what is new to be remembered since the last call."""
        ...

    @property
    def people_known(self) -> frozenset[PersonId]:
        """Whose voice can be matched."""
        ...

    def voiced_in(self, start: int, end: int) -> int:
        """Return the voiced samples read so far in a range."""
        ...

    def recognise(self, turn: Turn) -> Recognised:
        """Return the words of a turn."""
        ...

    def early(self, recognised: Recognised) -> SessionUpdate:
        """Return the warnings that need no speaker."""
        ...

    def glance(self, recognised: Recognised) -> SessionUpdate:
        """Return the words so far of a turn that is still open."""
        ...

    def attribute(self, turn: Turn, recognised: Recognised) -> HeardTurn:
        """Return the turn with its voices."""
        ...

    def read(self, heard: HeardTurn) -> SessionUpdate:
        """Return what one more turn changed."""
        ...

    def read_turn(self, turn: Turn) -> tuple[HeardTurn, SessionUpdate]:
        """Recognise, attribute and read a turn."""
        ...

    def voiceless(self) -> tuple[int, int] | None:
        """Return samples whose voices should be heard again; None: all voices are remembered."""
        ...

    def hear_again(self, turn: Turn) -> None:
        """Take the voices of such samples."""
        ...

    def name_voice(self, person: PersonId, utterance: UtteranceId | None) -> SessionUpdate:
        """Return what naming a speaker changed."""
        ...

    def enrol(self, person: PersonId, start: int, end: int) -> Enrolled:
        """Return what the reading of the consent sentence changed."""
        ...

    def strike(self, tombstone: Tombstone) -> SessionUpdate:
        """Return what is left after a stretch of time, or one person's words in it, is gone."""
        ...

    def roster(self, group: Group) -> SessionUpdate:
        """Return what a change of who is here changed."""
        ...

    def finish(self) -> SessionUpdate:
        """Return what looking over the whole session changed."""
        ...

    def drafts(self, duration: int, progress: Progress) -> Drafts:
        """Return the drafts."""
        ...


_Reader_co = TypeVar("_Reader_co", bound=Reads, covariant=True)


class Builder(Protocol[_Reader_co]):
    """Makes the reader, in the worker. Must be picklable."""

    def build(
        self, session: Session, voiceprints: Mapping[PersonId, NDArray[np.float32]], seats: Mapping[int, PersonId]
    ) -> _Reader_co:
        """Return a reader; loads the models.

        Raises:
            ModelError: A model is missing or damaged.
        """
        ...

    def turn_finder(self) -> CutsTurns:
        """Return what cuts sound into turns."""
        ...
