"""The detectors of what people tell of their lives: illness, substances, family, law, work, risk and harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.privacy.recognisers.abuse import AbuseRecogniser
from assistant.privacy.recognisers.diagnosis import DiagnosisRecogniser
from assistant.privacy.recognisers.family import FamilyRecogniser
from assistant.privacy.recognisers.legal import LegalRecogniser
from assistant.privacy.recognisers.meaning import MeaningRecogniser
from assistant.privacy.recognisers.medication import MedicationRecogniser
from assistant.privacy.recognisers.risk import RiskOtherRecogniser, RiskSelfRecogniser
from assistant.privacy.recognisers.sexuality import SexualityRecogniser
from assistant.privacy.recognisers.substance import SubstanceRecogniser
from assistant.privacy.recognisers.work import WorkRecogniser

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.privacy.detection import MentionDetector
    from assistant.privacy.recognisers.meaning import SentenceEmbedder


def clinical_detectors(
    knows: Callable[[str], bool] | None = None, embedder: SentenceEmbedder | None = None
) -> tuple[MentionDetector, ...]:
    """Return every detector of clinical facts, life events, risk and harm.

    Args:
        knows: Whether a lower-case word is plain English, so that it is not taken for a misheard medicine.
        embedder: Sentence embedder of the vote by meaning; None leaves that vote out, and no weights are needed.
    """
    rules = (RiskSelfRecogniser(), RiskOtherRecogniser(), AbuseRecogniser())
    return (
        MedicationRecogniser(knows),
        DiagnosisRecogniser(),
        SubstanceRecogniser(),
        FamilyRecogniser(),
        LegalRecogniser(),
        WorkRecogniser(),
        SexualityRecogniser(),
        *rules,
        *(() if embedder is None else (MeaningRecogniser(embedder, rules),)),
    )
