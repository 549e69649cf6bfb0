"""Consents to a release, and the log of what left, which outlives what it is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.domain import PersonId
from assistant.errors import VaultError
from assistant.handout import HandOut, Recipient, ReleaseConsent
from assistant.store.audit import Action
from assistant.store.erasure import erase_member, erase_session, readmit
from assistant.store.holds import Holds
from assistant.store.receipts import Destroyed
from assistant.store.retention import Retention, RetentionPolicy
from assistant.store.reviews import Reviews
from assistant.store.roster_rows import group_key

if TYPE_CHECKING:
    from assistant.domain import Group, Session
    from assistant.store.sessions import Sessions
    from tests.store.conftest import SetClock
    from tests.store.sessions.conftest import Search

M1, M2 = PersonId("m1"), PersonId("m2")
TOLD = dt.datetime(2026, 3, 4, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def reviews(sessions: Sessions) -> Reviews:
    """What reviews keep in a vault with one session."""
    return Reviews(sessions.vault)


def consent(discloser: str = "Evening axolotl clinic") -> ReleaseConsent:
    """A consent to a payer."""
    return ReleaseConsent(
        0, discloser=discloser, kinds=(Recipient.PAYER,), expires=dt.date(2027, 1, 1), signed_on=dt.date(2026, 1, 1)
    )


def line(member: PersonId = M1, to: str = "Capybara Health", *, accountable: bool = True) -> HandOut:
    """A line of the log."""
    return HandOut(0, TOLD, "ann", member, "a1b2c3d4", Recipient.OTHER, to, "session note", "court", accountable, 1)


def test_a_members_consents_are_numbered_and_kept(reviews: Reviews, group: Group) -> None:
    """By member, from 1, whatever number they came with; not tied to a session."""
    assert reviews.keep_consent(group, M1, consent()) == 1
    assert reviews.keep_consent(group, M1, consent("another")) == 2
    assert reviews.keep_consent(group, M2, consent()) == 1

    assert reviews.consents(group, M1) == (replace(consent(), number=1), replace(consent("another"), number=2))
    assert reviews.consents(replace(group, name="Another"), M1) == ()


def test_a_revoked_consent_stays_with_its_day(reviews: Reviews, group: Group, clock: SetClock) -> None:
    """The first day counts; what is not there cannot be revoked."""
    reviews.keep_consent(group, M1, consent())
    reviews.keep_consent(group, M1, consent())
    reviews.revoke_consent(group, M1, 1, dt.date(2026, 3, 1))
    reviews.revoke_consent(group, M1, 1)
    reviews.revoke_consent(group, M1, 2)
    with pytest.raises(VaultError, match="no consent 3"):
        reviews.revoke_consent(group, M1, 3)

    assert [c.revoked_on for c in reviews.consents(group, M1)] == [dt.date(2026, 3, 1), clock.at.date()]
    actions = [entry.action for entry in reviews.vault.audit.lines()][-4:]
    assert actions == [Action.RELEASE_CONSENT_KEPT] * 2 + [Action.RELEASE_CONSENT_REVOKED] * 2


def test_nobody_but_a_member_has_consents_or_lines(reviews: Reviews, group: Group) -> None:
    """Neither the facilitator nor a stranger."""
    for who in (PersonId("f"), PersonId("m9")):
        with pytest.raises(VaultError, match="no member"):
            reviews.keep_consent(group, who, consent())
        with pytest.raises(VaultError, match="no member"):
            reviews.log(group, line(who))


def test_the_log_is_numbered_by_group_and_filtered(reviews: Reviews, group: Group) -> None:
    """By member, and by whether an accounting lists it; the time is when it was told."""
    kept = [reviews.log(group, line()), reviews.log(group, line(M2)), reviews.log(group, line(accountable=False))]

    assert [k.number for k in kept] == [1, 2, 3]
    assert kept[0] == replace(line(), number=1)
    assert reviews.hand_outs(group) == tuple(kept)
    assert reviews.hand_outs(group, M1) == (kept[0], kept[2])
    assert reviews.hand_outs(group, M1, accountable=True) == (kept[0],)
    assert reviews.hand_outs(replace(group, name="Another")) == ()
    assert [entry.action for entry in reviews.vault.audit.lines()][-3:] == [Action.HANDED_OUT] * 3


def test_neither_erasure_hides_what_was_told(
    reviews: Reviews, sessions: Sessions, session: Session, group: Group, find: Search
) -> None:
    """The consents go with their member; the log says to whom, when and why for as long as an accounting is owed."""
    reviews.keep_consent(group, M1, consent())
    kept = reviews.log(group, line())
    assert find(reviews.vault, b"axolotl", b"Capybara") == {b"axolotl", b"Capybara"}
    erase_member(reviews.vault, sessions.sounds, group_key(reviews.vault, group), M1)
    assert find(reviews.vault, b"axolotl", b"Capybara") == {b"Capybara"}
    erase_session(reviews.vault, sessions.sounds, session.id)

    assert reviews.consents(group, M1) == ()
    assert reviews.hand_outs(group, M1) == (kept,)
    with pytest.raises(VaultError, match="erased"):
        reviews.keep_consent(group, M1, consent())


def test_numbers_are_not_given_twice(reviews: Reviews, sessions: Sessions, group: Group) -> None:
    """The log of a member who came back must not seem to rest on a new consent."""
    whose = group_key(reviews.vault, group)
    reviews.keep_consent(group, M1, consent())
    erase_member(reviews.vault, sessions.sounds, whose, M1)
    readmit(reviews.vault, whose, M1)

    assert reviews.keep_consent(group, M1, consent()) == 2


def test_a_line_goes_after_six_years(
    reviews: Reviews, sessions: Sessions, group: Group, clock: SetClock, find: Search
) -> None:
    """Counted from when it was written down, with a receipt; a hold on the member keeps it."""
    reviews.log(group, line())
    reviews.log(group, line(M2))
    holds, whose = Holds(reviews.vault), group_key(reviews.vault, group)
    terms = Retention(reviews.vault, sessions.sounds, RetentionPolicy(log_years=6))
    clock.forward(days=6 * 365)
    assert terms.purge() == ()
    clock.forward(days=3)
    holds.place_on_member(whose, M2)
    assert terms.purge() == ()
    assert find(reviews.vault, b"Capybara") == {b"Capybara"}
    holds.lift_from_member(whose, M2)

    assert [(r.kind, r.count) for r in terms.purge()] == [(Destroyed.HAND_OUT, 1)] * 2
    assert reviews.hand_outs(group) == ()
    assert find(reviews.vault, b"Capybara") == set()
    assert reviews.log(group, line()).number == 3
