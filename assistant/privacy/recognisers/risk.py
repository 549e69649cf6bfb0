"""Language about harming oneself or somebody else: the exact words, never a judgement of the mind behind them.

The families (``lexicons/risk_self.toml``, ``risk_other.toml``) follow domain rule 6.5; their tiers are an ordering
taken from the idea of the C-SSRS (wish, thought, method, intent, plan, behaviour) and are shown to nobody. Recall comes
before precision: a match is left out for an exact idiom alone, and context lowers what the alert rules make of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention
from assistant.privacy.assertion import assertion_of
from assistant.privacy.recognisers.idioms import idiom_spans
from assistant.privacy.recognisers.lexicon import Family, families
from assistant.privacy.recognisers.phrase_rules import family_matches
from assistant.privacy.recognisers.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.recognisers.phrases import PhraseMatch

_SCORE, _WEAK_SCORE = 0.85, 0.6


class RiskSelfRecogniser:
    """RISK_SELF: wish to be dead, thoughts, means, plan, behaviour, grave need."""

    name = "risk_self"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return the risk statements; the reason is the tier and its flags (``t4 means time``)."""
        return _risk_mentions(parse, self.name, DisclosureType.RISK_SELF)


class RiskOtherRecogniser:
    """RISK_OTHER: threats and thoughts of harm to a person one can name or describe."""

    name = "risk_other"

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return the threat statements; the reason is the tier and its flags (``t4 named``)."""
        return _risk_mentions(parse, self.name, DisclosureType.RISK_OTHER)


def _risk_mentions(parse: Parse, name: str, kind: DisclosureType) -> list[Mention]:
    phrases = Phrases.of(parse.text)
    idioms = idiom_spans(phrases)
    return [
        Mention(
            span=match.span,
            type=kind,
            score=_WEAK_SCORE if "weak" in family.reason.split() else _SCORE,
            detector=name,
            reason=family.reason,
            assertion=assertion_of(
                phrases, match.first, match.last, match.head, experiencer=_may_be_another(family, kind)
            ),
        )
        for family, match in family_matches(phrases, families(name))
        if not any(match.span.overlaps(idiom) for idiom in idioms) and _target_is_a_person(family, match, parse)
    ]


def _may_be_another(family: Family, kind: DisclosureType) -> bool:
    """Whether a third person before the words makes it theirs; a threat's third person is its target."""
    flags = family.reason.split()
    return "other" in flags if kind is DisclosureType.RISK_OTHER else "own" not in flags


def _target_is_a_person(family: Family, match: PhraseMatch, parse: Parse) -> bool:
    """Whether a bare word after a verb of harm is a name; "hit traffic" is nothing."""
    if "propn" not in family.reason.split():
        return True
    tokens = parse.within(match.span)
    return bool(tokens) and tokens[-1].pos == "PROPN"
