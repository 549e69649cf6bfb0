"""Language about harming oneself or somebody else: the exact words, never a judgement of the mind behind them.

The families (``lexicons/risk_self.toml``, ``risk_other.toml``) follow domain rule 6.5; their tiers are an ordering
taken from the idea of the C-SSRS (wish, thought, method, intent, plan, behaviour) and are shown to nobody. Recall comes
before precision: a match is left out for an exact idiom alone, and context lowers what the alert rules make of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import Assertion, DisclosureType, Mention
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
_THEMSELVES = re.compile(r"\b(?:himself|herself|themselves|themself)\b")
_WOULD_HAVE = re.compile(r"\b(?:would|could|might) (?:\w+ )?have\b")
_IN_ANOTHERS_PLACE = re.compile(r"\bif (?:that|it|this|he|she) (?:was|were|had been) (?:my|me|mine|our)\b")
_NOT_LONG_AGO = re.compile(
    r"\b(?:tonight|today|yesterday|again|last (?:night|week|\w+day)|this (?:week|morning)|on \w+day)\b"
)


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
        _mention(phrases, family, match, name, kind)
        for family, match in family_matches(phrases, families(name))
        if not any(match.span.overlaps(idiom) for idiom in idioms) and _target_is_a_person(family, match, parse)
    ]


def _mention(phrases: Phrases, family: Family, match: PhraseMatch, name: str, kind: DisclosureType) -> Mention:
    flags = family.reason.split()
    assertion = assertion_of(phrases, match.first, match.last, match.head, experiencer=_may_be_another(family, kind))
    own = phrases.between(match.first, match.last)
    reason = family.reason
    if kind is DisclosureType.RISK_SELF and assertion is Assertion.AFFIRMED and _THEMSELVES.search(own):
        assertion = Assertion.OTHER
    if kind is DisclosureType.RISK_OTHER and _is_unreal(phrases, match):
        reason += " unreal"
        assertion = Assertion.HYPOTHETICAL if assertion is Assertion.AFFIRMED else assertion
    return Mention(match.span, kind, _WEAK_SCORE if "weak" in flags else _SCORE, name, reason, assertion)


def _is_unreal(phrases: Phrases, match: PhraseMatch) -> bool:
    """Whether a threat was never in question: what would have been done, what one would do in another's place."""
    _, end = phrases.sentence(match.last - 1)
    if _NOT_LONG_AGO.search(phrases.between(match.first, end)):
        return False
    return bool(
        _WOULD_HAVE.search(phrases.between(match.first, match.last))
        or _IN_ANOTHERS_PLACE.search(phrases.between(match.first, end))
    )


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
