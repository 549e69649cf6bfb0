"""Sound that waits in memory for the disk: a quarter of a second, or a minute while the disk is full."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from assistant.domain import SAMPLE_RATE, Gap
from assistant.store.spool_reader import to_pcm
from assistant.store.spool_records import Kind, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from assistant.domain import Block

MOST_WAITING: Final = 60 * SAMPLE_RATE
"""Samples kept while the disk takes nothing: about 2 MB a track; the oldest go first."""

RECORD_SAMPLES: Final = SAMPLE_RATE // 4
"""Longest record. A block makes one of its own, so that a strike seldom seals the rest of a record again."""

NOT_DELIVERED: Final = "not delivered"
"""Reason of the gap where the source jumped ahead."""

NOT_WRITTEN: Final = "the disk took nothing"
"""Reason of the gap where the disk was full for longer than memory lasts."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Samples, or a gap."""

    first_sample: int
    samples: int
    pcm: NDArray[np.int16] | None
    reason: str = ""

    @property
    def end_sample(self) -> int:
        return self.first_sample + self.samples


class Backlog:
    """What was handed in and is not on the disk yet, in order and without holes."""

    def __init__(self, channels: int, end: int) -> None:
        """Begin empty after sample ``end``."""
        self.end = end
        self._channels = channels
        self._waiting: deque[_Waiting] = deque()
        self._struck: list[tuple[int, int]] = []

    @property
    def samples(self) -> int:
        """How many samples of sound wait."""
        return sum(item.samples for item in self._waiting if item.pcm is not None)

    @property
    def span(self) -> int:
        """How many samples wait, gaps included."""
        return self.end - self._waiting[0].first_sample if self._waiting else 0

    def add(self, block: Block) -> None:
        """Take a block in, silent where it was struck before it came."""
        self._catch_up(block.first_sample)
        samples = int(block.audio.shape[1])
        if not samples:
            return
        pcm = to_pcm(block.audio)
        item = _Waiting(self.end, samples, pcm)
        for start, end in self._struck:
            _silence(item, start, end)
        self._waiting.append(item)
        self.end += samples

    def add_gap(self, gap: Gap) -> None:
        """Take a gap in; it grows the one before it where the reason is the same."""
        self._catch_up(gap.first_sample)
        last = self._waiting[-1] if self._waiting else None
        if last is not None and last.pcm is None and last.reason == gap.reason:
            self._waiting[-1] = replace(last, samples=last.samples + gap.samples)
        elif gap.samples:
            self._waiting.append(_Waiting(self.end, gap.samples, None, gap.reason))
        self.end += gap.samples

    def strike(self, start: int, end: int) -> None:
        """Make a range silent in what waits and in what will come."""
        self._struck.append((start, end))
        for item in self._waiting:
            _silence(item, start, end)

    def pieces(self) -> Iterator[Piece]:
        """Yield what each record will hold that what waits will make."""
        for item in self._waiting:
            if item.pcm is None:
                yield Piece(Kind.GAP, item.first_sample, item.samples, item.reason.encode())
                continue
            for low in range(0, item.samples, RECORD_SAMPLES):
                part = item.pcm[:, low : low + RECORD_SAMPLES]
                first, samples = item.first_sample + low, int(part.shape[1])
                struck = any(start <= first and first + samples <= end for start, end in self._struck)
                yield Piece(Kind.STRUCK if struck else Kind.AUDIO, first, samples, part.tobytes())

    def drop_before(self, sample: int) -> None:
        """Forget what is on the disk by now."""
        while self._waiting and self._waiting[0].end_sample <= sample:
            self._waiting.popleft()
        if self._waiting and self._waiting[0].first_sample < sample:
            self._waiting[0] = _from(self._waiting[0], sample)

    def shorten(self) -> None:
        """Give up the oldest sound past a minute; a gap stands for it."""
        first = self._waiting[0].first_sample if self._waiting else self.end
        keep_from = self.end - MOST_WAITING
        if keep_from <= first:
            return
        self.drop_before(keep_from)
        self._waiting.appendleft(_Waiting(first, keep_from - first, None, NOT_WRITTEN))

    def _catch_up(self, sample: int) -> None:
        if sample > self.end:
            self.add_gap(Gap(self.end, sample - self.end, NOT_DELIVERED))


def _from(item: _Waiting, sample: int) -> _Waiting:
    done = sample - item.first_sample
    pcm = None if item.pcm is None else item.pcm[:, done:]
    return _Waiting(sample, item.samples - done, pcm, item.reason)


def _silence(item: _Waiting, start: int, end: int) -> None:
    if item.pcm is not None and start < item.end_sample and end > item.first_sample:
        item.pcm[:, max(0, start - item.first_sample) : max(0, end - item.first_sample)] = 0
