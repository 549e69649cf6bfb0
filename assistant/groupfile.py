"""The group file: who belongs to a group, what they agreed to, and what the facilitator already knows.

One TOML file per group. Every key is declared here; an unknown one is refused by name. Messages speak of ids and
keys, never of names or facts.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.consent import lacking
from assistant.domain import Consent, FactSource, Group, KnownFact, Part2, Person, PersonId, Role
from assistant.errors import ConsentError, GroupFileError
from assistant.tables import read_toml, refuse_unknown, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Choice = TypeVar("Choice", bound=StrEnum)

_TOP = ("group", "people", "facts")
_GROUP = ("id", "name", "kind", "part2", "policies")
_PERSON = ("id", "role", "name", "aliases", "pronouns", "present", "present_from", "present_until", "voice", "consent")
_CONSENT = ("recording", "voiceprint", "training", "withdrawn_at")
_FACT = ("owner", "text", "source", "known_to")

_ID_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def read_group(path: Path) -> Group:
    """Return the group that a group file describes.

    Raises:
        GroupFileError: Unknown key, missing or wrong value, duplicate id or name, missing clip, unknown owner.
    """
    where = f"group file {path}"
    table = read_toml(path, GroupFileError, "group file")
    refuse_unknown(table, _TOP, GroupFileError, where)
    head = _table(table, "group", where)
    refuse_unknown(head, _GROUP, GroupFileError, f"{where}, [group]")
    entries = _tables(table, "people", where)
    if not entries:
        raise GroupFileError(f"{where}: no [[people]]: list the facilitator and every member")
    people = tuple(_person(entry, number, path) for number, entry in enumerate(entries, start=1))
    _refuse_duplicates(people, where)
    if not any(p.present and p.is_member for p in people):
        raise GroupFileError(f"{where}: no member is present: set 'present = true' for those who came")
    if not any(p.role is Role.FACILITATOR for p in people):
        raise GroupFileError(f'{where}: no person has role = "facilitator"')
    facts = tuple(
        _fact(entry, f"{where}, fact {number}", people)
        for number, entry in enumerate(_tables(table, "facts", where), start=1)
    )
    return Group(
        name=_required_text(head, "name", f"{where}, [group]"),
        kind=typed(head, "kind", str, GroupFileError, f"{where}, [group]") or "psychotherapy",
        part2=_choice(head, "part2", Part2, Part2.UNKNOWN, f"{where}, [group]"),
        people=people,
        facts=facts,
        id=_group_id(head, f"{where}, [group]"),
    )


def _group_id(head: Mapping[str, Any], where: str) -> str | None:
    identifier = typed(head, "id", str, GroupFileError, where)
    if identifier is not None and (not identifier or not set(identifier) <= _ID_CHARACTERS):
        raise GroupFileError(f"{where}: 'id' may hold letters, digits, '-' and '_' only")
    return identifier


def require_recording_consent(group: Group, source: str) -> None:
    """Refuse to go on unless everybody present agreed to be recorded.

    Raises:
        ConsentError: Names the ids of those without consent.
    """
    missing = lacking(group.present)
    if missing:
        raise ConsentError(
            f"{source}: no recording consent for {', '.join(missing)}, present in the group file: "
            "ask them and enter the date, or set 'present = false' if they were not there"
        )


def _person(entry: Mapping[str, Any], number: int, path: Path) -> Person:
    where = f"group file {path}, person {number}"
    refuse_unknown(entry, _PERSON, GroupFileError, where)
    identifier = _required_text(entry, "id", where)
    if not set(identifier) <= _ID_CHARACTERS:
        raise GroupFileError(f"{where}: 'id' may hold letters, digits, '-' and '_' only: it names a file")
    if identifier.casefold() == "group":
        raise GroupFileError(f"{where}: 'id' may not be \"group\": the group's own part has that name")
    where = f"group file {path}, person {identifier!r}"
    aliases = typed(entry, "aliases", list, GroupFileError, where) or []
    if not all(isinstance(alias, str) and alias.strip() for alias in aliases):
        raise GroupFileError(f"{where}: 'aliases' must be a list of texts in quotes")
    present = typed(entry, "present", bool, GroupFileError, where)
    clip = typed(entry, "voice", str, GroupFileError, where)
    voice = path.parent / clip if clip else None
    if voice is not None and not voice.is_file():
        raise GroupFileError(f"{where}: the voice clip {clip} does not exist beside the group file")
    consent = typed(entry, "consent", dict, GroupFileError, where) or {}
    return Person(
        id=PersonId(identifier),
        role=_choice(entry, "role", Role, None, where),
        name=_required_text(entry, "name", where),
        aliases=tuple(alias.strip() for alias in aliases),
        pronouns=typed(entry, "pronouns", str, GroupFileError, where),
        present=True if present is None else present,
        present_from=typed(entry, "present_from", int, GroupFileError, where) or 0,
        present_until=typed(entry, "present_until", int, GroupFileError, where),
        voice=voice,
        consent=_consent(consent, f"{where}, consent"),
    )


def _consent(entry: Mapping[str, Any], where: str) -> Consent:
    refuse_unknown(entry, _CONSENT, GroupFileError, where)
    return Consent(**{key: _consent_date(entry, key, where) for key in _CONSENT})


def _consent_date(entry: Mapping[str, Any], key: str, where: str) -> dt.date | None:
    """Return since when; ``false`` means not given, ``true`` given on a day that nobody wrote down."""
    value = entry.get(key)
    if isinstance(value, bool):
        return dt.date.min if value else None
    return typed(entry, key, dt.date, GroupFileError, where)


def _fact(entry: Mapping[str, Any], where: str, people: Sequence[Person]) -> KnownFact:
    refuse_unknown(entry, _FACT, GroupFileError, where)
    ids = {p.id for p in people}
    owner = PersonId(_required_text(entry, "owner", where))
    known_to = typed(entry, "known_to", list, GroupFileError, where) or []
    for person in (owner, *known_to):
        if person not in ids:
            raise GroupFileError(f"{where}: {person!r} is not the id of anybody in [[people]]")
    return KnownFact(
        owner=owner,
        text=_required_text(entry, "text", where),
        source=_choice(entry, "source", FactSource, FactSource.INDIVIDUAL, where),
        known_to=tuple(PersonId(person) for person in known_to),
    )


def _refuse_duplicates(people: Sequence[Person], where: str) -> None:
    for what, keys in (
        ("id", [p.id.casefold() for p in people]),
        ("name", [" ".join(p.name.casefold().split()) for p in people]),
    ):
        for index, key in enumerate(keys):
            first = keys.index(key)
            if first != index:
                raise GroupFileError(
                    f"{where}: persons {first + 1} and {index + 1} have the same {what}: make each one's {what} its own"
                )


def _table(table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = typed(table, key, dict, GroupFileError, where)
    if value is None:
        raise GroupFileError(f"{where}: no [{key}] table")
    return value


def _tables(table: Mapping[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    value = typed(table, key, list, GroupFileError, where) or []
    if not all(isinstance(entry, dict) for entry in value):
        raise GroupFileError(f"{where}: write {key!r} as [[{key}]] tables")
    return value


def _required_text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = typed(table, key, str, GroupFileError, where)
    if value is None or not value.strip():
        raise GroupFileError(f"{where}: {key!r} is missing or empty")
    return value.strip()


def _choice(table: Mapping[str, Any], key: str, kind: type[Choice], default: Choice | None, where: str) -> Choice:
    value = typed(table, key, str, GroupFileError, where)
    if value is None and default is not None:
        return default
    if value is None or value not in set(kind):
        raise GroupFileError(f"{where}: {key!r} must be one of {', '.join(kind)}")
    return kind(value)
