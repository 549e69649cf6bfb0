"""An utterance that could not be read in full is withheld, and says which step failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.domain import Attribution, DecidedBy, FindingsStatus, Group, PersonId, Utterance, UtteranceId
from assistant.privacy.analysis import Analyst
from assistant.privacy.detection import Detector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Mention
    from assistant.privacy.nlp import Language
    from assistant.privacy.parse import Parse


class Broken:
    """Fails whatever it is asked."""

    name = "broken"

    def parse(self, text: str) -> Parse:
        """Fail, quoting what it was given, as libraries do."""
        raise RuntimeError(text)

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Fail, quoting what it was given."""
        raise RuntimeError(parse.text)


def _utterance(text: str) -> Utterance:
    return Utterance(UtteranceId("u1"), 1, 0, 1, text, (), Attribution(PersonId("m1"), 1.0, 1.0, DecidedBy.KEY))


def test_a_failed_parse_withholds(circle: Group) -> None:
    """No parse: one clause about nobody, withheld, and the failure does not travel on."""
    reading = Analyst(Broken(), Detector([]), circle).read(_utterance("I sold the boat."), [])
    assert reading.findings.status is FindingsStatus.WITHHELD
    assert reading.findings.failed == ("language",)
    assert [clause.span.of(reading.utterance.text) for clause in reading.clauses] == ["I sold the boat."]
    assert reading.clauses[0].about.code is None


def test_nothing_said_is_read_as_nothing(circle: Group) -> None:
    """Empty text gives no clauses even where reading fails."""
    assert Analyst(Broken(), Detector([]), circle).read(_utterance(""), []).clauses == ()


@pytest.mark.models
def test_a_failed_detector_withholds(circle: Group, language: Language) -> None:
    """A detector that raises marks the utterance withheld by its name."""
    reading = Analyst(language, Detector([Broken()]), circle).read(_utterance("I sold the boat."), [])
    assert reading.findings.status is FindingsStatus.WITHHELD
    assert reading.findings.failed == ("broken",)


@pytest.mark.models
def test_a_whole_reading(circle: Group, language: Language) -> None:
    """A reading is complete, its clauses tile the text, and its repr holds no speech."""
    reading = Analyst(language, Detector([]), circle).read(_utterance("I sold the boat, and my sister moved in."), [])
    assert reading.findings.status is FindingsStatus.COMPLETE
    assert "".join(c.span.of(reading.utterance.text) for c in reading.clauses) == reading.utterance.text
    assert "boat" not in repr(reading)
