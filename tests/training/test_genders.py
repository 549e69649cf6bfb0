"""The words around a name decide the gender of its stand-in; the name itself only where they are silent."""

from __future__ import annotations

import pytest

from assistant.domain import Group, Part2, Person, PersonId, Role, Span, UtteranceId
from assistant.training.genders import genders
from assistant.training.material import Kind, Mentioned, Thing


def told(
    text: str, name: str, *, speaker: str = "m2", person: str | None = None, pronouns: str | None = None
) -> str | None:
    """Return what one utterance tells of a name in it."""
    member = Person(PersonId("m1"), Role.MEMBER, f"{name} Tarn", pronouns=pronouns)
    group = Group("g", "psychotherapy", Part2.UNKNOWN, (member, Person(PersonId("m2"), Role.MEMBER, "Ottoline Farrow")))
    utterance = UtteranceId("u1")
    at = text.find(name)
    mentions = (Mentioned(utterance, Span(at, at + len(name)), "test"),) if at >= 0 else ()
    one = Thing(0, Kind.PERSON, name, (name,), mentions, PersonId(person) if person else None)
    return genders((one,), {utterance: text}, {utterance: PersonId(speaker)}, group, lambda _: ()).get(0)


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("my twin sister Robin rang", "female"),
        ("Robin, my brother, rang", "male"),
        ("Robin is his wife", "female"),
        ("my uncle, Robin, drove", "male"),
        ("Robin said she would come", "female"),
        ("say his name. Robin.", "male"),
        ("Mrs Robin came", "female"),
        ("my sister Derek rang", "female"),
        ("Derek left when she came in", "male"),
        ("Mandy was ill. He would not see a doctor.", "male"),
        ("It began with Mandy losing the farm and all of the sheep. He never spoke of his debts.", "female"),
        ("Derek told her to go", "male"),
        ("Robin told her to go", "male"),
    ],
)
def test_words_around_a_name_tell(text: str, gender: str) -> None:
    """Kinship and titles beside it, pronouns behind it; one stray pronoun does not outweigh a well-known name."""
    assert told(text, next(w for w in ("Robin", "Derek", "Mandy") if w in text)) == gender


@pytest.mark.parametrize(
    ("text", "pronouns", "gender"),
    [
        ("I'm a single mother of two", None, "female"),
        ("as a father I failed", None, "male"),
        ("I'm a father", "she/her", "female"),
        ("I'm a mother", "they/them", "either"),
        ("he, him, thanks. he/him", None, "male"),
    ],
)
def test_what_somebody_says_of_themselves_tells(text: str, pronouns: str | None, gender: str) -> None:
    """Their own pronouns decide over all else."""
    assert told(text, "Robin", speaker="m1", person="m1", pronouns=pronouns) == gender
