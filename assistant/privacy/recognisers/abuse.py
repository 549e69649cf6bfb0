"""Language about harm done to a child, a partner or an older person: the phrase of the act.

The reason says who is harmed (``child``, ``adult``, ``elder``) and carries the flags that the alert rules read:
``weak`` (ambiguous by itself), ``survivor`` (the speaker, as a child), ``access`` (whoever did it is near children or
dependants now: a past act is then a present matter, domain rule 6.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Assertion, DisclosureType, Mention
from assistant.privacy.assertion import assertion_of
from assistant.privacy.recognisers.idioms import idiom_spans
from assistant.privacy.recognisers.lexicon import families, pattern
from assistant.privacy.recognisers.phrase_rules import family_matches
from assistant.privacy.recognisers.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.parse import Parse

_SCORE, _WEAK_SCORE = 0.85, 0.6
_REACH = 4
"""A denial stands beside the act ("he never hit me"); further off it denies something else."""

_ACCESS = pattern("abuse", "access")
_HARMLESS = pattern("abuse", "harmless")
_ENDED = pattern("abuse", "ended")
_SOON_AFTER = 14
"""Words after the act in which its end may be told."""


class AbuseRecogniser:
    """ABUSE: who is harmed, by which act, and whether the one who did it still has access."""

    name = "abuse"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return the phrases of the acts; the reason is ``child|adult|elder`` and flags."""
        phrases = Phrases.of(parse.text)
        idioms = idiom_spans(phrases)
        harmless = [*idioms, *(m.span for m in phrases.find(_HARMLESS))]
        access = " access" if _ACCESS.search(phrases.text) else ""
        found: list[Mention] = []
        for family, match in family_matches(phrases, families("abuse")):
            if any(match.span.overlaps(span) for span in harmless):
                continue
            assertion = assertion_of(phrases, match.first, match.last, match.head, experiencer=False, reach=_REACH)
            flags = family.reason.split()
            ended = _ENDED.search(phrases.between(match.last, match.last + _SOON_AFTER)) is not None
            if (ended or "survivor" in flags) and assertion is Assertion.AFFIRMED:
                assertion = Assertion.PAST
            found.append(
                Mention(
                    span=match.span,
                    type=DisclosureType.ABUSE,
                    score=_WEAK_SCORE if "weak" in flags else _SCORE,
                    detector=self.name,
                    reason=f"{family.reason}{access}",
                    assertion=assertion,
                )
            )
        return found
