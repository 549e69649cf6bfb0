"""What a review is given back, apart from what makes it: whoever draws screens loads no language library for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.pipeline.corrected import original

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.decisions import Place
    from assistant.domain import Entry, Span, UtteranceId
    from assistant.pipeline.drafts import Drafts


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A session as the decisions that stand leave it."""

    entries: tuple[Entry, ...] = field(repr=False)
    """In order of speech; an utterance that was split stands in parts."""
    drafts: Drafts = field(repr=False)
    origin: Mapping[UtteranceId, Place]
    """Where each utterance stood in those of the close."""

    def original(self, utterance: UtteranceId, span: Span) -> Place:
        """Return where words stood at the close, as a decision points at them; KeyError: there is no such utterance."""
        return original(self.origin, utterance, span)
