"""Words told while somebody still speaks: seen at once, named by nobody, and followed by the same words in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain import Attribution, DecidedBy, Entry, Findings, Utterance, UtteranceId, samples
from assistant.ui.marks import Look
from assistant.ui.people import Cast
from assistant.ui.transcript_rows import EntryRow, speech_of

if TYPE_CHECKING:
    from tests.ui.conftest import Stage

Opens = Any
"""``stage`` of conftest: its type cannot be imported."""


def early_row() -> EntryRow:
    """Return the row of words told early."""
    nobody = Attribution(None, 0, 0, DecidedBy.VOICE)
    said = Utterance(UtteranceId("t65000"), 65000, samples(65), samples(70), "I take it", (), nobody)
    return EntryRow(Entry(said, Findings(said.id, ())), speech_of(nobody, Cast()), risk=True)


@pytest.mark.parametrize(
    ("look", "begins"),
    [
        pytest.param(Look(names=False), " 01:05 …    I take", id="narrow"),
        pytest.param(Look(), " 01:05  … speaking       I take", id="wide"),
        pytest.param(Look(names=False, letters=True), " 01:05 ...  I take", id="without colour"),
        pytest.param(Look(plain=True, letters=True), " 01:05 ... still speaking: I take", id="plain"),
    ],
)
def test_early_words_have_a_sign_in_the_place_of_a_name(look: Look, begins: str) -> None:
    """Dots, not the question mark of a voice that nobody knows; dim and slanted besides."""
    (line,) = early_row().lines(70, look, selected=False)

    assert "".join(segment.text for segment in line).startswith(begins)
    said = next(segment for segment in line if "I take" in segment.text)
    assert said.style is not None
    assert said.style.dim
    assert said.style.italic


async def _speaking(on: Stage) -> None:
    """Four turns are there in full, the fifth is being said."""
    await on.hear(23)
    await on.see("furnace")
    on.room.glimpse(on.room.turns[4])
    await on.see("▸", gone=True)
    await on.see("…   ")


async def test_a_number_names_whoever_is_still_speaking_and_says_so(stage: Opens) -> None:
    """Who presses a number while somebody speaks means that person, not the one before."""
    async with stage() as on:
        await _speaking(on)
        early = on.room.changes(0).entries[-1].utterance
        await on.press("3")
        shown = await on.see("still being spoken, is 3 Bill Osterman")

        assert early.id.startswith("t")
        assert on.room.orders[-1] == f"name m2 {early.id}"
        assert "another number" in shown


async def test_early_words_cannot_be_selected(stage: Opens) -> None:
    """Up goes to the last full line, and past it to none."""
    async with stage() as on:
        await _speaking(on)
        await on.press("up")
        await on.see("▸00:16")
        await on.press("down")
        await on.see("▸", gone=True)


async def test_with_nothing_said_a_number_names_nobody(stage: Opens) -> None:
    """The screen says so, rather than asking for what it does not show."""
    async with stage() as on:
        await on.press("2")
        await on.see("No line to name yet")
        assert not [order for order in on.room.orders if order.startswith("name")]


async def test_full_words_take_the_place_of_early_ones(stage: Opens) -> None:
    """One line, once, with its name."""
    async with stage() as on:
        await _speaking(on)
        await on.hear(10)
        shown = await on.see("…   ", gone=True)
        assert shown.count("Yesenia Quiroga, you can call me Yesi") <= 1
        assert on.app.live.transcript.is_speaking is False


async def test_an_early_alert_that_is_revealed_stays_so_when_its_words_come_in_full(stage: Opens) -> None:
    """The words get another id; whoever reads them is not interrupted, and then sees who said them."""
    async with stage(100, 40) as on:
        await on.hear(55)
        turn = next(t for t in on.room.turns if "absent_member" in {str(kind) for kind in t.alerts})
        on.room.glimpse(turn)
        await on.see("A1 absent")
        await on.press("r")
        shown = await on.see("somebody is still speaking")
        assert "A1 absent — r" not in shown
        await on.hear(13)
        shown = await on.see("5 Tobias Lindgren (named by voice)")
        assert "somebody is still speaking" not in shown
        assert "A1 absent — r" not in shown
