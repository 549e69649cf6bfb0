"""Which person on the roster a transcript's speaker label means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.errors import TranscriptError

if TYPE_CHECKING:
    from assistant.domain import Group, PersonId

_NOBODY = re.compile(
    r"\W*(?:(?:unknown|unidentified|unattributed) ?)?(?:speaker|voice|person|participant)?"
    r"(?: ?#?(?:\d{1,3}|[a-z]))?\W*"
)
"""How transcripts say that they do not know: "Speaker 2", "Unknown", "SPEAKER_00" once underscores are spaces."""


class Labels:
    """Maps the labels of a transcript to people, by id, full name, alias, or a first name that only one person has."""

    def __init__(self, group: Group) -> None:
        self._ids = {_normal(p.id): p.id for p in group.people}
        self._names: dict[str, set[PersonId]] = {}
        self._first: dict[str, set[PersonId]] = {}
        for person in group.people:
            for name in (person.name, *person.aliases):
                self._names.setdefault(_normal(name), set()).add(person.id)
            if person.name.split():
                self._first.setdefault(_normal(person.name.split()[0]), set()).add(person.id)

    def knows(self, label: str) -> bool:
        """Whether the label is somebody's on the roster, or says that the speaker is not known."""
        return bool(self._people(label)) or _says_nobody(label)

    def person(self, label: str | None, where: str) -> PersonId | None:
        """Return whom ``label`` means; None where there is no label or it says that the speaker is not known.

        Args:
            label: As the transcript has it.
            where: The place in the file, for the error.

        Raises:
            TranscriptError: Nobody on the roster, or more than one person, goes by that label.
        """
        if label is None:
            return None
        people = self._people(label)
        if len(people) == 1:
            return next(iter(people))
        if people:
            raise TranscriptError(
                f"{where}: the speaker label fits {len(people)} people on the roster: use full names or ids"
            )
        if _says_nobody(label):
            return None
        raise TranscriptError(
            f"{where}: the speaker is not on the roster: correct the label or add the person to the group file"
        )

    def _people(self, label: str) -> set[PersonId]:
        key = _normal(label)
        if key in self._ids:
            return {self._ids[key]}
        return self._names.get(key) or self._first.get(key) or set()


def _normal(label: str) -> str:
    return " ".join(label.replace("\u2019", "'").casefold().split())


def _says_nobody(label: str) -> bool:
    return _NOBODY.fullmatch(_normal(label.replace("_", " "))) is not None
