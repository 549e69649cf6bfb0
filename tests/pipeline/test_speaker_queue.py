"""What wants an ear after a session, worst first."""

from __future__ import annotations

from assistant.attribution.matching import Thresholds
from assistant.domain import (
    SAMPLE_RATE,
    UNKNOWN_OWNER,
    Attribution,
    Basis,
    DecidedBy,
    Disclosure,
    DisclosureType,
    Entry,
    Findings,
    Mention,
    PersonId,
    Span,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    Word,
)
from assistant.pipeline.speaker_queue import AHEAD, NEAR, Doubt, Doubtful, alike, doubts

M1 = PersonId("m1")
LONG = "this is something that somebody said tonight"


class Evening:
    """Entries in order of time."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def say(
        self,
        text: str = LONG,
        person: PersonId | None = M1,
        *,
        voice: str | None = None,
        contested: tuple[int, ...] = (),
        status: UtteranceStatus = UtteranceStatus.CLEAR,
        score: float = 0.8,
        margin: float = 0.5,
        by: DecidedBy = DecidedBy.VOICE,
        fact: bool = False,
    ) -> str:
        """Have something said; returns its id."""
        number = len(self.entries) + 1
        at = number * 5 * SAMPLE_RATE
        words = tuple(
            Word(w, at + i * 1000, at + i * 1000 + 900, 0.9, None if i in contested else person)
            for i, w in enumerate(text.split())
        )
        utterance = Utterance(
            UtteranceId(f"u{number}"),
            number,
            at,
            at + SAMPLE_RATE,
            text,
            words,
            Attribution(person, score, margin, by, voice),
            status,
        )
        found = Disclosure(
            Mention(Span(0, 3), DisclosureType.AGE, 1.0, "a detector"), Span(0, 3), UNKNOWN_OWNER, Basis.UNRESOLVED
        )
        self.entries.append(Entry(utterance, Findings(utterance.id, (found,) if fact else ())))
        return utterance.id

    def queue(self) -> list[tuple[Doubt, str]]:
        """Doubt and first utterance of each stretch."""
        return [(one.doubt, one.places[0].utterance) for one in doubts(self.entries)]


def test_a_sure_session_wants_no_ear() -> None:
    """Nothing is listed where nothing is doubtful; a key press is never doubted."""
    evening = Evening()
    evening.say()
    evening.say(score=0.1, margin=0.0, by=DecidedBy.KEY)
    evening.say(person=None, voice="A", status=UtteranceStatus.STRUCK)
    assert not doubts(evening.entries)


def test_the_worst_comes_first() -> None:
    """Unknown voices by how much each said, contested words, invented text, unsure voices, and murmurs last."""
    evening = Evening()
    murmur = evening.say("yeah right", None, voice="C")
    low = evening.say(margin=0.05)
    suspect = evening.say(status=UtteranceStatus.SUSPECT)
    contested = evening.say(contested=(2, 3, 4))
    little = evening.say(LONG, None, voice="A")
    evening.say()
    much = evening.say(LONG, None, voice="B")
    evening.say()
    more = evening.say(f"{LONG} and then some", None, voice="B")
    assert evening.queue() == [
        (Doubt.UNKNOWN, more),
        (Doubt.UNKNOWN, much),
        (Doubt.UNKNOWN, little),
        (Doubt.CONTESTED, contested),
        (Doubt.SUSPECT, suspect),
        (Doubt.LOW, low),
        (Doubt.UNKNOWN, murmur),
    ]


def test_a_murmur_with_a_fact_is_none() -> None:
    """Two words that carry a fact are not put last."""
    evening = Evening()
    evening.say(margin=0.05)
    fact = evening.say("lithium yes", None, voice="A", fact=True)
    assert evening.queue()[0] == (Doubt.UNKNOWN, fact)


def test_the_least_sure_voice_comes_first_among_those_given() -> None:
    """Among voices that were given to somebody, the one with the smallest lead is heard first."""
    evening = Evening()
    second, first = evening.say(margin=0.12), evening.say(margin=0.02)
    assert evening.queue() == [(Doubt.LOW, first), (Doubt.LOW, second)]


def test_contested_words_are_pointed_at() -> None:
    """The place is of the doubtful words alone, with their time."""
    evening = Evening()
    evening.say("one two three four", contested=(1, 2))
    (one,) = doubts(evening.entries)
    assert [p.span.of("one two three four") for p in one.places] == ["two three"]
    words = evening.entries[0].utterance.words
    assert (one.start, one.end, one.words) == (words[1].start, words[2].end, 2)


def test_neighbouring_stretches_of_one_voice_are_one() -> None:
    """They are heard in one go, up to some length; another's words between them part them."""
    evening = Evening()
    for _ in range(8):
        evening.say(person=None, voice="A")
    found = doubts(evening.entries)
    assert sum(len(one.places) for one in found) == 8
    assert 1 < len(found) < 8
    assert all(one.end - one.start <= 20 * SAMPLE_RATE for one in found)
    parted = Evening()
    parted.say(person=None, voice="A")
    parted.say()
    parted.say(person=None, voice="A")
    assert len(doubts(parted.entries)) == 2


def test_alike_is_one_voice_and_one_doubt() -> None:
    """All stretches of a letter are alike; a voice without a letter is like itself alone."""
    evening = Evening()
    evening.say(person=None, voice="A")
    evening.say()
    evening.say(person=None, voice="A")
    evening.say(person=None, voice="B")
    evening.say(person=None)
    evening.say(person=None)
    found = doubts(evening.entries)

    def count(voice: str | None) -> list[int]:
        return [len(alike(found, one)) for one in found if one.voice == voice]

    assert count("A") == [2, 2]
    assert count("B") == [1]
    assert count(None) == [1, 1]


def test_an_empty_session_has_no_queue() -> None:
    """Nothing said, nothing to hear."""
    empty: tuple[Doubtful, ...] = ()
    assert doubts(()) == empty


def test_the_caution_is_that_of_attribution() -> None:
    """The queue doubts what attribution would not have accepted of a long piece by itself."""
    assert (Thresholds().near, Thresholds().ahead) == (NEAR, AHEAD)
