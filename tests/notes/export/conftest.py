"""Finished notes of five invented members, each with facts that nobody else may find in a file."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from assistant.domain import Part2, PersonId, UtteranceId
from assistant.handout import Recipient, ReleaseConsent
from assistant.notes import sentences as say
from assistant.notes.document import Document, DocumentLine, DocumentPart, LineKind
from assistant.notes.notices import part2_notices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = {
    "m1": "Priscilla Okonkwo",
    "m2": "Tobias Lindgren",
    "m3": "Nguyễn Thị Ánh",
    "m4": "William Kowalczyk",
    "m5": "Yesenia Quiroga",
}
CANARIES = {
    "m1": ("zebra lamp", "copper violin"),
    "m2": ("walrus ladder", "indigo teapot"),
    "m3": ("marzipan anchor", "velvet turbine"),
    "m4": ("pelican quartz", "bamboo cathedral"),
    "m5": ("saffron tractor", "granite umbrella"),
}
AT = dt.datetime(2026, 1, 16, 9, 0, tzinfo=dt.UTC)
SIGNED_AT = dt.datetime(2026, 1, 15, 16, 2, tzinfo=dt.UTC)


def line(text: str, kind: LineKind, section: str) -> DocumentLine:
    """Return a line with evidence that no file may tell."""
    return DocumentLine(text, kind, (UtteranceId("u417"),), section)


def finished(
    member: str = "m1",
    *,
    signed: bool = True,
    named: bool = True,
    speech: int = 3,
    part2: Part2 = Part2.UNKNOWN,
    consent: ReleaseConsent | None = None,
    recipient: Recipient = Recipient.RECORD,
    more: tuple[DocumentPart, ...] = (),
) -> Document:
    """Return a member's finished note with that member's canaries in it, as a recipient may have it."""
    lamp, violin = CANARIES[member]
    said = tuple(
        line(f"I keep the {lamp} by my bed & it's *mine*, <{n}> “really”.", LineKind.SPEECH, say.SAID)
        for n in range(speech)
    )
    session = (
        line("Group session on 2026-01-15.", LineKind.COUNTED, say.SESSION),
        line("Members present: 5. Facilitators present: 1.", LineKind.COUNTED, say.SESSION),
    )
    parts: tuple[DocumentPart, ...] = (
        DocumentPart("Session", session),
        DocumentPart("Interventions", (line("Reflective listening.", LineKind.HAND, say.INTERVENTIONS),)),
    )
    if recipient in {Recipient.RECORD, Recipient.CLINICIAN, Recipient.MEMBER}:
        assessment = (line(f"Speaks of the {violin} with less dread.", LineKind.HAND, say.ASSESSMENT),)
        parts = (*parts, DocumentPart("What the member said", said), DocumentPart("Assessment", assessment))
    plan = DocumentPart("Plan", (line(say.TO_COMPLETE, LineKind.EMPTY, say.PLAN),))
    return Document(
        PersonId(f"roster-{member}"),
        "Group session note",
        NAMES[member] if named else "",
        dt.date(2026, 1, 15),
        (*parts, plan, *more),
        "Dana Ruiz, LCSW" if signed else "",
        SIGNED_AT if signed else None,
        part2_notices(part2, consent),
    )


@pytest.fixture
def make() -> Callable[..., Document]:
    """Return what makes a finished note."""
    return finished


@pytest.fixture
def facts() -> dict[str, tuple[str, ...]]:
    """Return what only one member's file may hold, by member: the name, and two facts."""
    return {member: (name, *CANARIES[member]) for member, name in NAMES.items()}


@pytest.fixture
def at() -> dt.datetime:
    """Return the moment of the export."""
    return AT


@pytest.fixture
def consent() -> ReleaseConsent:
    """Return a complete consent to treatment and payment."""
    return ReleaseConsent(
        1,
        patient="Priscilla Okonkwo",
        discloser="Harbour Street Clinic",
        description="progress notes of group sessions",
        recipients="my treating providers and third-party payers",
        kinds=(Recipient.PAYER, Recipient.CLINICIAN),
        purpose="treatment and payment",
        revocation="in writing to the clinic, at any time",
        expiry="none",
        refusal="what is released may be released again; refusing has no consequence for treatment",
        signed_by="Priscilla Okonkwo",
        signed_on=dt.date(2026, 1, 2),
    )


@pytest.fixture
def everything() -> Callable[[bytes], str]:
    """Return what makes one searchable text of all that is in a file's bytes, however it is packed."""
    return lambda data: "\n".join(_layers(data))


def _layers(data: bytes) -> Iterator[str]:
    yield data.decode("utf-8", "replace")
    yield data.decode("utf-16-be", "replace")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in package.infolist():
                yield info.filename
                yield re.sub(r"<[^>]*>", "", package.read(info).decode("utf-8", "replace"))
                yield package.read(info).decode("utf-8", "replace")
    if data.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            packed = stream.strip()
            raw = base64.a85decode(packed.removesuffix(b"~>")) if packed.endswith(b"~>") else stream
            yield zlib.decompressobj().decompress(raw).decode("latin-1")
        for page in PdfReader(io.BytesIO(data)).pages:
            yield " ".join(page.extract_text().split())
    if data.startswith(b"{"):
        yield json.dumps(json.loads(data), ensure_ascii=False)
        for blob in re.findall(rb'"data": "([A-Za-z0-9+/=]+)"', data):
            yield base64.b64decode(blob).decode()
