"""Names, places and bodies that must go from a sample, and the everyday words that must stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.cli.reading_room import ReadingRoom
from assistant.domain import Group, Part2, Person, PersonId, Role
from assistant.models.store import ModelStore
from assistant.pipeline.sampling.known import Known, again
from assistant.pipeline.sampling.making import also_called
from assistant.pipeline.sampling.search import Search
from assistant.training.material import DIRECT, Kind
from assistant.transcription.transcripts import utterances_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from assistant.privacy.reading import Reading
    from assistant.training.material import Candidate

    Finds = Callable[[Sequence[tuple[str, str]]], list[tuple[Candidate, ...]]]

PEOPLE = (
    ("f", "Odile Marchetti", ()),
    ("m1", "Dawn Oyelowo", ("Dawnie",)),
    ("m2", "Nguyễn Thị Khuyên", ("Khuyen", "Clover")),
    ("m3", "Ruben Thibodeaux", ()),
    ("m4", "Chase Papadakis", ()),
    ("m5", "Iman Warfaa", ()),
)


@pytest.fixture(scope="module")
def found_in(models_root: Path) -> Finds:
    """What the search finds in a talk, turn by turn."""
    people = tuple(
        Person(PersonId(i), Role.FACILITATOR if i == "f" else Role.MEMBER, name, aliases) for i, name, aliases in PEOPLE
    )
    group = Group("Harbour group", "psychotherapy", Part2.UNKNOWN, people)
    room = ReadingRoom(ModelStore(models_root), group)
    analyst, scans = room.analyst(group), room.scans()
    search = Search(group, also_called, scans.english, scans.scan)

    def find(talk: Sequence[tuple[str, str]]) -> list[tuple[Candidate, ...]]:
        readings: list[Reading] = []
        said = {"utterances": [{"speaker": who, "text": text} for who, text in talk]}
        for utterance in utterances_in(said, group):
            readings.append(analyst.read(utterance, readings))
        first = [search.candidates(reading) for reading in readings]
        known = Known.of((candidate for found in first for candidate in found), search.everyday(readings))
        return [again(r, found, known, scans.english) for r, found in zip(readings, first, strict=True)]

    return find


def named(found: Sequence[Candidate]) -> list[str]:
    """Return the words of direct identifiers."""
    return [c.text for c in found if c.kind in DIRECT]


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Dawn's not here tonight.", "Dawn"),
        ("Chase sent his regrets.", "Chase"),
        ("I had my lashes done at Lashes by Clover.", "Clover"),
        ("I'm Khuyen, people say queen or Clover.", "queen"),
        ("Is it Kwin or Khuyen, I always get it wrong.", "Kwin"),
        ("I cried in front of Tibo Doe and everyone.", "Tibo Doe"),
        ("I'm Dawn. I was up at the crack of dawn, ha.", "dawn"),
        ("It was for a Mrs Ottoline Tregear.", "Ottoline Tregear"),
        ("There is a file, officer Quigg has it.", "Quigg"),
        ("They had me over to St. Brannoc's that night.", "St. Brannoc"),
        ("My handle's on there, handle is at marsh wren with a z.", "at marsh wren with a z"),
        (
            "It's on the website, www dot tidal shed dot co dot uk slash tea.",
            "www dot tidal shed dot co dot uk slash tea",
        ),
        ("My insta is wren dot zero four.", "wren dot zero four"),
        ("We came in with Medic Fifty-Two.", "Fifty-Two"),
        ("Wait, did I say four? It's seven on the end.", "seven"),
        ("It's written Q -U5, V -E -L.", "Q -U5, V -E -L"),
        ("Soyeon-ah said so, and Farid-jan too.", "Soyeon-ah"),
        ("We danced at the TVK hall.", "TVK"),
        ("my sister may has gone home", "may"),
        ("there were two and june didn't make it", "june"),
        ("I got a card from the Legion.", "Legion"),
        ("i go by wexcombe on the bus", "wexcombe"),
        ("he's staying up by otter creek", "otter creek"),
        ("they sent me to port alfred for it", "port alfred"),
        ("i walked off the ninth avenue bridge", "ninth avenue bridge"),
        ("my mother is mayor of bramble", "bramble"),
        ("i lay pipe for hargrave and sons", "hargrave and sons"),
        ("and ivy has had it with me", "ivy"),
        ("the year esther's shoulder went", "esther"),
        ("mrs khuyen and tibodo were there", "tibodo"),
    ],
)
def test_what_names_somebody_goes(found_in: Finds, text: str, gone: str) -> None:
    """In any case, at the start of a sentence, in two words, as a pun, as people say it, in a shop's name."""
    found = named(found_in([("m1", text)])[0])
    assert any(gone in said or (said in gone and len(said) > len(gone) / 2) for said in found), found


@pytest.mark.models
@pytest.mark.parametrize(
    "text",
    [
        "[laughs] Yes. Exactly that.",
        "[sighs] Nothing. All of us do.",
        "So did I. Before we go, breathe.",
        "Splendid. Thank you.",
        "Put it DOWN, please.",
        "Turquoise. Hospital turquoise.",
        "Like a. Magenta. Prison magenta.",
        "Kia ora, qué bonita tarde.",
        "Marhaban. Shukran, habibti.",
        "Twelve years in the Army, then the Coast Guard.",
        "I ate a Tavistock biscuit with a pint of Hendersons.",
        "New SIM, two Ds and a C.",
        "Jesus, Mary and Joseph.",
        "No Scottish judge will do that, I'm Ghanaian.",
        "I ran D B T groups with the E M D R people on the NHS.",
        "I lied on the Edinburgh, and on the Beck.",
        "Nobody's in Africa or Europe.",
        "I had Pringles and a Pepsi, and I watched Netflix.",
        "Everyone gives up and goes home.",
        "hey everybody else drank a fifth and accepted the truck in the yard",
        "Will you chase it up, or shall I?",
        "Ojalá. Wallahi, habibi.",
    ],
)
def test_what_everybody_says_stays(found_in: Finds, text: str) -> None:
    """Words that open a sentence, shouts, peoples, abbreviations of the clinic, questionnaires, brands, cries."""
    assert not named(found_in([("m3", text)])[0])


@pytest.mark.models
def test_a_name_known_anywhere_is_known_everywhere_in_any_case(found_in: Finds) -> None:
    """A word-name alone at a start, a town in small letters, and the rare half of a long name."""
    turns = found_in(
        [
            ("m3", "We lived in Thistle, near the Skerrowmore Rowing Society, and I had Juniper's shoes in the car."),
            ("m4", "so you are the one whose aunt is in thistle"),
            ("m5", "There were two of them. Juniper and another. They went to Skerrowmore."),
        ]
    )
    assert "thistle" in named(turns[1])
    assert {"Juniper", "Skerrowmore"} <= set(named(turns[2]))


@pytest.mark.models
def test_a_thing_with_an_article_is_no_person_and_a_town_no_surname(found_in: Finds) -> None:
    """The kind decides what stands in its place."""
    turns = found_in([("m3", "I drove the Brockhurst home to Cardiff.")])
    kinds = {c.text: c.kind for c in turns[0]}
    assert kinds.get("Brockhurst") is not Kind.PERSON
    assert kinds["Cardiff"] is Kind.PLACE


@pytest.mark.models
def test_a_foreign_word_said_in_small_letters_is_nobody_and_an_answer_may_be(found_in: Finds) -> None:
    """A word of another language stays in the whole session; what answers a question about a place does not."""
    turns = found_in(
        [
            ("m3", "My gran's word for that is hiraethus."),
            ("m4", "Hiraethus. Tell me more. Where did she grow up?"),
            ("m5", "Brynmadoga. It's small."),
        ]
    )
    assert not named(turns[0])
    assert not named(turns[1])
    assert "Brynmadoga" in named(turns[2])


@pytest.mark.models
def test_a_thing_of_ones_own_name_is_the_thing_unless_somebody_plays_with_it(found_in: Finds) -> None:
    """Behind an article it names nobody; with a laugh it gives the name away."""
    turns = found_in(
        [
            ("m4", "Chase. I watched the chase on the motorway for an hour."),
            ("m4", "I'm Chase, and I love a chase, no pun intended."),
        ]
    )
    assert named(turns[0]) == ["Chase"]
    assert named(turns[1]) == ["Chase", "chase"]
