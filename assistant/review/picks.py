"""What a person points at, as a decision: pure functions from a drawn line or clause to the words of the close."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.decisions import GROUP_FIELDS, FieldWritten, Hidden, LineWritten, OwnerSet, Released, SpeakerSet
from assistant.domain import UNKNOWN_OWNER, Owner, Span
from assistant.errors import SessionError
from assistant.notes.completing import may_write
from assistant.notes.typed_text import field_text, lines_of

if TYPE_CHECKING:
    from assistant.decisions import Decided, Field, Place
    from assistant.domain import Disclosure, Note, PersonId
    from assistant.review.note_view import Drawn, DrawnLine
    from assistant.review.standing import Standing

GONE = "this line is not there any more: the note was made again meanwhile, look at it once more"


def line_of(drawn: Drawn, number: int) -> DrawnLine:
    """Return the line of a number. Raises SessionError where there is none."""
    if not 0 <= number < len(drawn.lines):
        raise SessionError(GONE)
    return drawn.lines[number]


def hidden(standing: Standing, person: PersonId, line: DrawnLine, words: str) -> tuple[Decided, ...]:
    """Return what keeps a line, or these words of it, out of the note.

    Raises:
        SessionError: The line quotes nothing, or the words were not said so.
    """
    if not line.released:
        raise SessionError("this line quotes nothing: write its field or line anew instead")
    spans = [(one.utterance, span) for one in line.released for span in one.spans]
    if not words.strip():
        return tuple(Hidden(person, standing.place(utterance, span)) for utterance, span in spans)
    asked = r"\W+".join(re.escape(w) for w in re.findall(r"\w+", words)) or r"(?!)"
    said = re.compile(rf"(?<!\w){asked}(?!\w)", re.IGNORECASE)
    found = [
        Hidden(person, standing.place(utterance, Span(match.start(), match.end())))
        for utterance, span in spans
        for match in said.finditer(standing.by_id[utterance].utterance.text, span.start, span.end)
    ]
    if not found:
        raise SessionError("the member did not say these words in this way: hide the line, or write it anew")
    return tuple(found)


def not_theirs(standing: Standing, person: PersonId, line: DrawnLine) -> SpeakerSet:
    """Return that what a line rests on was said by somebody else; who that was is still to be named.

    Whole utterances: where a voice was given to the wrong person for one clause, it was so for those around it.

    Raises:
        SessionError: The line rests on nothing that the member said.
    """
    said = (standing.by_id[u].utterance for u in line.line.evidence if u in standing.by_id)
    places = tuple(standing.place(u.id, Span(0, len(u.text))) for u in said if u.speaker == person and u.text)
    if not places:
        raise SessionError("this line rests on nothing that the member said: write its field or line anew instead")
    return SpeakerSet(places, None, to_hear=True)


def mention_of(line: DrawnLine, number: int) -> tuple[Disclosure, Place]:
    """Return the fact of a number. Raises SessionError where there is none."""
    if not 0 <= number < len(line.disclosures):
        raise SessionError(GONE)
    _, disclosure, place = line.disclosures[number]
    return disclosure, place


def owned(person: PersonId, disclosure: Disclosure, place: Place, owner: str) -> OwnerSet:
    """Return whose a fact is. Raises SessionError where ``owner`` is none of the three."""
    owners = {"own": Owner(person=person), "outsider": Owner(outsider_of=person), "unknown": UNKNOWN_OWNER}
    if owner not in owners:
        raise SessionError("a fact is the member's own, an outsider's, or nobody can say: own, outsider, unknown")
    return OwnerSet(place, disclosure.type, owners[owner])


def released(standing: Standing, person: PersonId, drawn: Drawn, number: int) -> Released:
    """Return what lets a withheld clause in. Raises SessionError where it is not there any more."""
    withheld = drawn.withheld.get(number)
    if withheld is None:
        raise SessionError(GONE)
    return Released(person, standing.place(withheld.utterance, withheld.span))


def line_written(note: Note, person: PersonId | None, line: DrawnLine, text: str) -> LineWritten:
    """Return a line written anew. Raises SessionError where it is counted, or a field."""
    if not may_write(note, line.section, line.line.evidence):
        raise SessionError("this line is counted, or a field: write the field, or correct what is counted")
    return LineWritten(person, line.section, line.line.evidence, "\n".join(lines_of(text)))


def field_written(person: PersonId | None, name: Field, text: str) -> FieldWritten:
    """Return what a clinician wrote in a field. Raises SessionError for a field of the other part, or a wrong time."""
    if (name in GROUP_FIELDS) != (person is None):
        part = "the group's part" if name in GROUP_FIELDS else "a member's note"
        raise SessionError(f"the field {name.value} is of {part}")
    return FieldWritten(person, name, field_text(name, text))
