"""Who is who: every time somebody or something was mentioned, gathered under the one thing that was meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.training.bodies import GENERIC
from assistant.training.bodies_linked import places_and_bodies
from assistant.training.drafts import NAMED, Draft
from assistant.training.material import Kind
from assistant.training.members import Members
from assistant.training.naming import family_title
from assistant.training.outsiders import outsiders
from assistant.training.words import keys_of, name_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.domain import Group, UtteranceId
    from assistant.training.material import Candidate, Thing


def link(
    candidates: Sequence[Candidate],
    texts: Mapping[UtteranceId, str],
    group: Group,
    also_called: Callable[[str], tuple[str, ...]],
) -> tuple[Thing, ...]:
    """Return the things that the candidates speak of, in order of their first mention; everybody on the roster first.

    Args:
        candidates: In order of utterance and place; those of one utterance do not overlap.
        texts: The words of each utterance.
        group: The roster.
        also_called: Pet forms of a given name (lower case).
    """
    drafts = [Draft(Kind.PERSON, person=p.id, owner=p.id, own=True, forms=[p.name, *p.aliases]) for p in group.people]
    by_person = {d.person: d for d in drafts}
    named = [_as_person(c, texts[c.utterance]) for c in candidates if c.kind in NAMED]
    members = Members(named, texts, group, also_called)
    rest: list[Candidate] = []
    for candidate in named:
        person = members.whose(candidate)
        if person is not None:
            by_person[person].add(candidate, texts[candidate.utterance])
        else:
            rest.append(candidate)
    order = {utterance: at for at, utterance in enumerate(texts)}
    strangers, others = outsiders(rest, texts, order, also_called)
    drafts += strangers
    drafts += places_and_bodies(others, texts)
    drafts += _figures([c for c in candidates if c.kind not in NAMED], texts)
    drafts.sort(key=lambda d: (d.person is None, d.first(order)))
    return tuple(draft.thing(number) for number, draft in enumerate(drafts))


def _as_person(candidate: Candidate, text: str) -> Candidate:
    """Return a candidate as a person where a title with it says so ("Officer Ferreira")."""
    if candidate.kind is Kind.PERSON or not family_title(text, candidate.span):
        return candidate
    return candidate if set(name_keys(candidate.text)) & GENERIC else replace(candidate, kind=Kind.PERSON)


def _figures(candidates: Sequence[Candidate], texts: Mapping[UtteranceId, str]) -> list[Draft]:
    """Return numbers, dates, ages, jobs and events: one thing for each value, and each owner of an age or a job."""
    drafts: dict[tuple[object, ...], Draft] = {}
    for candidate in candidates:
        said = candidate.value or " ".join(keys_of(candidate.text))
        whose = candidate.owner if candidate.kind in {Kind.AGE, Kind.JOB} else None
        key = (candidate.kind, said, whose, candidate.own if whose else False)
        if key not in drafts:
            drafts[key] = Draft(candidate.kind)
        drafts[key].add(candidate, texts[candidate.utterance])
    return list(drafts.values())
