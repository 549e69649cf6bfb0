"""Clinical facts and life events are found as a person marks them, with or without case and punctuation."""

from __future__ import annotations

import pytest

from assistant.domain import Assertion
from assistant.privacy.clinical_detectors import clinical_detectors
from assistant.privacy.parse import Parse

DETECTORS = clinical_detectors()


def found(text: str) -> set[tuple[str, str]]:
    """(type, words) of everything the clinical detectors find."""
    return {(m.type.value, m.span.of(text)) for d in DETECTORS for m in d.detect(Parse(text, ()))}


def bare(text: str) -> str:
    """Lower case, no punctuation."""
    return "".join(c for c in text.lower() if c.isalnum() or c in " '")


MARKED = [
    ("They put me on mirtazapine last month", "MEDICATION", "mirtazapine"),
    ("I'm off my Seroquel again", "MEDICATION", "Seroquel"),
    ("She takes two ibuprofen for it", "MEDICATION", "ibuprofen"),
    ("I'm on the patch now", "MEDICATION", "the patch"),
    ("He switched me to trazadone", "MEDICATION", "trazadone"),
    ("I started taking gaba pentin", "MEDICATION", "gaba pentin"),
    ("I've got PTSD from it", "DIAGNOSIS", "PTSD"),
    ("He has Crohn's disease", "DIAGNOSIS", "Crohn's disease"),
    ("I was diagnosed with depression", "DIAGNOSIS", "depression"),
    ("They told me it's borderline personality disorder", "DIAGNOSIS", "borderline personality disorder"),
    ("My mother has type two diabetes", "DIAGNOSIS", "type two diabetes"),
    ("I had a stroke in the spring", "DIAGNOSIS", "a stroke"),
    ("I relapsed on Friday", "SUBSTANCE", "relapsed"),
    ("He's using again", "SUBSTANCE", "using again"),
    ("I'm ninety days clean today", "SUBSTANCE", "ninety days clean today"),
    ("I've been clean for two years", "SUBSTANCE", "clean for two years"),
    ("I'm back on the pills", "SUBSTANCE", "back on the pills"),
    ("I slipped this weekend", "SUBSTANCE", "slipped"),
    ("I fell off the wagon", "SUBSTANCE", "fell off the wagon"),
    ("He was smoking crack in the car", "SUBSTANCE", "smoking crack"),
    ("I finished a whole bottle of wine", "SUBSTANCE", "finished a whole bottle of wine"),
    ("We split up in May", "FAMILY", "We split up"),
    ("I filed for divorce", "FAMILY", "filed for divorce"),
    ("She miscarried twice", "FAMILY", "miscarried"),
    ("I lost custody", "FAMILY", "lost custody"),
    ("He had an affair", "FAMILY", "an affair"),
    ("I'm pregnant", "FAMILY", "pregnant"),
    ("My brother was killed in March", "FAMILY", "My brother was killed"),
    ("They got taken into care", "FAMILY", "They got taken into care"),
    ("She married a guy for the visa", "FAMILY", "married a guy"),
    ("He got released on Monday", "LEGAL", "got released on Monday"),
    ("There's an inquest in May", "LEGAL", "inquest"),
    ("She went bankrupt last year", "LEGAL", "bankrupt"),
    ("Social services took my baby", "LEGAL", "Social services took my baby"),
    ("I am waiting for asylum", "LEGAL", "asylum"),
    ("He has Down's and I look after him", "DIAGNOSIS", "Down's"),
    ("He died in ninety of AIDS", "DIAGNOSIS", "AIDS"),
    ("I've got a prolapse", "DIAGNOSIS", "prolapse"),
    ("He fell over with the drink", "SUBSTANCE", "the drink"),
    ("Forty days, no vodka", "SUBSTANCE", "Forty days, no vodka"),
    ("I grew up in foster care", "FAMILY", "foster care"),
    ("My court date is coming", "LEGAL", "court date"),
    ("I got two DUIs", "LEGAL", "two DUIs"),
    ("I'm on probation", "LEGAL", "probation"),
    ("She got a restraining order", "LEGAL", "restraining order"),
    ("I was arrested for shoplifting", "LEGAL", "arrested for shoplifting"),
    ("There was a disciplinary hearing", "WORK", "disciplinary hearing"),
    ("I got demoted", "WORK", "demoted"),
    ("I came out to my parents", "SEXUALITY", "came out to my parents"),
    ("My son is gay", "SEXUALITY", "gay"),
]


@pytest.mark.parametrize("form", [str, bare], ids=["written", "bare"])
@pytest.mark.parametrize(("text", "kind", "words"), MARKED, ids=[text for text, _, _ in MARKED])
def test_a_fact_is_marked_as_a_person_marks_it(text: str, kind: str, words: str, form: type[str]) -> None:
    """The noun of an illness or a medicine, the short phrase of an event."""
    assert (kind, form(words)) in found(form(text))


@pytest.mark.parametrize("form", [str, bare], ids=["written", "bare"])
@pytest.mark.parametrize(
    "text",
    [
        "I felt so depressed all week",
        "I'm anxious about it, my anxiety is up",
        "I had a coffee and it helped",
        "Speed is not my thing",
        "There's a pot by the door",
        "My joints hurt and so does my back",
        "Ice on the road, I slipped on it",
        "Can I have a coke with that",
        "The crack in the wall is back",
        "We mowed the grass",
        "He's a dope drummer",
        "I separated the eggs",
        "She was fully engaged in class",
        "Stay engaged with the exercise",
        "The sun came out to greet us",
        "I got laid off in June",
        "My wife and my sister were there",
        "The court was closed so we played tennis indoors",
        "I nearly had a heart attack when the phone rang",
        "I lost my keys",
        "My hearing aids died",
        "My brother died in March",
        "The new phone was released",
        "He left me waiting by the door",
        "The drink machine is broken",
        "I saw a lawyer joke on television",
        "He took care of the garden",
        "We took the pill bottle to the trash",
        "I did some weeding",
        "It slipped my mind",
        "I got high marks",
        "That was a waste of time and I hate wasted time",
    ],
)
def test_everyday_words_are_no_facts(text: str, form: type[str]) -> None:
    """Moods, symptoms, kin, lost jobs, and words with a second meaning."""
    assert found(form(text)) == set()


@pytest.mark.parametrize(
    ("text", "words", "assertion"),
    [
        ("I have bipolar disorder", "bipolar disorder", Assertion.AFFIRMED),
        ("I don't have bipolar disorder", "bipolar disorder", Assertion.NEGATED),
        ("my sister has bipolar disorder", "bipolar disorder", Assertion.OTHER),
        ("my sister says I have bipolar disorder", "bipolar disorder", Assertion.AFFIRMED),
        ("if I had bipolar disorder I'd know", "bipolar disorder", Assertion.HYPOTHETICAL),
        ("I used to take lithium", "lithium", Assertion.PAST),
        ("my doctor put me on lithium", "lithium", Assertion.AFFIRMED),
        ("ten years ago I was on lithium", "lithium", Assertion.PAST),
        ("I'm not sleeping and I'm on lithium", "lithium", Assertion.AFFIRMED),
        ("I didn't sleep but the lithium helps", "lithium", Assertion.AFFIRMED),
    ],
)
@pytest.mark.parametrize("form", [str, bare], ids=["written", "bare"])
def test_how_a_fact_is_asserted(text: str, words: str, assertion: Assertion, form: type[str]) -> None:
    """ConText's readings, with their scope ended by a new subject where punctuation is missing."""
    text = form(text)
    mentions = [m for d in DETECTORS for m in d.detect(Parse(text, ())) if m.span.of(text) == words]

    assert [m.assertion for m in mentions] == [assertion]


def test_offsets_survive_fillers_stutters_and_typographic_marks() -> None:
    """What is dropped for reading is still there in the text that the span points into."""
    text = "And I, I, um, I don’t want to — well… I was, uh, diagnosed with, like, bipolar disorder."  # noqa: RUF001 - typographic

    assert ("DIAGNOSIS", "bipolar disorder") in found(text)
