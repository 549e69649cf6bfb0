"""The detectors of names, places, dates and numbers, put together for one group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.privacy import gazetteer
from assistant.privacy.rampart import Rampart
from assistant.privacy.recognisers.addresses import AddressRecogniser
from assistant.privacy.recognisers.ages import AgeRecogniser
from assistant.privacy.recognisers.contact import ContactRecogniser
from assistant.privacy.recognisers.dates import DateRecogniser
from assistant.privacy.recognisers.identifiers import IdentifierRecogniser
from assistant.privacy.recognisers.organisations import OrganisationRecogniser
from assistant.privacy.recognisers.people import PersonRecogniser
from assistant.privacy.recognisers.places import PlaceRecogniser
from assistant.privacy.recognisers.roster import RosterRecogniser

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.domain import Group
    from assistant.privacy.detection import MentionDetector
    from assistant.privacy.nlp import Language
    from assistant.privacy.presidio import Presidio


def identifying_detectors(
    group: Group, language: Language, presidio: Presidio, rampart_folder: Path
) -> tuple[MentionDetector, ...]:
    """Return every detector of identifying mentions.

    Raises:
        ModelError: Weights or lists are missing or damaged.
    """
    gazetteer.warm()
    knows = language.dictionary.knows
    return (
        RosterRecogniser(group, knows),
        ContactRecogniser(),
        IdentifierRecogniser(),
        AddressRecogniser(),
        DateRecogniser(),
        AgeRecogniser(),
        OrganisationRecogniser(knows),
        PlaceRecogniser(knows),
        PersonRecogniser(knows),
        presidio,
        Rampart(rampart_folder, knows),
    )
