"""Every form of a name leads to one thing, and one thing to one stand-in."""

from __future__ import annotations

import random

import pytest

from assistant.domain import Group, Part2, Person, PersonId, Role, Span, UtteranceId
from assistant.training.material import Candidate, Kind, Thing
from assistant.training.pool import Knowing
from assistant.training.surrogates import stand_ins, worded
from assistant.training.things import link
from assistant.training.words import key_of, sounds_like


def chance(seed: int) -> random.Random:
    """Return a source of chance that a test can repeat."""
    return random.Random(seed)  # noqa: S311  no secret: a test


NICKS = {"katherine": ("kate", "kitty"), "kate": ("katherine",), "margaret": ("peggy", "meg")}
GROUP = Group(
    "g",
    "psychotherapy",
    Part2.UNKNOWN,
    (
        Person(PersonId("f"), Role.FACILITATOR, "Ulla Brandt"),
        Person(PersonId("m1"), Role.MEMBER, "Katherine Okonkwo"),
        Person(PersonId("m2"), Role.MEMBER, "Hyun-woo Pak", ("Howard",)),
    ),
)


def nicks(name: str) -> tuple[str, ...]:
    """Return the pet forms of a name."""
    return NICKS.get(name, ())


def linked(*said: tuple[str, str, str, Kind]) -> tuple[Thing, ...]:
    """Return the things of a talk: speaker, text, the words meant, kind."""
    texts, candidates = {}, []
    for number, (speaker, text, words, kind) in enumerate(said):
        utterance = UtteranceId(f"u{number}")
        texts[utterance] = text
        at = text.index(words)
        span = Span(at, at + len(words))
        candidates.append(Candidate(utterance, span, kind, words, "test", speaker=PersonId(speaker)))
    return link(candidates, texts, GROUP, nicks)


def named(things: tuple[Thing, ...], person: str) -> Thing:
    """Return somebody of the roster."""
    return next(t for t in things if t.person == person)


@pytest.mark.parametrize(
    "form",
    ["Katherine Okonkwo", "Katherine", "Okonkwo", "Kate", "Kitty", "K, A, T, H, E, R, I, N, E", "Catherine", "O K O N"],
)
def test_every_form_of_a_roster_name_is_that_person(form: str) -> None:
    """Full, first, last, pet, spelled in whole or part, misheard."""
    things = linked(("f", f"so {form} said", form, Kind.PERSON))
    assert len(named(things, "m1").mentions) == 1
    assert len(things) == 3


def test_an_outsider_is_one_person_unless_two_people_bring_their_own() -> None:
    """The same name, said by others later, is still the first one's sister."""
    one = linked(
        ("m1", "my sister Petra came", "Petra", Kind.PERSON),
        ("m2", "Petra sounds kind", "Petra", Kind.PERSON),
        ("m1", "Petra is", "Petra", Kind.PERSON),
    )
    assert [len(t.mentions) for t in one if t.person is None] == [3]
    two = linked(
        ("m1", "my brother Dave came", "Dave", Kind.PERSON), ("m2", "my cousin Dave left", "Dave", Kind.PERSON)
    )
    assert [len(t.mentions) for t in two if t.person is None] == [1, 1]


def test_a_short_form_of_a_school_goes_with_its_name() -> None:
    """A word that begins a longer name stands for it."""
    things = linked(
        ("m1", "I teach at Wexham Academy", "Wexham Academy", Kind.SCHOOL), ("m1", "at Wexham", "Wexham", Kind.PLACE)
    )
    assert [(t.kind, len(t.mentions)) for t in things if t.person is None] == [(Kind.SCHOOL, 2)]


@pytest.mark.parametrize("seed", range(30))
def test_a_stand_in_has_every_form_and_is_nobodys_name(seed: int) -> None:
    """Possessive, spelled, in lower case; no name of the roster, no sound of one, and no two things the same."""
    things = linked(
        ("f", "Katherine's turn", "Katherine", Kind.PERSON),
        ("f", "Kate", "Kate", Kind.PERSON),
        ("m1", "K, A, T, H", "K, A, T, H", Kind.PERSON),
        ("m1", "my sister Petra", "Petra", Kind.PERSON),
        ("m1", "in Zornbury", "Zornbury", Kind.PLACE),
        ("m1", "at Corliss Steel", "Corliss Steel", Kind.EMPLOYER),
        ("m1", "it is 555-0123", "555-0123", Kind.PHONE),
    )
    made, invented = stand_ins(things, Knowing(GROUP, nicks, lambda _: False, frozenset()), chance(seed))
    me = made[named(things, "m1").number]
    given = me.name.split()[0]
    assert worded("Katherine", me) == given
    assert worded("Katherine's", me) == f"{given}'s"
    assert worded("katherine", me) == given.lower()
    assert worded("K, A, T, H", me) == ", ".join(given[:4].upper())
    assert worded("Kate", me) not in {"Kate", given}
    names = [stand_in.name for stand_in in made.values()]
    assert len(set(names)) == len(names)
    roster = {"katherine", "okonkwo", "kate", "kitty", "ulla", "brandt", "hyunwoo", "pak", "howard", "petra"}
    assert not [w for w in invented.words if w.isalpha() for name in roster if sounds_like(w, name)]
    steel = next(made[t.number] for t in things if t.kind is Kind.EMPLOYER)
    assert steel.name.endswith(" Steel")
    phone = next(made[t.number] for t in things if t.kind is Kind.PHONE)
    assert phone.name.startswith("555-01")
    assert key_of(given) in invented.words


@pytest.mark.parametrize(
    ("name", "said", "form"),
    [
        ("Ngoc Anh Pham", "people say Nock", "Nock"),
        ("Priya Raman", "Priya, not Freya, on my badge", "Freya"),
        ("Siobhan Doyle", "Siobhan, it's pronounced Shivawn", "Shivawn"),
        ("Yewande Cole", "call me Wendy", "Wendy"),
        ("Yewande Cole", "way wan day, that's how you say it", "way wan day"),
    ],
)
def test_what_somebody_says_of_their_name_is_another_form_of_it(name: str, said: str, form: str) -> None:
    """How it is spoken, what others make of it, what it is not: later it is theirs wherever it is said."""
    group = Group("g", "psychotherapy", Part2.UNKNOWN, (Person(PersonId("m1"), Role.MEMBER, name),))
    rows = [("m1", said, [form, *[w for w in name.split() if w in said]]), ("m2", f"okay {form} then", [form])]
    things = linked_in(group, rows)
    assert [len(t.mentions) for t in things if t.person is None] == []
    assert len(named(things, "m1").mentions) == len(rows[0][2]) + 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Thaddeus Cole", "Thad"),
        ("Zuzanna", "Zuzia"),
        ("Ikechukwu", "I, K, E, C, H, U, K, W, U"),
        ("Ikechukwu Eze", "Ikechukwu"),
        ("Anneke", "A, N, N, E, K, E. A, N, N, E, K, E"),
        ("R\u00f3is\u00edn", "Roisin"),
        ("Doctor Brannigan", "Brannigan"),
        ("Petty Officer Lacuesta", "Lacuesta"),
        ("Liibaan", "Liban"),
    ],
)
def test_an_outsider_is_one_thing_however_they_are_called(first: str, second: str) -> None:
    """Short, spelled once or twice, with and without marks, with and without a title."""
    things = linked(
        ("m1", f"there was {first} again", first, Kind.PERSON), ("m1", f"and {second} left", second, Kind.PERSON)
    )
    assert [len(t.mentions) for t in things if t.person is None] == [2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I met Liban", "no, another Liban"),
        ("my brother Dave came", "my boss Dave left"),
        ("there was Paul", "there was Paula"),
        ("there was Maria", "there was Marie"),
    ],
)
def test_two_people_stay_two(first: str, second: str) -> None:
    """Another one of the name, two kinds of kin, a man's and a woman's name, two names that are near in sound."""
    one, two = first.rsplit(maxsplit=1)[-1].rstrip(","), second.rsplit(maxsplit=1)[-1]
    rows = [(first, next(w for w in first.split() if w in {"Liban", "Dave", "Paul", "Maria"}))]
    rows.append((second, next(w for w in second.split() if w in {"Liban", "Dave", "Paula", "Marie"})))
    assert one
    assert two
    things = linked(*[("m1", text, word, Kind.PERSON) for text, word in rows])
    assert [len(t.mentions) for t in things if t.person is None] == [1, 1]


def test_no_outsider_is_put_under_a_member() -> None:
    """Kin with a member's family name, a near name of somebody who is not there, a storm, a second bearer."""
    things = linked(
        ("m1", "my mother Ifeoma Okonkwo rang", "Ifeoma Okonkwo", Kind.PERSON),
        ("m2", "old Mrs Okonkwo, his mother", "Mrs Okonkwo", Kind.PERSON),
        ("m2", "my cousin Katherine", "Katherine", Kind.PERSON),
        ("m2", "another Katherine", "Katherine", Kind.PERSON),
        ("f", "right? Doctor Okonkwo, on the high street", "Doctor Okonkwo", Kind.PERSON),
        ("f", "Catriona, from work, rang", "Catriona", Kind.PERSON),
        ("m2", "after hurricane Katherine hit", "Katherine", Kind.PERSON),
    )
    assert [len(t.mentions) for t in things if t.person is not None] == [0, 0, 0]


def test_two_members_with_one_given_name_stay_two() -> None:
    """Who says it of themselves is meant; else who of them was spoken of last."""
    people = (Person(PersonId("a"), Role.MEMBER, "Grace Abara"), Person(PersonId("b"), Role.MEMBER, "Grace Boyd"))
    group = Group("g", "psychotherapy", Part2.UNKNOWN, people)
    things = linked_in(
        group, [("b", "I'm Grace", ["Grace"]), ("a", "thanks Grace", ["Grace"]), ("a", "I'm Grace", ["Grace"])]
    )
    assert [len(named(things, who).mentions) for who in "ab"] == [1, 2]
    assert len(things) == 2


@pytest.mark.parametrize(
    ("long", "short", "same"),
    [
        ("Ada Lowndes Middle School", "Lowndes Middle", True),
        ("Ada Lowndes Middle School", "Lowndes", True),
        ("Ada Lowndes Middle School", "Lowndes Clinic", False),
        ("Trevanion Pigeon Racing Society", "TPRS", True),
        ("Trevanion Pigeon Racing Society", "TPRX", False),
    ],
)
def test_a_body_is_one_thing_by_part_of_its_name_and_by_its_initials(long: str, short: str, *, same: bool) -> None:
    """Not where the short name is of another kind of body."""
    things = linked(("m1", f"at {long}", long, Kind.ORGANISATION), ("m2", f"at {short}", short, Kind.ORGANISATION))
    assert len([t for t in things if t.person is None]) == (1 if same else 2)


def linked_in(group: Group, rows: list[tuple[str, str, list[str]]]) -> tuple[Thing, ...]:
    """Return the things of a talk in a group: speaker, text, the names in it."""
    texts, candidates = {}, []
    for number, (speaker, text, words) in enumerate(rows):
        utterance = UtteranceId(f"u{number}")
        texts[utterance] = text
        for word in words:
            span = Span(text.index(word), text.index(word) + len(word))
            candidates.append(Candidate(utterance, span, Kind.PERSON, word, "test", speaker=PersonId(speaker)))
    candidates.sort(key=lambda c: (c.utterance, c.span))
    return link(candidates, texts, group, nicks)


def test_a_title_with_the_facilitators_family_name_means_them() -> None:
    """So it does not for a member; who spells their own name may be misheard, and who is called is there."""
    things = linked(
        ("m1", "ask Ms. Brandt", "Ms. Brandt", Kind.PERSON),
        ("m1", "I'm O, K, O, N, Q, U, O", "O, K, O, N, Q, U, O", Kind.PERSON),
        ("f", "Catherin, you go first", "Catherin", Kind.PERSON),
    )
    assert [len(named(things, who).mentions) for who in ("f", "m1", "m2")] == [1, 2, 0]


@pytest.mark.parametrize(
    ("before", "after", "who"), [("m3", "m2", "m2"), ("m3", "m1", "m1"), ("m2", "m3", "m2"), ("m3", "m3", "m1")]
)
def test_of_two_members_of_a_name_whoever_answers_to_it_is_called(before: str, after: str, who: str) -> None:
    """Else whoever spoke before it, else who was spoken of last."""
    names = {"m1": "Petra Quarrel", "m2": "Petra Vosper", "m3": "Ottoline Farrow"}
    group = Group("g", "peer", Part2.UNKNOWN, tuple(Person(PersonId(i), Role.MEMBER, n) for i, n in names.items()))
    said = (
        ("m3", "Petra Quarrel told us.", "Petra Quarrel"),
        (before, "It was in Oddfield.", "Oddfield"),
        ("f", "Thank you, Petra.", "Petra"),
        (after, "It was Oddfield.", "Oddfield"),
    )
    texts = {UtteranceId(f"u{at}"): text for at, (_, text, _) in enumerate(said)}
    candidates = []
    for at, (speaker, text, words) in enumerate(said):
        span = Span(text.index(words), text.index(words) + len(words))
        kind = Kind.PLACE if words == "Oddfield" else Kind.PERSON
        candidates.append(Candidate(UtteranceId(f"u{at}"), span, kind, words, "test", speaker=PersonId(speaker)))
    called = [t.person for t in link(candidates, texts, group, nicks) if any(m.utterance == "u2" for m in t.mentions)]
    assert called == [who]
