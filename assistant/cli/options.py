"""What the options of ``process`` mean: pairs of a voice or a track and a person, and a day."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING

from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.domain import Group, PersonId

_PAIR = re.compile(r"\s*(?P<key>\w+)\s*=\s*(?P<value>[\w-]+)\s*", re.ASCII)


def people_of_voices(text: str | None, group: Group) -> dict[str, PersonId]:
    """Return the person of each anonymous voice in ``"A=m1,B=m3"``; two voices may be one person's.

    Raises:
        InputError: It is written otherwise, names a voice twice, or somebody who is not present.
    """
    option = "--name-voices"
    pairs = _pairs(text, option, '"A=m1,B=m3"')
    for key, _ in pairs:
        if re.fullmatch("[A-Za-z]", key) is None:
            raise InputError(f"{option}: voices are called by one letter, as the summary shows them: A, B ...")
    return {key.upper(): _present(value, group, option) for key, value in pairs}


def people_of_tracks(text: str | None, group: Group) -> dict[int, PersonId]:
    """Return the person of each track, counted from 0, in ``"1=f,2=m1"``, where they are counted from 1.

    Raises:
        InputError: It is written otherwise, names a track or a person twice, or somebody who is not present.
    """
    option = "--channels"
    pairs = _pairs(text, option, '"1=f,2=m1"')
    for key, _ in pairs:
        if not key.isdecimal() or int(key) == 0:
            raise InputError(f'{option}: tracks are counted from 1: write pairs like "1=f,2=m1"')
    for value, count in Counter(value for _, value in pairs).items():
        if count > 1:
            raise InputError(f"{option}: {value!r} has {count} tracks: each person has one microphone")
    people = {int(key) - 1: _present(value, group, option) for key, value in pairs}
    if len(people) < len(pairs):
        raise InputError(f"{option}: a track is named twice: each is one person's")
    return people


def parsed_date(text: str | None) -> dt.date | None:
    """Return the day; None where none was given.

    Raises:
        InputError: It is not a day.
    """
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--date: {text!r} is not a day: write it like 2026-01-31") from None


def _pairs(text: str | None, option: str, example: str) -> list[tuple[str, str]]:
    if text is None:
        return []
    found = [_PAIR.fullmatch(part) for part in text.split(",")]
    pairs = [(match["key"], match["value"]) for match in found if match is not None]
    if len(pairs) < len(found):
        raise InputError(f"{option}: write pairs like {example}")
    for key, count in Counter(key.upper() for key, _ in pairs).items():
        if count > 1:
            raise InputError(f"{option}: {key!r} is named {count} times: write each once")
    return pairs


def _present(identifier: str, group: Group, option: str) -> PersonId:
    for person in group.people:
        if person.id == identifier:
            if not person.present:
                raise InputError(f"{option}: {identifier!r} is absent in the group file: set 'present = true' if not")
            return person.id
    raise InputError(f"{option}: {identifier!r} is not the id of anybody in the group file")
