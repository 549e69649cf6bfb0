"""No way of writing another's roster name hides it in text that is typed or pasted."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assistant.domain import Note, NoteLine, NoteSection, PersonId
from assistant.notes.gate import Gate, refuses
from assistant.notes.sentences import RESPONSE

if TYPE_CHECKING:
    from collections.abc import Callable

BANK: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "hand_lines.toml").read_text(encoding="utf-8"))
ORDINARY = sorted(line for lines in BANK.values() for line in lines)
NAMES = ("Tobias", "Lindgren", "Hope", "Barlow", "William", "Kowalczyk", "Yesenia", "Quiroga", "Yesi", "Ruiz")
CYRILLIC = {"a": "\N{CYRILLIC SMALL LETTER A}", "e": "\N{CYRILLIC SMALL LETTER IE}", "o": "\N{CYRILLIC SMALL LETTER O}"}
FIGURES = {"a": "4", "e": "3", "o": "0", "i": "1", "s": "5"}
INVISIBLE = (
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}\N{SOFT HYPHEN}\N{WORD JOINER}\N{RIGHT-TO-LEFT MARK}"
    "\N{COMBINING LOW LINE}\N{COMBINING LONG STROKE OVERLAY}\N{VARIATION SELECTOR-16}"
)


def passes(told: Callable[..., Any], *lines: str) -> bool:
    """Whether a note of these hand lines would be written."""
    note = Note(PersonId("m1"), "s1", (NoteSection(RESPONSE, tuple(NoteLine(line, by_hand=True) for line in lines)),))
    return not refuses(Gate().check(note, told(["m1: I like the quiet."]).context("m1")))


@pytest.mark.parametrize(
    "text",
    [
        "Was helped by K o w a l c z y k.",
        "Was helped by K. O. W. A. L. C. Z. Y. K.",
        "Was helped by Kow4lczyk.",
        "Was helped by B@rlow.",
        "Was helped by Ba*rl*ow.",
        "Was helped by **Bar**low.",
        "Was helped by Bar<b>low</b>.",
        "Was helped by &#66;arlow.",
        "Was helped by Bar&shy;low.",
        "Was helped by Bar&amp;shy;low.",
        "Was helped by B.a.r.l.o.w.",
        "Was helped by Bar-low.",
        "Was helped by Bar_low.",
        "Was helped by Bar\\low.",
        "Was helped by Bar\nlow.",
        "Was helped by Bar-\nlow.",
        "Was helped by B arlow.",
        "Was helped by \N{FULLWIDTH LATIN CAPITAL LETTER B}arlow.",
        "Was helped by \N{MATHEMATICAL BOLD CAPITAL B}arlow.",
        "Was helped by B\N{LATIN LETTER SMALL CAPITAL A}rlow.",
        "Was helped by T\N{GREEK SMALL LETTER OMICRON}bias.",
        "Was helped by \N{RIGHT-TO-LEFT OVERRIDE}wolraB\N{POP DIRECTIONAL FORMATTING}.",
        "Was helped by barlow's sister.",
        "Was helped by H. B.",
        "Was helped by HB.",
        "Was helped by H today.",
        "spoke with hope today",
        "Feedback was accepted (Hope).",
        "Was calmer; Hope helped.",
        "Hope offered support.",
        "Was helped by Kowal chik.",
        "was helped by will",
    ],
)
def test_a_disguised_name_is_refused(told: Callable[..., Any], text: str) -> None:
    """Marks, tags, figures, broken lines, look-alike letters, other writing directions, spaced letters, initials."""
    assert not passes(told, text)


@pytest.mark.parametrize(
    ("first", "second"), [("Was helped by Kowal", "czyk today."), ("Sat with Yese-", "nia all evening.")]
)
def test_a_name_over_two_lines_is_refused(told: Callable[..., Any], first: str, second: str) -> None:
    """Each line alone says nothing."""
    assert not passes(told, first, second)


@pytest.mark.parametrize(
    "text",
    [
        "Rated 6/10 at check-in, 4/10 at check-out; goal 2b met.",
        "She will follow up. He is hopeful; hope was discussed & noted.",
        "Used <5 mg and >2 skills; e-mail sent.",
        "Self-care: sleep\nMood: steady",
        "I. Goals. A. Sleep. Step A done.",
    ],
)
def test_ordinary_marks_pass(told: Callable[..., Any], text: str) -> None:
    """Scores, lists, signs and line breaks are no disguise."""
    assert passes(told, text)


@st.composite
def written(draw: st.DrawFn, name: str) -> str:
    """A name as somebody may write who wants it seen and not found, or who pastes it from anywhere."""
    cased = draw(st.sampled_from([name, name.upper(), name.lower().title()]))
    at = draw(st.integers(1, len(name) - 1))
    mark = draw(st.sampled_from(INVISIBLE))
    return str(
        draw(
            st.sampled_from(
                [
                    cased,
                    cased[:at] + mark + cased[at:],
                    "".join(CYRILLIC.get(c, c) for c in cased),
                    "".join(FIGURES.get(c, c) for c in cased),
                    "".join(chr(ord(c) + 0xFEE0) for c in cased),
                    f"**{cased}**",
                    f"_{cased}_",
                    f"({cased})",
                    f"“{cased}”",
                    cased + "'s",
                    cased + "\N{RIGHT SINGLE QUOTATION MARK}s",
                    "-".join(cased),
                    ".".join(cased),
                    f"{cased[:at]}<i>{cased[at:]}</i>",
                    f"{cased[:at]}*{cased[at:]}",
                    f"{cased[:at]}-\n{cased[at:]}",
                    "".join(f"&#{ord(c)};" for c in cased),
                ]
            )
        )
    )


@given(data=st.data(), line=st.sampled_from(ORDINARY), name=st.sampled_from(NAMES))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_name_put_anywhere_into_an_ordinary_line_is_refused(
    told: Callable[..., Any], data: st.DataObject, line: str, name: str
) -> None:
    """Whatever the line, wherever in it, however it is written."""
    words = line.split()
    at = data.draw(st.integers(0, len(words)))
    # "Hope" at the start of a sentence may be the word that it is too.
    assume(name != "Hope" or (at > 0 and not words[at - 1].endswith((".", ":", "?"))))
    words.insert(at, data.draw(written(name)))
    assert not passes(told, " ".join(words))
