"""What a key press asks of the session is done beside the screen, in order, so that no key waits for a disk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future


class Orders:
    """Two lanes: what stops or starts recording never waits behind what writes."""

    def __init__(self) -> None:
        """Open both lanes."""
        self._lanes = {
            urgent: ThreadPoolExecutor(max_workers=1, thread_name_prefix="order-urgent" if urgent else "order")
            for urgent in (True, False)
        }

    def give(self, order: Callable[[], None], done: Callable[[BaseException | None], None], *, urgent: bool) -> None:
        """Have ``order`` done; ``done`` is called in the lane's thread with what it raised, or None."""

        def after(future: Future[None]) -> None:
            if not future.cancelled():
                done(future.exception())

        self._lanes[urgent].submit(order).add_done_callback(after)

    def stop(self) -> None:
        """Take no more orders; what has begun goes on, what waits is dropped."""
        for lane in self._lanes.values():
            lane.shutdown(wait=False, cancel_futures=True)
