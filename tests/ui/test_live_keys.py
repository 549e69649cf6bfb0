"""Every key of the live screen does what its name says, and says what it did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.consent import lacking
from assistant.domain import Consent, DecidedBy, Resolution, samples

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.ui.conftest import Stage
    from tests.ui.practice_room import PracticeRoom

Opens = Any
"""``stage`` of conftest: its type cannot be imported."""


async def test_a_number_names_the_last_turn_and_another_corrects_it(stage: Opens) -> None:
    """The facilitator's key is ground truth, and one key takes a slip back."""
    async with stage() as on:
        await on.hear(23)
        await on.see("furnace")
        await on.press("2")
        shown = await on.see("00:16 is 2 Hope Barlow")
        await on.press("3")
        await on.see("00:16 is 3 Bill Osterman")

        assert "another number corrects" in shown
        assert on.room.orders[-2:] == ["name m1 u4", "name m2 u4"]
        assert on.room.entries["u4"].utterance.attribution.decided_by is DecidedBy.KEY


async def test_a_number_names_the_selected_line(stage: Opens) -> None:
    """Up selects, the number is about that line, and escape goes back to the newest."""
    async with stage() as on:
        await on.hear(23)
        await on.see("furnace")
        await on.press("up", "up", "5")
        await on.ordered("name m4 u3")
        assert "▸00:14 5 TL" in on.text()
        await on.press("escape", "4")
        await on.ordered("name m3 u4")


async def test_a_turn_that_arrives_between_look_and_key_is_not_named(stage: Opens) -> None:
    """The key is about what is on the screen, not about what the session has heard since."""
    async with stage() as on:
        await on.hear(23)
        await on.see("furnace")
        entry = on.app.live.transcript.aimed_at()
        on.clock.now += 10
        on.app.live.action_name(2)
        await on.ordered(f"name m1 {entry.utterance.id}")


async def test_a_number_that_nobody_has_is_refused(stage: Opens) -> None:
    """Nine is no one in a group of six."""
    async with stage() as on:
        await on.press("9")
        await on.see("Nobody has the number 9")
        assert not [order for order in on.room.orders if order.startswith("name")]


async def test_zero_opens_a_picker_for_more_than_nine(stage: Opens) -> None:
    """The tenth person has no key of their own and is reached with the arrows."""

    def eleven(room: PracticeRoom) -> None:
        last = room.people[-1]
        room.people += [replace(last, id=f"x{n}", name=f"Extra Number{n}", present=True) for n in range(5)]  # type: ignore[arg-type]  # a made-up id

    async with stage(prepared=eleven) as on:
        await on.hear(23)
        await on.see("furnace")
        await on.press("0")
        await on.see("Who spoke?")
        await on.press("up", "enter")
        await on.ordered("name x4 u4")


async def test_pause_and_go_on(stage: Opens) -> None:
    """One key stops recording and the same one goes on; the header says so in words and shape."""
    async with stage() as on:
        await on.press("p")
        await on.see("▮▮ PAUSED")
        await on.hear(12)
        await on.press("p")
        await on.see("● RECORDING")
        await on.see("12 s paused")


async def test_off_the_record_leaves_a_gap_without_content(stage: Opens) -> None:
    """What is said off the record is not shown, and the gap is."""
    async with stage() as on:
        await on.press("o")
        await on.see("○ OFF RECORD")
        await on.hear(15)
        await on.press("o")
        await on.see("15 s off the record")
        await on.see("● RECORDING")

        assert "Hope, and I'm arriving" not in on.text()


async def test_pause_and_off_record_do_not_mix(stage: Opens) -> None:
    """P says how to come back from off the record and changes nothing."""
    async with stage() as on:
        await on.press("o")
        await on.see("OFF RECORD")
        await on.press("p")
        await on.see("o goes back on it")
        assert "pause" not in on.room.orders


async def test_strike_takes_back_the_last_minute(stage: Opens) -> None:
    """S and enter: the words are gone from the screen, and a line says how much is."""
    async with stage() as on:
        await on.hear(100)
        await on.see("Never again")
        await on.press("s")
        shown = await on.see("cannot be undone")
        assert "the last minute, from 00:40" in shown
        await on.press("enter")
        await on.ordered(f"strike {samples(40)} {samples(100)}")
        shown = await on.see("1 min struck ")

        assert "Never again" not in shown


async def test_strike_takes_back_marked_lines(stage: Opens) -> None:
    """Two lines chosen with brackets are the first thing that strike offers."""
    async with stage() as on:
        await on.hear(50)
        await on.see("Thank you both")
        await on.press("up", "up", "up", "left_square_bracket")
        await on.see("To strike: from 00:31")
        await on.press("down", "right_square_bracket")
        await on.see("To strike: 00:31 to 00:4")
        await on.press("s")
        await on.see("the marked lines, 00:31 to")
        await on.press("enter")
        await on.see("Delancey", gone=True)

        assert "Thank you both" in on.text()
        assert on.room.orders[-1].startswith("strike ")


async def test_leaving_strike_strikes_nothing(stage: Opens) -> None:
    """Escape is a way back from every question."""
    async with stage() as on:
        await on.hear(23)
        await on.press("s")
        await on.see("cannot be undone")
        await on.press("escape")
        await on.see("cannot be undone", gone=True)
        assert not [order for order in on.room.orders if order.startswith("strike")]


async def test_mark_and_note(stage: Opens) -> None:
    """A mark takes one key; a note is typed, and can be about somebody."""
    async with stage() as on:
        await on.hear(23)
        await on.press("m")
        await on.see("⚑ mark")
        await on.press("n")
        await on.see("about: nobody")
        await on.press("x", "1", "down", "down")
        await on.see("about: 2 Hope Barlow")
        await on.press("enter")
        await on.see("note about 2 Hope Barlow: x1")


async def test_alerts_are_terse_until_a_key_reveals_them(stage: Opens) -> None:
    """Level, kind and time alone; then who, the exact words and the advice; then terse again by the same key."""
    async with stage() as on:
        await on.hear(68)
        shown = await on.see("A1 absent")
        assert "talk about somebody" not in shown
        await on.hear(5)
        await on.press("r")
        await on.see("Your judgment")
        shown = await on.see("talk about somebody who is not here")
        for words in ("01:00  5 Tobias Lindgren (named by voice)", "Your judgment"):
            assert words in shown
        await on.press("r")
        await on.see("talk about somebody", gone=True)


async def test_a_revealed_alert_hides_itself(stage: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to remember to be discreet."""
    monkeypatch.setattr("assistant.ui.alert_deeds._SHOWN_S", 1.5)
    async with stage() as on:
        await on.hear(68)
        await on.hear(5)
        await on.press("r")
        await on.see("Your judgment")
        await on.see("Your judgment", gone=True)


async def test_acknowledge_and_settle(stage: Opens) -> None:
    """An A1 that was seen still waits to be settled, in one of four words and the facilitator's own."""
    async with stage() as on:
        await on.hear(68)
        await on.see("A1 absent")
        await on.hear(5)
        await on.press("a")
        await on.see("seen, to settle")
        await on.press("v")
        await on.see("followed up")
        await on.press("2", *"spoke to him", "enter")
        await on.see("A1 absent   01:00 followed up")

        assert f"resolve absent_member {Resolution.FOLLOWED_UP} spoke to him" in on.room.orders


async def test_the_mark_goes_to_a_new_a1_and_a_key_in_that_moment_is_not_taken(stage: Opens) -> None:
    """A key that was meant for one alert never lands on another that came in the same moment."""
    async with stage() as on:
        await on.hear(68)
        await on.see("A1 absent")
        await on.hear(55)
        await on.see("▸ A1 safety")
        await on.press("a")
        await on.see("A new A1 came this moment")
        assert "acknowledge abuse_child" not in on.room.orders
        await on.hear(1)
        await on.press("a")
        await on.ordered("acknowledge abuse_child")


async def test_tab_moves_the_mark(stage: Opens) -> None:
    """Any alert can be reached by keys."""
    async with stage() as on:
        await on.hear(125)
        await on.see("▸ A1 safety")
        await on.press("tab")
        await on.see("▸ A2 contact")
        await on.press("shift+tab")
        await on.see("▸ A1 safety")


async def test_close_is_refused_while_an_a1_waits(stage: Opens) -> None:
    """The list says which, and leads to settling; afterwards the session closes and the screen ends."""
    async with stage() as on:
        await on.hear(68)
        await on.see("A1 absent")
        await on.press("c")
        shown = await on.see("cannot be closed")
        assert "A1 absent at 01:00" in shown
        assert "close" not in on.room.orders
        await on.press("enter")
        await on.see("Settle A1 absent")
        await on.press("1", "enter")
        await on.see("assessed")
        await on.press("c")
        await on.see("Close the session?")
        await on.press("c")
        await on.until(lambda: not on.app.is_running, "the screen ended")
        assert on.app.return_value == 0
        assert on.room.orders[-1] == "close"


async def test_somebody_arrives_without_consent(stage: Opens) -> None:
    """Recording is held, the screen says for whom, and consent given now lets it go on."""

    def unasked(room: PracticeRoom) -> None:
        room.people = [replace(p, consent=Consent()) if p.id == "m5" else p for p in room.people]

    async with stage(prepared=unasked) as on:
        await on.press("j")
        await on.see("Who is here")
        await on.press("up", "space")
        await on.ordered("arrive m5")
        await on.see("NO CONSENT")
        await on.press("g")
        await on.ordered("agree m5")
        await on.see("NO CONSENT", gone=True)
        await on.press("escape", "p")
        await on.see("● RECORDING")
        assert not lacking(p for p in on.room.people if p.present)


async def test_the_notice_says_who_has_not_agreed(stage: Opens) -> None:
    """A held recording is never silent about why."""

    def unasked(room: PracticeRoom) -> None:
        room.people = [replace(p, consent=Consent()) if p.id == "m5" else p for p in room.people]

    async with stage(prepared=unasked) as on:
        on.room.arrive("m5")
        shown = await on.see("no consent from 6 Carla Mendes")
        assert "PAUSED" in shown


async def test_withdrawal_strikes_a_persons_words(stage: Opens) -> None:
    """w, who, and once more: the default of the last question is to go back."""
    async with stage() as on:
        await on.hear(38)
        await on.see("furnace")
        await on.press("w")
        await on.see("Who takes their consent back?")
        await on.press("3")
        await on.see("strike every word of 3 Bill Osterman")
        await on.press("enter")
        assert "withdraw m2" not in on.room.orders
        await on.press("w", "3")
        await on.see("strike every word")
        await on.press("w")
        await on.ordered("withdraw m2")
        shown = await on.see("words of 3 Bill Osterman withdrawn")
        assert "furnace" not in shown


async def test_enrolment_shows_the_consent_sentence_and_keeps_a_voice_only_when_told(stage: Opens) -> None:
    """Enter is for tonight alone; keeping needs its own key."""
    async with stage(100, 30) as on:
        await on.press("e", "2")
        shown = await on.see("Please read aloud")
        assert "My name is Hope Barlow" in shown
        assert "heard 9 s of 15 s" in shown
        await on.press("enter")
        await on.ordered("enrolled False")
        await on.see("known until the session closes")
        await on.press("e", "2")
        await on.see("Please read aloud")
        await on.press("k")
        await on.ordered("enrolled True")


async def test_help_lists_the_keys_and_the_limits(stage: Opens) -> None:
    """What a warning can and cannot do stands beside the keys."""
    async with stage(120, 60) as on:
        await on.press("question_mark")
        shown = await on.see("What a warning can do")
        assert "Off the record" in shown
        await on.press("escape")
        await on.see("What a warning can do", gone=True)


async def test_the_palette_offers_deeds_and_nothing_that_saves(stage: Opens) -> None:
    """Textual's own commands (a picture of the screen among them) are not there."""
    async with stage(100, 40) as on:
        await on.press("ctrl+p")
        shown = await on.see("what to do")
        assert "screenshot" not in shown.lower()
        await on.press(*"off record")
        await on.see("off record (o)")
        await on.press("enter")
        await on.until(lambda: any("off_record" in order for order in on.room.orders), "the command ran")


async def test_an_error_of_the_session_is_one_line_and_not_the_end(stage: Opens) -> None:
    """What the session refuses is said; the screen goes on."""

    def unasked(room: PracticeRoom) -> None:
        room.people = [replace(p, consent=Consent()) if p.id == "m4" else p for p in room.people]

    async with stage(begun=False, prepared=unasked) as on:
        await on.see("Recording is impossible: no consent from 5 Tobias Lindgren")
        await on.press("enter")
        await on.see("! not recording: no consent from 5 Tobias Lindgren")
        await on.press("h")
        await on.see("BY HAND")
        assert on.app.is_running


async def test_ctrl_c_does_not_end_a_session(stage: Opens) -> None:
    """A habit of the hand costs nothing here."""
    async with stage() as on:
        await on.press("ctrl+c", "ctrl+q")
        await on.see("RECORDING")
        assert on.app.is_running


async def _light(on: Stage) -> None:
    await on.press("t")
    await on.until(lambda: not on.app.current_theme.dark, "light")


async def test_light_and_dark(stage: Callable[..., Any]) -> None:
    """One key changes the colours."""
    async with stage() as on:
        await _light(on)
        await on.press("t")
        assert on.app.current_theme.dark
