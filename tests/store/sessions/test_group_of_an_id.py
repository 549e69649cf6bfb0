"""A group that has an id keeps its history through a new name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.domain import PersonId, SessionUpdate
from assistant.errors import VaultError
from assistant.handout import ReleaseConsent
from assistant.store.erasure import erase_member
from assistant.store.reviews import Reviews
from assistant.store.roster_rows import group_key
from assistant.store.sessions import Sessions

if TYPE_CHECKING:
    from assistant.domain import Group, Session
    from assistant.store.vault import Vault
    from tests.store.sessions.conftest import Says, Search

M1 = PersonId("m1")


@pytest.fixture
def with_id(group: Group) -> Group:
    """The group, with an id in its file."""
    return replace(group, id="thu-evening")


def test_a_new_name_changes_nothing(vault: Vault, session: Session, with_id: Group) -> None:
    """Voices and consents are found, and the id comes back with the session."""
    sessions, renamed = Sessions(vault), replace(with_id, name="Another name")
    sessions.begin(replace(session, group=with_id))
    sessions.keep_voiceprint(with_id, M1, np.ones((1, 4), np.float32))
    Reviews(vault).keep_consent(with_id, M1, ReleaseConsent(0, discloser="clinic"))

    assert group_key(vault, renamed) == group_key(vault, with_id)
    assert set(sessions.voiceprints(renamed)) == {M1}
    assert len(Reviews(vault).consents(renamed, M1)) == 1
    assert sessions.load(session.id).session.group.id == "thu-evening"


def test_an_id_that_is_given_later_takes_up_what_is_there(
    *, sessions: Sessions, session: Session, group: Group, with_id: Group, say: Says, find: Search
) -> None:
    """First by its name alone, then with an id, then renamed: one history, and an erasure reaches all of it."""
    vault = sessions.vault
    sessions.commit(session.id, SessionUpdate((say("u1", "m1", "xylophone"),)))
    whose = group_key(vault, group)
    sessions.begin(replace(session, id="later", group=with_id))
    renamed = replace(with_id, name="Another name")
    assert group_key(vault, renamed) == group_key(vault, with_id) == whose
    erase_member(vault, sessions.sounds, group_key(vault, renamed), M1)

    assert find(vault, b"xylophone") == set()


def test_another_id_is_another_group(sessions: Sessions, session: Session, group: Group, with_id: Group) -> None:
    """Though it has the name that the first one had: the name's history belongs to the first id."""
    vault = sessions.vault
    sessions.begin(replace(session, id="later", group=with_id))
    other = replace(group, id="fri-evening")

    assert group_key(vault, other) not in {group_key(vault, group), group_key(vault, with_id)}
    with pytest.raises(VaultError, match="nothing of a group"):
        erase_member(vault, sessions.sounds, group_key(vault, other), M1)


def test_no_id_lies_open_on_the_disk(vault: Vault, session: Session, with_id: Group) -> None:
    """It may be told by somebody who knows the clinic."""
    Sessions(vault).begin(replace(session, group=with_id))
    cells = vault.database.read("SELECT * FROM group_ids") + vault.database.read('SELECT "group" FROM sessions')

    assert not any("thu-evening" in str(cell) for row in cells for cell in row)
