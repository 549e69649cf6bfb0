"""Textual's switches in the environment are turned off: several of them write what is on the screen to a file.

``TEXTUAL_LOG`` writes a log, ``TEXTUAL_SCREENSHOT`` saves a picture, ``TEXTUAL_DEBUG`` writes the keys pressed,
``TEXTUAL`` opens a socket to a console, ``TEXTUAL_PRESS`` presses keys, ``TEXTUAL_DRIVER`` runs foreign code,
``TEXTUAL_SHOW_RETURN`` prints at the end. Textual reads most of them once, as it is imported, into
``textual.constants``; whoever was first to import it, the values that matter are put back before an app is made.
"""

from __future__ import annotations

import os

from textual import constants

_NEUTRAL: dict[str, object] = {
    "DEBUG": False,
    "DRIVER": None,
    "FILTERS": "",
    "LOG_FILE": None,
    "SCREENSHOT_DELAY": -1,
    "SCREENSHOT_LOCATION": None,
    "SCREENSHOT_FILENAME": None,
    "PRESS": "",
    "SHOW_RETURN": False,
    "TEXTUAL_ANIMATIONS": "none",
    "SMOOTH_SCROLL": False,
    "ESCAPE_DELAY": 0.025,
}
"""What Textual would have without any variable, but for two: no animation, which costs time that the models need, and
25 ms instead of 100 to tell the escape key from a sequence: the terminal is on this machine."""

_READ_LATER = ("TEXTUAL", "TEXTUAL_ALLOW_SIGNALS")
"""Variables that Textual reads when an app is made or started."""


def forget_switches() -> None:
    """Make Textual's variables ineffective in this process."""
    for name in _READ_LATER:
        os.environ.pop(name, None)
    for constant, value in _NEUTRAL.items():
        setattr(constants, constant, value)
