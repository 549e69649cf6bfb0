"""When the interpreter looks for rubbish: while nobody presses a key.

A full look takes 50 to 90 ms in a process that has Textual and an evening's transcript in it, and by itself it comes in
the middle of drawing what a key has asked for. Here it comes in a quiet moment, and what survives is set aside, so that
the looks in between stay short.
"""

from __future__ import annotations

import gc

_QUIET_S = 2.0
"""Seconds since the last key after which one is not expected in this moment."""
_EVERY_S = 60.0


class Tidying:
    """Asked ten times a second; acts as the screen opens, and then about once a minute."""

    def __init__(self) -> None:
        """Nothing was looked at yet."""
        self._done_at: float | None = None

    def in_a_quiet_moment(self, now: float, last_key: float) -> None:
        """Look through everything if that is due and nobody is at the keys; both times in seconds of one clock."""
        done = self._done_at
        if done is not None and (now - done < _EVERY_S or now - last_key < _QUIET_S):
            return
        self._done_at = now
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    @staticmethod
    def stop() -> None:
        """Leave the interpreter as it was."""
        gc.unfreeze()
