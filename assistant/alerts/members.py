"""Members and other members: a fact told by somebody else, an absent member, contact outside the group (X3-X5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.alerts.advice import keyed
from assistant.alerts.words import MEMBER, any_of, plain_with_names
from assistant.domain import Alert, AlertKind, AlertLevel, Basis, DisclosureType, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.alerts.memory import SessionMemory
    from assistant.domain import Disclosure, Findings, PersonId, Utterance

_T = DisclosureType
_CLINICAL = frozenset({_T.MEDICATION, _T.DIAGNOSIS, _T.SUBSTANCE, _T.FAMILY, _T.LEGAL, _T.WORK, _T.SEXUALITY, _T.ABUSE})
_SENSITIVE = _CLINICAL | {_T.ORG, _T.LOCATION, _T.ADDRESS, _T.PHONE, _T.EMAIL, _T.ID}
"""What counts as a fact: names, dates and ages alone do not."""

_CONFIDED = any_of(
    rf"(?:{MEMBER}|he|she|they) (?:told|confided in|texted|messaged|called|let) me (?:know )?(?:about|that|he|she|they|his|her|their|in|on|last|after|when|the|it|how|why)",
    rf"i (?:heard|know|found out|noticed|read|saw online)(?: from \w+)? (?:that )?{MEMBER}(?:'s| is| was| has| had| got| lost| went| and)",
    rf"did (?:you|everyone|y'all) (?:know|hear) (?:that |about )?{MEMBER}",
)
_WENT = r"(?:went|go|got|get|had|have|met|meet|ate|grabbed|hung|hang|drove|drive|ride|rode|carpool|car pool|carpooled|walk|walked|work out|worked out|stayed|stay|live|lived|date|dated|are dating|were dating|are seeing|slept|hooked|talk|talked|text|texted|play|played|bowl|work|worked|studied|travel|travelled|traveled|share|shared|are friends|are neighbors|are neighbours|are cousins|are related|used to)"
_PLACE = r"(?:at|in|on|outside|near|downtown|over at|by|down at|coming out of|last (?:night|week|weekend|\w+day)|yesterday|this (?:weekend|morning)|over the weekend|the other (?:day|night))"
_IN_GROUP = any_of(r"(?:in|at|to|after|from|before) (?:the |this |our |last )?(?:group|session|meeting|circle|here)")
_CONTACT = any_of(
    rf"i (?:saw|met|met up with|ran into|bumped into|spotted|seen|run into|keep seeing|have seen|hung out with|visited) (?:{MEMBER}|you) {_PLACE}",
    rf"(?:ran into|bumped into|hung out with|hanging out with|hang out with|met up with|meeting up with|had (?:coffee|lunch|dinner|drinks|breakfast|a drink) with|grabbed (?:coffee|lunch|dinner|a (?:coffee|beer|bite)) with|got (?:coffee|lunch|dinner|a \w+) with|went (?:out|home|shopping|bowling|hiking|to \w+(?: \w+){{0,3}}) with|dating|sleeping with|slept with|hooked up with|living with|live with|moved in with|work with|works with|working with|carpool with|ride with|rode with|car with|on the phone with|texting with|texting|friends with|gym with|meeting with) {MEMBER}",
    rf"(?:{MEMBER} and (?:i|me)|(?:me|i) and {MEMBER}|{MEMBER} and myself) (?:\w+ )?{_WENT}",
    rf"{MEMBER} (?:has |had )?(?:texted|messaged|called|phoned|emailed|visited|drove|drives|drops|picked|picks|gave|gives|lent|loaned|follows|followed|friended|added|dm'd|facetimed|invited|walked|helped) (?:me|us)(?: \w+)?",
    rf"i (?:\w+ )?(?:texted|text|messaged|message|phoned|emailed|facetimed|friended|followed|dm'd|drove|drive|picked up|pick up|dropped off|drop off|visited|gave|lent|loaned|babysat for) {MEMBER}",
    rf"{MEMBER}(?:'s| is| was| used to be| has been) (?:also )?my (?:sponsor|sponsee|neighbou?r|cousin|roommate|boyfriend|girlfriend|ex|boss|co ?worker|coworker|colleague|landlord|best friend|friend|dealer|manager|barber|mechanic|teacher|ride)",
    rf"my (?:sponsor|neighbou?r|roommate|co ?worker|coworker|friend|ex|boyfriend|girlfriend|boss) {MEMBER}",
    rf"(?:at|to|from|over at|over to) {MEMBER}(?:'s| s) (?:house|place|apartment|party|work|wedding|job|pool|barbecue|birthday)",
    rf"(?:you and i|me and you|we) (?:carpool|car pool|carpooled|hung out|went out|are dating|were dating|hooked up|slept together|met up|work together|worked together|grabbed (?:coffee|lunch|dinner)|live together|ride together)",
    r"(?:thanks|thank you) for (?:the ride|driving me|the lift|picking me up|texting me|calling me last)",
    rf"with {MEMBER} (?:after (?:group|work|the meeting)|outside (?:of )?group|over the weekend|last (?:night|weekend|\w+day)|at the (?:gym|bar|store|park|mall|movies))",
)
_NOT_YET = any_of(r"(?:should|could|maybe|might|would|let's|lets|want to|if) (?:\w+ ){0,4}", r"shouldn't", r"don't")


def absent_member(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield A1 when a person of the group who is not here is named, or something of theirs is told (X3)."""
    for disclosure in findings.disclosures:
        owner = disclosure.owner.person
        if owner is None or owner == utterance.speaker or _is_present(owner, memory):
            continue
        substance = any(d.type is _T.SUBSTANCE and d.owner.person == owner for d in findings.disclosures)
        yield Alert(
            utterance.id,
            "absent member",
            AlertKind.ABSENT_MEMBER,
            AlertLevel.A1,
            owner,
            disclosure.span,
            keyed("absent_member_substance" if substance else "absent_member", memory.group),
        )
        return


def told_by_another(utterance: Utterance, findings: Findings, memory: SessionMemory) -> Iterator[Alert]:
    """Yield A2 when a present member's fact is told by somebody else (X4).

    The facilitator may take up what its owner, or the room, has already spoken of tonight; a member may not. A name by
    itself is never a fact. A confidence passed on ("he told me about …") counts without a fact that anybody recognised.
    """
    speaker = next((p for p in memory.group.people if p.id == utterance.speaker), None)
    facilitating = speaker is not None and speaker.role is Role.FACILITATOR
    contact = next(outside_contact(utterance, findings, memory), None) is not None
    for disclosure in findings.disclosures:
        owner = disclosure.owner.person
        if owner is None or owner == utterance.speaker or not _is_member_here(owner, memory):
            continue
        if disclosure.basis is Basis.UNRESOLVED or disclosure.type not in _SENSITIVE:
            continue
        if contact and disclosure.type in {_T.ORG, _T.LOCATION}:
            continue
        if facilitating and not _is_news(disclosure, owner, memory):
            continue
        yield _cross(utterance, memory, owner, "told by another", disclosure)
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


def _is_news(disclosure: Disclosure, owner: PersonId, memory: SessionMemory) -> bool:
    """Whether nobody has spoken of such a fact of the owner's before; then it came from outside the room."""
    if disclosure.type not in _CLINICAL:
        return False
    return not any(told.owner == owner and told.type is disclosure.type for told in memory.told)


def _others_named(utterance: Utterance, findings: Findings, memory: SessionMemory) -> list[Disclosure]:
    """Return the names of members here other than the speaker."""
    return [
        d
        for d in findings.disclosures
        if d.type is _T.PERSON
        and d.owner.person is not None
        and d.owner.person != utterance.speaker
        and _is_member_here(d.owner.person, memory)
    ]


def _is_present(person: PersonId, memory: SessionMemory) -> bool:
    return any(p.id == person and p.present for p in memory.group.people)


def _is_member_here(person: PersonId, memory: SessionMemory) -> bool:
    return any(p.id == person and p.present and p.is_member for p in memory.group.people)


