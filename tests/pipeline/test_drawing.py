"""The picture for supervision shows what happened and names nobody: in no byte of it, and not from one to the next."""

from __future__ import annotations

import io
import random
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pypdf
import pytest

from assistant.domain import SAMPLE_RATE, AlertKind, AlertLevel, Person, PersonId, Role
from assistant.pipeline import drawing
from assistant.pipeline.figures import Figures
from assistant.pipeline.unnamed import letter, unnamed

NAMES = ("Odile Brandt", "Tamsin Oakes", "Rufus Lindqvist", "Hester Vane", "Piers Holloway")
ALIASES = ("Tammy", "Ruffy")
MINUTE = 60 * SAMPLE_RATE


def evening(members: int = 4, leaders: int = 1) -> Figures:
    """Return figures of a session of half an hour, in which each spoke a minute longer than the one before."""
    people = tuple(
        Person(
            PersonId(f"{'f' if index < leaders else 'zq'}{index}"),
            Role.FACILITATOR if index < leaders else Role.MEMBER,
            NAMES[index % len(NAMES)],
            ALIASES,
            "she/her",
        )
        for index in range(leaders + members)
    )
    ids = [person.id for person in people]
    turns = tuple((who, index * MINUTE, (index + 1) * MINUTE) for index, who in enumerate([*ids, None, *ids]))
    return Figures(
        people,
        30 * MINUTE,
        (*((who, (index + 1) * MINUTE) for index, who in enumerate(ids)), (None, MINUTE)),
        turns,
        tuple((by, to, 1 + index) for index, (by, to) in enumerate(pairwise(ids))),
        ((MINUTE, AlertLevel.A1, AlertKind.RISK_SELF), (5 * MINUTE, AlertLevel.A3, AlertKind.UNKNOWN_SPEAKER)),
    )


def foreseen(seed: int) -> random.Random:
    """Return a chance that draws the same letters each time."""
    return random.Random(seed)  # noqa: S311  it guards nothing: the test must know the letters


def words(svg: str) -> list[str]:
    """Return the lines of text in an SVG."""
    return [node.text or "" for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314  our own


def every_byte(pdf: bytes) -> str:
    """Return the file and all that is packed in it, as text."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    inside = [pdf]
    for number in range(1, len(reader.xref[0]) + 1):
        thing = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        if isinstance(thing, pypdf.generic.StreamObject):
            inside.append(thing.get_data())
        inside.append(repr(thing).encode())
    return b"\n".join(inside).decode("latin-1")


def test_it_says_what_happened() -> None:
    """Talk time, turns, arrows and alerts are there in words that print in grey as well."""
    shown = words(drawing.svg(evening(), foreseen(1)))

    assert {"Talk time", "Turns over time", "Who referred to whom", "Alerts"} <= set(shown)
    assert {"facilitator", "member A", "member B", "member C", "member D", "unknown voices"} <= set(shown)
    assert {"1:00", "5:00", "31 %", "2 turns", "1 turn", "risk self", "unknown speaker", "A1, at once"} <= set(shown)
    assert "The thickest arrow stands for 4, the thinnest for 1." in shown


def test_the_pdf_says_the_same_as_the_svg() -> None:
    """Both are the same picture."""
    figures = evening(leaders=2)
    page = pypdf.PdfReader(io.BytesIO(drawing.pdf(figures, foreseen(1)))).pages[0].extract_text()

    missing = [line for line in words(drawing.svg(figures, foreseen(1))) if line not in page]

    assert missing == []


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_no_byte_names_anybody(kind: str) -> None:
    """No name, alias, pronoun or id from the roster, no date, and nothing about the machine or its user."""
    figures = evening()
    text = drawing.svg(figures) if kind == "svg" else every_byte(drawing.pdf(figures))

    personal = {*(" ".join(NAMES).split()), *ALIASES, "she/her", *(person.id for person in figures.people[1:])}
    assert [one for one in personal if one.casefold() in text.casefold()] == []
    assert re.findall(r"D:\d{4}|CreationDate|ModDate|Author|Creator|Producer", text) == []
    assert "<svg" in text if kind == "svg" else "member" in text


def test_the_pdf_says_nothing_of_its_making() -> None:
    """Its metadata is empty, and two files of the same picture are the same."""
    one, other = (drawing.pdf(evening(), foreseen(7)) for _ in range(2))

    assert dict(pypdf.PdfReader(io.BytesIO(one)).metadata or {}) == {}
    assert one == other


def test_the_svg_reaches_for_nothing() -> None:
    """No file of rules, font, picture or link elsewhere: the only addresses in it are names of the format."""
    addresses = set(re.findall(r"\w+://[^\"' ]+", drawing.svg(evening())))

    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_two_pictures_do_not_give_a_member_the_same_letter() -> None:
    """Letters and places are drawn for each picture; the figures stay with the person."""
    figures, chance = evening(), foreseen(3)
    drawn = [unnamed(figures, chance) for _ in range(40)]

    longest = {next(lane.label for lane in one.lanes if lane.talk == 5 * MINUTE) for one in drawn}
    assert longest == {"member A", "member B", "member C", "member D"}
    assert {tuple(lane.label for lane in one.lanes) for one in drawn} == {
        ("facilitator", "member A", "member B", "member C", "member D", "unknown voices")
    }
    for one in drawn:
        # Who spoke a minute longer referred to whom: the chain of the figures is the chain of the picture.
        assert {one.lanes[to].talk - one.lanes[by].talk for by, to, _ in one.referred} == {MINUTE}


def test_without_a_chance_nobody_can_foresee_the_letters() -> None:
    """Pictures differ when nothing is given."""
    figures = evening(members=12)

    assert len({drawing.svg(figures) for _ in range(5)}) == 5


def test_more_members_than_letters() -> None:
    """The letters go on after Z."""
    assert [letter(number) for number in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


@pytest.mark.parametrize(("members", "leaders"), [(0, 0), (1, 0), (2, 1), (12, 2), (30, 2)])
def test_everything_lies_on_the_page(members: int, leaders: int) -> None:
    """However many were there, each has a lane, and no word stands outside of the page."""
    figures = evening(members, leaders)
    pdf = drawing.pdf(figures)
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]

    outside = []

    def seen(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        x, y = (outer[0] * inner[4] + outer[4], outer[3] * inner[5] + outer[5])
        if text.strip() and not (0 < x < page.mediabox.width and 0 < y < page.mediabox.height):
            outside.append(text)

    labels = page.extract_text(visitor_text=seen)

    assert outside == []
    assert page.mediabox.width == 595
    assert page.mediabox.height == 842 or members > 12
    assert labels.count("member ") == 2 * members


def test_nothing_happened() -> None:
    """A session without a word is drawn too."""
    figures = Figures(evening().people, 0, (), (), (), ())

    assert {"Nobody was referred to.", "There was none."} <= set(words(drawing.svg(figures)))


def test_what_lies_beyond_the_end_stays_on_the_time_line() -> None:
    """Neither a turn nor an alert is drawn past the last minute."""
    figures = Figures(
        evening().people,
        MINUTE,
        (),
        ((PersonId("f0"), 0, 2 * MINUTE),),
        (),
        ((2 * MINUTE, AlertLevel.A2, AlertKind.CONSENT),),
    )
    rectangles = re.findall(r'<rect x="([\d.-]+)" y="[\d.-]+" width="([\d.-]+)"', drawing.svg(figures))

    assert all(float(x) >= 0 and float(x) + float(width) <= 595 for x, width in rectangles)
