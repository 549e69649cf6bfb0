"""The consent that a release rests on: found, whole, and meant for this recipient, or nothing leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import ConsentError
from assistant.notes.presets import lacking, needs_consent

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
    gone = lacking(chosen, recipient, group.part2, today)
    if gone:
        raise ConsentError(f"{person}: no consent covers this release ({', '.join(gone)}): see 'assistant consent add'")
    return chosen
