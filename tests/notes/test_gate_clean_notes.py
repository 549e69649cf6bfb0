"""Clean notes are not refused: a gate that stops everything protects nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assistant.notes.gate import Gate
from assistant.notes.markdown import render

if TYPE_CHECKING:
    from collections.abc import Callable

OTHERS = [
    "f: Good evening. Who would like to start? How did the week go?",
    "m2: I'm [[PERSON:m2|Tobias]]. I drive for [[ORG:m2|Parkline]] and my shifts were long this week.",
    "m3: My daughter [[PERSON:*m3|Daisy]] had a fever, so I barely slept. I take [[MEDICATION:m3|Zoloft]].",
    "m4: I got [[LEGAL:m4|a second DUI]] in [[DATE:m4|October]]. I am scared, and I am ashamed of it.",
    "m5: We lost the apartment on [[ADDRESS:m5|two sixty Delancey Road]]. My boyfriend [[PERSON:*m5|Dario]] yells.",
    "f: Thank you all. What would help you tonight? Let's practise breathing together.",
    "m2: My wife and I split up. I don't know what to do with the evenings.",
    "m3: I feel like I am failing my kids, and my mom keeps calling me at work.",
]

CLEAN = [
    "I'm [[PERSON:m1|Priscilla Okonkwo]], but [[PERSON:m1|Cilla]] is fine.",
    "I'm [[AGE:m1|thirty-four]], and I wait tables at [[ORG:m1|Lakeside Diner]] in [[LOCATION:m1|Millbrook]].",
    "My doctor says it's [[DIAGNOSIS:m1|panic disorder]], and she put me on [[MEDICATION:m1|sertraline]].",
    "I lost it twice at work, full on shaking, in the walk-in fridge.",
    "My sister has been [[SUBSTANCE:*m1|drinking again]], and every time the phone rings I freeze.",
    "We split up [[DATE:m1|in June]], and the evenings are the hardest part.",
    "I've been [[SUBSTANCE:m1|sober for ninety days]] and I still dream about it.",
    "I slept four hours a night, maybe five, and I was late for my shift twice.",
    "My number is [[PHONE:m1|five five five, oh one two three]], if the office needs it.",
    "I have a court date on [[DATE:m1|the fifth of May]], about custody.",
    "I hope it gets better, and I will keep trying.",
    "I may have to move back in with my parents, and I hate that.",
    "My mom keeps calling me at work, and I let it ring.",
    "I feel like I am failing everybody at home.",
    "I went to two meetings and I called my sponsor on [[DATE:m1|Tuesday]].",
    "I got [[WORK:m1|laid off]] from the plant after eleven years.",
    "My husband found the bottle in the garage, and he just looked at me.",
    "Since the funeral I can't walk past the kitchen without crying.",
    "I said no to my brother for the first time in my life, and I felt awful and proud.",
    "The breathing helps a bit, mostly in the car before I go in.",
    "I used to paint. I found my brushes last week and cleaned every one of them.",
    "Sometimes I want to disappear, but I would not do anything, I have my kids.",
    "I took [[RISK_SELF:m1|a whole bottle of pills]] ten years ago, never again.",
    "I am scared of my own temper; I threw a plate at the wall and it broke.",
    "I've had [[DIAGNOSIS:m1|Crohn's disease]] since I was twenty, and the flare-ups ruin my sleep.",
    "My [age] son told [place] about it, and someone called [organisation].",
    "She moved out, took the dog, and left me the bills.",
    "I'm the only firefighter on nights, so nobody at the station sleeps when I don't.",
    "Honestly, I don't know what to do with my hands when I'm not smoking.",
    "You know, you wake up and you just don't want to get up.",
    "My insurance denied it again, and I spent nine hundred dollars on my teeth.",
    "I want to be able to sit at the table with my dad and not shake.",
]


def test_text_without_case_or_marks_passes(told: Callable[..., Any]) -> None:
    """Recognised text may have neither capitals nor apostrophes: "dont" is no rare word that two people share."""
    scene = told(
        ["m2: i dont sleep and i cant eat", "m3: thats how it is i wouldnt know", "m1: i dont see why i cant thats all"]
    )
    assert Gate().check(scene.note("m1", 2), scene.context("m1")) == ()


@pytest.mark.parametrize("line", CLEAN)
def test_a_clean_line_passes(told: Callable[..., Any], line: str) -> None:
    """A member's own fact, said among four others who tell theirs, raises no finding at all, in the note or as text."""
    scene = told([*OTHERS, f"m1: {line}"])
    number = len(OTHERS)
    spoken = scene.utterances[number].text
    if "[" in spoken:
        # Placeholders come from redaction, not from speech.
        scene = told([*OTHERS, "m1: My nine year old son told Pell about it, and Marge called Parrish."])
        spoken = line
    note, context = scene.note("m1", (spoken, number)), scene.context("m1")
    assert Gate().check(note, context) == ()
    assert Gate().check_text(render(note), context) == ()


def test_a_whole_clean_note_passes(told: Callable[..., Any]) -> None:
    """All of them in one note."""
    lines = [line for line in CLEAN if "[" not in line.replace("[[", "")]
    scene = told([*OTHERS, *(f"m1: {line}" for line in lines)])
    first = len(OTHERS)
    note = scene.note("m1", *range(first, first + len(lines)))
    assert Gate().check(note, scene.context("m1")) == ()
