"""Every fact goes to the person it is about, whoever says it; doubt goes to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.domain import Basis

if TYPE_CHECKING:
    from tests.privacy.conftest import Talk

pytestmark = pytest.mark.models

OUTSIDER = "outsider"


@pytest.mark.parametrize(
    ("speaker", "text", "fact", "owner"),
    [
        ("m1", "I've been on Prozac since June.", ("Prozac", "MEDICATION"), "m1"),
        ("m1", "They switched me to Prozac.", ("Prozac", "MEDICATION"), "m1"),
        ("m1", "My doctor says it's lupus.", ("lupus", "DIAGNOSIS"), "m1"),
        ("m1", "My doctor has lupus.", ("lupus", "DIAGNOSIS"), OUTSIDER),
        ("m1", "My wife has lupus and I'm worn out.", ("lupus", "DIAGNOSIS"), OUTSIDER),
        ("m1", "My son, Otto, he's eleven, he says I shout.", ("eleven", "AGE"), OUTSIDER),
        ("m1", "My son, Otto, he's eleven, he says I shout.", ("Otto", "PERSON"), OUTSIDER),
        ("m1", "We're staying with my aunt in Tamsworth, me and my girl.", ("Tamsworth", "LOCATION"), "m1"),
        ("m1", "My brother is staying with me, out in Tamsworth.", ("Tamsworth", "LOCATION"), "m1"),
        ("m1", "My mother calls me from Tamsworth.", ("Tamsworth", "LOCATION"), OUTSIDER),
        ("m1", "My wife left me in April.", ("April", "DATE"), "m1"),
        ("m1", "I'm Rafael Ortega, by the way.", ("Rafael Ortega", "PERSON"), "m1"),
        ("m1", "Wanda got fired from Holt Paper.", ("Holt Paper", "ORG"), "m2"),
        ("m1", "I saw Wanda at Rosie's on Sunday, completely drunk.", ("Sunday", "DATE"), "m2"),
        ("m1", "I saw Wanda at Rosie's on Sunday, completely drunk.", ("completely drunk", "SUBSTANCE"), "m2"),
        ("m1", "Wanda said she's on Prozac.", ("Prozac", "MEDICATION"), "m2"),
        ("m1", "I heard she's on Prozac, that Sunniva.", ("Sunniva", "PERSON"), "m5"),
        ("m1", "I heard Sunniva is using again.", ("using again", "SUBSTANCE"), "m5"),
        ("f", "Wanda, with your arrest last year this must be hard.", ("arrest", "LEGAL"), "m2"),
        ("m1", "My cousin said last night he'd hang himself.", ("he'd hang himself", "RISK_SELF"), OUTSIDER),
        ("m1", "He told me, I'm on parole.", ("on parole", "LEGAL"), None),
        ("m1", "Wanda's brother has lupus.", ("lupus", "DIAGNOSIS"), OUTSIDER),
        ("m1", "My ex shoved me down the stairs.", ("shoved me down the stairs", "ABUSE"), "m1"),
        ("m1", "My ex locked our boy in the shed.", ("locked our boy in the shed", "ABUSE"), OUTSIDER),
        ("m1", "Ten years ago I took the whole bottle.", ("took the whole bottle", "RISK_SELF"), "m1"),
        (
            "m1",
            "You can reach me at five five five, oh one nine nine.",
            ("five five five, oh one nine nine", "PHONE"),
            "m1",
        ),
        ("m1", "Somebody told me about an arrest.", ("arrest", "LEGAL"), None),
    ],
)
def test_owner(talk: Talk, speaker: str, text: str, fact: tuple[str, str], owner: str | None) -> None:
    """First person, kin, names, what is done to the speaker, encounters, quotations."""
    reading = talk.say(speaker, text, fact)
    assert [d.owner.code for d in reading.findings.disclosures] == [owner]


@pytest.mark.parametrize(
    ("speaker", "text", "fact", "owner"),
    [
        ("m1", "i've been on prozac since june and it helps", ("prozac", "MEDICATION"), "m1"),
        ("m1", "my wife has lupus and i'm worn out", ("lupus", "DIAGNOSIS"), OUTSIDER),
        ("m1", "i heard sunniva is using again", ("using again", "SUBSTANCE"), "m5"),
        ("m1", "my brother is staying with me out in tamsworth", ("tamsworth", "LOCATION"), "m1"),
    ],
)
def test_owner_without_capitals_or_stops(
    talk: Talk, speaker: str, text: str, fact: tuple[str, str], owner: str
) -> None:
    """Plain recogniser output is read the same way."""
    reading = talk.say(speaker, text, fact)
    assert [d.owner.code for d in reading.findings.disclosures] == [owner]


def test_a_repeated_fact_keeps_its_owner(talk: Talk) -> None:
    """What one member said of himself stays his when another repeats it without a word of self."""
    talk.say("m1", "I got laid off from Holt Paper.", ("Holt Paper", "ORG"))
    again = talk.say("m2", "Getting laid off from Holt Paper was unfair.", ("Holt Paper", "ORG"))
    assert again.findings.disclosures[0].owner.person == "m1"


def test_you_is_whoever_is_called(talk: Talk) -> None:
    """A called name decides whom "you" means, and the basis says so."""
    talk.say("m3", "I slept badly.")
    reading = talk.say("f", "Gordon, how is your Prozac working?", ("Prozac", "MEDICATION"))
    assert reading.addressed == "m4"
    assert reading.findings.disclosures[0].owner.person == "m4"
    assert reading.findings.disclosures[0].basis is Basis.ADDRESSED


def test_a_fragment_goes_on_with_the_speakers_story(talk: Talk) -> None:
    """A fragment continues its own speaker; thrown into another's story it is nobody's."""
    talk.say("f", "What happened?")
    talk.say("m1", "I lost my job at the mill, and it went downhill from there, one bill after the other.")
    thrown = talk.say("m2", "On March fourth.", ("March fourth", "DATE"))
    assert thrown.findings.disclosures[0].owner.code is None
    own = talk.say("m1", "On March ninth.", ("March ninth", "DATE"))
    assert own.findings.disclosures[0].owner.person == "m1"


def test_a_pronoun_that_may_be_two_people_is_nobody(talk: Talk) -> None:
    """Once somebody else has brought up another man, "he" no longer surely means the speaker's own brother."""
    talk.say("m1", "My brother moved in with me.")
    talk.say("m2", "My husband came back too.")
    reading = talk.say("m1", "He has lupus.", ("lupus", "DIAGNOSIS"))
    assert reading.findings.disclosures[0].owner.code is None


def test_nobody_owns_what_an_unknown_voice_says(talk: Talk) -> None:
    """Without a speaker only a roster name tells its owner."""
    reading = talk.say(None, "I'm on Prozac, and Wanda knows.", ("Prozac", "MEDICATION"), ("Wanda", "PERSON"))
    assert [d.owner.code for d in reading.findings.disclosures] == [None, "m2"]
    assert all(clause.about.code is None or clause.about.code == "m2" for clause in reading.clauses)


def test_every_decision_names_its_rule(talk: Talk) -> None:
    """An owner comes with a rule, and the rule holds no word of the speech."""
    reading = talk.say("m1", "My wife has lupus and I take Prozac.", ("lupus", "DIAGNOSIS"), ("Prozac", "MEDICATION"))
    for disclosure in reading.findings.disclosures:
        assert disclosure.why
        assert "lupus" not in disclosure.why
        assert "prozac" not in disclosure.why.lower()
