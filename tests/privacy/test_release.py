"""A note gets the reader's own clauses and nothing of anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import (
    FactSource,
    Group,
    KnownFact,
    PersonId,
    Release,
    UtteranceStatus,
    WithheldReason,
)
from assistant.privacy.release import release
from assistant.settings import Profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.privacy.conftest import Talk

pytestmark = pytest.mark.models

M1, M2, M3 = PersonId("m1"), PersonId("m2"), PersonId("m3")


def _note(talk: Talk, reader: str, profile: Profile = Profile.CHART) -> str:
    return " ".join(line.text for line in release(talk.readings, PersonId(reader), talk.group, profile).lines)


def _reasons(result: Release) -> set[WithheldReason]:
    return {w.reason for w in result.withheld}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I slept badly and my back hurts.", "I slept badly and my back hurts."),
        ("Like the lady who spoke before me, I can't go in a nursery either.", "I can't go in a nursery."),
        ("Same as him, two DUIs and counting.", "Two DUIs and counting."),
        ("Wanda, I sold the boat.", "I sold the boat."),
        ("Uh, Rafael Ortega, for the new people.", "Rafael Ortega."),
        ("I'm not sleeping, before you ask.", "I'm not sleeping."),
        ("Wanda said her lawyer thinks she'll lose custody.", ""),
        ("I saw Sunniva at Murphy's on Saturday, totally wasted.", ""),
        ("Wanda and I carpool, she told me about her test results.", ""),
        ("What she said about her brother, that's me with my mom.", ""),
        ("You two should get a coffee.", ""),
        ("We all know what that is.", ""),
        ("Our newest reminds me of my sister.", ""),
        ("I told them about the fire.", ""),
        ("I heard she's using again.", ""),
        ("The guy over there said it, I lost two fingers.", "I lost two fingers."),
        ("Yeah. Fair enough. Thanks.", ""),
        ("Is that okay?", ""),
        ("The last four are eight eight one nine, don't write that down.", ""),
        ("Keep this between us, I'm moving to Leeds.", ""),
    ],
)
def test_what_stays_of_an_utterance(talk: Talk, text: str, kept: str) -> None:
    """Comparisons, calls, quotes, pointing and requests are left out; what the member says of himself stays."""
    talk.say("f", "How are you?")
    talk.say("m1", text)
    assert _note(talk, "m1") == kept


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
def test_an_utterance_that_may_not_be_used(
    talk: Talk, status: UtteranceStatus, speaker: str | None, reason: WithheldReason
) -> None:
    """Suspect, struck, somebody else's, the facilitator's, nobody's: not one clause, and the reason is given."""
    talk.say(speaker, "I sold the boat in spring.", status=status)
    result = release(talk.readings, M1, talk.group)
    assert result.lines == ()
    assert _reasons(result) == {reason}


def test_contested_words_hold_their_clause(talk: Talk) -> None:
    """A word that may be somebody else's takes its clause with it, not the whole utterance."""
    talk.say("m1", "I sold the boat, and my sister moved in with me.", contested=[9])
    result = release(talk.readings, M1, talk.group)
    assert [line.text for line in result.lines] == ["I sold the boat."]
    assert _reasons(result) == {WithheldReason.CONTESTED}


def test_what_another_said_first_stays_out(talk: Talk) -> None:
    """A telling word or a fact first said by one member enters no other member's note; his own note keeps it."""
    talk.say("m1", "I grew up by the cannery on Pikeman Street.", ("Pikeman Street", "ADDRESS"))
    talk.say(
        "m2", "I walked past the cannery. I walked down Pikeman Street. I slept well.", ("Pikeman Street", "ADDRESS")
    )
    assert _note(talk, "m2") == "I slept well."
    assert "cannery" in _note(talk, "m1")


def test_a_word_of_ones_own_may_be_used_again(talk: Talk) -> None:
    """Who said it first goes on using it, even after another took it up."""
    talk.say("m1", "I worked at the cannery.")
    talk.say("m2", "The cannery, oh yes.")
    talk.say("m1", "I miss the cannery.")
    assert _note(talk, "m1") == "I worked at the cannery. I miss the cannery."


def test_a_slip_of_the_facilitator_gives_nothing_to_others(talk: Talk) -> None:
    """What the facilitator says of one member is that member's to repeat and nobody else's."""
    talk.say("f", "Wanda, with your miscarriage this must be hard.", ("miscarriage", "FAMILY"))
    talk.say("m1", "I read about miscarriage once.")
    talk.say("m2", "I never talked about the miscarriage.", ("miscarriage", "FAMILY"))
    assert "miscarriage" not in _note(talk, "m1")
    assert "miscarriage" in _note(talk, "m2")


def test_a_fact_the_facilitator_knows_of_another_stays_out(talk: Talk) -> None:
    """Words of a private fact count as another's even when nobody has said them yet."""
    facts = (KnownFact(M2, "arrested for shoplifting in Carver", FactSource.INTAKE),)
    talk.group = Group("g", "psychotherapy", talk.group.part2, talk.group.people, facts)
    talk.say("m1", "I read about shoplifting in Carver.")
    assert _note(talk, "m1") == ""


def test_outsiders_become_relation_words(talk: Talk) -> None:
    """A relative keeps the relation and loses name, age and illness; the member's own facts stay."""
    talk.say(
        "m1",
        "I'm forty. My son, Otto, he's eleven, he says I should get a dog. Otto's teacher called me at work.",
        ("forty", "AGE"),
        ("eleven", "AGE"),
        ("Otto", "PERSON"),
    )
    note = _note(talk, "m1")
    assert "forty" in note
    assert "My son, he's [age], he says I should get a dog." in note
    assert "otto" not in note.lower()
    assert "eleven" not in note


def test_an_outsider_of_ninety_is_ninety_or_older(talk: Talk) -> None:
    """An age over 89 is generalised (45 CFR 164.514(b)(2)(i)(C))."""
    talk.say("m1", "My dad's ninety-two and he lives with me.", ("ninety-two", "AGE"))
    note = _note(talk, "m1")
    assert "90 or older" in note
    assert "ninety-two" not in note


def test_a_condition_about_somebody_else_leaves_a_mark(talk: Talk) -> None:
    """A threat is not made unconditional by leaving out its condition, and an unclear "him" becomes "someone"."""
    talk.say("m2", "My boyfriend locked my boy in the shed.")
    talk.say(
        "m1",
        "If he comes near that kid again I'll put him in the ground.",
        ("I'll put him in the ground", "RISK_OTHER"),
    )
    assert _note(talk, "m1") == "[…] I'll put someone in the ground."


def test_the_minimum_profile_takes_contact_details_out(talk: Talk) -> None:
    """Under the minimum profile the reader's own number goes too; in the chart it stays."""
    talk.say("m1", "My number is five five five, oh one nine nine.", ("five five five, oh one nine nine", "PHONE"))
    assert "oh one nine nine" in _note(talk, "m1")
    assert _note(talk, "m1", Profile.MINIMUM) == "My number is [phone number]."


def test_a_failed_detector_withholds(talk: Talk) -> None:
    """An utterance that was not fully read enters no note."""
    talk.say("m1", "I sold the boat." + " x" * 12_000)
    assert release(talk.readings, M1, talk.group).lines == ()
    assert _reasons(release(talk.readings, M1, talk.group)) == {WithheldReason.DETECTOR_FAILED}


def test_inclusion_does_not_need_detection(talk: Talk) -> None:
    """With no detector finding anything, no fact of one member stands in another's note."""
    talk.say("m1", "I'm Rafael, I drive for Quillon Haulage, my wife left in April and I take Prozac.")
    talk.say("m2", "That's hard, Rafael. Prozac made me sick too. And losing Quillon would kill you.")
    talk.say("m3", "Like Rafa, I'm tired. His wife leaving in April, God. I drink at night.")
    talk.say("m2", "What he said about Quillon, my cousin drove for them.")
    for reader in ("m2", "m3", "m4"):
        note = _note(talk, reader).lower()
        for secret in ("rafa", "quillon", "prozac", "wife", "april"):
            assert secret not in note
    assert "I drink at night." in _note(talk, "m3")


_PIECES = st.sampled_from(
    [
        "I slept badly",
        "my sister moved out",
        "Wanda told me everything",
        "same as her",
        "you know what I mean",
        "he left in March",
        "I work nights at Holt Paper",
        "the guy over there is right",
        "keisha's boy is sick",
        "we all do",
        "don't write that down",
        "thanks",
        "because they never call me",
        "I told RAFAEL to go",
    ]
)


@settings(max_examples=40, deadline=None)
@given(
    turns=st.lists(
        st.tuples(st.sampled_from(["m1", "m2", "m3", "f", None]), st.lists(_PIECES, min_size=1, max_size=4)), max_size=5
    )
)
def test_every_clause_is_released_or_withheld_once(
    circle: Group, new_talk: Callable[[], Talk], turns: list[tuple[str | None, list[str]]]
) -> None:
    """For every reader each clause has one fate; what is released was said by the reader and names nobody else."""
    talk = new_talk()
    for speaker, pieces in turns:
        talk.say(speaker, ", ".join(pieces) + ".")
    every = sorted((r.utterance.id, c.span) for r in talk.readings for c in r.clauses)
    said_by = {r.utterance.id: r.utterance.speaker for r in talk.readings}
    for reader in (M1, M2, M3):
        result = release(talk.readings, reader, circle)
        fates = [(line.utterance, s) for line in result.lines for s in line.spans]
        fates += [(w.utterance, w.span) for w in result.withheld]
        assert sorted(fates) == every
        assert all(said_by[line.utterance] == reader for line in result.lines)
        own = {w.lower() for p in circle.people if p.id == reader for w in (*p.name.split(), *p.aliases)}
        others = {w.lower() for p in circle.people for w in (*p.name.split(), *p.aliases)} - own
        spoken = {w.strip(".,?!…[]").removesuffix("'s").lower() for line in result.lines for w in line.text.split()}
        assert not spoken & others


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from(
        ["Wanda", "Pruitt", "Wanda Pruitt", "Keisha", "Monroe", "Rafa", "Sunniva", "Dahl", "Gordon Blythe"]
    ),
    casing=st.sampled_from([str.lower, str.upper, str.title, str.swapcase]),
    frame=st.sampled_from(
        [
            "I rang {} and slept badly.",
            "I slept badly, {}.",
            "I slept at {}'s place.",
            "{} and I slept badly.",
            "I slept, um, like {} does.",
        ]
    ),
)
def test_no_roster_name_survives(
    circle: Group, new_talk: Callable[[], Talk], name: str, casing: Callable[[str], str], frame: str
) -> None:
    """However a name is cased and wherever it stands, no other member's note line carries it."""
    talk = new_talk()
    talk.say("m1" if not name.startswith("Rafa") else "m2", frame.format(casing(name)))
    reader = M1 if not name.startswith("Rafa") else M2
    note = " ".join(line.text for line in release(talk.readings, reader, circle).lines).lower()
    assert not any(part in note for part in name.lower().split())
