"""What stands around words of risk: the sentence before, another turn, another person, a past that has not ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.domain import Assertion, DisclosureType, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain import Alert
    from assistant.privacy.parse import Parse
    from tests.alerts.conftest import Room  # for the type checker alone


class Resembles:
    """Finds that a whole text resembles language of risk, as sure as it is told."""

    name = "meaning"

    def __init__(self, share: float, reason: str = "t2 meaning weak") -> None:
        self._share = share
        self._reason = reason

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return one mention."""
        kind = DisclosureType.RISK_SELF if self._reason[0] == "t" else DisclosureType.ABUSE
        return [Mention(Span(0, len(parse.text)), kind, self._share, self.name, self._reason, Assertion.AFFIRMED)]


def levels(alerts: tuple[Alert, ...]) -> dict[str, str]:
    """Level of each kind."""
    return {a.kind.value: a.level.value for a in alerts}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("When I was nineteen I was in a bad way. I cut my wrists.", "risk_self"),
        ("I was fifteen. It was winter. I took all the pills to kill myself.", "risk_self"),
        ("Back in college it was bad. I tried to hang myself.", "risk_self"),
        ("That was twenty years ago. My husband punched me in the face.", "abuse_adult"),
    ],
)
def test_a_telling_of_long_ago_goes_on_over_the_full_stop(words: str, kind: str, room: Room) -> None:
    """The time is said once; the act stands in the next sentence."""
    assert levels(room.say("m1", words))[kind] == "A2"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("When I was nineteen I was in a bad way. Now I want to kill myself.", "risk_self"),
        ("I was fifteen when it began. I cut my wrists on Friday.", "risk_self"),
        ("When I was a kid he hit me. He hits my mom.", "abuse_adult"),
        ("Years ago I was happy. I have a gun and I am going to shoot myself.", "risk_self"),
    ],
)
def test_what_comes_back_to_the_present_is_not_past(words: str, kind: str, room: Room) -> None:
    """A present tense or a time that just was ends the telling."""
    found = levels(room.say("m1", words))

    assert found.get(kind, found.get("abuse_child")) == "A1"


@pytest.mark.parametrize(
    "words", ["If I had stayed I would have killed him", "I'd have punched him", "I'd kill him, if that was my kid"]
)
def test_a_threat_that_was_never_in_question_is_quiet(words: str, room: Room) -> None:
    """What would have been done, or what one would do in another's place."""
    assert levels(room.say("m1", words)).get("risk_other", "A3") >= "A2"


@pytest.mark.parametrize(
    "words", ["I would have killed him last night", "If he comes near my kids again I'll kill him"]
)
def test_a_threat_of_last_night_or_of_the_next_time_is_a_banner(words: str, room: Room) -> None:
    """Only yesterday, or still to come."""
    assert levels(room.say("m1", words))["risk_other"] == "A1"


def test_what_somebody_did_to_himself_is_not_the_speakers_risk(room: Room) -> None:
    """Whoever the "himself" is: quiet."""
    assert levels(room.say("m1", "One of the lads in my unit hanged himself"))["risk_self"] == "A2"


def test_an_ended_harm_is_quiet_and_a_childs_tantrum_is_none(room: Room) -> None:
    """The first was left long ago, the second is two years old."""
    ended = room.say("m1", "My husband broke my jaw. I left him thirty years ago and he's dead now.")
    tantrum = room.say("m1", "The little one bit me and then he kissed it better")

    assert (levels(ended)["abuse_adult"], levels(tantrum)) == ("A2", {})


def test_who_hurt_somebody_once_and_is_near_a_child_now_is_a_matter_of_the_child(room: Room) -> None:
    """Both kinds are shown."""
    alerts = room.say("m1", "He used to beat me black and blue. And now he's around Ella, she's six.")

    assert levels(alerts).get("abuse_child") == "A1"


@pytest.mark.parametrize(("shares", "level"), [((0.88, 0.88), "A1"), ((0.76, 0.76), "A2")])
def test_two_resemblances_in_one_persons_turns_are_a_banner_when_sure_together(
    shares: tuple[float, float], level: str, room: Room
) -> None:
    """Each alone is for the side panel."""
    first, second = (room.say("m1", "said so", detectors=(Resembles(share),)) for share in shares)

    assert (levels(first), levels(second)) == ({"risk_self": "A2"}, {"risk_self": level})


def test_resemblances_of_two_people_or_of_two_kinds_do_not_add_up(room: Room) -> None:
    """What one says is no proof of what another means."""
    room.say("m1", "said so", detectors=(Resembles(0.88),))
    other_person = room.say("m2", "said so", detectors=(Resembles(0.88),))
    other_kind = room.say("m1", "said so", detectors=(Resembles(0.88, "child meaning weak"),))

    assert (levels(other_person), levels(other_kind)) == ({"risk_self": "A2"}, {"abuse_child": "A2"})
