"""The codes of a FHIR bundle: what kind of note it is, how closely it is kept, what a release is for.

Kept to codes of R4's own time; ``SUD`` is the one newer code that the rules ask for beside the older ``ETH``
(``domain.md`` 9.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Part2
from assistant.handout import Recipient

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, object]

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
URI = "urn:ietf:rfc:3986"
"""System of identifiers that are URIs."""


def coding(system: str, code: str, display: str) -> Json:
    """Return a coding; ``system`` is a URI, or the last part of one at HL7's terminology server."""
    return {"system": system if "//" in system else f"{_TERMINOLOGY}/{system}", "code": code, "display": display}


def concept(one: Json) -> Json:
    """Return a codeable concept of one coding."""
    return {"coding": [one]}


_LOINC = "http://loinc.org"
GROUP_NOTE = coding(_LOINC, "34787-2", "Mental health Group counseling note")
CONSENT_PAPER = coding(_LOINC, "59284-0", "Consent Document")
CLINICAL_NOTE = coding(
    "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", "clinical-note", "Clinical Note"
)

RESTRICTED = coding("v3-Confidentiality", "R", "restricted")
PSYCHIATRY = coding("v3-ActCode", "PSY", "psychiatry disorder information sensitivity")
SUBSTANCE = coding("v3-ActCode", "ETH", "substance abuse information sensitivity")
SUBSTANCE_USE = coding("v3-ActCode", "SUD", "substance use disorder information sensitivity")
PART_2 = coding("v3-ActCode", "42CFRPart2", "42 CFR Part2")


def labels(part2: Part2) -> list[Json]:
    """Return the security labels of every resource; ``unknown`` counts as yes."""
    law = [] if part2 is Part2.NO else [SUBSTANCE, SUBSTANCE_USE, PART_2]
    return [RESTRICTED, PSYCHIATRY, *law]


PRIVACY = coding("consentscope", "patient-privacy", "Privacy Consent")
HIPAA_AUTHORIZATION = coding("consentpolicycodes", "hipaa-auth", "HIPAA Authorization")

ASSEMBLER = coding("provenance-participant-type", "assembler", "Assembler")
AUTHOR = coding("provenance-participant-type", "author", "Author")
SIGNER = coding("provenance-participant-type", "legal", "Legal Authenticator")
CREATE = coding("v3-DataOperation", "CREATE", "create")
SIGNED = coding("v3-DocumentCompletion", "LA", "legally authenticated")

EXPORT = coding("http://dicom.nema.org/resources/ontology/DCM", "110106", "Export")
HUMAN = coding("extra-security-role-type", "humanuser", "human user")
SYSTEM_OBJECT = coding("audit-entity-type", "2", "System Object")
REPORT = coding("object-role", "3", "Report")

PURPOSES: Mapping[Recipient, Json] = {
    Recipient.RECORD: coding("v3-ActReason", "TREAT", "treatment"),
    Recipient.CLINICIAN: coding("v3-ActReason", "TREAT", "treatment"),
    Recipient.PAYER: coding("v3-ActReason", "HPAYMT", "healthcare payment"),
    Recipient.MEMBER: coding("v3-ActReason", "PATRQT", "patient requested"),
}
"""What a release is for; for somebody else no code says it."""
