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
from assistant.privacy.recognisers.lexicon import compiled, families
from assistant.privacy.recognisers.phrase_rules import family_matches
from assistant.privacy.recognisers.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.parse import Parse

_SCORE, _WEAK_SCORE = 0.85, 0.6
_REACH = 4
"""A denial stands beside the act ("he never hit me"); further off it denies something else."""

_ACCESS = compiled(
    "(?:he|she|they|who|(?:{mine}) (?:{kin}|{worker})) (?:still |now |currently |also |even )*(?:"
    "(?:runs?|works?|teach(?:es)?|coach(?:es)?|volunteers?|babysits?|fosters?|drives|is working|is teaching|is coaching|has a job) {..4}"
    "(?:daycare|day care|nursery|school|kids|children|kindergarten|preschool|church|youth|team|camp|little league|scouts|grandkids|"
    "playground|pediatric|paediatric|bus|care home|nursing home|the elderly|foster|neighbou?rs kids)|"
    "(?:lives?|is living|stays?|is staying|moved in|sees?|watch(?:es)?|looks after|takes care of|is around|is alone with|picks up|minds|has custody|"
    "gets|has) {..4}(?:kids|children|son|daughter|boy|girl|boys|girls|nieces?|nephews?|grandkids|grandchildren|granddaughter|grandson|baby|little ones?|custody|"
    "weekends|stepkids|stepdaughter|stepson|little (?:brother|sister|cousin)s?))"
)


class AbuseRecogniser:
    """ABUSE: who is harmed, by which act, and whether the one who did it still has access."""

    name = "abuse"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return the phrases of the acts; the reason is ``child|adult|elder`` and flags."""
        phrases = Phrases.of(parse.text)
        idioms = idiom_spans(phrases)
        access = " access" if _ACCESS.search(phrases.text) else ""
        found: list[Mention] = []
        for family, match in family_matches(phrases, families("abuse")):
            if any(match.span.overlaps(idiom) for idiom in idioms):
                continue
            assertion = assertion_of(phrases, match.first, match.last, match.head, experiencer=False, reach=_REACH)
            flags = family.reason.split()
            if "survivor" in flags and assertion is Assertion.AFFIRMED:
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
