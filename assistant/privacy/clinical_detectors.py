"""The detectors of what people tell of their lives: illness, substances, family, law, work, risk and harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.privacy.recognisers.diagnosis import DiagnosisRecogniser
from assistant.privacy.recognisers.family import FamilyRecogniser
from assistant.privacy.recognisers.legal import LegalRecogniser
from assistant.privacy.recognisers.medication import MedicationRecogniser
from assistant.privacy.recognisers.sexuality import SexualityRecogniser
from assistant.privacy.recognisers.substance import SubstanceRecogniser
from assistant.privacy.recognisers.work import WorkRecogniser

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.privacy.detection import MentionDetector
    from assistant.privacy.recognisers.meaning import SentenceEmbedder


def clinical_detectors(
    knows: Callable[[str], bool] | None = None, embedder: SentenceEmbedder | None = None, *, risk_flags: bool = True
) -> tuple[MentionDetector, ...]:
    """Return every detector of clinical facts, life events, risk and harm.

    Args:
        knows: Whether a lower-case word is plain English, so that it is not taken for a misheard medicine.
        embedder: Sentence embedder of the vote by meaning; None leaves that vote out, and no weights are needed.
        risk_flags: Whether language of risk and harm is looked for. False: its detectors are not even loaded
            (a site's policy, domain rule 5.4).
    """
    return (
        MedicationRecogniser(knows),
        DiagnosisRecogniser(),
        SubstanceRecogniser(),
        FamilyRecogniser(),
        LegalRecogniser(),
        WorkRecogniser(),
        SexualityRecogniser(),
        *(_risk_detectors(embedder) if risk_flags else ()),
    )


def _risk_detectors(embedder: SentenceEmbedder | None) -> tuple[MentionDetector, ...]:
    # Imported here: a policy without risk flags must not load them.
    from assistant.privacy.recognisers.abuse import AbuseRecogniser  # noqa: PLC0415  as above
    from assistant.privacy.recognisers.meaning import MeaningRecogniser  # noqa: PLC0415  as above
    from assistant.privacy.recognisers.risk import RiskOtherRecogniser, RiskSelfRecogniser  # noqa: PLC0415  as above

    rules = (RiskSelfRecogniser(), RiskOtherRecogniser(), AbuseRecogniser())
    return (*rules, *(() if embedder is None else (MeaningRecogniser(embedder, rules),)))
