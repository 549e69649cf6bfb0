"""Stand-ins fit in gender, origin, length and form, are new in every sample, and leave no map behind."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Group, Part2, Person, PersonId, Role, Span, UtteranceId
from assistant.training.drafts import Draft
from assistant.training.invented import family_names, gender_of, given_names, origins
from assistant.training.material import Candidate, Kind, StandIn, Thing
from assistant.training.origins import origin_of
from assistant.training.people_called import People, named
from assistant.training.pool import Knowing, Pool
from assistant.training.surrogates import agreeing, stand_ins, worded
from assistant.training.words import key_of, keys_of, name_keys, sounds_like

ROSTER = Group(
    "g",
    "psychotherapy",
    Part2.UNKNOWN,
    (
        Person(PersonId("f"), Role.FACILITATOR, "Ottoline Farrow"),
        Person(PersonId("m1"), Role.MEMBER, "Nguyen Thi Lan", ("Lana",)),
        Person(PersonId("m2"), Role.MEMBER, "Alejandro Quiroga", ("Alex", "TJ")),
    ),
)
NICKS = {"alejandro": ("alex", "ale"), "robert": ("rob", "bob"), "eduardo": ("edu", "lalo"), "daniel": ("dan", "danny")}


def chance(seed: int) -> random.Random:
    """Return a source of chance that a test can repeat."""
    return random.Random(seed)  # noqa: S311  no secret: a test


def nicks(name: str) -> tuple[str, ...]:
    """Return the pet forms of a name."""
    return NICKS.get(name, ())


def thing(kind: Kind, *forms: str, number: int = 0, person: str | None = None, titled: bool = False) -> Thing:
    """Return a thing that was said in some forms."""
    return Thing(number, kind, forms[0], forms, (), PersonId(person) if person else None, titled=titled)


def drawn(*things: Thing, seed: int = 1, said: str = "", genders: dict[int, str] | None = None,
          avoid: frozenset[str] = frozenset()) -> tuple[dict[int, StandIn], frozenset[str]]:  # fmt: skip
    """Return the stand-ins of a sample, and everything that was made up."""
    numbered = [replace(t, number=at) for at, t in enumerate(things)]
    knowing = Knowing(ROSTER, nicks, lambda _: False, frozenset(keys_of(said)), genders or {}, avoid)
    made, invented = stand_ins(numbered, knowing, chance(seed))
    return made, invented.words


@pytest.mark.parametrize("seed", range(8))
def test_every_form_has_the_stand_in_in_that_form(seed: int) -> None:
    """Whole with the family name first, alone, spelled twice, possessive, in lower case; initials for initials."""
    lan = thing(Kind.PERSON, "Nguyen Thi Lan", "Lan", "L, A, N. L, A, N", "Lana", person="m1")
    made, _ = drawn(lan, thing(Kind.PERSON, "Alejandro Quiroga", "Alex", "TJ", person="m2"), seed=seed)
    given_name = worded("Lan", made[0])
    assert worded("Nguyen Thi Lan", made[0]).split()[-1] == given_name
    assert len(worded("Nguyen Thi Lan", made[0]).split()) == 3
    spelled = ", ".join(given_name.upper())
    assert worded("L, A, N. L, A, N", made[0]) == f"{spelled}. {spelled}"
    assert worded("lan's", made[0]) == f"{given_name.lower()}'s"
    initials = worded("TJ", made[1])
    assert len(initials) == 2
    assert initials.isupper()
    assert worded("Alex", made[1]) not in {worded("Alejandro Quiroga", made[1]).split()[0], "Alex"}


@pytest.mark.parametrize("seed", range(6))
def test_a_family_name_stays_one_and_kin_share_it(seed: int) -> None:
    """Title and surname keep the title and get a surname; a son and his mother have the same."""
    made, _ = drawn(
        thing(Kind.PERSON, "Dr. Brannigan", "Brannigan", titled=True),
        thing(Kind.PERSON, "Alejandro Quiroga", person="m2"),
        thing(Kind.PERSON, "Mrs Quiroga", titled=True),
        thing(Kind.PERSON, "the Quirogas"),
        seed=seed,
    )
    assert worded("Dr. Brannigan", made[0]) == f"Dr. {worded('Brannigan', made[0])}"
    families = {key_of(n) for names in origins().values() for n in names.family}
    assert key_of(worded("Brannigan", made[0])) in families
    family = worded("Alejandro Quiroga", made[1]).split()[-1]
    assert worded("Mrs Quiroga", made[2]) == f"Mrs {family}"


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ("Wexcombe Middle School", "Middle School"),
        ("Tarrant and Sons", "and Sons"),
        ("Grace Lutheran", "Lutheran"),
        ("Pellworth Crematorium", "Crematorium"),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_a_body_keeps_what_it_is_and_no_word_of_which_one(form: str, kept: str, seed: int) -> None:
    """A middle school stays one under another name, not even one that begins alike."""
    made, _ = drawn(thing(Kind.ORGANISATION, form), seed=seed)
    said = worded(form, made[0])
    assert said.endswith(kept)
    assert not set(keys_of(said)) & set(keys_of(form)) - set(keys_of(kept))
    assert key_of(said)[:2] != key_of(form)[:2]


@pytest.mark.parametrize("seed", range(4))
def test_initials_become_other_initials(seed: int) -> None:
    """As many capitals; spelled ones are spelled; with the whole name known they begin and end as its own do."""
    made, words = drawn(
        thing(Kind.ORGANISATION, "WQRX"),
        thing(Kind.ORGANISATION, "Q T V"),
        thing(Kind.ORGANISATION, "Penrose Racing Society", "PRS"),
        seed=seed,
    )
    assert len(worded("WQRX", made[0])) == 4
    assert worded("WQRX", made[0]).isupper()
    assert len(worded("Q T V", made[1]).split()) == 3
    whole = worded("Penrose Racing Society", made[2])
    assert len(worded("PRS", made[2])) == 3
    assert worded("PRS", made[2])[0] + worded("PRS", made[2])[-1] == "".join(w[0] for w in whole.split())
    assert worded("PRS", made[2]) != "PRS"
    assert words


@pytest.mark.parametrize(
    ("form", "start", "end"),
    [
        ("Port Corliss", "Port ", ""),
        ("Tamberley River", "", " River"),
        ("St. Ottilie", "St. ", ""),
        ("Green Lanes", "", " Lanes"),
    ],
)
def test_a_place_stays_the_kind_of_place_it_is(form: str, start: str, end: str) -> None:
    """A port stays a port, a river a river, a saint's place a saint's."""
    made, _ = drawn(thing(Kind.PLACE, form))
    said = worded(form, made[0])
    assert said.startswith(start)
    assert said.endswith(end)
    assert said != form


@pytest.mark.parametrize(
    ("first", "family", "origin"),
    [
        ("thuy", "pham", "vn"), ("minseo", "choi", "kr"), ("deqa", "warsame", "so"), ("babatunde", "ogunleye", "ng"),
        ("gwenllian", "pritchard", "cy"), ("aoife", "gallagher", "ie"), ("grzegorz", "wisniewski", "pl"),
        ("aarav", "agarwal", "in"), ("nour", "haddad", "ar"), ("gurpreet", "sandhu", "pa"), ("joao", "ferreira", "pt"),
        ("guadalupe", "hernandez", "es"), ("oleksandr", "shevchenko", "ru"), ("parisa", "hosseini", "fa"),
        ("tesfaye", "bekele", "et"), ("elif", "yilmaz", "tr"),
    ],
)  # fmt: skip
def test_a_name_is_known_by_where_it_comes_from(first: str, family: str, origin: str) -> None:
    """By lists, and by letters where no list has it; there are names enough to draw from."""
    assert origin_of(first, family) == origin
    assert min(len(given_names(origin, "female")), len(given_names(origin, "male")), len(family_names(origin))) >= 25


@pytest.mark.parametrize("gender", ["female", "male"])
@pytest.mark.parametrize("origin", sorted(origins()))
def test_no_list_of_one_gender_has_names_of_the_other(origin: str, gender: str) -> None:
    """What most lists say of a name is what a reader takes it for."""
    assert not [n for n in given_names(origin, gender) if gender_of(key_of(n)) not in {gender, None}]


NAMES = st.sampled_from(
    [*given_names("us", None)[:40], "Thuy", "Deqa", "Seo-yeon", "Xiomara", "Grzegorz", "Ng", "Bo", "Q."]
)
FAMILIES = st.sampled_from([*family_names("us")[:40], "Van der Merwe", "O'Hara", "Pugh-Jenkins", "Nguyen", "Ek"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAMES, FAMILIES), min_size=1, max_size=6, unique=True), st.integers(0, 10**6), st.booleans())
def test_nobody_is_called_like_anybody_here(people: list[tuple[str, str]], seed: int, lower: bool) -> None:
    """No stand-in is or sounds like a name of the roster or of the session, or is said, or stands for two."""
    things = [thing(Kind.PERSON, f"{g} {f}", g, f"{g}'s", number=at) for at, (g, f) in enumerate(people)]
    said = "then Robinson said that Hartley left"
    made, words = drawn(*things, seed=seed, said=said.lower() if lower else said)
    names = {k for p in ROSTER.people for n in (p.name, *p.aliases) for k in name_keys(n)}
    names |= {k for g, f in people for k in name_keys(f"{g} {f}")}
    assert not [(w, n) for w in words if w.isalpha() for n in names if sounds_like(w, n)]
    assert not words & {"robinson", "hartley", "then", "left"}
    given_ones = {form.split()[0] for s in made.values() for form in [s.name]}
    assert len(given_ones) == len(things)


def test_twenty_samples_in_a_row_share_no_stand_in() -> None:
    """The lists are long enough, and where one is used up another is taken."""
    things = [
        thing(Kind.PERSON, "Nguyen Thi Lan", "Lan", person="m1"),
        thing(Kind.PERSON, "Deqa Warsame"),
        thing(Kind.PERSON, "Min-jun Kim"),
        thing(Kind.PLACE, "Zornbury"),
        thing(Kind.PLACE, "Peñalba"),
        thing(Kind.PLACE, "San Ottilio"),
        thing(Kind.PLACE, "Hải Lương"),
        thing(Kind.ORGANISATION, "WQ"),
        thing(Kind.EMPLOYER, "Corliss Steel"),
        thing(Kind.PHONE, "555-0123"),
    ]
    avoid: frozenset[str] = frozenset()
    for seed in range(20):
        made, words = drawn(*things, seed=seed, avoid=avoid)
        assert len(made) == len(things)
        assert not words & avoid
        avoid |= words


def test_nothing_that_knows_the_pairs_says_them() -> None:
    """Neither stand-ins nor what draws or gathers them show a name when they are printed."""
    person = thing(Kind.PERSON, "Alejandro Quiroga", person="m2")
    made, _ = drawn(person)
    knowing = Knowing(ROSTER, nicks, lambda _: False, frozenset({"quiroga"}), {}, {"secretname"})
    pool = Pool([person], knowing, chance(1))
    draft = Draft(Kind.PERSON, forms=["Alejandro Quiroga"])
    draft.add(
        Candidate(UtteranceId("u1"), Span(0, 9), Kind.PERSON, "Alejandro", "test", value="Alejandro"), "Alejandro left"
    )
    shown = " ".join(
        map(repr, (made[0], knowing, pool, People(pool, knowing, chance(1)), draft, draft.thing(0)))
    ).lower()
    names = ("alejandro", "quiroga", "secretname", "ottoline", *keys_of(made[0].name))
    assert not [name for name in names if name in shown]


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(alphabet="bcdgkltvz\u00e9\u00fc", min_size=1, max_size=3).map(str.capitalize),
            st.sampled_from(["T.J.", "K, D", "Z\u00e9", "MRC", "Ng", "Ty"]),
        ),
        min_size=1,
        max_size=22,
        unique=True,
    ),
    st.sampled_from([frozenset("bcdfghjklmnprstvwz"), frozenset()]),
    st.sampled_from(list(Kind)[:8]),
)
def test_no_draw_is_endless_where_nothing_is_free(names: list[str], said: frozenset[str], kind: Kind) -> None:
    """More initials than there are letters, every letter said, every word an everyday word: all get a stand-in."""
    things = [replace(thing(kind, name), number=at) for at, name in enumerate(names)]
    for common in (bool, lambda _: True):
        made, _ = stand_ins(things, Knowing(ROSTER, nicks, common, said), chance(len(names)))
        if kind is Kind.PERSON:
            assert len({key_of(one.name) for one in made.values()}) == len(made)
            assert not {key_of(one.name) for one in made.values()} & said


def test_a_pool_that_is_used_up_grows() -> None:
    """Initials get a letter more, and a name an ending more, before anything is drawn twice."""
    taken = frozenset("bcdfghjklmnprstvwz")
    pool = Pool((), Knowing(ROSTER, nicks, lambda _: False, taken), chance(3))
    assert len(pool.initials("Q")) == 2
    full = Pool((), Knowing(ROSTER, nicks, lambda _: True, taken), chance(3))
    drawn_names = [full.pick("Quill", ("Anna",)) for _ in range(8)] + [full.initials("QR") for _ in range(8)]
    assert len({key_of(name) for name in drawn_names}) == len(drawn_names)


@pytest.mark.parametrize("seed", range(5))
def test_no_two_stand_ins_are_taken_for_one_another(seed: int) -> None:
    """Of different people none sounds like another or begins it ("Ger", "Gerry"); pet forms of one's own do."""
    names = [f"{a} {b}" for a in ("Hortensia", "Barnaby", "Clement", "Delphine") for b in ("Quarrel", "Vosper", "Pell")]
    made, _ = drawn(*(thing(Kind.PERSON, name) for name in names), seed=seed)
    given_keys = [key_of(made[at].name.split()[0]) for at in range(len(names))]
    for at, one in enumerate(given_keys):
        for two in given_keys[at + 1 :]:
            assert not sounds_like(one, two)
            assert not one.startswith(two)
            assert not two.startswith(one)


def test_a_gaelic_family_name_has_its_second_capital() -> None:
    """As people write it."""
    gaelic = [name for name in family_names("us") if name.startswith("Mc") and len(name) > 4]
    assert gaelic
    assert all(name[2].isupper() for name in gaelic)


def test_an_acronym_is_as_long_as_it_was() -> None:
    """Whatever the whole name of the body has for words; where they agree it is that name's."""
    made, _ = drawn(
        thing(Kind.ORGANISATION, "Quarrel Valley Trust", "QVHT"), thing(Kind.SCHOOL, "Oddfield High School", "OHS")
    )
    assert len(worded("QVHT", made[0])) == 4
    assert (
        worded("OHS", made[1]) == "".join(word[0] for word in worded("Oddfield High School", made[1]).split()).upper()
    )


@pytest.mark.parametrize(
    ("form", "like"),
    [
        ("quarrel.vosper@inkpot.org", r"[a-z]+@example\.com"),
        ("quarrel at inkpot dot org", r"[a-z]+ at example dot com"),
        ("www.inkpot.org/quarrel", r"www\.[a-z]+\.example\.com"),
        ("inkpot dot org slash quarrel", r"[a-z]+ dot example dot com"),
    ],
)
def test_a_web_address_stays_one_and_an_e_mail_address_too(form: str, like: str) -> None:
    """Written and spoken."""
    made, _ = drawn(thing(Kind.EMAIL, form))
    assert re.fullmatch(like, worded(form, made[0]))


@pytest.mark.parametrize(
    ("text", "name", "words", "article"),
    [
        ("There is a Pell in town.", "Pell", "Alvarez", "an"),
        ("An Oddfield man.", "Oddfield", "Marsh", "A"),
        ("I have an MRC card.", "MRC", "TBD", "a"),
        ("I saw a Pell.", "Pell", "Marsh", None),
        ("I saw the Pell.", "Pell", "Alvarez", None),
    ],
)
def test_an_article_agrees_with_the_stand_in_behind_it(text: str, name: str, words: str, article: str | None) -> None:
    """By the sound that it begins with, of initials by their first letter."""
    start = text.index(name)
    found = agreeing(text, Span(start, start + len(name)), words)
    assert (found[1] if found else None) == article
    assert found is None or found[0].of(text).lower() in {"a", "an"}


@pytest.mark.parametrize("form", ["Wee Hamish", "Big Hamish", "Old Hamish", "Mama Hamish", "Miss Hamish"])
def test_what_leads_a_name_and_tells_nobody_stays(form: str) -> None:
    """And one name stands behind it."""
    made, _ = drawn(thing(Kind.PERSON, form))
    lead, *name = worded(form, made[0]).split()
    assert lead == form.split(maxsplit=1)[0]
    assert len(name) == 1
    assert name[0] != "Hamish"


@pytest.mark.parametrize("seed", range(4))
def test_what_a_name_tells_is_worked_out_once_for_all_samples(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draw that is told of it makes the same sample as one that is not, and asks for nothing again."""
    people = (
        thing(Kind.PERSON, "Nguyen Thi Lan", "Lan", "Lana", "Jade", person="m1"),
        thing(Kind.PERSON, "Alejandro Quiroga", "Alex", "TJ", person="m2"),
        thing(Kind.PERSON, "Deqa Warsame", "Mrs Warsame"),
    )
    things = [replace(one, number=at) for at, one in enumerate(people)]
    alone = Knowing(ROSTER, nicks, lambda _: False, frozenset({"jade"}), {0: "female"}, {"quarrel"})
    told = replace(alone, named={one.number: named(one, ROSTER, nicks) for one in things})
    made = stand_ins(things, alone, chance(seed))
    for again in ("origin_of", "parts_of"):
        monkeypatch.setattr(f"assistant.training.people_called.{again}", lambda *_: pytest.fail("worked out again"))
    assert stand_ins(things, told, chance(seed)) == made


SHORT = Group(
    "g",
    "psychotherapy",
    Part2.UNKNOWN,
    (
        Person(PersonId("m1"), Role.MEMBER, "Imran Corliss", ("Immy",)),
        Person(PersonId("m2"), Role.MEMBER, "Darren Vosper", ("Daz", "Gaffer")),
        Person(PersonId("m3"), Role.MEMBER, "Seo-he Pell"),
    ),
)


def drawn_of(group: Group, one: Thing, seed: int) -> StandIn:
    """Return the stand-in of somebody in another group."""
    return stand_ins([one], Knowing(group, nicks, lambda _: False, frozenset()), chance(seed))[0][0]


@pytest.mark.parametrize(("who", "name", "alias"), [("m1", "Imran Corliss", "Immy"), ("m2", "Darren Vosper", "Daz")])
@pytest.mark.parametrize("seed", range(8))
def test_an_alias_that_begins_like_the_name_is_short_for_the_stand_in(
    who: str, name: str, alias: str, seed: int
) -> None:
    """Though no list knows it and only two letters are the same; an alias that is not alike has a name of its own."""
    made = drawn_of(SHORT, thing(Kind.PERSON, name, alias, "Gaffer", person=who), seed)
    given_name, short = key_of(made.name.split()[0]), key_of(worded(alias, made))
    assert short != given_name
    assert short[:3] == given_name[:3]
    assert not given_name.startswith(key_of(worded("Gaffer", made))) or who != "m2"


@pytest.mark.parametrize("seed", range(8))
def test_each_half_of_a_hyphened_name_is_spelled_as_that_half(seed: int) -> None:
    """Together they spell the whole stand-in; so does the whole, and the half of a family name its own."""
    made = drawn_of(SHORT, thing(Kind.PERSON, "Seo-he Pell", "S E O", "H, E", "S, E, O, H, E", person="m3"), seed)
    given_name = made.name.split()[0].upper()
    assert "".join(re.findall(r"\w", worded("S E O", made) + worded("H, E", made))) == given_name
    assert worded("S, E, O, H, E", made) == ", ".join(given_name)
    other = drawn_of(ROSTER, thing(Kind.PERSON, "Ada Quarrel-Ng", "N, G", "Q U A R R E L"), seed)
    assert worded("Q U A R R E L", other).replace(" ", "") == other.name.split()[-2].upper()
    assert worded("N, G", other).replace(", ", "") == other.name.split()[-1].upper()
