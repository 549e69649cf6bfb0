"""What the models said of a text, kept in memory: who spoke and what was decided change, the words mostly do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.privacy.detection import Detection
    from assistant.privacy.parse import Parse


class Parses(Protocol):
    """The language pipeline."""

    def parse(self, text: str) -> Parse:
        """Return the parse of a text."""
        ...


class Detects(Protocol):
    """All detectors at once."""

    def detect(self, parse: Parse) -> Detection:
        """Return the merged mentions."""
        ...


class Remembered:
    """A language pipeline that parses no text twice."""

    def __init__(self, language: Parses) -> None:
        self._language = language
        self._parses: dict[str, Parse] = {}

    def parse(self, text: str) -> Parse:
        """Return the parse of a text; raises where it cannot."""
        known = self._parses.get(text)
        if known is None:
            known = self._parses[text] = self._language.parse(text)
        return known


class Searched:
    """Detectors that search no text twice; a text that one of them failed over is searched again.

    Args:
        detector: It searches.
        found: What it found in some texts already.
    """

    def __init__(self, detector: Detects, found: Mapping[str, Detection] | None = None) -> None:
        self._detector = detector
        self._found: dict[str, Detection] = dict(found or {})

    def detect(self, parse: Parse) -> Detection:
        """Return the merged mentions and the names of the detectors that failed."""
        known = self._found.get(parse.text)
        if known is None:
            known = self._detector.detect(parse)
            if not known.failed:
                self._found[parse.text] = known
        return known
