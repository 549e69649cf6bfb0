"""Presidio's analyzer over a parse that is already there. The only file that imports it (and tldextract).

Presidio fails open in places, so this file closes them: its e-mail recogniser would fetch a list of suffixes over the
network, a pattern that times out is skipped with a warning, its decision log prints the text, organisations are ignored
by default, and equal scores come in no fixed order.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import presidio_analyzer
import tldextract
from presidio_analyzer import pattern_recognizer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    CryptoRecognizer,
    EmailRecognizer,
    IbanRecognizer,
    IpRecognizer,
    MedicalLicenseRecognizer,
    NhsRecognizer,
    PhoneRecognizer,
    SpacyRecognizer,
    UkNinoRecognizer,
    UrlRecognizer,
    UsBankRecognizer,
    UsItinRecognizer,
    UsLicenseRecognizer,
    UsPassportRecognizer,
    UsSsnRecognizer,
)
from presidio_analyzer.recognizer_registry import RecognizerRegistry, RecognizerRegistryProvider

from assistant.domain import DisclosureType, Mention, Span
from assistant.errors import DetectionError
from assistant.privacy.entities import tidy_entity
from assistant.privacy.recognisers.dates import is_date_in_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.nlp import Language
    from assistant.privacy.parse import Parse

_LANGUAGE = "en"
_REGEX_TIMEOUT_S = 2
_NER_SCORE = 0.85
"""Presidio's own default for spaCy, which gives no scores."""
_THRESHOLD = 0.4
_LOW_THRESHOLD = 0.05

_LABELS = {
    "PERSON": "PERSON", "PER": "PERSON", "NORP": "NRP", "FAC": "LOCATION", "LOC": "LOCATION", "GPE": "LOCATION",
    "ORG": "ORGANIZATION", "DATE": "DATE_TIME", "TIME": "DATE_TIME",
}  # fmt: skip
"""spaCy's labels as Presidio's default configuration maps them."""
_SHIPPED_IGNORES = frozenset({"ORGANIZATION"})

_TYPES = {
    "PERSON": DisclosureType.PERSON,
    "ORGANIZATION": DisclosureType.ORG,
    "LOCATION": DisclosureType.LOCATION,
    "PHONE_NUMBER": DisclosureType.PHONE,
    "EMAIL_ADDRESS": DisclosureType.EMAIL,
}
_NOT_OURS = frozenset({"DATE_TIME", "NRP"})
"""Dates have their own recogniser, which leaves relative times alone; a nationality is no identifier."""


@dataclass(frozen=True, slots=True)
class _Token:
    """What the context enhancer asks of a token: its length."""

    text: str = field(repr=False)

    def __len__(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class _Entity:
    """What Presidio's spaCy recogniser asks of an entity."""

    label_: str
    start_char: int
    end_char: int


class _ParsedAlready(NlpEngine):
    """Stands where Presidio wants a language pipeline: the parse is always handed in, so this one never runs."""

    engine_name: ClassVar[str] = "spacy"
    is_available: ClassVar[bool] = True

    def load(self) -> None:
        """Nothing to load."""

    def is_loaded(self) -> bool:
        """Say that nothing need be fetched."""
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:  # noqa: ARG002  the library's signature
        """Refuse: a second run of the pipeline would be a mistake."""
        raise DetectionError("Presidio asked for a parse that it should have been given")

    def process_batch(  # type: ignore[override]  # never called: nothing of it is used
        self,
        texts: Any,  # noqa: ANN401, ARG002  the library's signature
        language: str,  # noqa: ARG002  as above
        **_: Any,  # noqa: ANN401  as above
    ) -> Any:  # noqa: ANN401  the library's signature
        """Refuse, as above."""
        raise DetectionError("Presidio asked for a parse that it should have been given")

    def is_stopword(self, word: str, language: str) -> bool:  # noqa: ARG002  the library's signature
        """Every word may be context."""
        return False

    def is_punct(self, word: str, language: str) -> bool:  # noqa: ARG002  the library's signature
        """Whether there is neither letter nor digit in it."""
        return not any(c.isalnum() for c in word)

    def get_supported_entities(self) -> list[str]:
        """Return Presidio's names of the entities that a parse may hold."""
        return sorted(set(_LABELS.values()))

    def get_supported_languages(self) -> list[str]:
        """Return English."""
        return [_LANGUAGE]


class _TimeoutWatch(logging.Handler):
    """Takes the place of Presidio's log handlers: keeps nothing, and notices that a pattern was skipped."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.timed_out = False

    def emit(self, record: logging.LogRecord) -> None:
        """Note a time-out; drop the record, which may hold the text."""
        if "timed out" in str(record.msg):
            self.timed_out = True


def _silence() -> _TimeoutWatch:
    watch = _TimeoutWatch()
    logger = logging.getLogger("presidio-analyzer")
    logger.handlers = [watch]
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    decisions = logging.getLogger("decision_process")
    decisions.handlers = [logging.NullHandler()]
    decisions.propagate = False
    decisions.disabled = True
    return watch


class Presidio:
    """Presidio's analyzer, offline, as a detector and as two yardsticks.

    Args:
        language: The pipeline whose parses it reads.
    """

    name = "presidio"

    def __init__(self, language: Language) -> None:
        self._language = language
        self._watch = _silence()
        pattern_recognizer.REGEX_TIMEOUT_SECONDS = _REGEX_TIMEOUT_S
        tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
        recognisers = [
            recogniser(supported_language=_LANGUAGE)
            for recogniser in (
                SpacyRecognizer, PhoneRecognizer, EmailRecognizer, CreditCardRecognizer, UsSsnRecognizer, IpRecognizer,
                UrlRecognizer, IbanRecognizer, MedicalLicenseRecognizer, UsLicenseRecognizer, UsPassportRecognizer,
                UsItinRecognizer, UsBankRecognizer, NhsRecognizer, UkNinoRecognizer, CryptoRecognizer,
            )
        ]  # fmt: skip
        self._engine = _engine(RecognizerRegistry(recognizers=recognisers, supported_languages=[_LANGUAGE]))
        self._shipped: Any = None

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return what the analyzer finds, organisations included, entities trimmed of what is no name.

        Raises:
            DetectionError: The analyzer failed, or skipped a pattern that took too long.
        """
        found: list[Mention] = []
        for start, end, kind, score in self._analyse(self._engine, parse, _THRESHOLD, frozenset()):
            if kind in _NOT_OURS or (kind == "PHONE_NUMBER" and is_date_in_figures(parse.text[start:end])):
                continue
            type_ = _TYPES.get(kind, DisclosureType.ID)
            reason = kind.lower()
            span: Span | None = Span(start, end)
            if kind in {"PERSON", "ORGANIZATION", "LOCATION"}:
                span = tidy_entity(parse, Span(start, end), type_, self._language.dictionary.knows)
            if span is not None:
                found.append(Mention(span, type_, score, self.name, reason))
        return found

    def raw_scan(self, text: str) -> tuple[tuple[int, int, str, float], ...]:
        """Return all that the analyzer sees at a low threshold: start, end, Presidio's type, score; in order.

        Raises:
            DetectionError: As for ``detect``.
        """
        return self.raw_scan_of(self._language.parse(text))

    def raw_scan_of(self, parse: Parse) -> tuple[tuple[int, int, str, float], ...]:
        """Return what ``raw_scan`` does, of a text that is parsed already.

        Raises:
            DetectionError: As for ``detect``.
        """
        return self._analyse(self._engine, parse, _LOW_THRESHOLD, frozenset())

    def as_shipped(self, text: str) -> str:
        """Return ``text`` as Presidio leaves it with its defaults (types ignored, threshold 0, ``<TYPE>`` for each).

        Only the language pipeline is ours. For comparison in an evaluation; nothing that it returns is safe.

        Raises:
            DetectionError: As for ``detect``.
        """
        if self._shipped is None:
            provider = RecognizerRegistryProvider(registry_configuration={"supported_languages": [_LANGUAGE]})
            registry = provider.create_recognizer_registry()
            registry.add_nlp_recognizer(nlp_engine=_ParsedAlready())
            self._shipped = _engine(registry)
        results = self._analyse(self._shipped, self._language.parse(text, as_is=True), 0.0, _SHIPPED_IGNORES)
        kept: list[tuple[int, int, str, float]] = []
        for result in sorted(results, key=lambda r: (-r[3], r[0] - r[1], r[0])):
            if not any(result[0] < k[1] and k[0] < result[1] for k in kept):
                kept.append(result)
        for start, end, kind, _ in sorted(kept, reverse=True):
            text = f"{text[:start]}<{kind}>{text[end:]}"
        return text

    def _analyse(
        self,
        engine: Any,  # noqa: ANN401  untyped library
        parse: Parse,
        threshold: float,
        ignored: frozenset[str],
    ) -> tuple[tuple[int, int, str, float], ...]:
        if not parse.text.strip() or not parse.tokens:
            return ()
        self._watch.timed_out = False
        try:
            results = engine.analyze(
                parse.text, _LANGUAGE, score_threshold=threshold, nlp_artifacts=_artifacts(parse, ignored)
            )
        except Exception:  # noqa: BLE001  its messages quote the text
            raise DetectionError(f"Presidio failed on an utterance of {len(parse.text)} characters") from None
        if self._watch.timed_out:
            raise DetectionError("Presidio skipped a pattern that took too long")
        return tuple(sorted({(r.start, r.end, r.entity_type, round(r.score, 3)) for r in results}))


def _engine(registry: Any) -> Any:  # noqa: ANN401  untyped library
    return presidio_analyzer.AnalyzerEngine(
        registry=registry, nlp_engine=_ParsedAlready(), supported_languages=[_LANGUAGE], log_decision_process=False
    )


def _artifacts(parse: Parse, ignored: frozenset[str]) -> NlpArtifacts:
    entities = [
        _Entity(_LABELS[e.label], e.span.start, e.span.end)
        for e in parse.entities
        if e.label in _LABELS and _LABELS[e.label] not in ignored
    ]
    return NlpArtifacts(
        entities=entities,  # type: ignore[arg-type]  # what its recogniser and enhancer read of them is there
        tokens=[_Token(t.text) for t in parse.tokens],  # type: ignore[arg-type]  # as above
        tokens_indices=[t.span.start for t in parse.tokens],
        lemmas=[t.lemma for t in parse.tokens],
        nlp_engine=_ParsedAlready(),
        language=_LANGUAGE,
        scores=[_NER_SCORE] * len(entities),
    )
