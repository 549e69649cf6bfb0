"""Recording is impossible, in code, until every person present has consent for it."""

from __future__ import annotations

import ast
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import assistant
from assistant.consent import permit, permit_test
from assistant.domain import Block, Consent, PersonId
from assistant.errors import ConsentError
from assistant.live.consent_room import ConsentRoom
from assistant.live.view import Phase
from assistant.store.spool_reader import SpoolReader
from tests.live.tones import PEOPLE, group_of, until, words_of

if TYPE_CHECKING:
    from tests.live.conftest import Rooms

TREE = Path(assistant.__file__).parent
SOURCES = sorted(TREE.rglob("*.py"))


def calls_of(tree: ast.AST, name: str) -> list[ast.Call]:
    """Return every call of a thing by its last name."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if (isinstance(called, ast.Name) and called.id == name) or (
                isinstance(called, ast.Attribute) and called.attr == name
            ):
                found.append(node)
    return found


def test_only_consent_makes_a_permit() -> None:
    """No file but consent.py constructs a permit, or reaches for what proves one."""
    for path in SOURCES:
        if path.name == "consent.py" and path.parent == TREE:
            continue
        text = path.read_text(encoding="utf-8")
        assert not calls_of(ast.parse(text), "RecordingPermit"), path
        assert "_MADE_HERE" not in text, path


def test_every_way_in_asks_for_a_permit() -> None:
    """Every source of sound, and what keeps sound, takes a permit: no definition and no call goes without."""
    defined = 0
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            methods = {f.name: f for f in node.body if isinstance(f, ast.FunctionDef)}
            is_source = {"blocks", "stop"} <= methods.keys()
            is_keeper = {"append", "gap"} <= methods.keys()
            for name in (*(["blocks"] if is_source else []), *(["append"] if is_keeper else [])):
                arguments = methods[name].args
                named = [a.arg for a in (*arguments.args, *arguments.kwonlyargs)]
                assert "permit" in named, f"{path}: {node.name}.{name}"
                assert not arguments.defaults, f"{path}: {node.name}.{name} has a permit by default"
                defined += 1
    assert defined >= 5


def test_leave_to_record_is_asked_for_in_few_places() -> None:
    """The room of consent, and whatever puts a recording that was brought along into the vault; nobody else."""
    asking = {
        path.relative_to(TREE).as_posix()
        for path in SOURCES
        if calls_of(ast.parse(path.read_text(encoding="utf-8")), "permit")
        and "from assistant.consent import" in path.read_text(encoding="utf-8")
    }

    assert asking == {"live/consent_room.py", "cli/batch_vault.py"}


@pytest.mark.parametrize("who", PEOPLE)
def test_one_without_consent_is_enough(live: Rooms, who: str) -> None:
    """Whoever it is that has not agreed: not one byte of sound is taken in or kept, and notes by hand work."""
    room = live(group_of(agreed=[p for p in PEOPLE if p != who]))
    before = spool_size(live)

    with pytest.raises(ConsentError, match=rf"\b{who}\b"):
        room.start()
    with pytest.raises(ConsentError):
        room.resume()
    room.jot("by hand")

    until(lambda: room.changes(0).room.jottings)
    seen = room.changes(0).room
    assert (seen.phase, seen.lacking, seen.level_dbfs) == (Phase.BY_HAND, (who,), -100.0)
    assert live.sources == []
    assert spool_size(live) == before


def test_a_withdrawn_consent_counts_as_none() -> None:
    """Consent that was given and taken back is no consent."""
    group = group_of()
    people = (
        *group.people[:2],
        replace(group.people[2], consent=Consent(dt.date(2026, 1, 1), None, None, dt.date(2026, 2, 1))),
    )

    with pytest.raises(ConsentError):
        ConsentRoom(replace(group, people=people)).permit()


def test_a_permit_of_another_room_is_void() -> None:
    """A permit that was had honestly for other people, or before somebody came, lets nothing through here."""
    group = group_of()
    room = ConsentRoom(group)
    foreign = permit(group.people)

    assert not room.allows(foreign)
    mine = room.permit()
    assert room.allows(mine)
    room.withdraw(PersonId("m1"), dt.date(2026, 3, 5))
    assert not room.allows(mine)


def test_who_comes_late_stops_the_recording_until_they_agree(live: Rooms) -> None:
    """From the key press on nothing is kept; once they agree it goes on by itself, and the time in between is empty."""
    late = group_of()
    people = (*late.people[:2], replace(late.people[2], present=False, consent=Consent()))
    room = live(replace(late, people=people), speed=5)
    room.start()
    until(lambda: len(room.changes(0).entries) >= 2)

    room.arrive(PersonId("m2"))
    came = room.changes(0).room
    kept = recorded(live)
    until(lambda: room.changes(0).room.elapsed > came.elapsed + 8000)

    assert (came.phase, came.lacking) == (Phase.BY_HAND, ("m2",))
    assert recorded(live) - kept <= 3200, "what was in the air when the key was pressed, and nothing after"
    room.agree(PersonId("m2"))
    until(lambda: room.changes(0).room.phase is Phase.RECORDING)
    until(lambda: recorded(live) > kept + 16_000)
    assert len(live.sources) == 2


def test_who_comes_late_and_agreed_before_does_not_stop_it(live: Rooms) -> None:
    """Somebody whose consent is in the group file comes in: recording goes on, with leave of everybody who is here."""
    group = group_of()
    room = live(replace(group, people=(*group.people[:2], replace(group.people[2], present=False))), tones=12, speed=5)
    room.start()
    until(lambda: len(room.changes(0).entries) >= 2)

    room.arrive(PersonId("m2"))

    assert room.changes(0).room.phase is Phase.RECORDING
    until(lambda: len(room.changes(0).entries) == 12)


def test_withdrawal_takes_the_words_and_waits_for_everybody(live: Rooms) -> None:
    """Their words go, from screen, vault and sound, and stay gone; recording does not go on by itself."""
    room = live(tones=30, speed=8)
    room.start()
    until(lambda: len(room.changes(0).entries) >= 6)

    room.withdraw(PersonId("m1"))

    until(lambda: all(e.utterance.speaker != "m1" for e in room.changes(0).entries))
    assert room.changes(0).room.phase is Phase.BY_HAND
    with pytest.raises(ConsentError, match="m1"):
        room.start()
    until(lambda: not room.changes(0).room.lag)
    words = words_of(room.changes(0).entries)
    assert words == [f"w{k}" for k in range(1, 2 * len(words), 2)]
    until(lambda: all(silent(live, k) for k in range(0, 2 * len(words) - 2, 2)))
    assert not any(silent(live, k) for k in range(1, 2 * len(words) - 2, 2))

    room.leave(PersonId("m1"))
    room.start()
    assert room.changes(0).room.phase is Phase.RECORDING


def test_the_spool_refuses_a_permit_of_nobody(live: Rooms) -> None:
    """Leave for a test of the microphone is no leave to keep anything."""
    room = live()
    block = Block(0, np.zeros((1, 1600), np.float32))

    with pytest.raises(ConsentError):
        room._spool.append(block, permit_test(everybody_here_agrees=True))


def spool_size(live: Rooms) -> int:
    """Return the bytes of all spools."""
    return sum(path.stat().st_size for path in live.vault.folder.rglob("*.spool"))


def recorded(live: Rooms) -> int:
    """Return how many samples of sound, gaps not counted, lie in the spool."""
    return sum(int(b.audio.shape[1]) for b in pieces(live) if isinstance(b, Block))


def pieces(live: Rooms) -> list[object]:
    """Return what is in the spool."""
    sounds = live.sounds
    with SpoolReader(sounds.path("s1"), sounds.key("s1")) as reader:
        return list(reader.blocks())


def silent(live: Rooms, tone: int) -> bool:
    """Whether nothing is to be heard where a tone was."""
    start = tone * 22_400
    sounds = live.sounds
    with SpoolReader(sounds.path("s1"), sounds.key("s1")) as reader:
        found = [b.audio for b in reader.blocks(start, start + 9_600) if isinstance(b, Block)]
    return not any(float(np.abs(audio).max()) > 0.05 for audio in found)
