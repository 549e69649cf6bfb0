"""What reads the words of one group: the language pipeline with its detectors, and the last gate beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.models.sentences import MiniLM
from assistant.notes.entities import RawFinding
from assistant.notes.gate import Gate
from assistant.privacy.analysis import Analyst
from assistant.privacy.clinical_detectors import clinical_detectors
from assistant.privacy.detection import Detector
from assistant.privacy.detectors import identifying_detectors
from assistant.privacy.nlp import Language
from assistant.privacy.presidio import Presidio
from assistant.privacy.recognisers.roster import RosterRecogniser

if TYPE_CHECKING:
    from assistant.domain import Group
    from assistant.models.store import ModelStore
    from assistant.pipeline.sampling.making import Scans


class ReadingRoom:
    """Makes analysts for a group as it changes; what knows only its names is loaded once for the same names.

    Args:
        store: The models.
        group: The group.
        risk_flags: Whether language of risk and harm is looked for.

    Raises:
        ModelError: A model is missing or damaged.
    """

    def __init__(self, store: ModelStore, group: Group, *, risk_flags: bool = True) -> None:
        self._store = store
        self._risk_flags = risk_flags
        self._sentences = MiniLM(store.folder("minilm"))
        self._furnish(group)

    def analyst(self, group: Group) -> Analyst:
        """Return what reads the utterances of the group as it is now."""
        if _names(group) != self._names:
            self._furnish(group)
        return Analyst(self._language, self._detector, group, RosterRecogniser(group, self._language.dictionary.knows))

    def gate(self) -> Gate:
        """Return the last gate."""
        return Gate(self._sentences, lambda text: [RawFinding(*found) for found in self._presidio.raw_scan(text)])

    def scans(self) -> Scans:
        """Return what a sample for teaching asks of the language."""
        from assistant.pipeline.sampling.making import Scans

        return Scans(self._language.dictionary.knows, self._presidio.raw_scan_of)

    def _furnish(self, group: Group) -> None:
        self._names = _names(group)
        self._language = Language(self._store.folder("spacy-en-md"), self._names)
        self._presidio = Presidio(self._language)
        rampart = self._store.folder("rampart")
        self._detector = Detector(
            (
                *identifying_detectors(group, self._language, self._presidio, rampart),
                *clinical_detectors(self._language.dictionary.knows, self._sentences, risk_flags=self._risk_flags),
            )
        )


def _names(group: Group) -> tuple[str, ...]:
    return tuple(name for person in group.people for name in (person.name, *person.aliases))
