"""The voices of a session while it goes on: learned turn by turn, the same whenever they are learned again."""

from __future__ import annotations

import numpy as np

from assistant.attribution.live import MOST_WAITING, LiveVoices
from assistant.attribution.matching import Thresholds, Voices
from assistant.attribution.pins import Pin, PinBoard
from assistant.attribution.tracks import PERSON, VoiceKey, VoicePiece, VoiceTrack
from assistant.domain import DecidedBy, PersonId, samples

M1, M2 = PersonId("m1"), PersonId("m2")


def print_of(voice: int, lean: float = 0.0) -> np.ndarray:
    """A direction of its own for each voice; ``lean`` turns it towards a common one."""
    vector = np.zeros(32, dtype=np.float32)
    vector[voice], vector[31] = 1.0, lean
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def track(start: float, voice: int, seconds: float = 4.0, lean: float = 0.0) -> VoiceTrack:
    """A turn of one voice."""
    piece = VoicePiece(samples(start), samples(start + seconds), voiceprint=print_of(voice, lean))
    return VoiceTrack(piece.start, piece.end, (piece,))


def voices(*enrolled: PersonId, most: int = 4, pins: tuple[Pin, ...] = ()) -> LiveVoices:
    """A session in which m1 has voice 0 and m2 voice 1, where enrolled."""
    prints = {VoiceKey(PERSON + p): (print_of((M1, M2).index(p)),) for p in enrolled}
    return LiveVoices(Voices(prints), Thresholds(), most, pins)


def heard(live: LiveVoices, *tracks: VoiceTrack) -> list[tuple[str | None, str | None]]:
    """Whose each turn is at the moment at which it was heard."""
    out: list[tuple[str | None, str | None]] = []
    for one in tracks:
        live.hear(one)
        out += [s.whose for s in live.decide(one)]
    return out


def test_letters_follow_first_appearance_and_stay() -> None:
    """A stranger has a letter once three seconds of the voice were heard, and the same for the evening."""
    live = voices(M1)

    got = heard(live, track(0, 0), track(5, 5, 2.0), track(8, 5, 2.0), track(12, 6), track(20, 5, 2.0), track(25, 6))

    assert got == [(M1, None), (None, None), (None, "A"), (None, "B"), (None, "A"), (None, "B")]


def test_there_are_no_more_strangers_than_people_without_a_voice() -> None:
    """Two in the room, one of them enrolled: a second stranger is nobody."""
    assert heard(voices(M1, most=2), track(0, 5), track(5, 6)) == [(None, "A"), (None, None)]


def test_learning_anew_gives_the_same_voices_and_letters() -> None:
    """Another process that hears of the same turns goes on as the first would."""
    tracks = [track(i * 5.0, (0, 5, 6, 1, 5)[i % 5], (4.0, 2.0)[i % 2], 0.1 * (i % 3)) for i in range(40)]
    first, second = voices(M1), voices(M1)
    heard(first, *tracks[:30])

    second.weigh(tracks[:30])

    assert second.letters == first.letters
    assert heard(first, *tracks[30:]) == heard(second, *tracks[30:])


def test_a_letter_stays_when_another_voice_is_named() -> None:
    """Voice A is named: B is not called A from then on."""
    tracks = [track(0, 5), track(5, 6)]
    before = voices()
    heard(before, *tracks)

    named = LiveVoices(Voices({}), Thresholds(), 4, (Pin(samples(0), samples(4), M1),), before.letters)
    named.weigh(tracks)

    assert [s.whose for t in tracks for s in named.decide(t)] == [(M1, None), (None, "B")]
    assert heard(named, track(10, 5), track(15, 6)) == [(M1, None), (None, "B")]
    assert named.people == {M1}


def test_a_pin_stands_above_the_voice_but_not_above_two_voices_at_once() -> None:
    """What a key gave is decided by key; where two spoke at once it stays nobody's."""
    pin = Pin(samples(0), samples(10), M2)
    both = VoicePiece(samples(4), samples(5), overlap=True)
    one = track(0, 0)
    live = voices(M1, M2, pins=(pin,))
    live.weigh([one])

    stretches = live.decide(VoiceTrack(one.start, both.end, (*one.pieces, both)))

    first = stretches[0].attribution
    assert (first.person, first.decided_by) == (M2, DecidedBy.KEY)
    assert stretches[-1].overlap
    assert stretches[-1].attribution.person is None


def test_a_pin_for_the_very_words_goes_before_one_for_the_voice() -> None:
    """Among those for the very words the latest counts, whatever was set for their voice since."""
    piece = track(0, 0).pieces[0]
    own, later = Pin(piece.start, piece.end, M1), Pin(piece.start, piece.end, M2)
    of_voice = Pin(piece.start, piece.end, M2, letter="A")

    assert PinBoard((own, of_voice)).of(piece) == own
    assert PinBoard((own, later, of_voice)).of(piece) == later
    assert PinBoard((of_voice,)).of(piece) == of_voice
    assert PinBoard(()).of(piece) is None
    assert PinBoard((Pin(piece.end, piece.end + 100, M1),)).of(piece) is None


def test_what_waits_to_become_a_voice_is_bounded() -> None:
    """A room full of strangers with no place on the roster costs no more as the evening goes on."""
    live = voices(most=1)
    heard(live, *(track(i * 5.0, 2 + i % 25, 2.0) for i in range(3 * MOST_WAITING)))

    assert len(live._waiting) <= MOST_WAITING
    assert len(live._strangers) <= 1
