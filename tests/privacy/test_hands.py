"""What a clinician lets in or keeps out of a note: beside the rules, never past redaction or another's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.domain import DisclosureType, PersonId, Span, UtteranceId, UtteranceStatus, WithheldReason
from assistant.privacy.analysis import Analyst
from assistant.privacy.detection import Detector
from assistant.privacy.hands import Dismissed, Hands, folded, on_roster
from assistant.privacy.recognisers.roster import RosterRecogniser
from assistant.privacy.release import release

if TYPE_CHECKING:
    from assistant.domain import Group, Release
    from assistant.privacy.nlp import Language
    from tests.privacy.conftest import Talk

pytestmark = pytest.mark.models

M1, M2 = PersonId("m1"), PersonId("m2")


def _text(result: Release) -> str:
    return " ".join(line.text for line in result.lines)


def _let_in(talk: Talk, reader: PersonId = M1) -> Release:
    """Release every clause that the rules withhold from a reader."""
    held = release(talk.readings, reader, talk.group).withheld
    return release(
        talk.readings, reader, talk.group, hands=Hands(frozenset((w.utterance, w.span) for w in held), frozenset())
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It was a long winter on the farm.", WithheldReason.NOT_ABOUT_THEM),
        ("Our newest reminds me of my sister.", WithheldReason.OTHER_PARTICIPANT),
        ("Keep this between us, I'm moving to Leeds.", WithheldReason.ASKED_NOT_TO),
        ("Yeah, fair enough.", WithheldReason.NO_CONTENT),
    ],
)
def test_a_clause_of_the_readers_own_is_let_in(talk: Talk, text: str, reason: WithheldReason) -> None:
    """A hand sets the rule aside: the words stand in a line that says so, and nothing of them is withheld any more."""
    talk.say("m1", text)
    assert reason in {w.reason for w in release(talk.readings, M1, talk.group).withheld}
    found = _let_in(talk)
    assert found.lines
    assert all(line.by_hand for line in found.lines)
    assert not found.withheld


def test_what_the_rules_release_is_not_by_hand(talk: Talk) -> None:
    """A hand that lets in what is in already changes nothing."""
    reading = talk.say("m1", "I slept badly and my back hurts.")
    hands = Hands(frozenset({(reading.utterance.id, Span(0, len(reading.utterance.text)))}))
    assert release(talk.readings, M1, talk.group, hands=hands) == release(talk.readings, M1, talk.group)


def test_redaction_runs_inside_what_a_hand_lets_in(talk: Talk) -> None:
    """Another member's name and fact are replaced in a released clause, and each replacement says by whom."""
    talk.say("m1", "Wanda said she takes lithium.", ("Wanda", "PERSON"), ("lithium", "MEDICATION"))
    assert not release(talk.readings, M1, talk.group).lines
    found = _let_in(talk)
    text = _text(found)
    assert found.lines
    assert "Wanda" not in text
    assert "lithium" not in text
    whats = {r.type: r for line in found.lines for r in line.replacements}
    assert whats[DisclosureType.MEDICATION].detector == "marked"
    assert whats[DisclosureType.MEDICATION].text == "[health detail removed]"
    assert whats[DisclosureType.PERSON].rule == "roster-name"


def test_a_name_that_no_detector_found_keeps_the_clause_out(talk: Talk) -> None:
    """Where another member's name would stand in the line, nothing is let in: redaction could not be proved."""
    talk.say("m1", "Everything on the Blythe farm was frozen.")
    found = _let_in(talk)
    assert "Blythe" not in _text(found)
    assert {w.reason for w in found.withheld} <= {WithheldReason.REDACTION_FAILED} or not found.withheld


@pytest.mark.parametrize(
    ("status", "speaker", "reason"),
    [
        (UtteranceStatus.SUSPECT, "m1", WithheldReason.SUSPECT),
        (UtteranceStatus.STRUCK, "m1", WithheldReason.STRUCK),
        (UtteranceStatus.CLEAR, "m2", WithheldReason.NOT_THE_SPEAKER),
        (UtteranceStatus.CLEAR, "f", WithheldReason.FACILITATOR),
        (UtteranceStatus.CLEAR, None, WithheldReason.UNKNOWN_SPEAKER),
    ],
)
def test_nobody_elses_words_are_let_in(
    talk: Talk, status: UtteranceStatus, speaker: str | None, reason: WithheldReason
) -> None:
    """Words that are not surely the reader's, or were never said for sure, stay out whatever a hand says."""
    talk.say(speaker, "I sold the boat.", status=status)
    found = _let_in(talk)
    assert not found.lines
    assert {w.reason for w in found.withheld} == {reason}


def test_contested_words_are_not_let_in(talk: Talk) -> None:
    """A clause with a word of nobody's stays out; naming the speaker is the way."""
    talk.say("m1", "I sold the boat last week.", contested=[2])
    found = _let_in(talk)
    assert not found.lines
    assert WithheldReason.CONTESTED in {w.reason for w in found.withheld}


def test_what_cannot_be_proved_takes_nothing_with_it(talk: Talk) -> None:
    """A released clause with another's name leaves the clauses of the rules where they were."""
    talk.say("m1", "I slept badly. The Blythe place was loud.")
    before = release(talk.readings, M1, talk.group)
    assert "I slept badly." in _text(before)
    after = _let_in(talk)
    assert "I slept badly." in _text(after)
    assert "Blythe" not in _text(after)


def test_a_hidden_clause_is_withheld_as_hidden(talk: Talk) -> None:
    """Words that the rules released go where a hand keeps them out, and the reason says so."""
    reading = talk.say("m1", "I slept badly. I sold the boat.")
    text = reading.utterance.text
    hidden = Hands(hidden=frozenset({(reading.utterance.id, Span(0, len("I slept badly.")))}))
    found = release(talk.readings, M1, talk.group, hands=hidden)
    assert _text(found) == "I sold the boat."
    assert {w.reason for w in found.withheld} == {WithheldReason.HIDDEN_BY_HAND}
    both = Hands(frozenset({(reading.utterance.id, Span(0, len(text)))}), hidden.hidden)
    assert _text(release(talk.readings, M1, talk.group, hands=both)) == "I sold the boat."


def test_hidden_words_leave_a_mark(talk: Talk) -> None:
    """A part of a clause is left out with a mark in its place, and is listed as replaced by hand."""
    reading = talk.say("m1", "I sold the boat last week.")
    at = reading.utterance.text.index("last week")
    hidden = Hands(hidden=frozenset({(reading.utterance.id, Span(at, at + len("last week")))}))
    found = release(talk.readings, M1, talk.group, hands=hidden)
    assert "last week" not in _text(found)
    assert "[…]" in _text(found)
    assert [r.rule for line in found.lines for r in line.replacements] == ["hidden-by-hand"]


def test_hands_of_another_utterance_do_nothing(talk: Talk) -> None:
    """A decision counts at its own place alone."""
    talk.say("m1", "I slept badly and my back hurts.")
    elsewhere = Hands(hidden=frozenset({(UtteranceId("u9"), Span(0, 30))}))
    assert release(talk.readings, M1, talk.group, hands=elsewhere) == release(talk.readings, M1, talk.group)


def test_a_dismissed_name_is_read_as_a_word(circle: Group, language: Language, talk: Talk) -> None:
    """What a person said is no name here refers to nobody, and redaction lets it stand; elsewhere it still is one."""
    said = talk.say("m1", "I sold the Monroe, my old boat.")
    at = said.utterance.text.index("Monroe")
    place = Span(at, at + len("Monroe"))
    assert "Monroe" not in _text(release(talk.readings, M1, circle))
    analyst = Analyst(language, Detector([]), circle, RosterRecogniser(circle))
    reading = analyst.read(said.utterance, (), Dismissed(((place, DisclosureType.PERSON),)))
    assert "Monroe" in _text(release([reading], M1, circle))


def test_what_is_remembered_reads_the_same(circle: Group, language: Language, talk: Talk) -> None:
    """Parses that are kept change nothing that is read."""
    said = [talk.say("m1", "I sold the boat."), talk.say("m2", "My sister lives in Leeds."), talk.say("m1", "Me too.")]
    analyst = Analyst(language, Detector([]), circle).remembering()
    plain = Analyst(language, Detector([]), circle)
    for at, reading in enumerate(said):
        expected = plain.read(reading.utterance, said[:at])
        assert analyst.read(reading.utterance, said[:at]) == expected
        assert analyst.read(reading.utterance, said[:at]) == expected


def test_words_are_dismissed_by_their_folded_form_but_no_roster_name(circle: Group) -> None:
    """A word of the group is found however it is written; a part of anybody's name or alias is known as one."""
    dismissed = Dismissed(words=frozenset({(folded("the  Corner"), DisclosureType.LOCATION)}))
    text = "We met at the corner."
    assert dismissed.holds(text, Span(10, 20), DisclosureType.LOCATION)
    assert not dismissed.holds(text, Span(10, 20), DisclosureType.ORG)
    assert on_roster("Rafa", circle)
    assert on_roster("old Monroe's", circle)
    assert not on_roster("Corner", circle)
