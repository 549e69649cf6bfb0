"""The text of a FHIR bundle, taken out of its bytes again, and every other string in it.

What is neither text of the note, nor a random address, nor a day or moment of this export must stand at the same place
in a specimen without a word of anybody's.
"""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from assistant.notes.export.proof import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.notes.document import Document

_COMPOSITION = "entry.resource:Composition"
_ADDRESS = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?")
_DIVS = frozenset({f"{_COMPOSITION}.text.div", f"{_COMPOSITION}.section.text.div"})
_PATIENT, _CLINICIAN = "entry.resource:Patient.name.text", "entry.resource:Practitioner.name.text"
_ATTACHED = "entry.resource:DocumentReference.content.attachment.data"


def from_bundle(data: bytes, specimen: object, document: Document, days: frozenset[str]) -> tuple[Taken, Taken]:
    """Return what a bundle says: in its composition, and in the file that is attached to it.

    Args:
        data: The bytes.
        specimen: A bundle of the same make, as JSON.
        document: Whose title and names must stand where a bundle says such.
        days: The days and moments that it may tell, as FHIR writes them.
    """
    found = tuple(_strings(json.loads(data)))
    allowed = {_framed(place, text) for place, text in _strings(specimen)}
    names = {_PATIENT: document.member, _CLINICIAN: document.signature, f"{_COMPOSITION}.title": document.title}
    said: list[str] = []
    attached: list[str] = []
    besides: list[str] = []
    for place, text in found:
        if place == f"{_COMPOSITION}.section.title":
            said.append(text)
        elif place in _DIVS:
            said.extend(_text(text))
            besides.extend(_markup(text))
        elif place == _ATTACHED:
            attached.append(base64.b64decode(text, validate=True).decode())
        elif place in names:
            besides.extend(() if text == names[place] else (place,))
        elif _framed(place, text) not in allowed or (_DAY.fullmatch(text) and text not in days):
            besides.append(place)
    return Taken(("\n".join(said),), besides=tuple(besides)), Taken(("\n".join(attached),))


def _framed(place: str, text: str) -> tuple[str, str]:
    return place, "address" if _ADDRESS.fullmatch(text) else "day" if _DAY.fullmatch(text) else text


def _strings(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every value with its place, which is made of the keys on the way to it; an empty list is a value too."""
    if isinstance(value, dict) and value:
        inside = f"{place}:{value['resourceType']}" if place and "resourceType" in value else place
        for key, below in value.items():
            yield from _strings(below, f"{inside}.{key}" if inside else key)
    elif isinstance(value, list) and value:
        for below in value:
            yield from _strings(below, place)
    else:
        yield place, value if isinstance(value, str) else json.dumps(value)


_TAGS = frozenset("{http://www.w3.org/1999/xhtml}" + tag for tag in ("div", "p", "b", "blockquote"))


def _text(div: str) -> list[str]:
    return list(ET.fromstring(div).itertext())  # noqa: S314 # bytes that this program has just written


def _markup(div: str) -> list[str]:
    """Return what a narrative holds beside text and plain tags: attributes, remarks, instructions."""
    odd = [str(e.tag) for e in ET.fromstring(div).iter() if e.tag not in _TAGS or e.attrib]  # noqa: S314 # bytes that this program has just written
    return odd + [mark for mark in ("<!", "<?") if mark in div]
