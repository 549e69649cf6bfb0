"""Where sound comes from: a microphone and a recording that is played are the same thing to whatever follows.

A source counts samples from its first one, and the count is true to the clock on the wall: what was lost is a stated
``Gap`` of the length that was lost, so that a later moment never moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from assistant.consent import RecordingPermit
from assistant.domain import samples
from assistant.errors import ConsentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import Block, Gap

BLOCK_SAMPLES = samples(0.1)
"""A tenth of a second: a level meter that moves with the voice, and little to lose when the power goes."""


class FrameSource(Protocol):
    """A source of sound at 16 kHz."""

    @property
    def channels(self) -> int:
        """Tracks in every block."""
        ...

    @property
    def label(self) -> str:
        """What the facilitator calls it: the device, or the file. For a screen, not for a log."""
        ...

    def blocks(self, permit: RecordingPermit) -> Iterator[Block | Gap]:
        """Yield sound as it comes, about 0.1 s at a time; waits for it, and ends after ``stop``.

        Args:
            permit: Proof that everybody in the room agreed.

        Yields:
            Blocks and Gaps in order of time, the first at sample 0, each beginning where the one before it ended.

        Raises:
            ConsentError: There is no permit; nothing was opened.
            DeviceError: The source cannot be had at all. What it loses later is a Gap.
        """
        ...

    def stop(self) -> None:
        """End ``blocks`` at once, from any thread; a second call does nothing."""
        ...


def require(permit: object) -> None:
    """Refuse to go on without leave to record, also where no type checker has looked.

    Raises:
        ConsentError: This is no permit.
    """
    if not isinstance(permit, RecordingPermit):
        raise ConsentError("no leave to record: everybody in the room is asked first")
