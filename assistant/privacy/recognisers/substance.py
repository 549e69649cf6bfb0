"""Substances, use, relapse and sober time, by phrase family (``lexicons/substance.toml``)."""

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


class SubstanceRecogniser:
    """Substances, use, relapse and sober time, as the phrase of use.

    "drinking again", "off the vodka", "a hundred and ten days sober". Words that are also something else (ice, speed,
    pot, joint) count only beside a verb of use.
    """

    name = "substance"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return SUBSTANCE mentions; the reason names the phrase family."""
        return family_mentions(
            Phrases.of(parse.text),
            families("substance"),
            kind=DisclosureType.SUBSTANCE,
            detector=self.name,
            score=_SCORE,
        )
