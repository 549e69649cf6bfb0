"""Members and other members: a fact told by somebody else, contact outside the group (X4, X5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.concepts import concepts
from assistant.alerts.memory import lately
from assistant.alerts.sensitive import CLINICAL, SENSITIVE
from assistant.alerts.words import any_of, phrases, plain, plain_with_names, says_own_name, third_persons
from assistant.domain import Alert, AlertKind, AlertLevel, Assertion, Basis, DisclosureType, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Disclosure, Findings, PersonId, Utterance

_T = DisclosureType

_CONFIDED = phrases("confided")
_IN_GROUP = phrases("in_group")
_CONTACT = phrases("contact")
_OWN_REFERENT = phrases("own_referent")
_SAME_HERE = phrases("same_here")
_OTHERS = any_of(r"you", r"your", r"you're", r"he", r"she", r"his", r"her", r"he's", r"she's")
_NOT_YET = phrases("not_yet")


_LOOSE = frozenset({Basis.PRONOUN, Basis.UNRESOLVED})


def told_by_another(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield A2 when a present member's fact is told by somebody else (X4).

    The facilitator may take up what its owner, or the room, has already spoken of tonight; a member may not. A name by
    itself is never a fact. A confidence passed on ("he told me about …") counts without a fact that anybody recognised.
    """
    speaker = next((p for p in memory.group.people if p.id == utterance.speaker), None)
    facilitating = speaker is not None and speaker.role is Role.FACILITATOR
    words = plain(utterance.text)
    contact = next(outside_contact(utterance, findings, memory), None) is not None
    for disclosure in findings.disclosures:
        owner = disclosure.owner.person
        if owner is None or owner == utterance.speaker or not _is_member_here(owner, memory):
            continue
        supposed = disclosure.assertion is Assertion.HYPOTHETICAL and disclosure.type is _T.FAMILY
        if disclosure.basis is Basis.UNRESOLVED or disclosure.type not in SENSITIVE or supposed:
            continue
        if disclosure.why.startswith("repeated") and _SAME_HERE.search(words) and not _OTHERS.search(words):
            continue
        if contact and disclosure.type in {_T.ORG, _T.LOCATION}:
            continue
        if facilitating and not _is_news(disclosure, owner, memory):
            continue
        yield _cross(utterance, memory, owner, "told by another", disclosure)
        return
    again = None if facilitating else _told_again(utterance, findings, memory)
    if again is not None:
        yield _cross(utterance, memory, again[0], "told again by another", again[1])
        return
    named = _others_named(utterance, findings, memory)
    if named and not facilitating and _CONFIDED.search(plain_with_names(utterance.text, [d.span for d in named])):
        yield _cross(utterance, memory, named[0].owner.person, "confidence passed on", named[0])


def outside_contact(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield A2 when a member tells of contact with another member outside the group (X5). A suggestion is none yet."""
    speaker = next((p for p in memory.group.people if p.id == utterance.speaker), None)
    if speaker is not None and speaker.role is Role.FACILITATOR:
        return
    named = _others_named(utterance, findings, memory)
    words = plain_with_names(utterance.text, [d.span for d in named])
    for match in _CONTACT.finditer(words):
        if not named and "you" not in match[0].split() and not match[0].startswith("thank"):
            continue
        before = words[max(0, match.start() - 25) : match.start() + 1]
        if _NOT_YET.search(before) or _IN_GROUP.search(words[match.start() : match.end() + 20]):
            continue
        owner = named[0].owner.person if named else None
        span = named[0].span if named else None
        key = keyed("outside_contact", memory.group)
        yield Alert(utterance.id, "outside contact", AlertKind.OUTSIDE_CONTACT, AlertLevel.A2, owner, span, key)
        return


def _cross(
    utterance: Utterance, memory: SessionMemory, owner: PersonId | None, rule: str, disclosure: Disclosure
) -> Alert:
    key = keyed("cross_member", memory.group)
    return Alert(utterance.id, rule, AlertKind.CROSS_MEMBER, AlertLevel.A2, owner, disclosure.span, key)


def _told_again(utterance: Utterance, findings: Findings, memory: SessionMemory) -> tuple[PersonId, Disclosure] | None:
    """Return whose fact a pronoun's is, where somebody here told the same of themselves tonight and spoke just now."""
    words = plain(utterance.text)
    if _OWN_REFERENT.search(words):
        return None
    for disclosure in findings.disclosures:
        if disclosure.type not in CLINICAL or disclosure.owner.person is not None or disclosure.basis not in _LOOSE:
            continue
        about = concepts(disclosure.span.of(utterance.text))
        for person in memory.group.members_present:
            if person.id == utterance.speaker or person.id not in lately(memory):
                continue
            themselves = any((t.owner, t.type, t.by) == (person.id, disclosure.type, person.id) for t in memory.told)
            same = themselves and about & memory.spoken_of(person.id)
            if same and third_persons(words, person.pronouns):
                return person.id, disclosure
    return None


def _is_news(disclosure: Disclosure, owner: PersonId, memory: SessionMemory) -> bool:
    """Whether nobody has spoken of such a fact of the owner's before all who are here; then it is news to somebody."""
    if disclosure.type not in CLINICAL:
        return False
    here = {p.id for p in memory.group.members_present} - {owner}
    return not any(t.owner == owner and t.type is disclosure.type and here <= t.heard_by for t in memory.told)


def _others_named(utterance: Utterance, findings: Findings, memory: SessionMemory) -> list[Disclosure]:
    """Return the names of members here other than the speaker; whoever says their own name is the speaker."""
    return [
        d
        for d in findings.disclosures
        if d.type is _T.PERSON
        and d.owner.person is not None
        and d.owner.person != utterance.speaker
        and _is_member_here(d.owner.person, memory)
        and not (utterance.speaker is None and says_own_name(utterance.text, d.span))
    ]


def _is_member_here(person: PersonId, memory: SessionMemory) -> bool:
    return any(p.id == person and p.present and p.is_member for p in memory.group.people)
