"""What keys change in a session that is being read: a speaker is named, a voice is learned, words are taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.attribution.pins import Pin
from assistant.domain import PersonId
from assistant.errors import SessionError
from assistant.pipeline.live_corrections import enrolled, named_pins
from assistant.pipeline.live_strike import struck
from assistant.privacy.forget import forget_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.domain import Person, SessionUpdate, Tombstone, UtteranceId, Word
    from assistant.pipeline.joining import AttributedRun
    from assistant.pipeline.live_corrections import Enrolled
    from assistant.pipeline.live_course import Course
    from assistant.pipeline.live_joining import LiveTurn


def name_voice(course: Course, person: PersonId, utterance: UtteranceId | None) -> SessionUpdate:
    """Return what changes once a key said who speaks: in these words, and with this voice from now on.

    Args:
        course: The session so far.
        person: On the roster.
        utterance: None: the last one. Naming the same again corrects it, and its voice with it.

    Raises:
        SessionError: There is no such person or utterance.
    """
    _on_roster(course, person)
    named = course.transcript.find(utterance)
    pins = named_pins(course.marks.pins, named, person, course.pieces(), course.voices)
    return _repin(course, pins)


def enrol(course: Course, person: PersonId, start: int, end: int) -> Enrolled:
    """Return what changes once somebody read the consent sentence aloud, and their voice.

    Args:
        course: The session so far.
        person: On the roster.
        start: Half-open samples in which that person alone read; all before ``end`` has been read by now.
        end: One past the last.

    Returns:
        The voiceprint only where there was voice enough and the person agreed that it be kept.

    Raises:
        SessionError: There is no such person.
    """
    who = _on_roster(course, person)
    pin = Pin(start, end, person, contested=True)
    update = _repin(course, (*(p for p in course.marks.pins if not pin.holds(p.start, p.end)), pin))
    mine = [piece for piece in course.pieces() if pin.holds(piece.start, piece.end)]
    agreed = who.consent.voiceprint is not None and who.consent.withdrawn_at is None
    return enrolled(update, person, mine, may_keep=agreed)


def strike(course: Course, tombstone: Tombstone) -> SessionUpdate:
    """Return what changes once a stretch of time, or one person's words in it, are gone."""
    person = tombstone.person
    turns = [left for t in course.transcript.turns for left in struck(t, tombstone, course.voices.decide)]
    pins = course.marks.pins
    if person is not None:
        course.rooms.attributor.forget(person)
        pins = tuple(pin for pin in pins if pin.person != person)
    else:
        gone = Pin(tombstone.start, tombstone.end, PersonId(""))
        pins = tuple(pin for pin in pins if not gone.holds(pin.start, pin.end))
    before = course.transcript.utterances
    course.transcript.rejoin(turns)
    course.early.taken_back(tombstone.start, tombstone.end)
    course.marks = replace(course.marks, pins=pins)
    course.weigh()
    entries = course.understood.revise(0, course.transcript.utterances)
    course.new[:] = [replace(course.marks, afresh=True), *(t.heard for t in turns if t.heard is not None)]
    forget_words()
    return course.update(before, entries)


def _repin(course: Course, pins: tuple[Pin, ...]) -> SessionUpdate:
    """Return what changes once keys have said something else: only whose words those people's are, or were."""
    people = {pin.person for pin in {*pins} ^ {*course.marks.pins}}
    course.marks = replace(course.marks, pins=pins)
    course.weigh()
    before = course.transcript.utterances
    course.transcript.rejoin([_redecided(course, turn, people) for turn in course.transcript.turns])
    course.mark(course.marks)
    return course.update(before, course.understood.revise(0, course.transcript.utterances))


def _redecided(course: Course, turn: LiveTurn, people: Iterable[PersonId | None]) -> LiveTurn:
    if turn.heard is None:
        return replace(turn, runs=tuple(course.pinned(run) for run in turn.runs))
    runs = course.decided(turn.heard)
    speakers = [(a.speaker, b.speaker) for a, b in zip(_words(turn.runs), _words(runs), strict=True)]
    moved = any(a != b and not {a, b}.isdisjoint(people) for a, b in speakers)
    return replace(turn, runs=runs) if moved else turn


def _on_roster(course: Course, person: PersonId) -> Person:
    try:
        return course.session.group.person(person)
    except KeyError:
        raise SessionError(f"nobody on the roster has the id {person}: choose a person of this group") from None


def _words(runs: Iterable[AttributedRun]) -> list[Word]:
    return [word for run in runs for word in run.words]
