"""The screen looks as it is stored: pictures of invented people, made again and compared.

    ASSISTANT_PICTURES=write pytest -n 0 tests/ui/test_pictures.py

writes them after a wanted change. They are compared letter for letter with the Textual and Rich that made them; with
other versions, which may draw a shade differently, the words are.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.decisions import Field
from assistant.handout import Recipient
from assistant.review.view import ConsentView

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.ui.conftest import Desk, Hands, Stage

HERE = Path(__file__).parent
README_PICTURE = HERE.parent.parent / "docs" / "live.svg"
REVIEW_PICTURE = HERE.parent.parent / "docs" / "review.svg"
MADE_WITH = f"Textual {importlib.metadata.version('textual')}, Rich {importlib.metadata.version('rich')}"

Opens = Any
"""``stage`` and ``desk`` of conftest: their types cannot be imported."""


def picture(on: Hands, title: str = "assistant live") -> str:
    """Return the screen as SVG: no web fonts (whoever looks at it must not fetch any), no random ids."""
    svg = on.app.export_screenshot(title=title)
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    svg = re.sub(r"terminal-\d+", "terminal-0", svg)
    svg = re.sub(r"[ \t]+\n", "\n", svg)
    return svg.replace("<!-- Generated with Rich https://www.textualize.io -->", f"<!-- {MADE_WITH} -->")


def words(svg: str) -> str:
    """Return what a person reads in it, line by line."""
    lines: dict[float, list[tuple[float, str]]] = {}
    for x, y, text in re.findall(r'<text class="[^"]*" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>', svg):
        lines.setdefault(float(y), []).append((float(x), unescape(text).replace("\xa0", " ")))
    return "\n".join("".join(text for _, text in sorted(line)).rstrip() for _, line in sorted(lines.items()))


def compare(path: Path, svg: str) -> None:
    """Compare with what is stored, or store it."""
    if os.environ.get("ASSISTANT_PICTURES") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(svg, encoding="utf-8")
        return
    stored = path.read_text(encoding="utf-8")

    assert words(svg) == words(stored)
    if MADE_WITH in stored:
        assert svg == stored


async def _early(on: Stage) -> None:
    await on.hear(50)
    await on.see("Thank you both")


async def _warned(on: Stage) -> None:
    await on.hear(125)
    await on.see("▸ A1 safety")


async def _revealed(on: Stage) -> None:
    await _warned(on)
    await on.hear(2)
    await on.press("r")
    await on.see("Your judgment")


async def _struck(on: Stage) -> None:
    await on.hear(50)
    await on.see("Thank you both")
    await on.press("m", "o")
    await on.see("OFF RECORD")
    await on.hear(20)
    await on.press("o")
    await on.see("20 s off the record")
    await on.see("Back on the record")


async def _locked(on: Stage) -> None:
    await _warned(on)
    await on.press("l")
    await on.see("2 alerts open" if "2 alerts" in on.text() else "alerts open")


async def _light(on: Stage) -> None:
    await _revealed(on)
    await on.press("t")


PICTURES: dict[str, tuple[int, int, Callable[[Stage], Awaitable[None]], dict[str, Any]]] = {
    "live-80x24": (80, 24, _warned, {}),
    "revealed-80x24": (80, 24, _revealed, {}),
    "gaps-80x24": (80, 24, _struck, {}),
    "live-200x50": (200, 50, _warned, {}),
    "light-200x50": (200, 50, _light, {}),
    "locked-80x24": (80, 24, _locked, {}),
    "plain-80x24": (80, 24, _early, {"plain": True}),
}


@pytest.mark.parametrize("name", PICTURES)
async def test_the_screen_looks_as_it_is_stored(name: str, stage: Opens) -> None:
    """In each of its states, at both sizes."""
    columns, rows, prepared, options = PICTURES[name]
    async with stage(columns, rows, **options) as on:
        await prepared(on)
        await on.at_rest()
        compare(HERE / "snapshots" / f"{name}.svg", picture(on))


async def test_the_screen_before_the_start_looks_as_it_is_stored(stage: Opens) -> None:
    """What the facilitator settles first."""
    async with stage(80, 24, begun=False) as on:
        await on.see("Facts that some people")
        await on.at_rest()
        compare(HERE / "snapshots" / "before-80x24.svg", picture(on))


async def test_the_readme_shows_the_screen_as_it_is(stage: Opens) -> None:
    """The README's picture is made by this test, of the sample session's invented people."""
    async with stage(150, 36) as on:
        await _revealed(on)
        await on.at_rest()
        compare(README_PICTURE, picture(on))


async def _overview(on: Desk) -> None:
    await on.see("to check")


async def _note(on: Desk) -> None:
    await on.note_of(1)
    await on.see("said 00:07")


async def _held(on: Desk) -> None:
    await _note(on)
    await on.press("tab", "tab")
    await on.see("▸ 00:39")


async def _refused(on: Desk) -> None:
    on.room.write_line(on.room.members[0].id, 3, "Bill helped me.")
    await _note(on)
    await on.see("! gate: names.")


async def _fields(on: Desk) -> None:
    await _note(on)
    await on.press("F")
    await on.see("enter: next")


async def _speakers(on: Desk) -> None:
    await on.press("s")
    await on.see("6 to check of 6")
    await on.press("3")
    await on.see("5 to check of 6")


async def _transcript(on: Desk) -> None:
    await on.press("s", "tab")
    await on.see("Transcript ·")
    await on.press("down", "A")
    await on.see("the whole run of 1")


async def _signing(on: Desk) -> None:
    for field in (Field.TOPIC, Field.INTERVENTIONS):
        on.room.write(None, field, "coping")
    await _note(on)
    await on.press("F")
    await on.see("enter: next")
    await on.press("a", "enter", "b", "enter")
    await on.see("Sign this note")


async def _risk(on: Desk) -> None:
    await on.press("k")
    await on.see("2 open of 2")


async def _pictures(on: Desk) -> None:
    await on.press("p")
    await on.see("Talk time")


async def _hand_out(on: Desk) -> None:
    await on.press("e")
    await on.see("Hand out ·")


async def _consents(on: Desk) -> None:
    """Of the first member, whose note is signed: one that covers a payer, one that does not."""
    on.room.required = ()
    member = on.room.members[0].id
    for field in (Field.ASSESSMENT, Field.PLAN):
        on.room.write(member, field, "stable")
    on.room.sign(member, "D. Ruiz")
    clinic = "Harbour Street Clinic, 12 Harbour Street, Portland"
    on.room.given = {
        member: (
            ConsentView(1, clinic, (Recipient.CLINICIAN,), None, "none", ("kinds",)),
            ConsentView(2, "Acme Health", (Recipient.PAYER,), dt.date(2026, 12, 31), "", ()),
        )
    }
    await _hand_out(on)
    await on.press("enter", "2")
    await on.see("NAME AND ADDRESS NEEDED")
    await on.press(*["down"] * 5, "enter")
    await on.see("On which consent?")


async def _light_note(on: Desk) -> None:
    await _note(on)
    await on.press("t")


REVIEWS: dict[str, tuple[int, int, Callable[[Desk], Awaitable[None]], dict[str, Any]]] = {
    "review-80x24": (80, 24, _overview, {}),
    "review-note-80x24": (80, 24, _note, {}),
    "review-held-80x24": (80, 24, _held, {}),
    "review-refused-120x36": (120, 36, _refused, {}),
    "review-fields-120x36": (120, 36, _fields, {}),
    "review-speakers-80x24": (80, 24, _speakers, {}),
    "review-transcript-120x36": (120, 36, _transcript, {}),
    "review-sign-80x24": (80, 24, _signing, {}),
    "review-fields-80x24": (80, 24, _fields, {}),
    "review-risk-80x24": (80, 24, _risk, {}),
    "review-pictures-120x36": (120, 36, _pictures, {}),
    "review-hand-out-80x24": (80, 24, _hand_out, {}),
    "review-consents-80x24": (80, 24, _consents, {}),
    "review-consents-120x36": (120, 36, _consents, {}),
    "review-light-200x50": (200, 50, _light_note, {}),
    "review-plain-80x24": (80, 24, _note, {"plain": True}),
}


@pytest.mark.parametrize("name", REVIEWS)
async def test_the_review_looks_as_it_is_stored(name: str, desk: Opens) -> None:
    """Each of its screens, at three sizes."""
    columns, rows, prepared, options = REVIEWS[name]
    async with desk(columns, rows, options=options) as on:
        await prepared(on)
        await on.at_rest()
        compare(HERE / "snapshots" / f"{name}.svg", picture(on, "assistant review"))


async def test_the_readme_shows_the_review_as_it_is(desk: Opens) -> None:
    """The README's other picture: one member's note, with the evidence of a line and what was held back."""
    wanted = (Field.TOPIC, Field.INTERVENTIONS, Field.RESPONSE, Field.GOALS, Field.ASSESSMENT, Field.PLAN)
    async with desk(140, 32, required=wanted) as on:
        person = on.room.members[0].id
        on.room.write(None, Field.TOPIC, "asking for what one needs")
        on.room.write(None, Field.INTERVENTIONS, "role play, feedback from peers")
        on.room.write(person, Field.RESPONSE, "Practised the request to her sister aloud; asked for feedback.")
        on.room.write(person, Field.GOALS, "Goal 2: sets limits without giving in.")
        await _note(on)
        await on.at_rest()
        compare(REVIEW_PICTURE, picture(on, "assistant review"))


def test_no_picture_asks_for_anything_from_elsewhere() -> None:
    """Whoever opens the README fetches nothing."""
    for path in (README_PICTURE, REVIEW_PICTURE, *(HERE / "snapshots").glob("*.svg")):
        assert not re.findall(r"(?:src|href|url)\s*[=(:]\s*['\"]?https?:", path.read_text(encoding="utf-8"))
