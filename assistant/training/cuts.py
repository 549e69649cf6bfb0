"""Words that go from a sample although they are nobody's name: what they tell happened to hardly anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import Span, UtteranceId
    from assistant.training.coarsening import Step


class Why(StrEnum):
    """Why words go."""

    UNIQUE = "unique"
    """They tell something that happened to hardly anybody."""
    ECHO = "echo"
    """They say again what such words told."""
    ASKED = "asked"
    """Somebody left the turn out by its number."""
    COARSER = "coarser"
    """Too few people fitted with them."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One stretch of an utterance that goes, whatever else was found in it."""

    utterance: UtteranceId
    span: Span
    words: str = field(repr=False)
    """What stands there instead; empty: nothing."""
    why: Why


@dataclass(frozen=True, slots=True)
class Less:
    """What a sample does not tell any more, for its report: counts, labels and turn numbers, never words."""

    unique: int = 0
    """Stretches that told something that happened to hardly anybody, or said it again."""
    known: int = 0
    """Stretches that told what the group file holds against somebody."""
    known_left: tuple[int, ...] = ()
    """Turns in which words of such a fact still stand together, by number."""
    asked: tuple[int, ...] = ()
    """Turns that somebody left out, by number."""
    coarser: tuple[Step, ...] = ()
    """What was made coarser because too few people fitted."""
