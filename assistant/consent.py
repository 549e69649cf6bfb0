"""Leave to record: an object that cannot be had unless everybody in the room agreed.

Whatever takes in sound or keeps it asks for a ``RecordingPermit``, so that no path through the code records without
consent. The gate is the same in every place: consent of all parties, whatever a state's law would allow (domain rules
5.1 and 5.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import ConsentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.domain import Person, PersonId

_MADE_HERE = object()


@dataclass(frozen=True, slots=True)
class RecordingPermit:
    """Proof that everybody in the room agreed to be recorded. Only ``permit`` and ``permit_test`` can make one."""

    people: frozenset[PersonId]
    """Who agreed. Somebody else in the room makes it void."""
    _proof: object = None

    def __post_init__(self) -> None:
        if self._proof is not _MADE_HERE:
            raise ConsentError("a recording permit can only be had by asking everybody: use consent.permit")

    def covers(self, people: Iterable[PersonId]) -> bool:
        """Whether all of ``people`` agreed."""
        return self.people.issuperset(people)


def lacking(people: Iterable[Person]) -> tuple[PersonId, ...]:
    """Return who of ``people`` has not agreed to be recorded, or has taken it back."""
    return tuple(p.id for p in people if p.consent.recording is None or p.consent.withdrawn_at is not None)


def permit(people: Iterable[Person]) -> RecordingPermit:
    """Return leave to record a room with exactly these people.

    Raises:
        ConsentError: Somebody has not agreed, or there is nobody; names ids.
    """
    room = tuple(people)
    missing = lacking(room)
    if missing:
        raise ConsentError(
            f"no recording consent for {', '.join(missing)}: ask them, or go on with notes by hand and no recording"
        )
    if not room:
        raise ConsentError("nobody is in the room: say who came before recording")
    return RecordingPermit(frozenset(p.id for p in room), _MADE_HERE)


def permit_test(*, everybody_here_agrees: bool) -> RecordingPermit:
    """Return leave for a test of a few seconds that is kept in memory alone, where a person said that all agree.

    Raises:
        ConsentError: Nobody said so.
    """
    if not everybody_here_agrees:
        raise ConsentError("a test records a few seconds: say that everybody who can be heard agrees")
    return RecordingPermit(frozenset(), _MADE_HERE)
