"""What stands in a fact's place: a relation word for somebody outside the group, the kind of thing for the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from assistant.domain import Disclosure, DisclosureType, PersonId, Span
from assistant.privacy import vocabulary as v
from assistant.privacy.grammar import Tree
from assistant.privacy.redaction import Edit
from assistant.settings import Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assistant.privacy.parse import Token
    from assistant.privacy.reading import Clause, Reading

T = DisclosureType


_KIND: Final[Mapping[DisclosureType, str]] = {
    T.PERSON: "someone",
    T.ORG: "[organisation]",
    T.LOCATION: "[place]",
    T.ADDRESS: "[address]",
    T.PHONE: "[phone number]",
    T.EMAIL: "[e-mail address]",
    T.DATE: "[date]",
    T.AGE: "[age]",
    T.ID: "[number]",
    T.MEDICATION: "[health detail removed]",
    T.DIAGNOSIS: "[health detail removed]",
    T.SUBSTANCE: "[health detail removed]",
    T.FAMILY: "[family detail removed]",
    T.LEGAL: "[legal detail removed]",
    T.WORK: "[work detail removed]",
    T.SEXUALITY: "[detail removed]",
    T.RISK_SELF: "[detail removed]",
    T.RISK_OTHER: "[detail removed]",
    T.ABUSE: "[detail removed]",
}
_MINIMUM: Final = frozenset({T.PHONE, T.EMAIL, T.ADDRESS, T.ID})
_MONTH_DAY: Final = re.compile(r"\d|(?:first|second|third|th|st|nd|rd)\b", re.IGNORECASE)
_NINETY: Final = re.compile(r"\b(?:9\d|1[01]\d|ninet(?:y|ies)|a hundred|one hundred|hundred)\b", re.IGNORECASE)


def edits(
    reading: Reading, clause: Clause, reader: PersonId, profile: Profile, relations: Mapping[str, str]
) -> tuple[Edit, ...]:
    """Return what redaction does inside a clause of the reader's.

    Args:
        reading: Where the clause stands; said by the reader.
        clause: The clause.
        reader: Whose note it enters.
        profile: What of the reader's own is taken out.
        relations: Relation words by the folded name of an outsider, as :func:`relations_in` gives them.
    """
    out: list[Edit] = []
    text = reading.utterance.text
    for disclosure in reading.findings.disclosures:
        span = disclosure.span
        if not clause.span.overlaps(span):
            continue
        if not clause.span.contains(span):
            span = Span(max(span.start, clause.span.start), min(span.end, clause.span.end))
        if disclosure.owner.person == reader:
            if not _too_exact(disclosure, text, profile):
                continue
            edit = Edit(span, _KIND[disclosure.type])
        elif disclosure.type is T.PERSON:
            edit = _name(reading, span, relations)
        else:
            edit = Edit(span, _age_band(disclosure, text))
        out.append(replace(edit, because=disclosure))
    out += [Edit(s, _someone(s.of(text)), secret=False, rule="pronoun-of-nobody") for s in clause.loose]
    return tuple(out)


def _too_exact(disclosure: Disclosure, text: str, profile: Profile) -> bool:
    if profile is Profile.CHART:
        return False
    words = disclosure.span.of(text)
    if disclosure.type is T.DATE:
        return bool(_MONTH_DAY.search(words))
    return disclosure.type in _MINIMUM or (disclosure.type is T.AGE and bool(_NINETY.search(words)))


def _age_band(disclosure: Disclosure, text: str) -> str:
    if disclosure.type is T.AGE and _NINETY.search(disclosure.span.of(text)):
        return "90 or older"
    return _KIND[disclosure.type]


def _someone(pronoun: str) -> str:
    return "someone's" if pronoun.lower() in {"his", "her own", "their", "hers", "theirs"} else "someone"


def _name(reading: Reading, span: Span, relations: Mapping[str, str]) -> Edit:
    """Take a name out where the relation already stands beside it; put the relation in its place where it is known."""
    tree = Tree(reading.parse)
    text = reading.utterance.text
    relation = _relation_beside(tree, span)
    if relation is not None:
        start = span.start
        while start > relation.span.end and text[start - 1] in " ,":
            start -= 1
        if start >= relation.span.end:
            return Edit(Span(start, _past_comma(reading, span.end)), "")
        end = span.end
        while end < len(text) and text[end] in " ,":
            end += 1
        return Edit(Span(span.start, end), "")
    known = relations.get(span.of(text).casefold())
    owned = reading.parse.text[: span.start].casefold().endswith(("my ", "our "))
    if owned:
        return Edit(span, known.removeprefix("my ") if known else "relative")
    return Edit(span, known or "someone")


def _past_comma(reading: Reading, end: int) -> int:
    """Take the closing comma of "my husband, Sami, changed …" along, where a verb follows it."""
    after = [t for t in reading.parse.tokens if t.span.start >= end][:2]
    closes = len(after) == 2 and after[0].text == "," and after[1].pos in {"VERB", "AUX"}  # noqa: PLR2004 - comma and verb
    return after[0].span.end if closes else end


def _relation_beside(tree: Tree, span: Span) -> Token | None:
    head = tree.head_of(span)
    if head is None:
        return None
    beside = [tree.head(head), *tree.children(head)]
    for token in beside:
        if token is None or token.lower not in v.KIN | v.ACQUAINTANCES | v.OFFICIALS:
            continue
        if head.dep in {"appos", "compound"} or token.dep in {"appos", "compound"}:
            return token
    return None


def relations_in(readings: Iterable[Reading], reader: PersonId) -> dict[str, str]:
    """Return "my son" by the name of the son, for every outsider whom the reader introduced that way."""
    out: dict[str, str] = {}
    for reading in readings:
        if reading.utterance.speaker != reader:
            continue
        tree = Tree(reading.parse)
        for disclosure in reading.findings.disclosures:
            if disclosure.type is not T.PERSON or disclosure.owner.outsider_of != reader:
                continue
            relation = _relation_beside(tree, disclosure.span)
            if relation is not None and relation.lower in v.KIN | v.ACQUAINTANCES:
                name = disclosure.span.of(reading.utterance.text).casefold()
                out.setdefault(name, f"my {relation.lower}")
    return out
