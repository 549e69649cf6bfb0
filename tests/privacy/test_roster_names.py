"""A name on the roster is found however it is cased, spelled, cut up or misheard, and a plain word is left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Group, Part2, Person, PersonId, Role
from assistant.privacy.parse import Parse
from assistant.privacy.recognisers.roster import How, RosterRecogniser

_PEOPLE = (
    ("m1", "Marcus Whitfield", ("Marc",)),
    ("m2", "Yesenia Quiroga", ()),
    ("m3", "Elizabeth Oyelaran", ()),
    ("m4", "Oluwaseun Adeyemi", ()),
    ("m5", "Katarzyna Kowalczyk", ()),
    ("m6", "Bill Osterman", ()),
    ("m7", "Rhiannon Pugh", ()),
)
_GROUP = Group(
    "g", "psychotherapy", Part2.UNKNOWN, tuple(Person(PersonId(i), Role.MEMBER, n, a) for i, n, a in _PEOPLE)
)
_ENGLISH = frozenset("yes key the a to said i saw with and was here group will be fine no".split())  # noqa: SIM905  reads best
_ROSTER = RosterRecogniser(_GROUP, knows=_ENGLISH.__contains__)
_SAFE = [n for _, n, _ in _PEOPLE if not n.startswith("Bill")]


def _found(text: str) -> list[tuple[str, str | None, How]]:
    return [(m.span.of(text), m.person, m.how) for m in _ROSTER.matches(Parse(text, ()))]


@pytest.mark.parametrize(
    ("text", "span", "person"),
    [
        ("I saw Marcus Whitfield.", "Marcus Whitfield", "m1"),
        ("i saw marcus", "marcus", "m1"),
        ("Whitfield was here", "Whitfield", "m1"),
        ("Thanks, Marc.", "Marc", "m1"),
        ("MARCUS SAID NO", "MARCUS", "m1"),
        ("Marcus's group", "Marcus", "m1"),
        ("Lizzie said no", "Lizzie", "m3"),
        ("with Seun and the group", "Seun", "m4"),
        ("I saw Kasia", "Kasia", "m5"),
        ("Willie was here, no, Billy was", "Billy", "m6"),
        ("Yes Enya was here", "Yes Enya", "m2"),
        ("with Kiroga", "Kiroga", "m2"),
        ("the key roga", "key roga", "m2"),
        ("it's K, O, W, A, L, C, Z, Y, K", "K, O, W, A, L, C, Z, Y, K", "m5"),
        ("that is k o w a l c z y k", "k o w a l c z y k", "m5"),
        ("O-S-T-E-R-M-A-N", "O-S-T-E-R-M-A-N", "m6"),
        ("I saw Oyelarin", "Oyelarin", "m3"),
        ("with Rianon", "Rianon", "m7"),
        ("I saw Yesenia Kiroga", "Yesenia Kiroga", "m2"),
        ("MarcusWhitfield said no", "MarcusWhitfield", "m1"),
        ("with M. W. and the group", "M. W", "m1"),
    ],
)
def test_a_roster_name_is_found_in_every_form(text: str, span: str, person: str) -> None:
    """Exact, alias, nickname, spelled, split, joined, misheard, initials; the possessive stays outside."""
    assert (span, person) in [(s, p) for s, p, _ in _found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "I got the bill for the furnace",
        "pay the bill to be fine",
        "no key to the group",
        "TV and AA",
        "I, I, I was here",
        "",
    ],
)
def test_plain_words_are_nobody(text: str) -> None:
    """Words that look like a name are not one without a sign."""
    assert _found(text) == []


def test_a_name_that_two_people_share_is_nobody_in_particular() -> None:
    """Two people named Ana: found, but not told apart; the full name tells them apart."""
    people = (Person(PersonId("a"), Role.MEMBER, "Ana Silva"), Person(PersonId("b"), Role.MEMBER, "Ana Costa"))
    roster = RosterRecogniser(Group("g", "psychotherapy", Part2.UNKNOWN, people))
    assert [m.person for m in roster.matches(Parse("Ana was late", ()))] == [None]
    assert [m.person for m in roster.matches(Parse("Ana Costa was late", ()))] == ["b"]


@given(
    name=st.sampled_from(_SAFE),
    part=st.sampled_from([0, 1, 2]),
    case=st.sampled_from([str.lower, str.upper, str.title, str.swapcase]),
    tail=st.sampled_from(["", "'s", "\u2019s", ",", ".", "?", "…", " 😀"]),
    lead=st.sampled_from(["", "with ", "😀 ", "and, ", "“"]),
)
def test_no_casing_or_neighbour_hides_a_name(name: str, part: int, case: object, tail: str, lead: str) -> None:
    """First, last or full name, any casing, any neighbour: exactly the name is covered."""
    said = case(name if part == 2 else name.split()[part])  # type: ignore[operator]  # a str method
    text = f"{lead}{said}{tail}"
    assert said in [span for span, _, _ in _found(text)]


@given(
    name=st.sampled_from(_SAFE), last=st.booleans(), how=st.sampled_from([" ", ", ", "-", ". "]), upper=st.booleans()
)
def test_every_name_is_found_spelled(name: str, last: bool, how: str, upper: bool) -> None:
    """Letter by letter, however the letters are parted."""
    letters = how.join(name.split()[last].upper() if upper else name.split()[last].lower())
    text = f"that is {letters}"
    covered = {i for s, _, _ in _found(text) for i in range(text.index(s), text.index(s) + len(s))}
    assert len(covered) >= len(letters) - 3  # a first "a" may read as the article


@given(name=st.sampled_from(_SAFE), last=st.booleans(), data=st.data())
def test_a_name_with_one_letter_wrong_is_found(name: str, last: bool, data: st.DataObject) -> None:
    """One letter dropped, doubled or swapped for another after the first, in a name of six letters and more."""
    word = name.split()[last]
    if len(word) < 6:
        return
    at = data.draw(st.integers(1, len(word) - 2))
    wrong = data.draw(
        st.sampled_from(
            [word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + "e" + word[at + 1 :]]
        )
    )
    text = f"I saw {wrong} and the group"
    assert wrong in [span for span, _, _ in _found(text)]


@given(st.text(max_size=80))
def test_matches_lie_inside_any_text(text: str) -> None:
    """Whatever the text, every match is a place in it, in order and apart."""
    matches = _ROSTER.matches(Parse(text, ()))
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in matches)
    assert all(a.span.end <= b.span.start for a, b in pairwise(matches))
