"""One utterance read for privacy: parsed once, all detectors, clauses, owners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from assistant.domain import UNKNOWN_OWNER, DisclosureType, Findings, FindingsStatus, Span
from assistant.privacy import about, calling, clauses, ownership
from assistant.privacy.hands import NOTHING_DISMISSED
from assistant.privacy.parse import Parse
from assistant.privacy.reading import Clause, Reading
from assistant.privacy.recognisers.roster import RosterRecogniser
from assistant.privacy.remembering import Remembered, Searched
from assistant.privacy.speech import read_speech

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.domain import Group, Utterance
    from assistant.privacy.detection import Detection
    from assistant.privacy.hands import Dismissed


class Parses(Protocol):
    """The language pipeline."""

    def parse(self, text: str) -> Parse:
        """Return the parse of a text; raises where it cannot."""
        ...


class Detects(Protocol):
    """All detectors at once."""

    def detect(self, parse: Parse) -> Detection:
        """Return the merged mentions and the names of the detectors that failed."""
        ...


class Analyst:
    """Reads utterances in order for one group.

    Args:
        language: The language pipeline.
        detector: All detectors of mentions.
        group: The roster.
        names: Finds the group's people by name; one that knows the language's words judges names that are words better.
    """

    def __init__(
        self, language: Parses, detector: Detects, group: Group, names: RosterRecogniser | None = None
    ) -> None:
        self._language = language
        self._detector = detector
        self._group = group
        self._roster = names or RosterRecogniser(group)

    def remembering(self, found: Mapping[str, Detection] | None = None) -> Analyst:
        """Return one that parses and searches no text twice: what is read again is mostly read for its surroundings.

        Args:
            found: What the same detectors found in some texts already.
        """
        return Analyst(Remembered(self._language), Searched(self._detector, found), self._group, self._roster)

    def read(
        self, utterance: Utterance, before: Sequence[Reading], dismissed: Dismissed = NOTHING_DISMISSED
    ) -> Reading:
        """Return all that can be told of an utterance, given the earlier readings, oldest first.

        Args:
            utterance: It.
            before: The earlier readings.
            dismissed: What a person said is no fact: it is read as if no detector had found it.

        It never raises for what an utterance says: where a step fails, the findings are ``withheld`` and name the step.
        """
        try:
            parse = self._language.parse(utterance.text)
        except Exception:  # noqa: BLE001 - whatever fails, its message may hold speech: the utterance is withheld instead
            return _unread(utterance, Parse(utterance.text, ()), "language")
        try:
            names = self._roster.matches(parse)
        except Exception:  # noqa: BLE001 - as above
            return _unread(utterance, parse, "roster")
        try:
            names = tuple(n for n in names if not dismissed.here(n.span, DisclosureType.PERSON))
            detection = self._detector.detect(parse)
            mentions = tuple(m for m in detection.mentions if not dismissed.holds(parse.text, m.span, m.type))
            speech = read_speech(utterance, parse, names, mentions, before, self._group)
            spans = clauses.split(parse, speech.pointing(), [m.span for m in mentions])
            described = about.describe(speech, spans)
            disclosures = ownership.disclose(speech, mentions, spans)
        except Exception:  # noqa: BLE001 - as above
            return _unread(utterance, parse, "ownership")
        status = FindingsStatus.WITHHELD if detection.failed else FindingsStatus.COMPLETE
        findings = Findings(utterance.id, disclosures, status, detection.failed)
        return Reading(utterance, parse, described, findings, calling.addressed(speech), dismissed.places)


def _unread(utterance: Utterance, parse: Parse, step: str) -> Reading:
    """Return a reading that says only that a step failed: one clause, about nobody, withheld."""
    whole = (Clause(Span(0, len(utterance.text)), UNKNOWN_OWNER, why="unread"),) if utterance.text else ()
    return Reading(utterance, parse, whole, Findings(utterance.id, (), FindingsStatus.WITHHELD, (step,)))
