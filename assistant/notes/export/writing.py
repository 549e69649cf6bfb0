"""A finished document as bytes: written, then taken apart again and proved, and only then handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import AssistantError, OutputError
from assistant.handout import FileKind, Recipient
from assistant.notes import presets
from assistant.notes.export import text_file
from assistant.notes.export.proof import prove, wanted
from assistant.notes.export.unseen import has_unseen
from assistant.notes.notices import part2_notices

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import Part2
    from assistant.handout import ReleaseConsent
    from assistant.notes.document import Document


def write(  # noqa: PLR0913 # all that a release rests on is said by name
    document: Document,
    kind: FileKind,
    *,
    recipient: Recipient,
    part2: Part2,
    at: dt.datetime,
    consent: ReleaseConsent | None = None,
) -> bytes:
    """Write a document as one kind of file and prove that it holds the document and nothing else.

    The last to ask before something leaves, it asks again what others asked before: whether the recipient may have
    all of it, whether the consent holds, whether the notices are there, whether it is signed.

    Args:
        document: What the gate read and let pass.
        kind: The kind of file.
        recipient: For whom.
        part2: Of the group; ``unknown`` counts as yes.
        at: Now, with a zone. Only a FHIR bundle says it.
        consent: What the release rests on.

    Returns:
        The bytes; for all kinds but FHIR the same for the same document.

    Raises:
        OutputError: It must not leave, or this kind of file cannot show it, or the proof failed. Nothing is written.
    """
    try:
        _may_leave(document, recipient, part2, at, consent)
        _require_visible(document)
        return _made(document, kind, recipient, part2, at, consent)
    except AssistantError:
        raise
    except Exception:  # noqa: BLE001 # whatever a library raises may quote the note, so nothing of it goes on
        raise OutputError(f"a {kind} file could not be made of this note: choose another kind, and report it") from None


def _made(  # noqa: PLR0913, PLR0917 # as ``write``
    document: Document,
    kind: FileKind,
    recipient: Recipient,
    part2: Part2,
    at: dt.datetime,
    consent: ReleaseConsent | None,
) -> bytes:
    match kind:
        case FileKind.MARKDOWN:
            data = text_file.markdown(document)
            prove(document, text_file.from_markdown(data))
        case FileKind.TEXT:
            data = text_file.plain(document)
            prove(document, text_file.from_plain(data))
        case FileKind.DOCX:
            data = _docx(document)
        case FileKind.PDF:
            data = _pdf(document)
        case FileKind.FHIR:
            data = _fhir(document, recipient, part2, at, consent)
    return data


# The libraries of the three kinds below take long to load: only who asks for a kind waits for its library.


def _docx(document: Document) -> bytes:
    from assistant.notes.export import docx_file, docx_text  # noqa: PLC0415 # see above

    data = docx_file.docx_bytes(document)
    prove(document, docx_text.from_docx(data, docx_file.specimen()), docx_text.margins(document))
    return data


def _pdf(document: Document) -> bytes:
    from assistant.notes.export import pdf_file, pdf_text  # noqa: PLC0415 # see above

    data = pdf_file.pdf_bytes(document)
    taken = pdf_text.from_pdf(data, pdf_file.specimen(), draft=document.is_draft)
    prove(document, taken, pdf_text.margins(document, len(taken.pages)))
    return data


def _fhir(
    document: Document, recipient: Recipient, part2: Part2, at: dt.datetime, consent: ReleaseConsent | None
) -> bytes:
    from assistant.notes.export import fhir_file, fhir_resources, fhir_text  # noqa: PLC0415 # see above

    data = fhir_file.bundle_bytes(document, recipient=recipient, part2=part2, at=at, consent=consent)
    model = fhir_file.specimen(recipient=recipient, part2=part2, consent=consent, draft=document.is_draft)
    for taken in fhir_text.from_bundle(data, model, document, fhir_resources.days(document, at, consent)):
        prove(document, taken)
    return data


def _may_leave(
    document: Document, recipient: Recipient, part2: Part2, at: dt.datetime, consent: ReleaseConsent | None
) -> None:
    if document.is_draft and recipient is not Recipient.RECORD:
        raise OutputError("the note is not signed: a draft goes nowhere but into the clinic's own record")
    lacking = presets.lacking(consent, recipient, part2, at.date())
    if lacking:
        raise OutputError(f"the release lacks a valid consent ({', '.join(lacking)}): complete it, then hand out")
    beyond = presets.beyond(document, recipient, consent)
    if beyond:
        raise OutputError(f"the note holds what {recipient} may not have ({', '.join(beyond)}): choose its preset")
    scope = consent if presets.needs_consent(recipient, part2) else None
    if any(notice not in document.notices for notice in part2_notices(part2, scope)):
        raise OutputError("the notice of 42 CFR 2.32, or the scope of the consent, is not in the note: add the notices")


def _require_visible(document: Document) -> None:
    """Refuse what a reader cannot see: what the gate read and what a person reads would not be the same."""
    for where, text in wanted(document):
        if has_unseen(text):
            raise OutputError(f"{where} holds a character that cannot be seen: write it anew")
    lines = [line.text for part in document.parts for line in part.lines]
    if not all(text.strip() for text in (document.title, *lines, *(part.title for part in document.parts))):
        raise OutputError("the note holds an empty line or heading: take it out, or write it")
