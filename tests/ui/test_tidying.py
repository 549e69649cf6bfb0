"""The interpreter looks for rubbish while nobody presses a key."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from assistant.ui.tidying import Tidying

if TYPE_CHECKING:
    from collections.abc import Iterator


class Knot:
    """Something that refers to itself, so that only a look for rubbish ends it."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def tidying() -> Iterator[Tidying]:
    """One that is stopped afterwards; nothing is looked for by itself meanwhile."""
    gc.disable()
    made = Tidying()
    yield made
    made.stop()
    gc.enable()


def ends(tidying: Tidying, now: float, last_key: float) -> bool:
    """Whether rubbish is gone after asking at a moment."""
    gone = weakref.ref(Knot())
    tidying.in_a_quiet_moment(now, last_key)
    return gone() is None


def test_it_tidies_at_the_start_and_then_each_minute_between_keys(tidying: Tidying) -> None:
    """Never within two seconds of a key, and never twice in a minute."""
    assert ends(tidying, 10.0, 10.0)
    assert not ends(tidying, 40.0, 10.0)
    assert not ends(tidying, 71.0, 70.5)
    assert ends(tidying, 73.0, 70.5)


def test_what_is_set_aside_is_looked_at_again_and_given_back(tidying: Tidying) -> None:
    """Rubbish that was still in use the last time does not stay for ever."""
    kept = Knot()
    gone = weakref.ref(kept)
    tidying.in_a_quiet_moment(10.0, 0.0)
    assert gc.get_freeze_count() > 0
    del kept
    tidying.in_a_quiet_moment(80.0, 0.0)

    assert gone() is None
    tidying.stop()
    assert gc.get_freeze_count() == 0
