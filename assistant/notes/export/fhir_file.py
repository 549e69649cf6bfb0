"""A document as a FHIR R4 document bundle. The only file that imports fhir.resources.

The library has models of R4B, not of R4. R4B changed no resource and no data type that stands in such a bundle: its
list of differences names medication definition, evidence, subscription and nutrition, and two new data types, and
says that who uses none of these "can continue to use either R4 or R4B without any functional difference"
(hl7.org/fhir/R4B/r4b-explanation.html, hl7.org/fhir/R4B/diff.html). So a bundle that R4B's models take is one of R4.

Every address and identifier in a bundle is random and of this export alone, so that two charts cannot be linked by
them; all else is the same for the same document and moment.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING
from uuid import uuid4

from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

from assistant.domain import PersonId
from assistant.errors import OutputError
from assistant.handout import Recipient, ReleaseConsent
from assistant.notes import sentences as say
from assistant.notes.document import Document, DocumentLine, DocumentPart, LineKind
from assistant.notes.export import fhir_codes as codes
from assistant.notes.export import fhir_resources as make
from assistant.notes.export.fhir_rules import check_bundle
from assistant.notes.export.text_file import plain

if TYPE_CHECKING:
    from assistant.domain import Part2
    from assistant.notes.export.fhir_codes import Json


def bundle_bytes(
    document: Document,
    *,
    recipient: Recipient,
    part2: Part2,
    at: dt.datetime,
    consent: ReleaseConsent | None = None,
) -> bytes:
    """Return the document as a FHIR bundle in JSON.

    There is a ``Consent`` only where a consent was given: what Part 2 asks of the rest is said by the labels and the
    notice, and a resource for a consent that nobody gave would be untrue.

    Raises:
        OutputError: The bundle does not validate, or breaks a rule of the house.
    """
    made = bundle(document, recipient=recipient, part2=part2, at=at, consent=consent)
    validate(made)
    check_bundle(made, part2)
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def validate(made: Json) -> None:
    """Hold a bundle against the models of FHIR.

    Raises:
        OutputError: It does not fit. The models' own message quotes what they found, so it is not passed on.
    """
    try:
        Bundle.model_validate(made)
    except ValidationError as error:
        places = {".".join(str(step) for step in one["loc"] if isinstance(step, int)) for one in error.errors()}
        raise OutputError(
            f"the FHIR bundle does not validate at {len(places)} places; nothing is written, report it"
        ) from None


def bundle(
    document: Document,
    *,
    recipient: Recipient,
    part2: Part2,
    at: dt.datetime,
    consent: ReleaseConsent | None = None,
) -> Json:
    """Return the bundle as JSON, not yet validated."""
    note, patient, clinician, device = (_address() for _ in range(4))
    kinds = {line.kind for part in document.parts for line in part.lines}
    by_hand = bool(kinds & {LineKind.HAND, LineKind.EMPTY}) or not document.is_draft
    entries = [
        (note, make.composition(document, part2, at, patient=patient, clinician=clinician, device=device)),
        (patient, make.patient(document, part2, _address())),
        (device, make.device(part2)),
    ]
    if by_hand:
        entries.append((clinician, make.practitioner(document, part2)))
    author = device if document.is_draft else clinician
    rest = [make.document_reference(document, part2, at, plain(document), patient=patient, author=author)]
    if consent is not None:
        rest.append(make.consent_given(consent, part2, patient=patient, composition=note))
    rest.append(make.provenance(part2, at, codes.CREATE, note, [(codes.ASSEMBLER, device)]))
    if by_hand:
        signed = document.signed_at is not None and not document.is_draft
        when = document.signed_at if signed and document.signed_at is not None else at
        roles = [(codes.AUTHOR, clinician), *([] if document.is_draft else [(codes.SIGNER, clinician)])]
        rest.append(make.provenance(part2, when, codes.CREATE if document.is_draft else codes.SIGNED, note, roles))
    rest.append(make.audit_event(part2, at, recipient, composition=note, device=device))
    entries.extend((_address(), one) for one in rest)
    return {
        "resourceType": "Bundle",
        "meta": {"security": codes.labels(part2)},
        "identifier": {"system": codes.URI, "value": _address()},
        "type": "document",
        "timestamp": make.instant(at),
        "entry": [{"fullUrl": url, "resource": one} for url, one in entries],
    }


def specimen(*, recipient: Recipient, part2: Part2, consent: ReleaseConsent | None, draft: bool) -> Json:
    """Return a bundle with everything that one of its kind may hold, and no word of anybody's."""
    parts = tuple(
        DocumentPart("x", tuple(DocumentLine("x", kind, section=section) for section in sections for kind in LineKind))
        for sections in ((say.TOPIC,), (say.SAID,), (say.TOPIC, say.SAID))
    )
    day = dt.date(2000, 1, 1)
    moment = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    bare = Document(PersonId(""), "x", "x", day, parts, "" if draft else "x", None if draft else moment)
    given = None if consent is None else ReleaseConsent(1, kinds=consent.kinds, expires=day, signed_on=day)
    return bundle(bare, recipient=recipient, part2=part2, at=moment, consent=given)


def _address() -> str:
    return uuid4().urn
