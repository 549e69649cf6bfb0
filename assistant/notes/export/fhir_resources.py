"""The resources of a FHIR bundle, as JSON: a note, whose it is, who made it, on what consent, and its export."""

from __future__ import annotations

import base64
import datetime as dt
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from assistant.domain import Part2
from assistant.notes import sentences as say
from assistant.notes.document import LineKind
from assistant.notes.export import fhir_codes as codes
from assistant.notes.export import furniture
from assistant.notes.export.script import Look, foot, head, part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.handout import Recipient, ReleaseConsent
    from assistant.notes.document import Document, DocumentPart
    from assistant.notes.export.fhir_codes import Json
    from assistant.notes.export.script import Item

MADE_BY = "Group-session assistant"
GROUP_PART, INDIVIDUAL_PART, BOTH_PARTS = "Group part", "Individual part", "Group and individual part"
_GROUP_SECTIONS = frozenset({say.TOPIC, say.THEMES_RAISED, say.INTERVENTIONS})
"""Of the neutral note; ``Session`` counts the member's minutes among those of all, so it is of both."""


def days(document: Document, at: dt.datetime, consent: ReleaseConsent | None) -> frozenset[str]:
    """Return the days and moments that a bundle may tell."""
    given = (document.date, *((consent.signed_on, consent.expires) if consent is not None else ()))
    moments = (at, document.signed_at)
    return frozenset(
        [
            *(furniture.day(one) for one in given if one is not None),
            *(instant(one) for one in moments if one is not None),
        ]
    )


def instant(at: dt.datetime) -> str:
    """Return a moment as FHIR has it, in UTC."""
    utc = at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%SZ}"


def resource(kind: str, part2: Part2, **elements: object) -> Json:
    """Return a resource with its security labels; elements without a value are left out."""
    kept = {name: value for name, value in elements.items() if value not in (None, [], {})}
    return {"resourceType": kind, "meta": {"security": codes.labels(part2)}, **kept}


def reference(url: str) -> Json:
    """Return a reference to an entry of the same bundle."""
    return {"reference": url}


def composition(  # noqa: PLR0913 # a composition points at everybody
    document: Document, part2: Part2, at: dt.datetime, *, patient: str, clinician: str, device: str
) -> Json:
    """Return the note itself, part by part, each with its author: the machine, a person, or both."""
    sections = [_section(one, clinician, device) for one in document.parts]
    sections.append(
        {"title": furniture.SIGNATURE, "text": _narrative(foot(document)[1:])},
    )
    signed = document.signed_at if not document.is_draft else None
    attester = {"mode": "legal", "party": reference(clinician)}
    if signed is not None:
        attester["time"] = instant(signed)
    return resource(
        "Composition",
        part2,
        text=_narrative(head(document)),
        status="preliminary" if document.is_draft else "final",
        type=codes.concept(codes.GROUP_NOTE),
        subject=reference(patient),
        date=instant(signed if signed is not None else at),
        author=[reference(device if document.is_draft else clinician)],
        title=document.title,
        confidentiality="R",
        attester=[] if document.is_draft else [attester],
        event=[{"period": {"start": furniture.day(document.date), "end": furniture.day(document.date)}}],
        section=sections,
    )


def _section(one: DocumentPart, clinician: str, device: str) -> Json:
    lines = part(one)[1:]
    by_hand = {line.kind in {LineKind.HAND, LineKind.EMPTY} for line in one.lines}
    groups = {line.section in _GROUP_SECTIONS for line in one.lines if line.section != say.SESSION}
    whose = BOTH_PARTS if len(groups) != 1 else GROUP_PART if groups == {True} else INDIVIDUAL_PART
    authors = [reference(clinician)] * (True in by_hand) + [reference(device)] * (False in by_hand)
    section: Json = {"code": {"text": whose}}
    if authors:
        section["author"] = authors
    if lines:
        return {"title": one.title, **section, "text": _narrative(lines)}
    # A section must hold something (cmp-1), so an empty part is its heading.
    return {**section, "text": _narrative(part(one))}


def _narrative(items: Iterable[Item]) -> Json:
    body = "".join(map(_markup, items))
    return {"status": "additional", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>'}


_BOLD = frozenset({Look.TITLE, Look.MARK, Look.HEADING})


def _markup(item: Item) -> str:
    words = escape(item.plain)
    if item.look is Look.QUOTE:
        return f"<blockquote><p>{words}</p></blockquote>"
    return f"<p><b>{words}</b></p>" if item.look in _BOLD else f"<p>{words}</p>"


def patient(document: Document, part2: Part2, own: str) -> Json:
    """Return whose note it is: an id that no other export has, and the name only where it heads the note."""
    name = [{"use": "official", "text": document.member}] if document.member else []
    return resource("Patient", part2, identifier=[{"system": codes.URI, "value": own}], name=name)


def practitioner(document: Document, part2: Part2) -> Json:
    """Return the clinician, named as the signature names them."""
    return resource("Practitioner", part2, name=[{"text": document.signature}] if document.signature else [])


def device(part2: Part2) -> Json:
    """Return the program."""
    return resource("Device", part2, deviceName=[{"name": MADE_BY, "type": "user-friendly-name"}])


def document_reference(  # noqa: PLR0913 # a reference points at everybody
    document: Document, part2: Part2, at: dt.datetime, text: bytes, *, patient: str, author: str
) -> Json:
    """Return the note as a file, for systems that keep files: the plain text."""
    return resource(
        "DocumentReference",
        part2,
        status="current",
        docStatus="preliminary" if document.is_draft else "final",
        type=codes.concept(codes.GROUP_NOTE),
        category=[codes.concept(codes.CLINICAL_NOTE)],
        subject=reference(patient),
        date=instant(at),
        author=[reference(author)],
        securityLabel=[codes.concept(label) for label in codes.labels(part2)],
        content=[{"attachment": {"contentType": "text/plain", "data": base64.b64encode(text).decode("ascii")}}],
    )


def consent_given(consent: ReleaseConsent, part2: Part2, *, patient: str, composition: str) -> Json:
    """Return the consent that the release rests on, without a word of its paper: its scope stands in the note."""
    rule = codes.HIPAA_AUTHORIZATION if part2 is Part2.NO else codes.PART_2
    provision: Json = {
        "type": "permit",
        "securityLabel": codes.labels(part2),
        "data": [{"meaning": "instance", "reference": reference(composition)}],
    }
    if consent.expires is not None:
        provision["period"] = {"end": furniture.day(consent.expires)}
    purposes = {
        str(codes.PURPOSES[kind]["code"]): codes.PURPOSES[kind] for kind in consent.kinds if kind in codes.PURPOSES
    }
    if purposes:
        provision["purpose"] = list(purposes.values())
    return resource(
        "Consent",
        part2,
        status="active",
        scope=codes.concept(codes.PRIVACY),
        category=[codes.concept(codes.CONSENT_PAPER)],
        patient=reference(patient),
        dateTime=furniture.day(consent.signed_on) if consent.signed_on is not None else None,
        performer=[reference(patient)],
        policyRule=codes.concept(rule),
        provision=provision,
    )


def provenance(
    part2: Part2, recorded: dt.datetime, activity: Json, target: str, agents: Sequence[tuple[Json, str]]
) -> Json:
    """Return who did what to the note: drafted it, wrote in it, signed it."""
    return resource(
        "Provenance",
        part2,
        target=[reference(target)],
        recorded=instant(recorded),
        activity=codes.concept(activity),
        agent=[{"type": codes.concept(role), "who": reference(who)} for role, who in agents],
    )


def audit_event(part2: Part2, at: dt.datetime, recipient: Recipient, *, composition: str, device: str) -> Json:
    """Return that the note was exported, and what for. Who did it stays in the program's own log."""
    purpose = codes.PURPOSES.get(recipient)
    return resource(
        "AuditEvent",
        part2,
        type=codes.EXPORT,
        action="R",
        recorded=instant(at),
        outcome="0",
        purposeOfEvent=[codes.concept(purpose)] if purpose is not None else [],
        agent=[{"type": codes.concept(codes.HUMAN), "requestor": True}],
        source={"observer": reference(device)},
        entity=[
            {
                "what": reference(composition),
                "type": codes.SYSTEM_OBJECT,
                "role": codes.REPORT,
                "securityLabel": codes.labels(part2),
            }
        ],
    )
