"""Signed notes, consents to a release, and the disclosure log as bytes, and back; as ``codec.py``.

What stands in columns (member, session, number) is given again at reading, so that it is kept once.
"""

from __future__ import annotations

import datetime as dt

from assistant.decisions import GroupWord
from assistant.domain import DisclosureType, PersonId
from assistant.handout import Addendum, HandOut, Recipient, ReleaseConsent, SignedNote
from assistant.store.codec import date_of, date_plain, packed, unpacked
from assistant.store.note_codec import note_of, note_plain
from assistant.store.times import stamp


def signed_bytes(signed: SignedNote) -> bytes:
    """Return a signed note without its addenda as bytes."""
    s = signed
    return packed([note_plain(s.note), note_plain(s.group_note), s.signature, s.who, stamp(s.at), s.checked])


def signed_of(member: PersonId, session_id: str, content: bytes, addenda: tuple[Addendum, ...]) -> SignedNote:
    """Return the note that ``signed_bytes`` was given, with its addenda."""
    note, group_note, signature, who, at, checked = unpacked(content)
    when = dt.datetime.fromisoformat(at)
    return SignedNote(member, session_id, note_of(note), note_of(group_note), signature, who, when, checked, addenda)


def addendum_bytes(addendum: Addendum) -> bytes:
    """Return an addendum as bytes."""
    return packed([addendum.text, addendum.signature, addendum.who, stamp(addendum.at)])


def addendum_of(content: bytes) -> Addendum:
    """Return the addendum that ``addendum_bytes`` was given."""
    text, signature, who, at = unpacked(content)
    return Addendum(text, signature, who, dt.datetime.fromisoformat(at))


def consent_bytes(consent: ReleaseConsent) -> bytes:
    """Return a consent to a release without its number as bytes."""
    c = consent
    return packed(
        [
            c.patient,
            c.discloser,
            c.description,
            c.recipients,
            list(c.kinds),
            c.purpose,
            c.revocation,
            c.expiry,
            date_plain(c.expires),
            c.refusal,
            c.signed_by,
            date_plain(c.signed_on),
            c.names_private,
            date_plain(c.revoked_on),
        ]
    )


def consent_of(number: int, content: bytes) -> ReleaseConsent:
    """Return the consent that ``consent_bytes`` was given."""
    (
        patient,
        discloser,
        description,
        recipients,
        kinds,
        purpose,
        revocation,
        expiry,
        expires,
        refusal,
        signed_by,
        signed_on,
        names_private,
        revoked_on,
    ) = unpacked(content)
    return ReleaseConsent(
        number=number,
        patient=patient,
        discloser=discloser,
        description=description,
        recipients=recipients,
        kinds=tuple(map(Recipient, kinds)),
        purpose=purpose,
        revocation=revocation,
        expiry=expiry,
        expires=date_of(expires),
        refusal=refusal,
        signed_by=signed_by,
        signed_on=date_of(signed_on),
        names_private=names_private,
        revoked_on=date_of(revoked_on),
    )


def hand_out_bytes(line: HandOut) -> bytes:
    """Return a line of the disclosure log without its number and member as bytes."""
    h = line
    return packed(
        [stamp(h.at), h.who, h.session, h.kind, h.recipient, h.description, h.purpose, h.accountable, h.consent]
    )


def hand_out_of(number: int, member: PersonId, content: bytes) -> HandOut:
    """Return the line that ``hand_out_bytes`` was given."""
    at, who, session, kind, recipient, description, purpose, accountable, consent = unpacked(content)
    return HandOut(
        number=number,
        at=dt.datetime.fromisoformat(at),
        who=who,
        member=member,
        session=session,
        kind=Recipient(kind),
        recipient=recipient,
        description=description,
        purpose=purpose,
        accountable=accountable,
        consent=consent,
    )


def word_bytes(word: GroupWord) -> bytes:
    """Return a word of a group as bytes."""
    return packed([word.word, word.type])


def word_of(content: bytes) -> GroupWord:
    """Return the word that ``word_bytes`` was given."""
    word, type_ = unpacked(content)
    return GroupWord(word, DisclosureType(type_))
