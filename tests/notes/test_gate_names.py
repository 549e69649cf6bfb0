"""No form of another participant's name passes the gate; words that are only words do."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assistant.domain import Note, NoteLine, NoteSection, PersonId, Severity
from assistant.notes.gate import Gate, refuses
from assistant.notes.lexicon import FILLERS, is_ordinary
from assistant.notes.names import check_names, stands_as_name
from assistant.notes.sentences import ASSESSMENT
from assistant.notes.tokens import tokenise
from assistant.notes.word_names import check_word_names

if TYPE_CHECKING:
    from collections.abc import Callable

LEAKS = (
    "I sat with Tobias today.",
    "I sat with tobias today.",
    "I sat with TOBIAS today.",
    "It was Tobias's idea.",
    "It was Lindgren's idea.",
    "It was Lindgrens idea.",
    "I like Toby a lot.",
    "I sat with Tobyas today.",
    "I sat with Tobius today.",
    "I sat with Lindgreen today.",
    "I sat with Kowalchik today.",
    "I sat with Kovalczyk today.",
    "I sat with William today.",
    "I sat with Bill today.",
    "I like what Will said.",
    "Will said it best.",
    "will said it best",
    "It was hope said that",
    "I went with Hope today.",
    "It was Hope's idea.",
    "Hope, that was good.",
    "Thanks Hope, I needed that.",
    "hey will, good to see",
    "It is spelled K, O, W, A, L, C, Z, Y, K.",
    "It is T-O-B-I-A-S.",
    "It is b a r l o w.",
    "I asked T.L. about it.",
    "I asked T. L. about it.",
    "I asked TL about it.",
    "I asked YQ about it.",
    "I sat by m2 today.",
    "I sat with Yes enia today.",
    "I sat with Yesénia today.",
    "I sat with To\N{ZERO WIDTH SPACE}bias today.",
    "I wrote to tobiaslindgren about it.",
    "Dana asked me about it.",
    "I told Ms Ruiz.",
    "I saw Yesi outside.",
)

CLEAN = (
    "I will be there, and I hope it lasts.",
    "Will you be there?",
    "Hope is hard to find.",
    "I hope so. Will it work?",
    "I lost my will to fight.",
    "I sleep badly and I will say so.",
    "I went to the ER at four a.m. last Tuesday.",
    "My TV broke and AA helped.",
    "I drink a bill of water.",
    "I was a bit low in the yard.",
    "Yes, any of that helps me.",
    "I said no, I can. I do.",
    "I toast bread with my lindens.",
    "A big part of me wants out.",
    "I'm Priscilla, but Cilla is fine.",
    "Okonkwo is my married name.",
    "I, I, I can't say it.",
    "It was a, um, I don't know.",
)


@pytest.mark.parametrize("line", LEAKS)
def test_a_name_in_any_form_is_refused(told: Callable[..., Any], line: str) -> None:
    """The name check alone refuses it, whatever else would."""
    scene = told([f"m1: {line}"])
    assert refuses(Gate(checks=(check_names,)).check(scene.note("m1", 0), scene.context("m1")))


@pytest.mark.parametrize("line", CLEAN)
def test_plain_words_and_ones_own_name_pass(told: Callable[..., Any], line: str) -> None:
    """Will and Hope sit in the room; "will" and "hope" are still words, and the reader's name is the reader's."""
    scene = told([f"m1: {line}"])
    assert not Gate().check(scene.note("m1", 0), scene.context("m1"))


MONTHS = (("f", "facilitator", "Dana Ruiz", ()), ("m1", "member", "Ada Lu", ()), ("m2", "member", "May Park", ()))


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("I moved in May.", False),
        ("It was last May 5th.", False),
        ("I may go to the park.", False),
        ("I sat with May.", True),
        ("May was right.", True),
        ("May I go?", False),
        ("May said so.", True),
        ("I like May's idea.", True),
    ],
)
def test_a_month_is_no_member(told: Callable[..., Any], line: str, *, refused: bool) -> None:
    """A member called May and the month of May are told apart by what stands beside them."""
    scene = told([f"m1: {line}"], MONTHS)
    assert refuses(Gate().check(scene.note("m1", 0), scene.context("m1"))) is refused


def test_a_shared_first_name_is_the_readers_own(told: Callable[..., Any]) -> None:
    """Of two Davids, each may stand in his own note; the other's surname may not."""
    people = (("m1", "member", "David Osei", ()), ("m2", "member", "David Brandt", ()))
    scene = told(["m1: I'm David, hi.", "m1: I'm not David Brandt."], people)
    assert not Gate().check(scene.note("m1", 0), scene.context("m1"))
    assert refuses(Gate().check(scene.note("m1", 1), scene.context("m1")))


def test_ones_own_employer_with_a_members_name_in_it_passes(told: Callable[..., Any]) -> None:
    """Where the reader works, "Hope Chapel", is not the member Hope."""
    scene = told(["m1: I clean at [[ORG:m1|Hope Chapel]]."])
    assert not Gate().check(scene.note("m1", 0), scene.context("m1"))


NAMES = ("Tobias", "Lindgren", "Kowalczyk", "Yesenia", "Quiroga", "Barlow", "Ruiz", "Yesi")
PLACES = ("I sat with {} and talked.", "{} was there too.", "It was {}'s idea, I think.", "i sat with {} again")


@st.composite
def cased(draw: st.DrawFn, name: str) -> str:
    """A name with any letters in capitals."""
    return "".join(c.upper() if draw(st.booleans()) else c.lower() for c in name)


@given(data=st.data(), name=st.sampled_from(NAMES), place=st.sampled_from(PLACES))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_casing_is_refused(told: Callable[..., Any], data: st.DataObject, name: str, place: str) -> None:
    """No casing and no place in a sentence hides a roster name."""
    line = place.format(data.draw(cased(name)))
    scene = told([f"m1: {line}"])
    assert refuses(Gate(checks=(check_names,)).check(scene.note("m1", 0), scene.context("m1")))


@given(data=st.data(), name=st.sampled_from([n for n in NAMES if len(n) > 5]), place=st.sampled_from(PLACES))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_slip_in_a_name_does_not_hide_it(
    told: Callable[..., Any], data: st.DataObject, name: str, place: str
) -> None:
    """One letter wrong, missing, doubled or swapped: still refused, unless an ordinary word came of it."""
    at = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    slip = data.draw(
        st.sampled_from(
            (
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            )
        )
    )
    assume(not is_ordinary(slip.lower()))
    scene = told([f"m1: {place.format(slip)}"])
    assert refuses(Gate(checks=(check_names,)).check(scene.note("m1", 0), scene.context("m1")))


@given(
    first=st.text(string.ascii_lowercase, min_size=2, max_size=10),
    last=st.text(string.ascii_lowercase, min_size=2, max_size=12),
    place=st.sampled_from(PLACES),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_roster_can_hold_a_name_that_passes(told: Callable[..., Any], first: str, last: str, place: str) -> None:
    """Whoever is on the roster: first and last name written as names inside a sentence are refused."""
    people = (("x1", "member", "Priscilla Okonkwo", ()), ("x2", "member", f"{first.title()} {last.title()}", ()))
    line = f"I sat with {first.title()} {last.title()} today. {place.format(last.title())}"
    scene = told([f"x1: {line}"], people)
    # "Mm" is no word to the writer of notes: it takes it out.
    assume(not {first, last} & {"okonkwo", "priscilla", *FILLERS})
    assert refuses(Gate(checks=(check_names,)).check(scene.note("x1", 0), scene.context("x1")))


def test_an_opening_word_joined_to_a_name_is_a_name() -> None:
    """In "Happy and Joy" two people are named; in "Happy and tired" nobody is."""
    assert stands_as_name(tokenise("Happy and Joy, like a greeting card."), 0)
    assert not stands_as_name(tokenise("Happy and tired, like everybody."), 0)
    assert not stands_as_name(tokenise("Happy and I know it."), 0)


WORDS = (
    ("f", "facilitator", "Dana Ruiz", ()),
    ("m1", "member", "Ada Berg", ()),
    ("m2", "member", "Will Osei", ()),
    ("m3", "member", "June Marlow", ("Sparrow",)),
    ("m4", "member", "Mark Tull", ()),
    ("m5", "member", "Ada Pell", ()),
    ("m6", "member", "Ivar Berg", ()),
    ("m7", "member", "Hope Quill", ()),
    ("m8", "member", "May Ruud", ()),
)


def by_hand(line: str, reader: str = "m1") -> Note:
    """Return a note with one line that a clinician wrote."""
    return Note(PersonId(reader), "s1", (NoteSection(ASSESSMENT, (NoteLine(line, by_hand=True),)),))


@pytest.mark.parametrize(
    "line",
    [
        "Mark will drive her home.",
        "Mark drove her home.",
        "Mark to phone her.",
        "Mark supports her.",
        "Mark and I met her.",
        "Hope is her anchor.",
        "Hope quickly left.",
        "Later: hope's advice mattered.",
        "June was angry.",
        "May will phone her.",
        "May phoned her on Friday.",
        "May to phone her.",
        "Will has no job.",
        "Will paints a lot.",
        "Will then left.",
        "will comforted her",
        "She saw that will was late.",
        "The other Ada cried.",
        "Ada P. cried.",
    ],
)
def test_a_name_that_is_a_word_is_refused_where_a_sentence_tells_of_its_bearer(
    told: Callable[..., Any], line: str
) -> None:
    """What follows the first word tells that it is somebody, whatever its capital says."""
    found = Gate(checks=(check_names, check_word_names)).check(by_hand(line), told(["m1: Hm."], WORDS).context("m1"))
    assert refuses(found)


@pytest.mark.parametrize(
    "line",
    [
        "Will monitor.",
        "Will also phone the client in June.",
        "Will not attend next week.",
        "Will be seen alone.",
        "Will address sleep.",
        "May need more sessions.",
        "May benefit from rest.",
        "Lacks hope for the future.",
        "No hope in daily life.",
        "Moments of hope were noted.",
        "Wants to mark the anniversary.",
        "Hope group on Mondays.",
        "Left early in May, before June.",
        "Ada cried.",
    ],
)
def test_the_word_itself_passes(told: Callable[..., Any], line: str) -> None:
    """The verb, the month and the noun are nobody, though somebody of that name spoke and was spoken to."""
    script = ["m1: Hm.", "m2: Hi Hope, hi June.", "m3: Will, I asked Mark.", "m4: May, Hope, Sparrow."]
    assert Gate().check(by_hand(line), told(script, WORDS).context("m1")) == ()


@pytest.mark.parametrize("line", ["Memory sparrow.", "Mood is sparrow."])
def test_a_seldom_word_that_says_what_something_is_like_passes(told: Callable[..., Any], line: str) -> None:
    """In lower case after "is" or "mood"; after a verb it is the name."""
    gate, context = Gate(checks=(check_names, check_word_names)), told(["m1: Hm."], WORDS).context("m1")
    assert gate.check(by_hand(line), context) == ()
    assert refuses(gate.check(by_hand("Phoned sparrow."), context))


@pytest.mark.parametrize(
    "line",
    [
        "Hope is a coping skill.",
        "Hope was discussed.",
        "Will put the sheet away.",
        "Mark in the room.",
        "Mark.",
        "Ada told him.",
    ],
)
def test_a_doubt_about_a_name_is_for_the_clinician(told: Callable[..., Any], line: str) -> None:
    """It may be the word, it may be the name: the line stands and is shown."""
    found = Gate(checks=(check_word_names,)).check(by_hand(line), told(["m1: Hm."], WORDS).context("m1"))
    assert [f.severity for f in found] == [Severity.REVIEW]


@pytest.mark.parametrize(
    ("pronouns", "severity"), [("he/him", Severity.REFUSE), (None, Severity.REVIEW), ("she/her", None)]
)
def test_a_title_tells_whose_a_shared_surname_is(
    told: Callable[..., Any], pronouns: str | None, severity: Severity | None
) -> None:
    """A "Mrs. Berg" is not the reader who goes by "he"; where nobody said, the clinician is asked."""
    context = told(["m1: Hm."], WORDS).context("m1")
    people = tuple(replace(p, pronouns=pronouns) if p.id == "m1" else p for p in context.group.people)
    found = Gate(checks=(check_word_names,)).check(
        by_hand("Mrs. Berg left."), replace(context, group=replace(context.group, people=people))
    )
    assert [f.severity for f in found] == ([] if severity is None else [severity])


@pytest.mark.parametrize(
    ("line", "refused"),
    [("Will was late.", True), ("Mark phoned me.", True), ("Hope is hard to find.", False), ("Will it work?", False)],
)
def test_only_what_has_no_other_reading_is_refused_in_speech(
    told: Callable[..., Any], line: str, *, refused: bool
) -> None:
    """Every sentence of a transcript begins with a capital."""
    scene = told([f"m1: {line}"], WORDS)
    assert refuses(Gate(checks=(check_word_names,)).check(scene.note("m1", 0), scene.context("m1"))) is refused
