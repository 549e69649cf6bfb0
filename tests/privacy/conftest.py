"""A small group and a way to have it talk, for the tests of ownership and release."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from assistant.domain import (
    Attribution,
    DecidedBy,
    DisclosureType,
    Group,
    Mention,
    Part2,
    Person,
    PersonId,
    Role,
    Span,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    Word,
)
from assistant.privacy.analysis import Analyst
from assistant.privacy.detection import Detector
from assistant.privacy.nlp import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from assistant.privacy.parse import Parse
    from assistant.privacy.reading import Reading

ROSTER = (
    ("f", Role.FACILITATOR, "Imogen Tate", (), True),
    ("m1", Role.MEMBER, "Rafael Ortega", ("Rafa",), True),
    ("m2", Role.MEMBER, "Wanda Pruitt", (), True),
    ("m3", Role.MEMBER, "Keisha Monroe", (), True),
    ("m4", Role.MEMBER, "Gordon Blythe", (), True),
    ("m5", Role.MEMBER, "Sunniva Dahl", (), False),
)


@dataclass(frozen=True)
class Marked:
    """A detector that finds the facts a test marked, wherever their words stand."""

    facts: Sequence[tuple[str, DisclosureType]]
    name: str = "marked"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return a mention for every occurrence of a marked surface."""
        return [
            Mention(Span(*found.span()), kind, 1.0, self.name)
            for surface, kind in self.facts
            for found in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", parse.text, re.IGNORECASE)
        ]


@dataclass
class Talk:
    """A session under construction: each line is read as it is said."""

    group: Group
    language: Language
    facts: list[tuple[str, DisclosureType]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    def say(
        self,
        speaker: str | None,
        text: str,
        *facts: tuple[str, str],
        status: UtteranceStatus = UtteranceStatus.CLEAR,
        contested: Sequence[int] = (),
    ) -> Reading:
        """Have somebody say something; facts are (surface, type) pairs; contested are indexes of words of nobody's."""
        number = len(self.readings) + 1
        person = None if speaker is None else PersonId(speaker)
        words = tuple(
            Word(w, i * 100, i * 100 + 90, 0.9, None if i in contested else person) for i, w in enumerate(text.split())
        )
        utterance = Utterance(
            UtteranceId(f"u{number}"),
            number,
            number * 1000,
            number * 1000 + 900,
            text,
            words,
            Attribution(person, 1.0, 1.0, DecidedBy.KEY),
            status,
        )
        marked = Marked([(surface, DisclosureType(kind)) for surface, kind in facts])
        reading = Analyst(self.language, Detector([marked]), self.group).read(utterance, self.readings)
        self.readings.append(reading)
        return reading


@pytest.fixture(scope="session")
def circle() -> Group:
    """One facilitator, four members present, one absent."""
    people = tuple(
        Person(PersonId(i), role, name, aliases, present=present) for i, role, name, aliases, present in ROSTER
    )
    return Group("a group", "psychotherapy", Part2.UNKNOWN, people)


@pytest.fixture(scope="session")
def language(models_root: Path) -> Language:
    """The language pipeline, opened once."""
    return Language(models_root / "spacy-en-md", [name for _, _, name, _, _ in ROSTER])


@pytest.fixture
def talk(circle: Group, language: Language) -> Talk:
    """An empty session."""
    return Talk(circle, language)


@pytest.fixture(scope="session")
def new_talk(circle: Group, language: Language) -> Callable[[], Talk]:
    """Makes empty sessions, for a property that wants one for each example."""
    return lambda: Talk(circle, language)
