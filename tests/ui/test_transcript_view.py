"""What stands in the transcript, and how it is told apart: by sign, word and stroke before colour."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from assistant.domain import (
    Assertion,
    Attribution,
    Basis,
    DecidedBy,
    Disclosure,
    DisclosureType,
    Entry,
    Findings,
    FindingsStatus,
    Mention,
    Owner,
    Person,
    PersonId,
    Role,
    Span,
    Tombstone,
    TombstoneReason,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    samples,
)
from assistant.live.view import PersonView
from assistant.ui.marks import CLASS_OF, STYLES, Class, Look, shown
from assistant.ui.people import Cast, colour, initials, short
from assistant.ui.transcript_rows import EntryRow, GapRow, speech_of
from assistant.ui.wording import clock, length
from assistant.ui.wrapping import breaks

if TYPE_CHECKING:
    from rich.segment import Segment

Opens = Any
"""``stage`` of conftest: its type cannot be imported."""

TEXT = "I take Zoloft and live in Penfield."


def entry(
    *found: tuple[str, DisclosureType],
    status: UtteranceStatus = UtteranceStatus.CLEAR,
    person: str | None = "m1",
    failed: tuple[str, ...] = (),
) -> Entry:
    """Return an utterance with disclosures at those words."""
    id_ = UtteranceId("u1")
    disclosures = []
    for words, kind in found:
        span = Span(TEXT.index(words), TEXT.index(words) + len(words))
        mention = Mention(span, kind, 1.0, "test", assertion=Assertion.AFFIRMED)
        disclosures.append(Disclosure(mention, span, Owner(), Basis.SELF))
    who = None if person is None else PersonId(person)
    said = Utterance(id_, 1, samples(65), samples(70), TEXT, (), Attribution(who, 1, 1, DecidedBy.VOICE), status)
    complete = FindingsStatus.WITHHELD if failed else FindingsStatus.COMPLETE
    return Entry(said, Findings(id_, tuple(disclosures), complete, failed))


def cast() -> Cast:
    """Return one facilitator and one member."""
    people = [Person(PersonId("f"), Role.FACILITATOR, "Dana Ruiz"), Person(PersonId("m1"), Role.MEMBER, "Ana Li")]
    return Cast(
        tuple(
            PersonView(p, number, consented=True, voice_known=True, speaking=False, talk=0)
            for number, p in enumerate(people, 1)
        )
    )


def plain(lines: list[list[Segment]]) -> str:
    """Return rows as text."""
    return "\n".join("".join(segment.text for segment in line) for line in lines)


def row(what: Entry) -> EntryRow:
    """Return an utterance's row."""
    return EntryRow(what, speech_of(what.utterance.attribution, cast()), risk=True)


def test_every_type_has_a_class_and_every_class_a_look_of_its_own() -> None:
    """Nothing that was found is left unmarked, and no two classes look alike without colour."""
    assert set(CLASS_OF) == set(DisclosureType)
    assert len({str(style) for style in STYLES.values()}) == len(Class)
    assert all(style.underline or style.underline2 for style in STYLES.values())
    assert all(style.color is None for style in STYLES.values())


def test_marks_have_letters_where_there_is_no_colour() -> None:
    """The letter stands behind the words, and the words stay whole."""
    what = entry(("Zoloft", DisclosureType.MEDICATION), ("Penfield", DisclosureType.LOCATION))

    assert shown(what, Look(letters=True), risk=True).text == "I take Zoloft[H] and live in Penfield[I]."
    with_colour = shown(what, Look(), risk=True)
    assert with_colour.text == TEXT
    assert [with_colour.text[a:b] for a, b, _ in with_colour.styles] == ["Zoloft", "Penfield"]


def test_suspect_text_is_struck_through_and_says_so() -> None:
    """By word and by stroke."""
    found = shown(entry(status=UtteranceStatus.SUSPECT), Look(), risk=True)

    assert found.text == f"suspect: {TEXT}"
    assert [(found.text[a:b], style.strike) for a, b, style in found.styles] == [(TEXT, True)]


def test_risk_language_is_not_marked_where_the_site_switched_it_off() -> None:
    """The policy holds on the screen as well."""
    what = entry(("live", DisclosureType.RISK_SELF))

    assert shown(what, Look(letters=True), risk=True).text.count("[R]") == 1
    assert shown(what, Look(letters=True), risk=False).text == TEXT


def test_what_no_detector_could_read_says_so() -> None:
    """A failed detector is never silent."""
    assert "held back" in shown(entry(failed=("spacy",)), Look(), risk=True).text


@pytest.mark.parametrize(
    ("look", "begins"),
    [
        pytest.param(Look(names=False), " 01:05 2 AL I take", id="narrow"),
        pytest.param(Look(), " 01:05  2 Ana Li", id="wide"),
        pytest.param(Look(plain=True, letters=True), " 01:05 2 Ana Li: I take", id="plain"),
    ],
)
def test_a_speaker_has_number_and_letters(look: Look, begins: str) -> None:
    """Colour is never needed to know who spoke."""
    assert plain(row(entry()).lines(70, look, selected=False)).startswith(begins)


@pytest.mark.parametrize("look", [Look(names=False), Look(), Look(plain=True, letters=True)])
def test_an_unknown_speaker_is_a_question_mark(look: Look) -> None:
    """Not a guess, and not a gap."""
    assert "?" in plain(row(entry(person=None)).lines(70, look, selected=False)).split("I take")[0]


@pytest.mark.parametrize("width", [24, 40, 61, 120])
def test_no_line_is_wider_than_its_place_and_no_word_is_lost(width: int) -> None:
    """At any width."""
    one = row(entry(("Zoloft", DisclosureType.MEDICATION)))
    look = Look(names=False)
    lines = one.lines(width, look, selected=False)

    assert len(lines) == one.height(width, look)
    assert all(cell_len("".join(s.text for s in line)) <= width for line in lines)
    assert "".join(plain(lines).split()).endswith("".join(TEXT.split()))


def test_a_gap_tells_how_long_and_why_and_no_more() -> None:
    """Nothing of what was there."""
    gone = Tombstone(samples(60), samples(125), TombstoneReason.OFF_THE_RECORD)

    assert plain(GapRow(gone, "").lines(40, Look(), selected=False)).startswith(" 01:00 ╌╌╌ 1 min 5 s off the record ╌")


@pytest.mark.parametrize("seed", range(20))
def test_lines_break_at_spaces_and_hold_everything(seed: int) -> None:
    """Random words, some wider than a line, some in wide letters."""
    chance = random.Random(seed)  # noqa: S311  words to wrap, no secret
    text = " ".join("".join(chance.choices("abc漢é", k=chance.randint(1, 30))) for _ in range(chance.randint(0, 40)))
    width = chance.randint(2, 40)
    lines = breaks(text, width)

    assert all(cell_len(text[a:b]) <= width for a, b in lines)
    assert "".join(text[a:b] for a, b in lines).replace(" ", "") == text.replace(" ", "")


def test_times_and_names_in_little_room() -> None:
    """One form of time for any length; names shortened, never to nothing."""
    assert (clock(samples(65.9)), clock(samples(5400)), length(samples(60))) == ("01:05", "90:00", "1 min")
    assert (initials("Mary Ann Li"), initials("Cher")) == ("ML", "C")
    assert [short("Yesenia Quiroga", n) for n in (15, 9, 8, 4)] == ["Yesenia Quiroga", "Yesenia Q", "Yesenia", "Yese"]


@pytest.mark.parametrize(("dark", "ground"), [(True, "#121212"), (False, "#e0e0e0")])
def test_every_persons_colour_can_be_read(dark: bool, ground: str) -> None:
    """At least 4.5 to 1 against the theme's ground (WCAG 2.2, 1.4.3)."""

    def light(code: str) -> float:
        parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for number in range(1, 11):
        high, low = sorted((light(colour(number, dark=dark)), light(ground)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, number


async def test_unknown_struck_and_suspect_are_on_the_screen(stage: Opens) -> None:
    """With the practice session: an unknown voice, suspect text, and a person's line."""
    async with stage(180, 50) as on:
        await on.hear(50)
        shown_ = await on.see("Thank you both")
        assert "? voice B" in shown_
        assert "suspect: Thank you both" in shown_
        assert " 2 Hope Barlow    I'm Hope" in shown_


async def test_a_correction_changes_one_line_in_its_place(stage: Opens) -> None:
    """Order is kept, and the reader's place too."""
    async with stage() as on:
        await on.hear(62)
        await on.see("sober")
        await on.press("home")
        await on.see("▸00:00 1 HS")
        await on.press("3")
        shown_ = await on.see("▸00:00 3 BO")
        assert "Good afternoon" in shown_


async def test_looking_back_is_not_disturbed_by_new_words(stage: Opens) -> None:
    """While a line is selected, new ones do not scroll it away; end goes back to the newest."""
    async with stage() as on:
        await on.hear(62)
        await on.see("sober")
        await on.press("home")
        await on.see("Good afternoon")
        await on.hear(60)
        assert "Good afternoon" in on.text()
        await on.press("end")
        await on.see("bathroom")


@pytest.mark.parametrize("size", [(80, 24), (200, 50), (60, 24), (120, 30)])
async def test_nothing_is_cut_off_or_crowded_out(stage: Opens, size: tuple[int, int]) -> None:
    """State, transcript, alerts and keys are on the screen at every size; the transcript has most of it."""
    async with stage(*size) as on:
        await on.hear(125)
        shown_ = await on.see("A1 safety")
        assert "RECORDING" in shown_
        assert "bathroom" in shown_
        assert "1-9 name" in shown_
        pane = on.app.live.transcript.size
        assert pane.width * pane.height >= 0.35 * size[0] * size[1]


async def test_without_colour_words_and_letters_tell_everything(stage: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR: letters beside the marks, and no colour in what is painted."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with stage(120, 50) as on:
        await on.hear(50)
        shown_ = await on.see("Corner Pantry[I]")
        assert "● RECORDING" in shown_
        for strip in on.app.screen._compositor.render_strips():
            for segment in strip.apply_filter(on.app._filters[-1], on.app.screen.background_colors[1]):
                triplet = segment.style.color.triplet if segment.style and segment.style.color else None
                assert triplet is None or len(set(triplet)) == 1


async def test_plain_is_one_column_of_sentences(stage: Opens) -> None:
    """For a screen reader: no boxes, no bars, names in full."""
    async with stage(80, 30, plain=True) as on:
        await on.hear(68)
        shown_ = await on.see("A1 absent")
        assert "Here: 1 Helen Strand" in shown_
        assert "5 Tobias Lindgren: Hey, where's Carla" in shown_
        assert not set("│─█▌╌⚑▏▎▍▋▊▉┌╭") & set(shown_)
