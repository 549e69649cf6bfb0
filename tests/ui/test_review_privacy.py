"""One member's note holds nothing of another member: not on the screen, not in a widget, not in what a widget keeps."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual.strip import Strip

from assistant.decisions import Field
from assistant.ui.review.note_screen import NoteScreen
from assistant.ui.review.wording import PRIVATE_S

if TYPE_CHECKING:
    from assistant.domain import PersonId
    from tests.ui.conftest import Desk

Opens = Any
"""``desk`` of conftest: its type cannot be imported."""


def others(on: Desk, person: PersonId) -> set[str]:
    """Return the names of everybody else in the group, and how each of their turns begins."""
    found = {part for p in on.room.group.people if p.id != person for part in (p.name, p.name.split()[-1], *p.aliases)}
    return found | {t.text[:24] for t in on.room.turns if t.speaker != person and len(t.text) > 24}


def assert_only(on: Desk, person: PersonId) -> None:
    """Check that nothing of anybody else can be reached."""
    held = on.everything()
    assert on.room.group.person(person).name in held
    for words in others(on, person):
        assert words not in held, words


async def test_a_members_note_holds_nothing_of_another_member(desk: Opens) -> None:
    """For each member in turn, in every pane, with the overview seen before and the whole note walked through."""
    async with desk() as on:
        assert all(member.name in on.everything() for member in on.room.members), "the search finds what is there"
        for row, member in enumerate(on.room.members, start=1):
            await on.note_of(row)
            assert_only(on, member.id)
            for _ in range(3):
                await on.press(*["down"] * 12, "tab")
                assert_only(on, member.id)
            await on.press("escape")
            await on.see("the group's part")


async def test_the_next_members_note_keeps_nothing_of_the_former(desk: Opens) -> None:
    """By key, there and back: the one screen that shows notes is wiped in between."""
    async with desk() as on:
        await on.note_of(1)
        first, second, third = (member.id for member in on.room.members[:3])
        assert_only(on, first)
        await on.press("n")
        await on.see(f" {on.room.group.person(second).name} ·")
        assert_only(on, second)
        await on.press("n")
        await on.see(f" {on.room.group.person(third).name} ·")
        await on.press("p")
        await on.see(f" {on.room.group.person(second).name} ·")
        assert_only(on, second)
        await on.at_rest()
        gc.collect()
        alive = [one for one in gc.get_objects() if isinstance(one, NoteScreen) and one.is_attached]
        assert [screen.member for screen in alive] == [second]


def _drawn_anywhere() -> str:
    """Return every line that was drawn and is still in this program's memory."""
    gc.collect()
    return "\n".join(one.text for one in gc.get_objects() if isinstance(one, Strip))


async def test_no_picture_of_a_former_note_stays_in_memory(desk: Opens) -> None:
    """Textual's caches would keep what the widgets of the note before, and the private view, had drawn."""
    async with desk() as on:
        words = await _private(on)
        assert words[:20] in _drawn_anywhere(), "the search finds what is there"
        await on.press("escape")
        await on.see("evidence of the line")
        await on.press("n")
        await on.see(" Bill Osterman ·")
        await on.at_rest()
        await on.press("down")
        await on.at_rest()
        held = _drawn_anywhere()
        assert "Bill Osterman" in held
        assert words[:20] not in held
        for told in others(on, on.room.members[1].id):
            assert told not in held, told


async def test_the_screens_on_the_way_are_taken_apart(desk: Opens) -> None:
    """Speakers, risk, pictures and handing out show everybody; nothing of them is left beneath a note."""
    async with desk() as on:
        for key, words in (("s", "to check of"), ("k", "open of"), ("p", "Talk time"), ("e", "Hand out ·")):
            await on.press(key)
            await on.see(words)
            await on.press("escape")
            await on.see("the group's part")
        await on.note_of(1)
        assert_only(on, on.room.members[0].id)


async def test_finding_searches_this_note_alone(desk: Opens) -> None:
    """A word that only another member said is not found, and typing it completes nothing."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("slash")
        await on.see("Find in this note")
        await on.type("Wellbutrin")
        await on.press("enter")
        await on.see("! Not in this note.")
        await on.press("slash")
        await on.see("Find in this note")
        await on.press(*["backspace"] * 10)
        await on.type("pantry")
        await on.press("enter")
        await on.see("“Corner Pantry” stays")


async def _private(on: Desk) -> str:
    """Open the private view of a clause, and return its words."""
    await on.note_of(1)
    await on.press("v")
    await on.see("Held back: up and down point")
    await on.press("v")
    await on.see("They may hold another member's story")
    assert not [order for order in on.room.orders if order.startswith("open_private")]
    await on.press("enter")
    clause = on.room.note(on.room.members[0].id).withheld[0]
    words = on.room.turns[clause.number].text
    await on.see(words[:20])
    assert on.room.orders[-1] == f"open_private {on.room.members[0].id} {clause.number}"
    return str(words)


async def test_the_private_view_leaves_nothing(desk: Opens) -> None:
    """Closed with esc, its words are on no screen and in no widget."""
    async with desk() as on:
        words = await _private(on)
        await on.press("escape")
        await on.see("evidence of the line")
        await on.at_rest()
        assert words[:20] not in on.everything()
        assert_only(on, on.room.members[0].id)


async def test_the_private_view_closes_by_itself(desk: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a minute, whoever sits there."""
    assert PRIVATE_S == 60.0
    monkeypatch.setattr("assistant.ui.review.dialogs.PRIVATE_S", 0.2)
    async with desk() as on:
        words = await _private(on)
        await on.see(words[:20], gone=True)
        await on.see("evidence of the line")
        assert words[:20] not in on.everything()


@pytest.mark.parametrize("key", ["ctrl+x", "x"])
async def test_hiding_closes_the_private_view(desk: Opens, key: str) -> None:
    """The words are gone at once, and are not there again when the screen comes back."""
    async with desk() as on:
        words = await _private(on)
        await on.press(key)
        assert on.text().split() == ["x"]
        await on.press("x")
        await on.see("evidence of the line")
        await on.at_rest()
        assert words[:20] not in on.everything()


@pytest.mark.parametrize("way", ["overview", "note", "speakers", "risk", "pictures", "hand out", "fields"])
async def test_x_hides_everything_in_one_frame(desk: Opens, way: str) -> None:
    """From every screen: the very next thing painted says nothing; any other key does nothing."""
    keys = {"overview": "", "note": "n", "speakers": "s", "risk": "k", "pictures": "p", "hand out": "e", "fields": "n"}
    async with desk() as on:
        if keys[way]:
            await on.press(keys[way])
            await on.see("the group's part", gone=True)
        if way == "fields":
            await on.press("F")
            await on.see("enter: next")
        await on.press("ctrl+x" if way == "fields" else "x")
        assert on.text().split() == ["x"]
        before = list(on.room.orders)
        await on.press("S", "enter", "1", "a", "v", "u", "l", "q", "e", "H", "ctrl+c", "ctrl+p")
        assert on.text().split() == ["x"]
        assert on.room.orders == before
        await on.press("escape")
        await on.see("ctrl+x hides" if way == "fields" else "? keys")


async def test_l_locks_and_the_passphrase_opens(desk: Opens) -> None:
    """Nothing of the session is on the locked screen; a wrong passphrase says so."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("l")
        await on.see("Locked.")
        assert "Hope" not in on.text()
        await on.type("wrong")
        await on.press("enter")
        await on.see("That passphrase does not open it.")
        await on.type("correct horse")
        await on.press("enter")
        await on.see("evidence of the line")


async def test_a_while_without_keys_locks(desk: Opens) -> None:
    """With the private view open too: it is gone afterwards."""
    async with desk() as on:
        words = await _private(on)
        on.clock.now += 6 * 60
        await on.see("Locked.")
        await on.type("correct horse")
        await on.press("enter")
        await on.see("evidence of the line")
        await on.at_rest()
        assert words[:20] not in on.everything()


async def test_nothing_can_be_copied(desk: Opens) -> None:
    """The clipboard stays empty, also from a line in which text was typed and marked."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("F")
        await on.see("enter: next")
        await on.type("secret")
        await on.press("ctrl+a", "shift+home", "ctrl+c")
        assert on.app.clipboard == ""
        await on.press("ctrl+s")
        await on.ordered("write m1 assessment")


async def test_ctrl_c_ends_nothing(desk: Opens) -> None:
    """The key that ends other programs is ignored."""
    async with desk() as on:
        await on.press("ctrl+c", "ctrl+q")
        assert on.app.is_running
        await on.see("the group's part")


async def test_the_title_says_nothing(desk: Opens) -> None:
    """Of a window, a desktop shows the title to everybody."""
    async with desk() as on:
        await on.note_of(1)
        assert (on.app.title, on.app.sub_title, on.app.screen.title) == ("assistant", "", None)


async def test_x_hides_while_the_next_note_is_being_shown(desk: Opens) -> None:
    """Pressed in one go with the key before: nothing but the empty screen is painted."""
    async with desk() as on:
        await on.note_of(1)
        await on.press("n", "x")
        await on.see("Hope", gone=True)
        assert on.text().split() == ["x"]
        await on.press("x")
        await on.see(" Bill Osterman ·")


async def test_what_comes_back_while_hidden_shows_nothing(desk: Opens) -> None:
    """A signature that the gate lets pass only after x was pressed opens no next note over the empty screen."""
    async with desk() as on:
        for field in (Field.TOPIC, Field.INTERVENTIONS):
            on.room.write(None, field, "coping")
        person = on.room.members[0].id
        for field in (Field.ASSESSMENT, Field.PLAN):
            on.room.write(person, field, "stable")
        on.room.stops_at = threading.Event()
        await on.note_of(1)
        await on.see("ready to sign")
        await on.press("S", "enter")
        await on.see("The gate reads the final text")
        await on.press("x")
        on.room.stops_at.set()
        await on.until(lambda: on.room.note(person).signed is not None, "signed")
        await on.at_rest()
        assert on.text().split() == ["x"]
        await on.press("x")
        await on.see(" Hope Barlow · signed")


async def test_a_screen_that_is_to_come_waits_while_hidden(desk: Opens) -> None:
    """Asked for before x, it is shown after x, and never over the empty screen."""
    async with desk() as on:
        await on.press("x")
        on.app.to_speakers()
        await on.at_rest()
        assert on.text().split() == ["x"]
        await on.press("x")
        await on.see("to check of 6")
