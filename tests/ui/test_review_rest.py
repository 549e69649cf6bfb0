"""Sessions, risk, handing out, pictures, the passphrase before everything, and failing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from assistant.errors import SessionError, VaultError
from assistant.handout import Recipient
from assistant.review.view import ConsentView
from assistant.ui.review.app import ReviewApp
from assistant.ui.review.running import run_review

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Desk

Opens = Any
"""``desk`` of conftest: its type cannot be imported."""


async def test_the_list_of_sessions_holds_no_name_and_no_word(desk: Opens) -> None:
    """Days and counts; what is destroyed is said; one that cannot be opened says why."""
    async with desk(taken_up=False) as on:
        shown = await on.see("3 closed sessions")
        assert "no sound" in shown
        held = on.everything()
        for person in on.room.group.people:
            assert person.name not in held
        await on.press("down", "enter")
        await on.see("! session old-1 holds no words any more")


async def test_risk_shows_the_words_and_the_sites_text_and_no_score(desk: Opens) -> None:
    """And the extra line of Part 2; a number settles with words of the clinician's own, and the next open one comes."""
    async with desk() as on:
        await on.press("k")
        shown = await on.see("2 open of 2")
        assert "locked my son in the bathroom" in " ".join(shown.split())
        assert "42 CFR Part 2 has no general exception" in shown
        for word in ("score", "low risk", "high risk", "probability", "%"):
            assert word not in shown.casefold()
        await on.press("2")
        await on.see("Followed up")
        await on.type("called on Friday")
        await on.press("enter")
        await on.see("1 open of 2")
        assert on.room.orders[-1].endswith(" followed up called on Friday")
        await on.press("u")
        await on.see("2 open of 2")


async def test_a_disclosure_made_without_a_note_is_logged(desk: Opens) -> None:
    """o: whose, to whom, what, why; each is needed."""
    async with desk() as on:
        await on.press("k")
        await on.see("2 open of 2")
        await on.press("o")
        await on.see("Whose information was told?")
        await on.press("1")
        await on.see("This only writes down what was done.")
        await on.press("ctrl+s")
        await on.see("! to whom is needed.")
        await on.type("county office")
        await on.press("enter")
        await on.type("what was said")
        await on.press("enter")
        await on.type("report")
        await on.press("enter")
        await on.see("Written into the log")
        assert on.room.orders[-1] == "reported m3 county office what was said report"


async def test_handing_out_shows_the_recipient_once_more_and_a_refusal_by_member(desk: Opens) -> None:
    """A payer needs name and purpose, then a consent; each member's file stands or falls alone."""
    async with desk() as on:
        on.room.required = ()
        for member in on.room.members[:2]:
            for field in ("assessment", "plan"):
                on.room.write(member.id, next(f for f in _fields() if f.value == field), "stable")
            on.room.sign(member.id, "D. Ruiz")
        await on.press("e")
        await on.see("2 of 4 notes")
        await on.press("enter")
        await on.see("To whom?")
        await on.press("2")
        assert "no quoted words" in _run_on(await on.see("holds: session"))
        await on.press("H")
        await on.see("! to is needed for this recipient.")
        await on.press("enter")
        await on.type("Acme Health")
        await on.press("enter", "down", "enter")
        await on.type("payment")
        await on.press("enter", "H")
        shown = await on.see("Is this the right recipient?")
        assert "To: payer, Acme Health." in shown
        assert "no quoted words" in _run_on(shown)
        await on.press("n")
        assert not [o for o in on.room.orders if o.startswith("hand_out")]
        await on.press("H", "enter")
        await on.see("! 0 written, 2 refused")
        await on.see("! no consent covers this recipient")
        await on.press("home", "enter", "1", "H", "enter")
        shown = await on.see("2 written.")
        assert shown.count("written: note-") == 2


def _consents() -> tuple[ConsentView, ...]:
    clinic = "Harbour Street Clinic, 12 Harbour Street, Portland, Dr Q. Xu and whoever stands in for her"
    return (
        ConsentView(1, "County court", (Recipient.OTHER,), dt.date(2027, 1, 31), "", ("kinds",)),
        ConsentView(2, clinic, (Recipient.CLINICIAN,), None, "none", ("kinds",)),
        ConsentView(3, "Acme\x1b[2J Health", (Recipient.PAYER,), None, "end of treatment at this clinic", ()),
        ConsentView(12, "Acme Health", (Recipient.PAYER, Recipient.CLINICIAN), dt.date(2026, 12, 31), "", ()),
    )


async def _at_the_consent(on: Desk) -> str:
    """Sign the first member's note, order it for a payer, and ask for the consents; return the screen."""
    on.room.required = ()
    member = on.room.members[0]
    for field in ("assessment", "plan"):
        on.room.write(member.id, next(f for f in _fields() if f.value == field), "stable")
    on.room.sign(member.id, "D. Ruiz")
    on.room.given = {member.id: _consents()}
    await on.press("e")
    await on.see("1 of 4 notes")
    await on.press("enter", "2")
    await on.see("NAME AND ADDRESS NEEDED")
    await on.press(*["down"] * 5, "enter")
    return await on.see("On which consent?")


@pytest.mark.parametrize("columns", [80, 120])
async def test_a_consent_is_picked_by_its_key(desk: Opens, columns: int) -> None:
    """Number, to whom, kinds, until when; those that cover the release first; nothing that a terminal would obey."""
    async with desk(columns, 24 if columns == 80 else 36) as on:
        shown = await _at_the_consent(on)
        lines = [line for line in shown.splitlines() if " · " in line and "│" in line]
        assert [line.split("│")[1].strip(" ▸").split(" · ")[0] for line in lines][:2] == ["3  Acme[2J Health", "12"]
        for words in (
            "payer · until: end of treatmen…",
            "payer, clinician · until 31 Dec 2026",
            "court or other",
            "no end",
        ):
            assert words in shown
        assert shown.count("does not cover it: kinds") == 2
        assert "\x1b" not in shown
        await on.press("3")
        await on.see("number 3")
        await on.press("enter")
        await on.see("On which consent?")
        await on.press("down", "enter")
        await on.see("number 12")
        await on.press("enter", "a")
        await on.see("number 12", gone=True)
        assert "stands in for her" not in on.everything()


async def test_a_consent_can_still_be_typed(desk: Opens) -> None:
    """Also where none stands; what was chosen is what the order rests on."""
    async with desk(80, 24) as on:
        await _at_the_consent(on)
        await on.press("escape")
        on.room.given = {}
        await on.press("enter")
        assert "No consent stands" in await on.see("On which consent?")
        await on.press("n")
        await on.see("its number")
        await on.type("4")
        await on.press("enter")
        await on.see("number 4")
        for what in ("to", "purpose"):
            await on.press("H")
            await on.see(f"! {what} is needed")
            await on.press("enter")
            await on.type("Acme Health")
            await on.press("enter")
        await on.press("H")
        assert "On consent number 4." in await on.see("Is this the right recipient?")
        await on.press("enter")
        await on.see("0 written, 1 refused")
        assert on.room.rested_on == 4


def _run_on(shown: str) -> str:
    """Return a screen without its lines and boxes: words wrap."""
    return " ".join(shown.replace("│", " ").split())


def _fields() -> Any:  # noqa: ANN401  an enum, whose members are asked for by value
    from assistant.decisions import Field  # noqa: PLC0415

    return Field


async def test_the_pictures_come_of_counts_alone(desk: Opens) -> None:
    """Bars, strips, who referred to whom, alerts; in a plain view as words."""
    async with desk() as on:
        await on.press("p")
        shown = await on.see("Talk time")
        for words in ("Turns over time", "Who referred to whom", "Alerts over time", "▲", "A1  safety"):
            assert words in shown
        for turn in on.room.turns:
            if len(turn.text) > 20:
                assert turn.text[:20] not in on.everything()
    async with desk(options={"plain": True}) as on:
        await on.press("p")
        shown = await on.see("Talk time")
        assert "█" not in shown
        assert "Turns over time" not in shown


async def test_the_passphrase_comes_before_anything(desk: Opens) -> None:
    """A wrong one is one line and a wait, in which nothing can be typed; the right one shows the sessions."""
    tried: list[str] = []
    rooms: list[Any] = []

    def opening(typed: str) -> Any:  # noqa: ANN401  the practice review
        tried.append(typed)
        if typed != "opensesame":
            raise VaultError("the passphrase does not open the vault")
        return rooms[0]

    async with desk(taken_up=False, options={"opening": opening}) as on:
        rooms.append(on.room)
        await on.see("passphrase")
        assert "closed sessions" not in on.text()
        await on.type("wrong")
        await on.press("enter")
        await on.see("That passphrase does not open it. Wait 1 s.")
        await on.type("opensesame")
        await on.press("enter")
        assert tried == ["wrong"]
        await on.see("Try again.")
        await on.type("opensesame")
        await on.press("enter")
        await on.see("closed sessions")
        assert tried == ["wrong", "opensesame"]
        assert "opensesame" not in on.everything()


@pytest.mark.parametrize("method", ["version", "overview", "note", "speakers", "risk", "figures"])
async def test_a_review_that_fails_ends_the_app_and_shows_nothing(desk: Opens, method: str) -> None:
    """An error that nobody foresaw, with a word in it: saved once, no word in what is left to print."""
    word = "zebra" + "lamp"
    with pytest.raises(RuntimeError):  # noqa: PT012  Textual's pilot raises as it ends
        async with desk() as on:
            on.room.refuses = {method: RuntimeError(word)}
            await on.press({"note": "n", "speakers": "s", "risk": "k", "figures": "p"}.get(method, "s"))
            await on.until(lambda: not on.app.is_running, "the app ended")
    assert on.saves == ["saved"]
    assert on.app._exit_renderables == []


async def test_the_keys_of_every_screen_are_listed(desk: Opens) -> None:
    """? shows them, with what the review cannot do."""
    async with desk(200, 50) as on:
        for key in ("", "s", "k", "p", "e"):
            if key:
                await on.press(key)
                await on.see("the group's part", gone=True)
            await on.press("question_mark")
            await on.see("hide everything at once")
            await on.see("an empty list is no reassurance")
            await on.press("escape")
            await on.see("hide everything at once", gone=True)
            if key:
                await on.press("escape")
                await on.see("the group's part")


async def test_q_leaves(desk: Opens) -> None:
    """From the overview, and from the list of sessions."""
    async with desk() as on:
        await on.press("q")
        await on.until(lambda: not on.app.is_running, "left")
    assert on.app.return_value == 0


def test_it_needs_a_review_or_what_opens_one() -> None:
    """Said before a terminal is touched."""
    with pytest.raises(SessionError, match="needs an open vault"):
        run_review(None, unlock=None)
    with pytest.raises(SessionError, match="needs an open vault"):
        ReviewApp(None, unlock=None)


def test_the_terminal_is_left_empty(terminal: Any, skills: Path) -> None:  # noqa: ANN401  conftest's own type
    """Nothing of the session is in it, in its title or its clipboard."""
    typed = ((b"closed sessions", b"\r"), (b"group's part", b"q"))
    ended = terminal("practice_review.py", str(skills), typed=typed)
    assert ended.code == 0
    assert b"Hope" in ended.output
    assert b"Hope" not in ended.after_the_screen
    assert b"\x1b]52" not in ended.output


@pytest.mark.parametrize(("method", "key"), [("note", "enter"), ("speakers", "s"), ("risk", "k"), ("figures", "p")])
async def test_a_screen_that_is_refused_says_why_and_can_be_left(desk: Opens, method: str, key: str) -> None:
    """What a screen asks for may be refused: one line, nothing else, and esc goes back."""
    async with desk() as on:
        await on.press("down")
        on.room.refuses = {method: SessionError("the worker ended: open the session again")}
        await on.press(key)
        await on.see("! the worker ended: open the session again")
        on.room.refuses = {}
        await on.press("escape")
        await on.see("the group's part")


async def test_a_consent_is_chosen_by_its_number(desk: Opens) -> None:
    """Of the one member chosen; another member's numbers are not these, and a word is no number."""
    async with desk() as on:
        await on.press("e")
        await on.see("Hand out ·")
        await on.press(*["down"] * 5)
        await on.see("▸ consent")
        await on.press("enter")
        await on.see("! A consent's number is one member's own")
        await on.press("down", "down", "enter", *["up"] * 2, "enter")
        await on.see("On which consent?")
        await on.press("n")
        await on.see("its number; empty:")
        await on.type("two")
        await on.press("enter")
        await on.see("! A consent has a number")
        await on.press("enter")
        await on.see("On which consent?")
        await on.press("n")
        await on.see("its number; empty:")
        await on.type("2")
        await on.press("enter")
        await on.see("number 2")
        await on.press("down", "down", "down", "enter")
        await on.see("number 2", gone=True)
