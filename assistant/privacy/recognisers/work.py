"""Trouble at work, by phrase family (``lexicons/work.toml``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType
from assistant.privacy.recognisers.lexicon import families
from assistant.privacy.recognisers.phrase_rules import family_mentions
from assistant.privacy.recognisers.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Mention
    from assistant.privacy.parse import Parse

_SCORE = 0.8


class WorkRecogniser:
    """Trouble at work.

    Disciplinary matters and the like. Losing a job by itself is not marked: half the room has lost one, and it
    singles nobody out without its employer.
    """

    name = "work"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return WORK mentions; the reason names the phrase family."""
        return family_mentions(
            Phrases.of(parse.text), families("work"), kind=DisclosureType.WORK, detector=self.name, score=_SCORE
        )
