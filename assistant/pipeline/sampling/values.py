"""A stretch of an utterance and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import Span


@dataclass(frozen=True, slots=True)
class Valued:
    """A stretch and what it comes to."""

    span: Span
    value: str = field(repr=False)
