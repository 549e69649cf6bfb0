"""Facts that exist nowhere else, planted for every member and told again by others, reach their owner's draft alone.

Another member's draft, the group's part, the terminal, the home, the temporary folder, file names and the crash report
are searched.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.cli.conftest import Command, Ran

pytestmark = [pytest.mark.models, pytest.mark.slow]

PEOPLE = {
    "f": "Perpetua Oldacre",
    "m1": "Ottoline Marrowby",
    "m2": "Barnaby Thistlewood",
    "m3": "Clementine Vosper",
    "m4": "Ignatius Pellow",
}

CANARIES: dict[str, tuple[str, ...]] = {
    "m1": ("zebra lamp", "Quorvale", "Brindlemoor", "4471 8823", "Tuppence"),
    "m2": ("walrus teapot", "Skelderby", "Hexworthy", "9915 3076", "Marmalade"),
    "m3": ("copper pelican", "Ambersett", "Lanternfield", "2860 5147", "Biscuit"),
    "m4": ("velvet anvil", "Thornacre", "Gullhaven", "6302 7791", "Pickles"),
}
"""An object, a town, an employer, a number and a dog for each: nobody else has ever had them."""

SAID: tuple[tuple[str | None, str], ...] = (
    ("f", "Good evening. Who would like to begin?"),
    ("m1", "I will. I sold my zebra lamp to pay the rent, and I moved back to Quorvale in March."),
    ("m2", "The zebra lamp? You loved that thing, Ottoline."),
    ("f", "Ottoline, how has it been since you moved back to Quorvale?"),
    ("m1", "I feel ashamed. I lost my job at Brindlemoor Dairy, and my client number is 4471 8823."),
    ("m3", "She lost her job at Brindlemoor, and then the lamp. That would break me too."),
    ("m1", "I have not slept well for weeks. My dog Tuppence died on Sunday."),
    ("m2", "I threw my walrus teapot at the wall on Friday, and I scared myself."),
    ("m4", "Barnaby threw the walrus teapot. I was shocked when he told us."),
    ("m2", "I live in Skelderby now, and I drive a van for Hexworthy Bakery. I started drinking again."),
    ("f", "So you drive for Hexworthy and you started drinking again. Thank you for telling us."),
    ("m2", "My case number is 9915 3076. I am proud that I kept my dog Marmalade."),
    ("m1", "Marmalade is a lovely name for a dog, and Skelderby is where my sister lives."),
    ("m3", "I stole a copper pelican from my mother's garden in Ambersett, and I never gave it back."),
    ("m4", "I once stole something too, but never a copper pelican."),
    ("m3", "I work nights at Lanternfield Hospital. My badge is 2860 5147, and I am exhausted."),
    ("m2", "Clementine works nights at Lanternfield, no wonder that she is exhausted."),
    ("m3", "My dog Biscuit is the only one I talk to. I take sertraline for my depression."),
    ("m4", "I bought a velvet anvil when I was manic, and I hid it from my wife in Thornacre."),
    ("m1", "The woman who spoke before him has a copper pelican, and he has a velvet anvil. What a group we are."),
    ("m4", "I was arrested at the harbour in Gullhaven. My inmate number was 6302 7791."),
    ("m3", "Gullhaven is where he was arrested, and his dog waited there."),
    ("m4", "My dog Pickles still waits for me. I am afraid of losing my wife."),
    (None, "I heard about the zebra lamp, the walrus teapot, the copper pelican and the velvet anvil."),
    ("f", "Thank you all. We stop here."),
)

FAILING_DETECTOR = """
from assistant.privacy.rampart import Rampart
def fail(self, parse):
    raise RuntimeError(f"cannot read {parse.text!r}")
Rampart.detect = fail
"""
"""A detector that fails as libraries do: with what it was reading in its message."""

FAILING_GATE = """
from assistant.notes.gate import Gate
def fail(self, note, context):
    words = [utterance.text for utterance in context.utterances]
    raise RuntimeError(f"cannot check {words}")
Gate.check = fail
"""
"""An error in the middle of the work that nobody foresaw, with everything that was said in its message and locals."""

SMALL_DISK = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))
"""
"""No file may grow beyond 700 bytes, as on a disk that is full."""


@dataclass(frozen=True)
class Run:
    """What a run left behind."""

    ran: Ran
    drafts: Mapping[str, str]
    """Text of each draft by its file name."""
    elsewhere: Mapping[str, bytes]
    """Content of every other file, and what was shown, by where it was."""

    def nobody_elsewhere(self) -> None:
        """No canary and no name stands anywhere but in drafts."""
        assert self.ran.out or self.ran.err
        for place, content in self.elsewhere.items():
            for person, name in PEOPLE.items():
                for canary in (*CANARIES.get(person, ()), *name.split()):
                    assert not holds(place + content.decode("utf-8", "replace"), canary), (place, person)

    def nobody_in_anothers_draft(self) -> None:
        """No canary and no name of one stands in the draft of another, or in the group's part."""
        for file, text in self.drafts.items():
            for person, name in PEOPLE.items():
                if file == f"{person}.md":
                    continue
                for canary in (*CANARIES.get(person, ()), *name.split()):
                    assert not holds(text, canary), (file, person)


def holds(text: str, canary: str) -> bool:
    """Whether ``canary`` or one of its longer words stands in ``text``, in any case and with anything between."""
    flat = re.sub(r"[\W_]+", " ", text.casefold())
    whole = re.sub(r"[\W_]+", " ", canary.casefold())
    digits = re.sub(r"\D", "", canary)
    return whole in flat or (len(digits) > 4 and digits in re.sub(r"\D", "", text))


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """The group file of these people."""
    lines = ["[group]", 'name = "Canaries"']
    for person, name in PEOPLE.items():
        role = "facilitator" if person == "f" else "member"
        lines += ["[[people]]", f'id = "{person}"', f'role = "{role}"', f'name = "{name}"']
        lines += ["[people.consent]", "recording = 2026-01-10"]
    path = tmp_path / "group.toml"
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def run(assistant: Command, group: Path, tmp_path: Path) -> Callable[..., Run]:
    """Process the session, or what ``change`` makes of its lines."""

    def run(change: Callable[[str | None, str], tuple[str | None, str]] = lambda s, t: (s, t), first: str = "") -> Run:
        drafts, transcript = tmp_path / "drafts", tmp_path / "session.json"
        rows = [dict(zip(("speaker", "text"), change(speaker, text), strict=True)) for speaker, text in SAID]
        transcript.write_text(json.dumps({"utterances": rows}))
        ran = assistant("process", transcript, "--group", group, "--drafts", drafts, first=first)
        elsewhere = {
            **assistant.left_behind(),
            "standard output": ran.out.encode(),
            "standard error": ran.err.encode(),
            "file names": "\n".join(str(path) for path in tmp_path.rglob("*")).encode(),
        }
        written = drafts.glob("*") if drafts.exists() else ()
        return Run(ran, {path.name: path.read_text() for path in written}, elsewhere)

    return run


def unpunctuated(speaker: str | None, text: str) -> tuple[str | None, str]:
    """Return a line as a plain recogniser writes it."""
    return speaker, re.sub(r"[^\w' ]", "", text).lower()


def swapped(speaker: str | None, text: str) -> tuple[str | None, str]:
    """Return a line with two people taken for each other."""
    return {"m1": "m2", "m2": "m1"}.get(speaker or "", speaker), text


@pytest.mark.parametrize("change", [lambda s, t: (s, t), unpunctuated], ids=["as said", "lower case"])
def test_what_one_said_is_in_no_other_place(run: Callable[..., Run], change: Callable[..., object]) -> None:
    """All drafts are written, each member's own facts reach their own, and nothing of anybody is anywhere else."""
    done = run(change)

    assert done.ran.code == 0, done.ran.err
    assert set(done.drafts) == {"m1.md", "m2.md", "m3.md", "m4.md", "group.md"}
    done.nobody_in_anothers_draft()
    done.nobody_elsewhere()
    for person, canaries in CANARIES.items():
        assert any(holds(done.drafts[f"{person}.md"], canary) for canary in canaries), person


def test_facts_follow_the_voice_that_told_them(run: Callable[..., Run]) -> None:
    """With two people taken for each other, what one told reaches the other's draft at most, and never both."""
    done = run(swapped)

    assert done.ran.code == 0, done.ran.err
    for own in ("m1", "m2"):
        for canary in CANARIES[own]:
            assert not holds(done.drafts[f"{own}.md"], canary), own
    for person in ("m3", "m4"):
        for other in set(CANARIES) - {person}:
            assert not any(holds(done.drafts[f"{person}.md"], canary) for canary in CANARIES[other]), person
    done.nobody_elsewhere()


def test_what_an_unknown_voice_said_is_in_no_draft(run: Callable[..., Run]) -> None:
    """With every speaker unknown the drafts stand, and hold not one canary, not even of their readers."""
    done = run(lambda _, text: (None, text))

    assert done.ran.code == 0, done.ran.err
    assert set(done.drafts) == {"m1.md", "m2.md", "m3.md", "m4.md", "group.md"}
    for file, text in done.drafts.items():
        assert not any(holds(text, canary) for canaries in CANARIES.values() for canary in canaries), file
    done.nobody_elsewhere()


def test_a_failed_detector_withholds_and_tells_nothing(run: Callable[..., Run]) -> None:
    """What it was reading is in its message, and that is shown nowhere; what it could not read is in no draft."""
    done = run(first=FAILING_DETECTOR)

    assert done.ran.code == 0, done.ran.err
    for file, text in done.drafts.items():
        assert not any(holds(text, canary) for canaries in CANARIES.values() for canary in canaries), file
    done.nobody_elsewhere()


def test_a_crash_report_holds_no_word(run: Callable[..., Run]) -> None:
    """An unforeseen error says where it happened, in a file that holds nothing of the session; no draft is written."""
    done = run(first=FAILING_GATE)

    assert done.ran.code == 70
    assert len(done.ran.err.strip().splitlines()) == 1
    assert not done.drafts
    reports = [content for place, content in done.elsewhere.items() if "crash-" in place]
    assert len(reports) == 1
    assert b"RuntimeError" in reports[0]
    done.nobody_elsewhere()


def test_a_full_disk_leaves_nothing_behind(run: Callable[..., Run]) -> None:
    """One clear line, and not half a draft: neither in the folder nor anywhere else."""
    done = run(first=SMALL_DISK)

    assert "free some space" in done.ran.one_clear_line()
    assert not done.drafts
    done.nobody_elsewhere()
