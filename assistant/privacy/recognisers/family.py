"""Events of family and relationship, by phrase family (``lexicons/family.toml``)."""

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


class FamilyRecogniser:
    """Events of family and relationship.

    "we split up", "a separation", "miscarried", "lose custody". Kin words by themselves are not marked.
    """

    name = "family"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return FAMILY mentions; the reason names the phrase family."""
        return family_mentions(
            Phrases.of(parse.text), families("family"), kind=DisclosureType.FAMILY, detector=self.name, score=_SCORE
        )
