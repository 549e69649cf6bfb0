"""What it takes to read one session live: the rooms that were built for it, and those that are built when needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assistant.attribution.attributor import Attributor
    from assistant.domain import Group, Person, PersonId, Turn
    from assistant.notes.gate import Gate
    from assistant.pipeline.live_understanding import Reads, Watches
    from assistant.settings import Profile
    from assistant.transcription.recognition import Recognition


class WordFinder(Protocol):
    """Hears words."""

    def transcribe(self, turn: Turn, hotwords: Sequence[str]) -> Recognition:
        """Return the words of a turn."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class LiveRooms:
    """What it takes to read one session live."""

    transcriber: WordFinder
    attributor: Attributor
    hotwords: Callable[[Group], tuple[str, ...]]
    """Names that bias the recogniser: the roster's."""
    analyst: Callable[[Group], Reads]
    """Made anew when the roster changes."""
    clip: Callable[[Person], NDArray[np.float32] | None]
    """Enrolment clip of somebody who comes late; None: there is none."""
    gate: Callable[[], Gate]
    """Made when drafts are wanted."""
    profile: Profile
    alerts: Watches | None = None
    """The alert rules; None: the site warns of nothing live."""
    alerts_afterwards: Callable[[], Watches] | None = None
    """Rules for the end of the session, where the site warns of nothing live."""
    seats: Mapping[int, PersonId] = field(default_factory=dict)
    """Whose microphone each track is, for turns that come with their tracks."""
