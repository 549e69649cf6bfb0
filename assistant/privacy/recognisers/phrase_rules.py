"""What phrase families have in common: find, drop what a better rule already covers, read the assertion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Mention
from assistant.privacy.assertion import assertion_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.domain import DisclosureType
    from assistant.privacy.recognisers.lexicon import Family
    from assistant.privacy.recognisers.phrases import PhraseMatch, Phrases


def family_matches(phrases: Phrases, families: Iterable[Family]) -> list[tuple[Family, PhraseMatch]]:
    """Return the best matches of all families, none overlapping another, in order of place.

    An unambiguous family beats one flagged ``weak``; after that the wider span wins.
    """
    found = [(family, match) for family in families for match in phrases.find(family.pattern)]
    found.sort(key=lambda fm: ("weak" in fm[0].reason.split(), -len(fm[1].span), fm[1].first))
    kept: list[tuple[Family, PhraseMatch]] = []
    for family, match in found:
        if not any(match.span.overlaps(other.span) for _, other in kept):
            kept.append((family, match))
    kept.sort(key=lambda fm: fm[1].first)
    return kept


def family_mentions(  # noqa: PLR0913 - a mention's own fields
    phrases: Phrases,
    families: Iterable[Family],
    *,
    kind: DisclosureType,
    detector: str,
    score: float,
    experiencer: bool = True,
) -> list[Mention]:
    """Return the matches of phrase families as mentions; the reason is the family's."""
    return [
        Mention(
            span=match.span,
            type=kind,
            score=score,
            detector=detector,
            reason=family.reason,
            assertion=assertion_of(phrases, match.first, match.last, match.head, experiencer=experiencer),
        )
        for family, match in family_matches(phrases, families)
    ]
