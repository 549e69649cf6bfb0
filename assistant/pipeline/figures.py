"""What a session looked like: talk time, turns over time, who referred to whom, alerts on a time line. Counts alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import Basis, DisclosureType, UtteranceStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistant.domain import AlertKind, AlertLevel, Entry, Person, PersonId, Session, Utterance

_POINTING = frozenset({Basis.NAMED, Basis.ADDRESSED})
"""What is clear enough to say that one person spoke of another; a pronoun may mean somebody outside."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and times of one session; no word of it."""

    people: tuple[Person, ...]
    """Everybody who was there, by roster; a page without names calls them by role and letter."""
    duration: int
    """Samples."""
    talk: tuple[tuple[PersonId | None, int], ...]
    """Samples spoken by each of ``people``; None: unknown voices."""
    turns: tuple[tuple[PersonId | None, int, int], ...]
    """Speaker, first and one past the last sample, in order."""
    referred: tuple[tuple[PersonId, PersonId, int], ...]
    """How often the first named, addressed or clearly pointed at the second."""
    alerts: tuple[tuple[int, AlertLevel, AlertKind], ...]
    """First sample of the words, level, kind."""


def figures(session: Session, entries: Iterable[Entry], duration: int) -> Figures:
    """Return the counts of a session.

    Args:
        session: Whose roster says who was there.
        entries: Every utterance that stands, in order of number, as corrected by now.
        duration: Samples of the whole session; it is never less than where the last utterance ends.

    Returns:
        Talk time is the sum of the words' own times, words that may be invented left out: silence inside a turn is
        nobody's. A turn is an unbroken run of one person's utterances. A reference counts once for each utterance in
        which a fact is laid at another's door by name or by address, and twice where it is done to two people.
    """
    people = session.group.present
    ids = frozenset(person.id for person in people)
    said = [entry for entry in entries if entry.utterance.status is UtteranceStatus.CLEAR]
    talk: Counter[PersonId | None] = Counter()
    referred: Counter[tuple[PersonId, PersonId]] = Counter()
    alerts: list[tuple[int, AlertLevel, AlertKind]] = []
    for entry in said:
        for word in entry.utterance.words:
            talk[word.speaker if word.speaker in ids else None] += max(0, word.end - word.start)
        referred.update(_pointed_at(entry, ids))
        alerts += [(entry.utterance.start, alert.level, alert.kind) for alert in entry.alerts]
    spoken = [*(person.id for person in people), *((None,) if talk[None] else ())]
    return Figures(
        people,
        max([duration, *(entry.utterance.end for entry in said)]),
        tuple((person, talk[person]) for person in spoken),
        tuple(_turns((entry.utterance for entry in said), ids)),
        tuple((*pair, count) for pair, count in sorted(referred.items())),
        tuple(sorted(alerts)),
    )


def _pointed_at(entry: Entry, ids: frozenset[PersonId]) -> Iterator[tuple[PersonId, PersonId]]:
    """Yield each pair of speaker and other person once, wherever words of a known speaker point at one."""
    utterance = entry.utterance
    spans = utterance.word_spans()
    pairs: set[tuple[PersonId | None, PersonId]] = set()
    for disclosure in entry.findings.disclosures:
        whom = disclosure.owner.person
        if whom not in ids or whom is None:
            continue
        if disclosure.type is not DisclosureType.PERSON and disclosure.basis not in _POINTING:
            continue
        # Words at the edge of a turn may be another's: who says them is asked of each, not of the whole.
        pairs |= {
            (word.speaker, whom)
            for word, span in zip(utterance.words, spans, strict=True)
            if span.overlaps(disclosure.span) and word.speaker in ids and word.speaker != whom
        }
    yield from ((speaker, whom) for speaker, whom in pairs if speaker is not None)


def _turns(said: Iterable[Utterance], ids: frozenset[PersonId]) -> Iterator[tuple[PersonId | None, int, int]]:
    """Yield the unbroken runs of one speaker."""
    open_turn: tuple[PersonId | None, int, int] | None = None
    for utterance in said:
        speaker = utterance.speaker if utterance.speaker in ids else None
        if open_turn is not None and open_turn[0] == speaker:
            open_turn = (speaker, open_turn[1], max(open_turn[2], utterance.end))
            continue
        if open_turn is not None:
            yield open_turn
        open_turn = (speaker, utterance.start, utterance.end)
    if open_turn is not None:
        yield open_turn
