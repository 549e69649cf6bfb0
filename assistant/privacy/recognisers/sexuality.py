"""Sexual orientation and gender, by phrase family (``lexicons/sexuality.toml``)."""

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


class SexualityRecogniser:
    """Sexual orientation and gender.

    "gay", "came out to my parents", "transitioning".
    """

    name = "sexuality"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return SEXUALITY mentions; the reason names the phrase family."""
        return family_mentions(
            Phrases.of(parse.text),
            families("sexuality"),
            kind=DisclosureType.SEXUALITY,
            detector=self.name,
            score=_SCORE,
        )
