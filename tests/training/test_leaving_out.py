"""Only the words of people who agreed are used, and nothing that answers or repeats somebody who did not."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.domain import (
    Attribution,
    Consent,
    DecidedBy,
    Entry,
    Findings,
    Group,
    Part2,
    Person,
    PersonId,
    Role,
    Utterance,
    UtteranceId,
    UtteranceStatus,
)
from assistant.errors import ConsentError
from assistant.training.leaving_out import Knowing, leave_out
from assistant.training.words import word_set

DAY = dt.date(2026, 1, 1)
YES = Consent(training=DAY)
ENGLISH = frozenset(
    [
        "how",
        "was",
        "the",
        "week",
        "grace",
        "i",
        "lost",
        "my",
        "a",
        "of",
        "and",
        "it",
        "is",
        "good",
        "to",
        "hear",
        "you",
        "said",
        "that",
        "tonight",
        "felt",
        "calm",
        "then",
        "lamp",
        "some",
        "thanks",
    ]
)
KNOWING = Knowing(lambda _: (), ENGLISH.__contains__, ENGLISH.__contains__)


def group(m2: Consent) -> Group:
    """Return a facilitator and two members, of whom the second has this consent."""
    people = (
        Person(PersonId("f"), Role.FACILITATOR, "Hedda Morn", consent=YES),
        Person(PersonId("m1"), Role.MEMBER, "Orla Finch", consent=YES),
        Person(PersonId("m2"), Role.MEMBER, "Grace Abara", consent=m2),
    )
    return Group("g", "psychotherapy", Part2.UNKNOWN, people)


def entry(number: int, speaker: str | None, text: str, status: UtteranceStatus = UtteranceStatus.CLEAR) -> Entry:
    """Return an utterance in which nothing was found."""
    who = Attribution(PersonId(speaker) if speaker else None, 1.0, 1.0, DecidedBy.KEY)
    identity = UtteranceId(f"u{number}")
    return Entry(Utterance(identity, number, number, number + 1, text, (), who, status), Findings(identity, ()))


def kept(consent: Consent, *said: tuple[str | None, str]) -> list[str]:
    """Return the texts that are kept."""
    entries = [entry(n, who, text) for n, (who, text) in enumerate(said, start=1)]
    return [e.utterance.text for e in leave_out(entries, group(consent), KNOWING).entries]


SAID = (
    ("f", "how was the week"),
    ("m2", "I lost my zebra and the lamp"),
    ("f", "you said it felt calm"),
    ("m1", "that is good"),
    ("m1", "the week was good then"),
    ("f", "a zebra is good"),
    ("m1", "Some grace tonight"),
    ("m1", "thanks Grace"),
    ("f", "I lost my lamp then"),
    ("f", "my zebra and the week"),
)


def test_everybody_agreed_and_everything_stays() -> None:
    """Nothing goes for nothing."""
    assert kept(YES, *SAID) == [text for _, text in SAID]


@pytest.mark.parametrize("consent", [Consent(), Consent(training=DAY, withdrawn_at=DAY)])
def test_turns_answers_names_and_quotations_of_a_refuser_go(consent: Consent) -> None:
    """Their turns; "you" right after; what they told first; their name, but not the word that it also is."""
    left = kept(consent, *SAID)
    assert left == ["how was the week", "the week was good then", "Some grace tonight", "I lost my lamp then"]


def test_a_run_of_four_of_their_words_goes() -> None:
    """A quotation needs no rare word."""
    said = (("m2", "the week felt good tonight"), ("m1", "thanks"), ("m1", "thanks"), ("m1", "week felt good tonight"))
    assert "week felt good tonight" not in kept(Consent(), *said)


def test_what_nobody_said_for_certain_is_never_used() -> None:
    """Unknown speakers, text that may be invented, and struck text."""
    entries = [
        entry(1, None, "good"),
        entry(2, "m1", "good", UtteranceStatus.SUSPECT),
        entry(3, "m1", "good", UtteranceStatus.STRUCK),
        entry(4, "m1", "calm"),
    ]
    found = leave_out(entries, group(YES), KNOWING)
    assert [e.utterance.text for e in found.entries] == ["calm"]
    assert found.left_out == 3


def test_nothing_left_is_refused_in_one_line() -> None:
    """A facilitator alone is no sample."""
    with pytest.raises(ConsentError, match="no turn of a member"):
        leave_out([entry(1, "f", "good"), entry(2, "m2", "calm")], group(Consent()), KNOWING)


PLAIN = word_set("""
    i we they he she it you the a an my his that of to on in and was were did had not so what how who for at there
    then than about with just one two all this have has said say tell told like know think over from me your
    """)


def wide(*said: tuple[str | None, str]) -> list[str]:
    """Return what is kept where the second member refuses and every word is in the dictionary."""
    entries = [entry(n, who, text) for n, (who, text) in enumerate(said, start=1)]
    knowing = Knowing(lambda _: (), PLAIN.__contains__, lambda _: True)
    return [e.utterance.text for e in leave_out(entries, group(Consent()), knowing).entries]


@pytest.mark.parametrize(
    "reply",
    [
        "I nearly did!",
        "Canoes, yes. My brother had two.",
        "On the lake?",
        "It's so hard.",
        "Thanks for trusting us, it helps me that you said so.",
        "My cousin paddled a canoe once, and then I thought of the harbour and of nothing else for days.",
        "A week, maybe.",
    ],
)
def test_no_answer_to_a_refuser_stands(reply: str) -> None:
    """Not in other forms of their words, not half a sentence that only answers, not what they asked for."""
    left = wide(
        ("m1", "there was the market"),
        ("m2", "Would anybody else have sunk the canoe on the lake, it is so hard?"),
        ("m1", reply),
        ("f", "Orla, how is sleep?"),
    )

    assert left == ["there was the market", "Orla, how is sleep?"]


def test_a_row_of_answers_goes_to_its_end() -> None:
    """Each answers the one before it, and all of them the refuser."""
    left = wide(
        ("m1", "there was the market"),
        ("m2", "I sank the canoe."),
        ("f", "That canoe, how heavy it sounds."),
        ("f", "The canoe again."),
        ("m1", "I feel closer to you."),
        ("f", "Orla, how is sleep?"),
    )

    assert left == ["there was the market", "Orla, how is sleep?"]


def test_the_stories_of_the_others_stand() -> None:
    """A contraction with the letters of their word, a feeling that they had too, an answer to somebody else."""
    told = (
        ("m1", "She'd have loved the market, and he'd the keys to it, and I was furious about the roof at the time."),
        ("m1", "I'm raging with the council, they never came to look at the roof of my flat, not once in a year."),
        ("m1", "so they clamped it on the corner, and I had the tickets in my hand, I swear."),
    )
    left = wide(
        ("m2", "I cleared out the shed, raging."),
        ("f", "Fine, Grace. Orla, the lorry."),
        *told,
    )

    assert left == [text for _, text in told]
