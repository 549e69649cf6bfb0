"""Places, employers, schools and other bodies, each gathered under one thing, short for long and letters for words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from assistant.training.bodies import GENERIC, JOINTS
from assistant.training.drafts import Draft
from assistant.training.generalising import region_of
from assistant.training.material import Kind
from assistant.training.words import keys_of, letters_of, name_keys, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.domain import UtteranceId
    from assistant.training.material import Candidate

_LEAST_INITIALS = 2
_MOST_INITIALS = 6


def places_and_bodies(candidates: Sequence[Candidate], texts: Mapping[UtteranceId, str]) -> list[Draft]:
    """Return places, employers, schools and organisations.

    A short form goes with the one longer name that it is part of ("Rayburn", "Rayburn Middle"), and initials with the
    one name whose words they begin.
    """
    by_name: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        keys = name_keys(candidate.text)
        by_name[keys or (plain(candidate.text).lower(),)].append(candidate)
    drafts: dict[tuple[str, ...], Draft] = {}
    initials: list[tuple[str, ...]] = []
    for keys in sorted(by_name, key=len, reverse=True):
        if _is_initials(by_name[keys]):
            initials.append(keys)
            continue
        longer = [k for k in drafts if part_of(keys, k)] if not _region(by_name[keys]) else []
        draft = drafts[longer[0]] if len(longer) == 1 else drafts.setdefault(keys, Draft(_kind(by_name[keys])))
        for candidate in by_name[keys]:
            draft.add(candidate, texts[candidate.utterance])
    for keys in initials:
        letters = "".join(keys)
        meant = [k for k in drafts if letters in initials_of(k)]
        draft = drafts[meant[0]] if len(meant) == 1 else drafts.setdefault((letters,), Draft(_kind(by_name[keys])))
        for candidate in by_name[keys]:
            draft.add(candidate, texts[candidate.utterance])
    return list(drafts.values())


def part_of(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one body's folded name is a shorter way to say another one's.

    What tells it apart is a run of the other one's telling words, and it is no other kind of body.
    """
    mine, theirs = _telling(short), _telling(long)
    kinds, their_kinds = set(short) - set(mine), set(long) - set(theirs)
    if not mine or len(short) >= len(long) or not kinds - JOINTS <= their_kinds:
        return False
    return any(theirs[at : at + len(mine)] == mine for at in range(len(theirs) - len(mine) + 1))


def initials_of(keys: Sequence[str]) -> frozenset[str]:
    """Return the initials of a name of several words, with and without its little words."""
    if len(keys) < _LEAST_INITIALS:
        return frozenset()
    return frozenset({"".join(k[0] for k in keys), "".join(k[0] for k in keys if k not in JOINTS)})


def _telling(keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(k for k in keys if k not in GENERIC)


def _is_initials(candidates: Sequence[Candidate]) -> bool:
    return all(
        letters_of(c.text) is not None
        or (len(keys_of(c.text)) == 1 and c.text.isupper() and _LEAST_INITIALS <= len(c.text) <= _MOST_INITIALS)
        for c in candidates
    )


def _region(candidates: Sequence[Candidate]) -> bool:
    return all(c.kind is Kind.PLACE for c in candidates) and region_of(candidates[0].text) is not None


def _kind(candidates: Sequence[Candidate]) -> Kind:
    """Return the most telling kind that anybody gave."""
    kinds = {c.kind for c in candidates}
    return next(k for k in (Kind.SCHOOL, Kind.EMPLOYER, Kind.PLACE, Kind.ORGANISATION, Kind.PERSON) if k in kinds)
