"""What is still told of each person in a sample: the values that a risk report counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.training.generalising import band, region_of
from assistant.training.material import Kind, QuasiIdentifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.domain import PersonId, UtteranceId
    from assistant.training.material import Thing

_SHAPES = (
    ("widowed", re.compile(r"\b(?:i'm|i am|as) a widow(?:er)?\b|\bmy late (?:wife|husband|partner)\b", re.IGNORECASE)),
    ("separated", re.compile(r"\b(?:divorced?|separated|my ex(?:-wife|-husband)?)\b", re.IGNORECASE)),
    ("partnered", re.compile(r"\bmy (?:wife|husband|partner|boyfriend|girlfriend|fianc[eé]e?)\b", re.IGNORECASE)),
)
_CHILDREN = re.compile(
    r"\bmy (?:\w+ )?(?:son|daughter|kids?|children|baby|babies|boys?|girls?|little one)\b", re.IGNORECASE
)


_BACK_THEN = re.compile(
    r"(?:\b(?:was|were|being|turned|at|age|aged|at age|at the age of|when|since|from|until|till)|['\u2019]d been)"
    r"(?: (?:only|just|about|like|maybe|around|barely|nearly|almost|not even|still))?\s+$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b(?:nineteen|twenty) \w+(?:-\w+)?\b", re.IGNORECASE)


def still_that_old(thing: Thing, texts: Mapping[UtteranceId, str]) -> bool:
    """Whether an age is how old somebody is, and not how old they were ("when I was nineteen").

    Together with a year an age of back then tells how old somebody is now: then it counts too.

    Args:
        thing: An age.
        texts: The words of every utterance.
    """
    return any(
        not _BACK_THEN.search(texts[m.utterance][: m.span.start]) or _YEAR.search(texts[m.utterance]) is not None
        for m in thing.mentions
    )


def left_of(
    person: PersonId, things: Sequence[Thing], gender: str | None, finished: Mapping[PersonId, Sequence[str]]
) -> tuple[QuasiIdentifier, ...]:
    """Return the coarse values that a sample still tells of somebody.

    Args:
        person: Who.
        things: Everything in the session.
        gender: As the sample's words show it.
        finished: Each person's finished turns, by id.
    """
    own = [t for t in things if t.owner == person and t.own]
    said = " ".join(finished.get(person, ()))
    found: list[QuasiIdentifier] = []
    ages = [t for t in own if t.kind is Kind.AGE and t.value]
    if ages:
        found.append(QuasiIdentifier("age band", band(max(float(t.value) for t in ages))))
    if gender in {"female", "male"}:
        found.append(QuasiIdentifier("gender", gender))
    regions = {region_of(t.name) for t in own if t.kind is Kind.PLACE} - {None}
    found += [QuasiIdentifier("region", region) for region in sorted(filter(None, regions))]
    jobs = sorted({re.sub(r"^an? ", "", t.value) for t in own if t.kind is Kind.JOB})
    found += [QuasiIdentifier("job group", job) for job in jobs]
    shape = [name for name, pattern in _SHAPES if pattern.search(said)][:1]
    if _CHILDREN.search(said):
        shape.append("with children")
    if shape:
        found.append(QuasiIdentifier("family shape", ", ".join(shape)))
    events = sorted({t.value for t in own if t.kind is Kind.EVENT and t.value != "-"})
    found += [QuasiIdentifier("headline event", event) for event in events]
    return tuple(found)
