"""Keeps what the system's sound libraries print off the screen.

They write to the process's standard error, by the hundred lines when a device is looked for, and a screen may be drawn
there. Nobody can act on those lines: what can be done is said in one ``DeviceError``.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Send the process's standard error to nowhere, and Python's own, which Textual draws on, to where it went before.

    Use it around everything that may open a microphone, before a screen is drawn.
    """
    sys.stderr.flush()
    before, at_start = sys.stderr, sys.__stderr__
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    own = os.fdopen(os.dup(kept), "w", encoding=getattr(before, "encoding", None) or "utf-8", errors="backslashreplace")
    if before is at_start:
        sys.stderr = own
    sys.__stderr__ = own  # type: ignore[misc]  # a constant by convention; Textual takes its terminal from it
    try:
        yield
    finally:
        own.flush()
        sys.stderr, sys.__stderr__ = before, at_start  # type: ignore[misc]  # as above
        os.dup2(kept, 2)
        os.close(kept)
        own.close()
