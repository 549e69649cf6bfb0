"""Courts, police, orders, immigration, by phrase family (``lexicons/legal.toml``)."""

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


class LegalRecogniser:
    """Courts, police, orders, immigration.

    "court date", "two DUIs", "on probation", "restraining order".
    """

    name = "legal"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return LEGAL mentions; the reason names the phrase family."""
        return family_mentions(
            Phrases.of(parse.text), families("legal"), kind=DisclosureType.LEGAL, detector=self.name, score=_SCORE
        )
