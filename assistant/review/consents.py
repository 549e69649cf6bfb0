"""The consent that a release rests on: found, whole, and meant for this recipient, or nothing leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import ConsentError
from assistant.notes.presets import lacking, needs_consent
from assistant.review.log_words import name_words, names
from assistant.review.view import ConsentView

if TYPE_CHECKING:
    import datetime as dt

    from assistant.domain import Group, PersonId
    from assistant.handout import Recipient, ReleaseConsent
    from assistant.store.reviews import Reviews


def covering(  # noqa: PLR0913, PLR0917  who gave it, whom it covers, and on what day
    reviews: Reviews, group: Group, person: PersonId, recipient: Recipient, number: int | None, today: dt.date
) -> ReleaseConsent | None:
    """Return the consent that a release rests on; None where it needs none.

    Args:
        reviews: What the vault keeps.
        group: Whose group; its ``part2`` counts.
        person: Whose information it is.
        recipient: Who is to have it.
        number: Of the consent; None: the one that covers it, if exactly one does.
        today: The day on which it must hold.

    Raises:
        ConsentError: Names the fields that are empty, or what is in the way.
    """
    known = reviews.consents(group, person)
    if number is not None:
        chosen = next((c for c in known if c.number == number), None)
        if chosen is None:
            raise ConsentError(f"{person} has no consent {number}: see 'assistant consent list'")
    elif not needs_consent(recipient, group.part2):
        return None
    else:
        fitting = [c for c in known if not lacking(c, recipient, group.part2, today)]
        if len(fitting) > 1:
            raise ConsentError(f"{person} has {len(fitting)} consents that cover this: say which by its number")
        chosen = fitting[0] if fitting else (known[-1] if known else None)
    if chosen is not None and chosen.patient.strip() and not _meant_for(chosen, group, person):
        raise ConsentError(
            f"{person}: the patient that the consent names is somebody else: see 'assistant consent list'"
        )
    gone = lacking(chosen, recipient, group.part2, today)
    if gone:
        raise ConsentError(f"{person}: no consent covers this release ({', '.join(gone)}): see 'assistant consent add'")
    return chosen


def standing_consents(
    reviews: Reviews, group: Group, person: PersonId, recipient: Recipient, today: dt.date
) -> tuple[ConsentView, ...]:
    """Return a member's consents that are neither revoked nor expired, those that cover the release first.

    Args:
        reviews: What the vault keeps.
        group: Whose group; its ``part2`` counts.
        person: Whose information it is.
        recipient: Who is to have it.
        today: The day on which they must hold.
    """
    found = [
        ConsentView(
            number=consent.number,
            recipients=consent.recipients,
            kinds=consent.kinds,
            until=consent.expires,
            ends=consent.expiry,
            lacking=_in_the_way(consent, group, person, recipient, today),
        )
        for consent in reviews.consents(group, person)
        if consent.revoked_on is None and (consent.expires is None or consent.expires >= today)
    ]
    return tuple(sorted(found, key=lambda one: (bool(one.lacking), one.number)))


def _in_the_way(
    consent: ReleaseConsent, group: Group, person: PersonId, recipient: Recipient, today: dt.date
) -> tuple[str, ...]:
    gone = lacking(consent, recipient, group.part2, today)
    # An order that rests on a consent is refused for its patient also where it would need none.
    wrong = bool(consent.patient.strip()) and not _meant_for(consent, group, person)
    return ("patient", *gone) if wrong and "patient" not in gone else gone


def _meant_for(consent: ReleaseConsent, group: Group, person: PersonId) -> bool:
    """Whether the patient of a consent may be this member: a name in common, and nobody else's full name.

    A paper may say a name otherwise than the roster: with a second one, or a maiden name.
    """
    member = group.person(person)
    own = {word for name in (member.name, *member.aliases) for word in name_words(name)}
    others = (p for p in group.people if p.id != person)
    return not own.isdisjoint(name_words(consent.patient)) and not any(names(consent.patient, p) for p in others)
