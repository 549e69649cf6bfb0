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
_CALLED: Final = frozenset({"called", "named"})
_TITLES: Final[Mapping[str, str]] = {
    "doctor": "a doctor",
    "dr": "a doctor",
    "dr.": "a doctor",
    "doc": "a doctor",
    "nurse": "a nurse",
    "judge": "a judge",
    "officer": "an officer",
    "sergeant": "a sergeant",
    "pastor": "a pastor",
    "reverend": "a minister",
    "mr": "",
    "mr.": "",
    "mrs": "",
    "mrs.": "",
    "ms": "",
    "ms.": "",
    "miss": "",
}
"""What stands for somebody outside who is named with a title."""
_PLACING: Final = frozenset({"the", "at", "from", "in", "for"})
"""Words before a name by which it may be an organisation's or a place's."""
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
            out += [e for e in _lead(reading, span, edit) if clause.span.contains(e.span)]
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
    before = _before(reading, span)
    thing = _thing(reading, span, before)
    if thing is not None:
        return Edit(span, thing)
    if before is not None and before.lower in _CALLED and before.dep == "acl":
        return Edit(Span(before.span.end, span.end), "")
    relation = _relation_right_before(tree, span, before) or _relation_beside(tree, span)
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


def _before(reading: Reading, span: Span) -> Token | None:
    """Return the token right before a name, with nothing but a blank between."""
    before = [t for t in reading.parse.tokens if t.span.end <= span.start]
    if not before or reading.utterance.text[before[-1].span.end : span.start].strip(" "):
        return None
    dotted = before[-1].text == "." and len(before) > 1 and before[-2].lower in _TITLES
    return before[-2] if dotted else before[-1]


def _thing(reading: Reading, span: Span, before: Token | None) -> str | None:
    """Return what stands for a name that is no person's: nobody is banned from, or treated at, "someone"."""
    if before is None or before.lower not in _PLACING:
        return None
    labels = {e.label for e in reading.parse.entities if e.span.overlaps(span)}
    if labels & {"GPE", "LOC"}:
        return _KIND[T.LOCATION]
    inside = reading.parse.within(span)
    one = all(t.tag not in {"NNPS", "NNS"} for t in inside)
    if labels & {"ORG", "FAC"} or (before.lower == "the" and one and "PERSON" not in labels):
        return _KIND[T.ORG]
    return None


def _lead(reading: Reading, span: Span, name: Edit) -> list[Edit]:
    """Return what becomes of the words that lead up to a name: "a man called …", "Doctor …", "Mrs …"."""
    before = _before(reading, span)
    if before is None:
        return []
    text = reading.utterance.text
    if before.lower in _CALLED and before.dep == "acl" and not name.text:
        start = before.span.start
        while start and text[start - 1] == " ":
            start -= 1
        return [Edit(Span(start, before.span.end), "", secret=False, rule="leads-to-name")]
    title = _TITLES.get(before.lower)
    if title is None or not before.text[0].isupper():
        return []
    owner = reading.parse.tokens[before.index - 1 : before.index] if before.index else ()
    if title and any(t.pos in {"DET", "ADJ"} or t.dep == "poss" for t in owner):
        return []
    return [Edit(Span(before.span.start, name.span.start), title, secret=False, rule="title-of-outsider")]


def _relation_right_before(tree: Tree, span: Span, before: Token | None) -> Token | None:
    """Return the relation that a name follows at once, however the parse joins them ("my brother-in-law Ed")."""
    head = tree.head_of(span)
    if before is None or head is None:
        return None
    first = before
    if before.lower == "law" and before.index > 3 and tree.tokens[before.index - 2].lower == "in":  # noqa: PLR2004 - brother-in-law
        first = tree.tokens[before.index - 4]
    if first.lower not in v.KIN | v.ACQUAINTANCES | v.PROFESSIONALS or first.lower in _TITLES:
        return None
    tells = head.dep in v.SUBJECTS and first.dep in {"dobj", "dative", "iobj", "pobj"}
    return None if tells else before


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
