"""One session into one sample: what may be used, what singles out, what stands in its place, and a second look.

The originals and what stands for them meet only here, in one call; when it returns nothing remembers the pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.domain import Entry, FindingsStatus, Role
from assistant.errors import InputError
from assistant.pipeline.sampling.cuts import cuts_in
from assistant.pipeline.sampling.drawn import Drawn, Found, Made, standing_after
from assistant.pipeline.sampling.known import Known, again
from assistant.pipeline.sampling.search import Search
from assistant.privacy.recognisers.nicknames import nicknames
from assistant.privacy.vocabulary import FREQUENT
from assistant.training import leaving_out
from assistant.training.dating import shift_for
from assistant.training.genders import genders
from assistant.training.generalising import Coarser
from assistant.training.leaving_out import leave_out
from assistant.training.material import Kind, Part
from assistant.training.people_called import named
from assistant.training.pool import Knowing
from assistant.training.surrogates import stand_ins
from assistant.training.tenses import looks_ahead
from assistant.training.things import link
from assistant.training.words import forget, key_of, keys_of

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Collection, Mapping, Sequence

    from assistant.domain import Group, PersonId, Session, Utterance, UtteranceId
    from assistant.pipeline.progress import Progress
    from assistant.privacy.parse import Parse
    from assistant.privacy.reading import Reading
    from assistant.training.material import SampleProfile, StandIn, Thing


_SHIFTS = 200
"""Shifts of dates that are tried; a turn that would name somebody by its month is emptied by the second pass."""


@dataclass(frozen=True, slots=True)
class Scans:
    """What the language room lends to a sample."""

    english: Callable[[str], bool]
    """Whether a lower-case word is in the dictionary."""
    scan: Callable[[Parse], Sequence[tuple[int, int, str, float]]]
    """All that an analyzer sees in a parsed text at a low threshold: start, end, type, score."""


def also_called(name: str) -> tuple[str, ...]:
    """Return the pet forms of a given name, sorted."""
    return tuple(sorted(nicknames(name)))


def find(
    session: Session, readings: Sequence[Reading], scans: Scans, progress: Progress, without: Collection[int] = ()
) -> Found:
    """Return what may be used of a session and all that must not stand in a sample of it.

    Args:
        session: The session with its roster.
        readings: Its utterances as the house understands them, corrected and in order.
        scans: What the language room lends.
        progress: Who waits.
        without: Numbers of turns of the sample, as a refusal shows them, that somebody leaves out: they are empty, and
            what echoes them goes too.

    Raises:
        ConsentError: Nobody consented, or nothing is left.
        SessionError: There are no words.
        InputError: There is no turn with such a number.
    """
    complete = [r for r in readings if r.findings.status is FindingsStatus.COMPLETE]
    kept = leave_out(
        [Entry(r.utterance, r.findings) for r in complete],
        session.group,
        leaving_out.Knowing(also_called, FREQUENT.__contains__, scans.english),
    )
    usable = {entry.utterance.id for entry in kept.entries}
    chosen = [r for r in complete if r.utterance.id in usable]
    beyond = sorted(number for number in without if not 1 <= number <= len(chosen))
    if beyond:
        raise InputError(f"--leave-out {beyond[0]}: the sample has turns 1 to {len(chosen)}")
    search = Search(session.group, also_called, scans.english, scans.scan)
    progress.stage("Searching", len(chosen))
    first = []
    for number, reading in enumerate(chosen, start=1):
        first.append(search.candidates(reading))
        progress.advance(number)
    known = Known.of((candidate for found in first for candidate in found), search.everyday(chosen))
    candidates = [c for r, found in zip(chosen, first, strict=True) for c in again(r, found, known, scans.english)]
    texts = {r.utterance.id: r.utterance.text for r in chosen}
    things = link(candidates, texts, session.group, also_called)
    asked = {chosen[number - 1].utterance.id for number in without}
    cuts = cuts_in(chosen, scans.english, asked)
    return Found(
        tuple(r.utterance for r in chosen),
        things,
        len(readings) - len(chosen),
        cuts,
        _knowing(session.group, [r.utterance for r in chosen], things, scans),
        {thing.value: _ahead(thing, texts) for thing in things if thing.kind is Kind.DATE},
        standing_after(things, cuts),
    )


def _knowing(group: Group, utterances: Sequence[Utterance], things: Sequence[Thing], scans: Scans) -> Knowing:
    """Return what every draw must know of a session: worked out once, as a linking attack draws many samples."""
    texts = {u.id: u.text for u in utterances}
    return Knowing(
        group,
        also_called,
        scans.english,
        said=frozenset(key for text in texts.values() for key in keys_of(text)),
        genders=genders(things, texts, {u.id: u.speaker for u in utterances}, group, also_called),
        named={thing.number: named(thing, group, also_called) for thing in things if thing.kind is Kind.PERSON},
    )


def sample(  # noqa: PLR0913, PLR0917  what a sample is made of, and what it is made with
    session: Session,
    readings: Sequence[Reading],
    profile: SampleProfile,
    rng: random.Random,
    scans: Scans,
    progress: Progress,
    avoid: Collection[str] = (),
) -> Made:
    """Return a sample of a session.

    Args:
        session: The session with its roster.
        readings: Its utterances as the house understands them, corrected and in order.
        profile: How far it is coarsened.
        rng: Source of chance: ``random.SystemRandom()``, or a seeded one, whose seed opens the sample to whoever has
            the session.
        scans: What the language room lends.
        progress: Who waits.
        avoid: ``Invented.words`` of earlier samples of the same session: none of them is made up again.

    Raises:
        ConsentError: Nobody consented, or nothing is left.
        SessionError: There are no words.
    """
    found = find(session, readings, scans, progress)
    try:
        return write(session, found, profile, rng, scans, avoid)
    finally:
        forget()


def write(  # noqa: PLR0913, PLR0917  as above
    session: Session,
    found: Found,
    profile: SampleProfile,
    rng: random.Random,
    scans: Scans,
    avoid: Collection[str] = (),
    steps: Mapping[PersonId, Mapping[str, str]] | None = None,
) -> Made:
    """Return the sample of what was found; arguments as for ``sample``, and ``steps`` as for ``Drawn.written``."""
    return draw(session, found, profile, rng, scans, avoid).written(steps)


def draw(  # noqa: PLR0913, PLR0917  as above
    session: Session,
    found: Found,
    profile: SampleProfile,
    rng: random.Random,
    scans: Scans,
    avoid: Collection[str] = (),
) -> Drawn:
    """Return everything of a sample that chance decides; arguments as for ``sample``."""
    standing, invented = stand_ins(found.things, replace(found.knowing, avoid=avoid), rng)
    coarser = _coarser(profile, session, found, rng)
    parts = _parts(session, found, standing, rng)
    return Drawn(found, profile, standing, invented, coarser, parts, scans.english)


def _coarser(profile: SampleProfile, session: Session, found: Found, rng: random.Random) -> Coarser:
    """Return a shift of dates by which no month becomes somebody's name ("May", "April")."""
    things = found.things
    names = {key for thing in things if thing.kind is Kind.PERSON for form in thing.forms for key in keys_of(form)}
    dates = [thing.value for thing in things if thing.kind is Kind.DATE]
    for _ in range(_SHIFTS):
        coarser = Coarser(profile, session.date, shift_for(rng), found.ahead)
        if not names & {key_of(month) for month in map(coarser.month, dates) if month is not None}:
            break
    return coarser


def _ahead(thing: Thing, texts: Mapping[UtteranceId, str]) -> bool | None:
    """Whether a date is yet to come, where all that is said of it agrees; None: it cannot be told."""
    told = {looks_ahead(texts[mention.utterance], mention.span) for mention in thing.mentions} - {None}
    return next(iter(told)) if len(told) == 1 else None


def _parts(session: Session, found: Found, standing: Mapping[int, StandIn], rng: random.Random) -> dict[PersonId, Part]:
    """Return who speaks, under letters in random order."""
    speakers = {u.speaker for u in found.utterances}
    names = {t.person: standing[t.number].name for t in found.things if t.person is not None}
    called = {t.person: _called(t, standing[t.number]) for t in found.things if t.person is not None}
    parts: dict[PersonId, Part] = {}
    for voice, role in enumerate((Role.FACILITATOR, Role.MEMBER)):
        people = [p.id for p in session.group.people if p.role is role and p.id in speakers]
        rng.shuffle(people)
        title = role.value.capitalize()
        for at, person in enumerate(people):
            alone = role is Role.FACILITATOR and len(people) == 1
            label = title if alone else f"{title} {_letter(at)}"
            parts[person] = Part(label, called.get(person) or names[person].split()[0], role, voice)
    return parts


def _letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else f"{_letter(at // 26 - 1)}{_letter(at % 26)}"  # noqa: PLR2004  letters


def _called(thing: Thing, stand_in: StandIn) -> str:
    """Return how the others call somebody: the form that is used most, else the given name."""
    return stand_in.name.split()[0] if thing.person is not None else stand_in.name
