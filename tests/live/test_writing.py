"""What the disk refuses waits in order, and is tried once more at the end, whatever the time."""

from __future__ import annotations

from assistant.errors import VaultError
from assistant.live.writing import Writer


def test_what_waits_is_tried_at_the_end() -> None:
    """A strike that the disk refused a moment ago is not left behind by the end of the program."""
    done: list[str] = []
    full = [True]

    def strike() -> None:
        if full[0]:
            raise VaultError("the disk is full")
        done.append("strike")

    writer = Writer(lambda: 0.0)
    writer.do(strike)
    writer.do(lambda: done.append("later"))
    full[0] = False
    writer.tick()
    assert (done, writer.waiting, writer.problem) == ([], 2, "the disk is full")

    writer.tick(at_once=True)

    assert (done, writer.waiting, writer.problem) == (["strike", "later"], 0, None)
