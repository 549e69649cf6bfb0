"""A session becomes a sample in which nobody's name, number, place or date stands, and which still reads as talk."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.cli.reading_room import ReadingRoom
from assistant.domain import Consent, Group, Part2, Person, PersonId, Role, Session
from assistant.errors import ConsentError, SessionError
from assistant.models.store import ModelStore
from assistant.pipeline.progress import Quiet
from assistant.pipeline.sampling.making import find, sample, write
from assistant.privacy.reading import Reading
from assistant.training.material import Kind, SampleProfile
from assistant.training.words import keys_of, name_keys, sounds_like
from assistant.transcription.transcripts import utterances_in

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.pipeline.sampling.drawn import Found, Made
    from assistant.pipeline.sampling.making import Scans


def chance(seed: int) -> random.Random:
    """Return a source of chance that a test can repeat."""
    return random.Random(seed)  # noqa: S311  no secret: a test


YES = Consent(recording=dt.date(2026, 1, 1), training=dt.date(2026, 1, 1))
DAY = dt.date(2026, 3, 10)
PEOPLE = (
    ("f", Role.FACILITATOR, "Henrietta Vossberg", ()),
    ("m1", Role.MEMBER, "Bartholomew Quillfeather", ("Bart",)),
    ("m2", Role.MEMBER, "Grace Tanaka-Ruiz", ()),
    ("m3", Role.MEMBER, "Marisol Echeverria", ("Mari",)),
)
TALK = (
    ("f", "Good evening. I'm Henrietta. Bart, would you start?"),
    ("m1", "Okay. Bartholomew Quillfeather, that's Q, U, I, L, L. I'm forty-six and I weld at Pembroke Ironworks."),
    (
        "m1",
        "My sister Denise has a place in Tewkesbury. Denise's boy is ninety-three days sober, since the fifth of May.",
    ),
    ("f", "Thank you, Bartholemew. Grace, how are you?"),
    ("m2", "I need some grace tonight. My number is five five five, oh one four seven, call me on Friday."),
    ("m2", "It's grace dot tanaka at quickmail dot com, and my granddad's ninety-two, he lives at 14 Larkspur Lane."),
    ("m3", "I'm Marisol. I was an ICU nurse on nights until I won the lottery in March, and then in April I quit."),
    ("m1", "Marisol told me about Denise too. I will hope for the best."),
    ("m3", "Mari is fine. My case number is four four seven one nine, and I grew up in Colorado."),
    ("f", "See you on Friday, Grace."),
)
GONE = [
    "henrietta",
    "vossberg",
    "bart",
    "bartholomew",
    "bartholemew",
    "quillfeather",
    "denise",
    "tewkesbury",
    "tanaka",
    "marisol",
    "mari",
    "echeverria",
    "pembroke",
    "quickmail",
    "larkspur",
    "colorado",
]


def group_of(refusing: str | None = None) -> Group:
    """Return the group, one of its people without training consent."""
    people = tuple(
        Person(PersonId(i), role, name, aliases, consent=replace(YES, training=None) if i == refusing else YES)
        for i, role, name, aliases in PEOPLE
    )
    return Group("Canal group", "psychotherapy", Part2.UNKNOWN, people)


@pytest.fixture(scope="module")
def heard(models_root: Path) -> tuple[list[Reading], Scans]:
    """The session as the house reads it, and what the language lends."""
    group = group_of()
    room = ReadingRoom(ModelStore(models_root), group)
    analyst = room.analyst(group)
    transcript = {"utterances": [{"speaker": who, "text": text} for who, text in TALK]}
    readings: list[Reading] = []
    for utterance in utterances_in(transcript, group):
        readings.append(analyst.read(utterance, readings))
    return readings, room.scans()


@pytest.fixture(scope="module")
def found(heard: tuple[list[Reading], Scans]) -> Found:
    """What was found in the session."""
    return find(Session("s", group_of(), DAY), heard[0], heard[1], Quiet())


def made_of(found: Found, scans: Scans, profile: SampleProfile = SampleProfile.GDPR, seed: int = 1) -> Made:
    """Return a sample with a seed."""
    return write(Session("s", group_of(), DAY), found, profile, chance(seed), scans)


def words_in(made: Made) -> str:
    """Return all words of a sample, folded."""
    return " ".join(" ".join(keys_of(turn.text)) for turn in made.sample.turns)


@pytest.mark.models
@pytest.mark.parametrize("profile", list(SampleProfile))
@pytest.mark.parametrize("seed", range(4))
def test_no_canary_stands_anywhere_and_most_words_do(
    heard: tuple[list[Reading], Scans], found: Found, profile: SampleProfile, seed: int
) -> None:
    """Names, spelled, misheard and possessive ones, places, numbers and dates are gone; the talk is still there."""
    made = made_of(found, heard[1], profile, seed)
    said = f" {words_in(made)} "
    assert not [word for word in GONE if f" {word} " in said]
    assert "q u i l l" not in said
    assert "four four seven one nine" not in said
    assert "oh one four seven" not in said
    assert "ninety two" not in said
    assert "fifth of may" not in said
    assert "lottery" not in said
    assert "icu" not in said
    assert "90 or older" in said
    assert "some grace tonight" in said, "a word that is also a name stays where it is the word"
    assert "will hope for the best" in said
    assert ("friday" in said) == (profile is not SampleProfile.SAFE_HARBOR), (
        "an element of a date (164.514(b)(2)(i)(C))"
    )
    assert made.sample.emptied == 0


@pytest.mark.models
def test_one_person_has_one_name_however_they_are_called(heard: tuple[list[Reading], Scans], found: Found) -> None:
    """Full name, alias, misheard and spelled forms are one thing; so is an outsider over two turns and a possessive."""
    things = {thing.name: thing for thing in found.things if thing.kind is Kind.PERSON}
    assert len(things["Bartholomew Quillfeather"].mentions) == 4
    assert len(things["Denise"].mentions) == 3
    made = made_of(found, heard[1])
    turns = [turn.text for turn in made.sample.turns]
    sister = re.search(r"My sister (\w+) has", turns[2])
    assert sister is not None
    assert f"{sister.group(1)}'s boy" in turns[2]
    assert f"told me about {sister.group(1)} too" in turns[7]
    given = re.search(r"Okay\. (\w+) (\w+), that's ([\w, ]+)\. I'm", turns[1])
    assert given is not None
    assert f"Thank you, {given.group(1)}." in turns[3]
    assert given.group(2).lower().startswith("".join(keys_of(given.group(3))))


@pytest.mark.models
def test_two_samples_share_no_name_when_the_second_is_told_of_the_first(
    heard: tuple[list[Reading], Scans], found: Found
) -> None:
    """Stand-ins are drawn anew, and never twice for one session."""
    session, avoid = Session("s", group_of(), DAY), frozenset[str]()
    for seed in range(8):
        words = write(session, found, SampleProfile.GDPR, chance(seed), heard[1], avoid).sample.invented.words
        assert words
        assert not words & avoid
        avoid |= words


@pytest.mark.models
@pytest.mark.parametrize("seed", range(12))
def test_no_stand_in_is_anybodys_name_here_or_sounds_like_one(
    heard: tuple[list[Reading], Scans], found: Found, seed: int
) -> None:
    """Nobody on the roster, named in the session, or their pet forms."""
    words = made_of(found, heard[1], seed=seed).sample.invented.words
    names = {key for person in PEOPLE for name in (person[2], *person[3]) for key in name_keys(name)} | {"denise"}
    assert not [(word, name) for word in words if word.isalpha() for name in names if sounds_like(word, name)]


@pytest.mark.models
@pytest.mark.parametrize("refusing", ["m1", "m2", "m3"])
def test_a_refusal_takes_all_turns_and_every_reply_with_its_content(
    heard: tuple[list[Reading], Scans], refusing: str
) -> None:
    """No turn of theirs, no turn that names them, and nothing that says whose it was."""
    session = Session("s", group_of(refusing), DAY)
    made = sample(session, heard[0], SampleProfile.GDPR, chance(1), heard[1], Quiet())
    left = find(session, heard[0], heard[1], Quiet())
    names = {
        key for person in PEOPLE if person[0] == refusing for name in (person[2], *person[3]) for key in name_keys(name)
    }
    for utterance in left.utterances:
        assert utterance.speaker != refusing
        named = [w for w in re.findall(r"\b[A-Z]\w+", utterance.text) if w.lower() in names]
        assert not named
    assert made.sample.left_out == len(TALK) - len(made.sample.turns)
    assert len(made.sample.parts) < len(PEOPLE)


@pytest.mark.models
def test_nobody_who_agreed_means_no_sample(heard: tuple[list[Reading], Scans]) -> None:
    """One clear line, and nothing is made."""
    group = group_of()
    nobody = replace(group, people=tuple(replace(p, consent=Consent()) for p in group.people))
    with pytest.raises(ConsentError, match="consented to training"):
        find(Session("s", nobody, DAY), heard[0], heard[1], Quiet())
    with pytest.raises(SessionError, match="no words"):
        find(Session("s", group, DAY), [], heard[1], Quiet())


@pytest.mark.models
def test_dates_keep_their_interval_and_their_weekday(heard: tuple[list[Reading], Scans], found: Found) -> None:
    """March and April move together, by whole weeks; in safe harbor only weeks are told."""
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    for seed in range(6):
        text = made_of(found, heard[1], seed=seed).sample.turns[6].text
        said = [months.index(word) for word in re.findall(r"\b[A-Z]\w+\b", text) if word in months]
        assert len(said) == 2
        assert (said[1] - said[0]) % 12 in {1, 2, 0}
    safe = words_in(made_of(found, heard[1], SampleProfile.SAFE_HARBOR))
    assert not [month for month in months if f" {month.lower()} " in f" {safe} "]
    assert "week" in safe


WORDS_THAT_ARE_NAMES = (
    ("f", "Dana Whitlow"),
    ("m1", "Will Kowalczyk"),
    ("m2", "May Lin"),
    ("m3", "Grace Abiola"),
    ("m4", "Hope Varga"),
    ("m5", "Mark Dunmore"),
    ("m6", "Frank Osei"),
)
NAMED_IN = {
    "May in May is a different person, we all saw it.": "May",
    "I met May in May and she told Will in June.": "May Will June",
    "I'm Frank. To be frank, I'm not sure.": "Frank",
    "In May, hope is hard to find, and I'm literally named Hope.": "May Hope",
    "Grace here. Will said he'll lose custody.": "Grace Will",
    "May was right, sleep comes first. Mark too.": "May Mark",
    "It was Hope and Grace who drove me, on May the fifth, or was it May's birthday?": "Hope Grace May",
    "On the third of May, May and Mark went home.": "May Mark",
    "May's got a point. Hope's too. Will's turn.": "May Hope Will",
    "I'm seeing Hope on Friday, and Frank Fridays.": "Hope Frank",
}
WORDS_STAY = (
    "I may have to bill insurance, and mark my words, they'll deny it.",
    "Will you be able to come next week?",
    "I hope we can all give ourselves some grace.",
    "May I go first?",
)


@pytest.mark.models
def test_a_name_that_is_an_everyday_word_goes_and_the_word_stays(models_root: Path) -> None:
    """Beside a date of the same word, at the start of a sentence, before "and"."""
    people = tuple(
        Person(PersonId(i), Role.FACILITATOR if i == "f" else Role.MEMBER, name, consent=YES)
        for i, name in WORDS_THAT_ARE_NAMES
    )
    group = Group("Lane group", "psychotherapy", Part2.UNKNOWN, people)
    room = ReadingRoom(ModelStore(models_root), group)
    analyst, readings = room.analyst(group), list[Reading]()
    said = [{"speaker": "m6", "text": text} for text in (*NAMED_IN, *WORDS_STAY)]
    for utterance in utterances_in({"utterances": said}, group):
        readings.append(analyst.read(utterance, readings))
    session = Session("s", group, DAY)
    made = sample(session, readings, SampleProfile.SAFE_HARBOR, chance(1), room.scans(), Quiet())
    texts = [turn.text for turn in made.sample.turns]

    for text, names in zip(texts, NAMED_IN.values(), strict=False):
        assert text
        assert not [name for name in names.split() if re.search(rf"\b{name}\b", text)]
    assert tuple(texts[len(NAMED_IN) :]) == WORDS_STAY


@pytest.mark.models
def test_the_second_pass_hears_a_name_that_came_back(heard: tuple[list[Reading], Scans], found: Found) -> None:
    """What is spoken and heard again is searched by spelling and by sound."""
    made = made_of(found, heard[1])
    assert not any(made.second_pass.finds(turn.text) for turn in made.sample.turns)
    assert made.second_pass.finds("and then Marisol said so")
    assert made.second_pass.finds("that was quilfeather again")
    assert made.second_pass.finds("it is 44719")
    assert not made.second_pass.finds("I hope for some grace")
