"""The thread that takes in sound: source, leave to record, spool; nothing else sees it before.

What may not be kept is dropped here, before the spool, and stays in no buffer. The count of samples goes on while
nothing is kept: by the source's own count where it stays open, by the clock on the wall where it does not.
"""

from __future__ import annotations

import math
from threading import Lock, Thread
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.domain import SAMPLE_RATE, Block, Gap
from assistant.errors import AssistantError, VaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.capture.source import FrameSource
    from assistant.consent import RecordingPermit
    from assistant.live.consent_room import ConsentRoom

    SourceOf = Callable[[], FrameSource]
    """Gives a source that was never used."""

SILENCE_DBFS = -100.0
NOT_RECORDED = "not recorded"
"""Reason of the gap where nobody had begun to record, or somebody had not agreed."""
ON_ITS_WAY_S = 0.3
"""Seconds that sound takes from the mouth to here: a block of a microphone, and the sound card's own buffer."""
LEFT_OVER = SAMPLE_RATE // 4
"""Samples that may wait for the disk before it is called a problem: what waits in a good hour."""


class KeepsSound(Protocol):
    """What capture needs of the spool."""

    @property
    def end(self) -> int:
        """One past the last sample that is safe on the disk."""
        ...

    @property
    def received(self) -> int:
        """Where the next block belongs."""
        ...

    def append(self, block: Block, permit: RecordingPermit) -> None:
        """Take a block in; on the disk within a quarter of a second."""
        ...

    def gap(self, gap: Gap) -> None:
        """Let time go by without sound."""
        ...

    def sync(self) -> int:
        """Put everything on the disk."""
        ...


class Watches(Protocol):
    """Who is told what happens to the sound. Called from the capture thread; must return at once."""

    def synced(self, sample: int) -> None:
        """The spool is safe up to a sample."""

    def trouble(self, line: str | None) -> None:
        """Something is wrong with the sound, or (None) no longer."""

    def ended(self, *, refused: bool) -> None:
        """No more sound comes: the source has ended, or (``refused``) somebody here has not agreed."""

    def failed(self, error: BaseException) -> None:
        """An error inside the program has ended the recording."""


class Capture:
    """Takes in sound while there is leave to. ``go``, ``hold`` and ``end`` return at once and work from any thread.

    Args:
        source_of: Gives a fresh source.
        spool: Where sound goes.
        room: Whom to ask at every block.
        watcher: Who is told.
        clock: Seconds that only rise.
        elapsed: The sample that it is now: 0 for a new session.
    """

    def __init__(  # noqa: PLR0913  what it stands between
        self,
        source_of: SourceOf,
        *,
        spool: KeepsSound,
        room: ConsentRoom,
        watcher: Watches,
        clock: Callable[[], float],
        elapsed: int = 0,
    ) -> None:
        self._source_of = source_of
        self._spool = spool
        self._room = room
        self._watcher = watcher
        self._clock = clock
        self._lock = Lock()
        self._anchor = elapsed
        self._anchored: float | None = clock() if elapsed else None
        self._run: _Run | None = None
        self._said: str | None = None
        self._silence_reason = NOT_RECORDED
        self.level_dbfs = SILENCE_DBFS
        """Loudness of the last block that was kept."""
        self.gaps = 0
        """Times that sound was lost."""
        self.loud_at = elapsed
        """End of the last block in which somebody may have spoken."""

    @property
    def now(self) -> int:
        """The sample that it is now, whether anything is recorded or not."""
        with self._lock:
            return self._now()

    @property
    def spoken_to(self) -> int:
        """The sample that is being spoken now; the sound just before it is still on its way where a source is open."""
        with self._lock:
            return self._spoken_to()

    @property
    def taking(self) -> bool:
        """Whether sound is being kept."""
        run = self._run
        return run is not None and run.held is None and not run.ending

    @property
    def running(self) -> bool:
        """Whether a source is open, kept from or not."""
        return self._run is not None

    def count(self) -> None:
        """Let time begin now, where it has not: with the first sample, or with the first thing done by hand."""
        with self._lock:
            if self._anchored is None:
                self._anchored = self._clock()

    def go(self, permit: RecordingPermit) -> None:
        """Keep sound from now on, with leave of these people."""
        with self._lock:
            run = self._run
            if run is not None and not run.ending:
                if run.held is not None:
                    # What was said before this and is still on its way was said while nothing may be kept.
                    run.kept_from = self._spoken_to()
                run.permit = permit
                run.held = None
                return
            # One that is ending still counts to its end; what it gets it drops.
            self._run = _Run(permit)
            Thread(target=self._take_in, args=(self._run,), name="capture", daemon=True).start()

    def renew(self, permit: RecordingPermit) -> None:
        """Go on with leave of other people than before, where sound is being kept."""
        run = self._run
        if run is not None:
            run.permit = permit

    def hold(self, reason: str) -> None:
        """Drop every block from now on; the source stays open and goes on counting."""
        run = self._run
        self._silence_reason = reason
        if run is not None:
            run.held = reason
        self.level_dbfs = SILENCE_DBFS

    def end(self, reason: str = NOT_RECORDED) -> None:
        """Drop every block from now on, and let go of the source."""
        self.hold(reason)
        run = self._run
        if run is not None:
            run.ending = True
            # A device may take long to stop: nobody waits for it.
            Thread(target=run.stop, name="stopping", daemon=True).start()

    # -- the thread ---------------------------------------------------------------------------------------------------

    def _take_in(self, run: _Run) -> None:
        refused, failure = False, None
        try:
            source = self._source_of()
            with self._lock:
                base = self._anchor = self._now()
                self._anchored = self._clock()
                run.source = source
            for piece in source.blocks(run.permit):
                if run.ending:
                    break
                refused = not self._take(run, piece, base)
                if refused:
                    break
        except AssistantError as error:
            self._say(str(error))
        except BaseException as error:  # noqa: BLE001  the session fails with it, and does not seem to record
            failure = error
        finally:
            asked = run.ending
            run.stop()
            with self._lock:
                if self._run is run:
                    self._anchor, self._anchored, self._run = self._now(), self._clock(), None
            self.level_dbfs = SILENCE_DBFS
        self._sync()
        if failure is not None:
            self._watcher.failed(failure)
        elif not asked or refused:
            self._watcher.ended(refused=refused)

    def _take(self, run: _Run, piece: Block | Gap, base: int) -> bool:
        """Keep or drop a piece; tell whether there still is leave to record."""
        first = base + piece.first_sample
        end = first + (piece.samples if isinstance(piece, Gap) else piece.audio.shape[1])
        with self._lock:
            if self._run is run:
                self._anchor, self._anchored = end, self._clock()
        if run.held is not None or end <= run.kept_from:
            return True
        permit = run.permit
        if not self._room.allows(permit):
            run.held = NOT_RECORDED
            return False
        self._keep(piece, first, end, run)
        return True

    def _keep(self, piece: Block | Gap, first: int, end: int, run: _Run) -> None:
        before, kept_from = self._spool.end, max(first, run.kept_from)
        try:
            # Held, or ended and begun again: what lay in between was not kept, and why is said in the spool.
            start = self._spool.received
            if kept_from > start:
                self._spool.gap(Gap(start, kept_from - start, self._silence_reason))
            start = max(kept_from, start)
            if end <= start:
                return
            if isinstance(piece, Gap):
                line = f"sound was lost: {piece.reason}"
                # A device that is gone says so again and again: it is one loss.
                self.gaps += line != self._said
                self._spool.gap(Gap(start, end - start, piece.reason))
                self._say(line)
            else:
                audio = piece.audio[:, start - first :]
                self._spool.append(Block(start, audio), run.permit)
                self.level_dbfs = _level(audio)
                if self.level_dbfs > SPEECH_DBFS:
                    self.loud_at = end
        except VaultError as error:
            # The block waits in the spool's memory; the disk is asked again with the next one.
            self._say(str(error))
        else:
            if isinstance(piece, Block) and self._spool.received - self._spool.end < LEFT_OVER:
                self._say(None)
        if self._spool.end != before:
            self._watcher.synced(self._spool.end)

    def _sync(self) -> None:
        try:
            self._watcher.synced(self._spool.sync())
        except VaultError as error:
            self._say(str(error))

    def _say(self, line: str | None) -> None:
        if line != self._said:
            self._said = line
            self._watcher.trouble(line)

    def _spoken_to(self) -> int:
        if self._anchored is None or self._run is None or self._run.source is None:
            return self._now()
        since = max(0.0, self._clock() - self._anchored) + ON_ITS_WAY_S
        return self._anchor + round(since * SAMPLE_RATE)

    def _now(self) -> int:
        if self._anchored is None:
            return self._anchor
        if self._run is not None and self._run.source is not None:
            # The source counts: a clock beside it would run apart from it.
            return self._anchor
        return self._anchor + max(0, round((self._clock() - self._anchored) * SAMPLE_RATE))


SPEECH_DBFS = -45.0
"""Louder than a quiet room through a near microphone: somebody may be speaking."""


class _Run:
    """One opened source."""

    def __init__(self, permit: RecordingPermit) -> None:
        self.permit = permit
        self.source: FrameSource | None = None
        self.held: str | None = None
        self.kept_from = 0
        """What was spoken before this sample is not kept."""
        self.ending = False

    def stop(self) -> None:
        self.ending = True
        if self.source is not None:
            self.source.stop()


def _level(audio: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> float:
    power = float(np.square(audio).mean()) if audio.size else 0.0
    return max(SILENCE_DBFS, 10 * math.log10(power)) if power > 0 else SILENCE_DBFS
