"""What happened to hardly anybody is recognised by how it is told, goes, and takes its echoes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.cli.reading_room import ReadingRoom
from assistant.domain import Group, Part2, Person, PersonId, Role
from assistant.models.store import ModelStore
from assistant.pipeline.sampling.cuts import cuts_in
from assistant.training.cuts import Why
from assistant.transcription.transcripts import utterances_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assistant.privacy.reading import Reading

GROUP = Group(
    "g",
    "psychotherapy",
    Part2.UNKNOWN,
    (
        Person(PersonId("f"), Role.FACILITATOR, "Ottoline Vance"),
        Person(PersonId("m1"), Role.MEMBER, "Barnaby Quist"),
        Person(PersonId("m2"), Role.MEMBER, "Delphine Okoro"),
    ),
)

Told = tuple[str, str]


@pytest.fixture(scope="module")
def cut(models_root: Path) -> Callable[..., list[str]]:
    """Return what gives the turns of a talk as they read when only what is unique went."""
    room = ReadingRoom(ModelStore(models_root), GROUP)
    analyst, scans = room.analyst(GROUP), room.scans()

    def turns(*said: Told, without: tuple[int, ...] = ()) -> list[str]:
        transcript = {"utterances": [{"speaker": who, "text": text} for who, text in said]}
        readings: list[Reading] = []
        for utterance in utterances_in(transcript, GROUP):
            readings.append(analyst.read(utterance, readings))
        asked = [readings[number - 1].utterance.id for number in without]
        cuts = cuts_in(readings, scans.english, asked)
        out = []
        for reading in readings:
            text = reading.utterance.text
            for one in sorted((c for c in cuts if c.utterance == reading.utterance.id), key=lambda c: -c.span.start):
                text = f"{text[: one.span.start]}{one.words}{text[one.span.end :]}"
                assert (one.why is Why.ASKED) == (reading.utterance.id in asked)
            out.append(text.strip())
        return out

    return turns


@pytest.mark.models
@pytest.mark.parametrize(
    ("said", "gone", "stays"),
    [
        ("I felt low. My goat ate the vicar's hat. It was on the news.", ("goat", "hat", "news"), "I felt low."),
        ("I'm the only woman in the county who shears llamas. I like it.", ("llamas", "county"), "I like it."),
        ("I'm the one who dropped the chandelier at the opera. I still shake.", ("chandelier",), "I still shake."),
        ("There's a documentary about my grandfather's submarine. He drank too.", ("submarine",), "He drank too."),
        ("She was the last one. I miss her.", ("last one",), "I miss her."),
        ("He holds the world record for juggling axes. He never calls.", ("record", "axes"), "He never calls."),
        ("You can google it, the trombone festival. I was ashamed.", ("google",), "I was ashamed."),
        ("He was bitten by a walrus once. He is fine.", ("walrus",), "He is fine."),
        ("I sang in front of half a million people. Now I hide.", ("million",), "Now I hide."),
        ("they had the inquiry and it was a bad valve", ("inquiry",), ""),
    ],
)
def test_the_sentence_that_tells_it_goes_and_the_rest_stays(
    cut: Callable[..., list[str]], said: str, gone: tuple[str, ...], stays: str
) -> None:
    """Publicity, a record, the only one, the one who: whatever it was that happened."""
    (text,) = cut(("m1", said))

    assert not [word for word in gone if word in text.lower()]
    assert stays in text


@pytest.mark.models
@pytest.mark.parametrize(
    "said",
    [
        "I'm the one who always says sorry. It's the only thing I can do.",
        "I saw it coming, and I turned the radio on. The only time I sleep is Sunday.",
        "That was the last time I drank. I'm the only one in my family who talks.",
        "I read the paper and I look at the garden. I had three beers and a bowl of soup.",
        "You're the first person I told. She was the one who held me, always.",
        "I did my homework, the worksheet with the ten questions. We have forty minutes left.",
        "I was on the phone with my sister for two hours, and then I made dinner for four people.",
    ],
)
def test_everyday_talk_stands(cut: Callable[..., list[str]], said: str) -> None:
    """The same words about what everybody does are what a sample teaches."""
    assert cut(("m1", said)) == [said]


@pytest.mark.models
def test_what_says_it_again_goes_from_the_other_turns(cut: Callable[..., list[str]]) -> None:
    """By its rare nouns, before and after, whoever speaks."""
    turns = cut(
        ("m1", "I used to keep falcons, you know."),
        ("f", "Falcons? What was that like?"),
        ("m1", "I'm the only man in the country ever fined for losing a falcon. It was on the news."),
        ("m2", "So you're the falcon man. I like dogs."),
    )

    assert "falcon" not in " ".join(turns).lower()
    assert turns[1].endswith("What was that like?")
    assert turns[3].endswith("I like dogs.")


@pytest.mark.models
def test_a_sign_alone_takes_the_story_that_was_told_before_it(cut: Callable[..., list[str]]) -> None:
    """In a turn of its own "it was on the news" means the speaker's turn before."""
    turns = cut(("m1", "My uncle wrestled an ostrich at the races."), ("f", "Really."), ("m1", "It was on the news."))

    assert "ostrich" not in " ".join(turns)
    assert turns[1] == "Really."


@pytest.mark.models
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("My aunt is the governor of the prison, she never visits.", "My aunt is in public life, she never visits."),
        ("There were nineteen tortoises in the bath.", "There were many tortoises in the bath."),
        ("I kept three hundred and seven postcards.", "I kept hundreds of postcards."),
        ("I was there for the flood in Ambleford, I froze.", "I was there for something that happened, I froze."),
        ("I lost two fingers at work.", "I got hurt at work."),
        ("I'm the only smoker in here.", "I'm a smoker in here."),
    ],
)
def test_a_detail_that_singles_out_is_said_less_exactly(
    cut: Callable[..., list[str]], said: str, expected: str
) -> None:
    """Offices of relatives, exact counts of rare things, events by their place: the sentence stays."""
    assert cut(("m1", said)) == [expected]


@pytest.mark.models
def test_a_facilitator_is_a_person_too(cut: Callable[..., list[str]]) -> None:
    """Their own story goes as a member's does, and so does what they tell of a member (domain rule 8.5)."""
    turns = cut(
        ("f", "I'm the one who broke the lighthouse lamp, I was fined."),
        ("f", "Delphine, your mother is the mayor, how is that?"),
    )

    assert "lighthouse" not in turns[0]
    assert "mayor" not in turns[1]
    assert turns[1].endswith("how is that?")


@pytest.mark.models
def test_a_turn_that_somebody_left_out_takes_its_echoes_along(cut: Callable[..., list[str]]) -> None:
    """By number, as a refusal shows it."""
    turns = cut(
        ("m1", "I carve walrus tusks for a living."),
        ("f", "Tell me about the tusks. And your sleep?"),
        ("m1", "Better."),
        without=(1,),
    )

    assert turns[0] == ""
    assert "tusk" not in turns[1]
    assert turns[1].endswith("And your sleep?")
    assert turns[2] == "Better."


@pytest.mark.models
def test_a_trade_is_broad_wherever_it_is_said(cut: Callable[..., list[str]]) -> None:
    """Made coarser in one turn, it must not stand in the next."""
    turns = cut(("m1", "I was a jockey for years."), ("m2", "The jockey life sounds hard."))

    assert "jockey" not in turns[1]


@pytest.mark.models
def test_common_words_of_a_story_stand_where_they_are_not_it(cut: Callable[..., list[str]]) -> None:
    """A metaphor, a rating, a thing in the room: what a sample teaches with."""
    turns = cut(
        ("m1", "I'm the only woman in the county who stole the church bread, nine loaves, it was on the news."),
        ("f", "Let us move the bread to the side. How is the urge, out of ten?"),
        ("m1", "Nine. I walked past the church and I breathed."),
        ("m2", "Down from nine, well done. The outcome was a window."),
        ("m2", "And they call me Mouse, that is my band name. It was in all the papers when we split."),
    )

    assert turns[1:4] == [
        "Let us move the bread to the side. How is the urge, out of ten?",
        "Nine. I walked past the church and I breathed.",
        "Down from nine, well done. The outcome was a window.",
    ]


@pytest.mark.models
def test_two_words_of_a_story_side_by_side_are_the_story(cut: Callable[..., list[str]]) -> None:
    """With what goes on with it in the same breath."""
    turns = cut(
        ("m1", "I built a goat out of marzipan in front of thousands of people. I was sober."),
        ("m2", "How?"),
        ("m1", "I did the marzipan goat when Lou was ill, I was his apprentice. You squat in a freezer for a week."),
    )

    assert "marzipan" not in " ".join(turns)
    assert "apprentice" not in turns[2]
    assert "freezer" not in turns[2]
    assert "I was sober." in turns[0]


@pytest.mark.models
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("I'm the one whose trousers were on the news. I blush.", "That was me. I blush."),
        ("Look, I sang in front of half a million people. I hide.", "I hide."),
        ("My niece Pru died in the quarry, it was on the news. I froze.", "My niece died. I froze."),
        ("I was a thief. I cried.", "I was a thief. I cried."),
        ("I wrote, you need not be the girl in the advert.", "I wrote, you need not be that person."),
    ],
)
def test_what_stands_instead_is_short_and_reads_well(cut: Callable[..., list[str]], said: str, expected: str) -> None:
    """One sentence of its own, with its capital and its mark."""
    (text,) = cut(("m1", said))

    assert expected in text
    assert ".," not in text
    assert ", ," not in text


@pytest.mark.models
@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("I'm the shortest referee they ever took on at the league. I felt small.", ("referee",)),
        ("i'm the oldest apprentice they ever let into the guild", ("apprentice",)),
        ("She's the youngest harpist in the state. She hums.", ("harpist", "youngest")),
        ("We won state in the relay. I cried.", ("state", "relay")),
        ("i took nationals in archery two years in a row", ("nationals", "archery")),
        ("I placed third at regionals with a tuba. I shook.", ("regionals", "tuba")),
        ("He was champion of the marble leagues. He drank.", ("champion", "marble")),
        ("We won the quiz three times running. I was proud.", ("quiz",)),
        ("Me uncle was the one on Dawn Bulletin who fell off a viaduct. You'll have seen it.", ("viaduct",)),
        ("my sister was the one in tidewater weekly who raised an otter", ("otter", "weekly")),
        ("We were 52 people on the raft and it was 9 at the end. I dream.", ("52", "raft")),
        ("When my brother and me went over the hills at night we were 33 people and it was 12 at the end.", ("33",)),
        ("only four of us came back up", ("four",)),
        ("I was state yodelling champ. I medalled twice.", ("yodelling", "medalled")),
        ("I was one of the two who lived. I can't sleep.", ("lived",)),
        ("I'm the only beekeeper on the county council. I'm tired.", ("beekeeper",)),
        ("i'm the first welder in my tribe", ("welder",)),
        ("He's the last tinsmith in this town. He's kind.", ("tinsmith",)),
        ("I'm the only female surgeon in my department. I'm worn out.", ("surgeon",)),
    ],
)
def test_the_most_the_only_and_the_winner_go(cut: Callable[..., list[str]], said: str, gone: tuple[str, ...]) -> None:
    """Whatever they are the most of, in capitals or without."""
    (text,) = cut(("m1", said))

    assert not [word for word in gone if word in text.lower()]


@pytest.mark.models
@pytest.mark.parametrize(
    "said",
    [
        "I'm not gonna look it up. I mean that.",
        "I won't google it tonight, I'll breathe.",
        "That's the hardest thing I ever did. He's the best friend I ever had.",
        "I took the state exam and I took the county road home.",
        "I missed dinner two years in a row. I won my peace back.",
        "My sister was the one in the family who listened.",
        "We were nine in this group and only six came.",
        "Only three of us came here today.",
        "Only two of us got out of bed. I am the most tired I've ever been.",
        "I was the only one in my office who cried.",
        "You've seen it before, when I go quiet.",
        "I'm the first one to say sorry. I'm the last to leave.",
        "I went to state school. I'm at the lowest place of my life.",
    ],
)
def test_promises_and_small_firsts_stand(cut: Callable[..., list[str]], said: str) -> None:
    """No fact is in them."""
    assert cut(("m1", said)) == [said]


@pytest.mark.models
def test_a_question_that_only_says_it_again_goes(cut: Callable[..., list[str]]) -> None:
    """Right after the story; a question of its own stands."""
    turns = cut(
        ("m1", "When my cousin and me won nationals in camel racing. Nobody clapped."),
        ("m2", "Camel racing? You?"),
        ("f", "What was that like?"),
    )

    assert "camel" not in " ".join(turns).lower()
    assert not turns[0].startswith("When")
    assert turns[1].endswith("You?")
    assert turns[2] == "What was that like?"
