"""All detectors over one parse: every one must answer, or the utterance is withheld."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.privacy.merging import merge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.domain import Mention
    from assistant.privacy.parse import Parse

BUDGET_S = 5.0
"""Longest one detector may take over one utterance; a hundred times the usual, so that only a runaway is caught."""


class MentionDetector(Protocol):
    """Something that finds mentions in a parse. All detectors read the same parse; none changes it."""

    @property
    def name(self) -> str:
        """Name of the detector, as it stands in findings and failures."""
        ...

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return what it found, offsets into ``parse.text``; raises on any doubt that it has seen the whole text."""
        ...


@dataclass(frozen=True, slots=True)
class Detection:
    """What all detectors found in one utterance."""

    mentions: tuple[Mention, ...]
    """Merged, in order of their place in the text."""
    failed: tuple[str, ...] = ()
    """Names of the detectors that raised, overran their time or answered outside the text. Any withholds."""


class Detector:
    """Runs every detector over a parse and merges what they found."""

    def __init__(
        self,
        detectors: Sequence[MentionDetector],
        *,
        budget_s: float = BUDGET_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._detectors = tuple(detectors)
        self._budget_s = budget_s
        self._clock = clock

    def detect(self, parse: Parse) -> Detection:
        """Return the merged mentions and the names of the detectors that failed.

        A detector that raises anything is a failure and not an exception: its message may hold speech, and the others'
        findings are still wanted for the screen. One that answers late has failed too, although its findings are kept.
        """
        found: list[Mention] = []
        failed: list[str] = []
        for detector in self._detectors:
            began = self._clock()
            try:
                mentions = tuple(detector.detect(parse))
            except Exception:  # noqa: BLE001 - whatever a detector raises withholds the utterance; nothing else may happen
                failed.append(detector.name)
                continue
            late = self._clock() - began > self._budget_s
            if late or any(m.span.end > len(parse.text) for m in mentions):
                failed.append(detector.name)
            found += [m for m in mentions if len(m.span) > 0 and m.span.end <= len(parse.text)]
        return Detection(merge(parse.text, found), tuple(failed))
