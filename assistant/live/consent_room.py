"""Who is in the room tonight and what they agreed to: the one place that gives leave to record.

A key press changes it at once, from the thread of the screen, and the thread that takes in sound asks it at every
block. So somebody who comes in, or takes consent back, ends the recording before the next tenth of a second is kept,
whatever the rest of the program is doing at that moment.
"""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from assistant.consent import lacking, permit
from assistant.domain import Consent
from assistant.errors import SessionError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from assistant.consent import RecordingPermit
    from assistant.domain import Group, Person, PersonId


class ConsentRoom:
    """The roster as it stands now. Thread-safe.

    Args:
        group: The group as the session begins: who is present, who agreed.
    """

    def __init__(self, group: Group) -> None:
        self._lock = Lock()
        self._group = group
        self._given: RecordingPermit | None = None

    @property
    def group(self) -> Group:
        """The group as it stands now."""
        with self._lock:
            return self._group

    def lacking(self) -> tuple[PersonId, ...]:
        """Return who is here and has not agreed."""
        with self._lock:
            return lacking(here(self._group))

    def permit(self) -> RecordingPermit:
        """Return leave to record the people who are here now; it holds until ``allows`` says otherwise.

        Raises:
            ConsentError: Somebody here has not agreed; names ids.
        """
        with self._lock:
            self._given = permit(here(self._group))
            return self._given

    def allows(self, given: RecordingPermit) -> bool:
        """Whether this leave still holds: it is the last that was given, and covers everybody who is here now."""
        with self._lock:
            return given is self._given and given.covers(p.id for p in here(self._group))

    def arrive(self, person: PersonId, at: int) -> Group:
        """Somebody on the roster comes in; leave to record is void until all who are here agree.

        Raises:
            SessionError: Nobody of that id is on the roster.
        """
        return self._change(person, lambda p: _came(p, at))

    def leave(self, person: PersonId, at: int) -> Group:
        """Somebody leaves; leave to record, where it holds, goes on holding for the others.

        Raises:
            SessionError: Nobody of that id is on the roster.
        """
        return self._change(person, lambda p: _left(p, at), voids=False)

    def agree(self, person: PersonId, today: dt.date) -> Group:
        """Somebody agrees, aloud and now, to be recorded.

        Raises:
            SessionError: Nobody of that id is on the roster.
        """
        return self._change(
            person, lambda p: replace(p, consent=replace(p.consent, recording=today, withdrawn_at=None)), voids=False
        )

    def keep_voice(self, person: PersonId, today: dt.date) -> Group:
        """Somebody agrees that their voiceprint is kept from session to session.

        Raises:
            SessionError: Nobody of that id is on the roster.
        """
        return self._change(person, lambda p: replace(p, consent=replace(p.consent, voiceprint=today)), voids=False)

    def withdraw(self, person: PersonId, today: dt.date) -> Group:
        """Somebody takes back all that they agreed to; leave to record is void.

        Raises:
            SessionError: Nobody of that id is on the roster.
        """
        return self._change(person, lambda p: replace(p, consent=Consent(withdrawn_at=today)))

    def _change(self, person: PersonId, change: Callable[[Person], Person], *, voids: bool = True) -> Group:
        with self._lock:
            if person not in {p.id for p in self._group.people}:
                raise SessionError(f"nobody of the id {person} is on this group's roster: add them to the group file")
            people = tuple(change(p) if p.id == person else p for p in self._group.people)
            self._group = replace(self._group, people=people)
            if voids:
                self._given = None
            return self._group


def here(group: Group) -> tuple[Person, ...]:
    """Return who is in the room at this moment: who is here tonight and has not left."""
    return tuple(p for p in group.present if p.present_until is None)


def _left(person: Person, at: int) -> Person:
    # Whoever was here for a while gets a note; whoever never came does not.
    return replace(person, present_until=at) if person.present and at else replace(person, present=False)


def _came(person: Person, at: int) -> Person:
    if person.present and person.present_until is None:
        return person
    # Whoever was here before and comes again was absent in between: what was said then is news to them.
    return replace(person, present=True, present_from=at, present_until=None)
