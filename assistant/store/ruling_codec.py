"""A clinician's decisions as bytes, and back; as ``codec.py``. The first of each array says what kind it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, assert_never

from assistant.decisions import (
    AlertSettled,
    FalseAlarm,
    Field,
    FieldWritten,
    Hidden,
    LeftAlone,
    LineWritten,
    NoteAccepted,
    OwnerSet,
    Place,
    Released,
    Ruling,
    SpeakerSet,
    TextAccepted,
)
from assistant.domain import AlertKind, DisclosureType, Owner, PersonId, Resolution, Span, UtteranceId
from assistant.errors import VaultError
from assistant.store.codec import packed, span_plain, unpacked
from assistant.store.times import stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.decisions import Decided
    from assistant.store.codec import Plain


def ruling_bytes(ruling: Ruling) -> bytes:
    """Return who decided what and when as bytes; number and whether it was undone stand in columns."""
    return packed([stamp(ruling.at), ruling.who, _decided(ruling.decided), ruling.press])


def ruling_of(number: int, content: bytes, *, undone: bool) -> Ruling:
    """Return the ruling that ``ruling_bytes`` was given."""
    # An older version of the program kept each decision as a key press of its own.
    at, who, decided, *press = unpacked(content)
    return Ruling(number, dt.datetime.fromisoformat(at), who, _decided_of(decided), undone, press[0] if press else 0)


def _decided(decided: Decided) -> Plain:
    if isinstance(decided, LineWritten | FieldWritten | NoteAccepted | AlertSettled):
        return _written(decided)
    if isinstance(decided, SpeakerSet | LeftAlone | TextAccepted):
        return _heard(decided)
    match decided:
        case OwnerSet(place, type_, owner):
            return ["owner", _place(place), type_, [owner.person, owner.outsider_of]]
        case FalseAlarm(place, type_, everywhere):
            return ["false alarm", _place(place), type_, everywhere]
        case Released(reader, place) | Hidden(reader, place):
            return ["released" if isinstance(decided, Released) else "hidden", reader, _place(place)]
        case _:
            assert_never(decided)


def _heard(decided: SpeakerSet | LeftAlone | TextAccepted) -> Plain:
    match decided:
        case SpeakerSet(places, person, to_hear):
            return ["speaker", [_place(place) for place in places], person, to_hear]
        case LeftAlone(places):
            return ["left", [_place(place) for place in places]]
        case TextAccepted(place):
            return ["text", _place(place)]
        case _:
            assert_never(decided)


def _written(decided: LineWritten | FieldWritten | NoteAccepted | AlertSettled) -> Plain:
    match decided:
        case LineWritten(reader, section, evidence, text):
            return ["line", reader, section, list(evidence), text]
        case FieldWritten(reader, name, text):
            return ["field", reader, name, text]
        case NoteAccepted(reader):
            return ["accepted", reader]
        case AlertSettled(place, kind, resolution, text):
            return ["alert", _place(place), kind, resolution, text]
        case _:
            assert_never(decided)


def _decided_of(plain: Plain) -> Decided:
    kind, *fields = plain
    make = _MAKE.get(kind)
    if make is None:
        raise VaultError("a decision in the vault was made by a newer version of this program: install that one")
    return make(*fields)


def _place(place: Place) -> Plain:
    return [place.utterance, *span_plain(place.span)]


def _place_of(plain: Plain) -> Place:
    utterance, start, end = plain
    return Place(UtteranceId(utterance), Span(start, end))


_MAKE: Final[dict[str, Callable[..., Decided]]] = {
    "speaker": lambda places, person, to_hear=False: SpeakerSet(tuple(map(_place_of, places)), person, to_hear),
    "left": lambda places: LeftAlone(tuple(map(_place_of, places))),
    "text": lambda place: TextAccepted(_place_of(place)),
    "owner": lambda place, type_, owner: OwnerSet(_place_of(place), DisclosureType(type_), Owner(*owner)),
    "false alarm": lambda place, type_, all_: FalseAlarm(_place_of(place), DisclosureType(type_), all_),
    "released": lambda reader, place: Released(PersonId(reader), _place_of(place)),
    "hidden": lambda reader, place: Hidden(PersonId(reader), _place_of(place)),
    "line": lambda reader, section, evidence, text: LineWritten(reader, section, tuple(evidence), text),
    "field": lambda reader, name, text: FieldWritten(reader, Field(name), text),
    "accepted": NoteAccepted,
    "alert": lambda place, kind, how, text: AlertSettled(_place_of(place), AlertKind(kind), Resolution(how), text),
}
