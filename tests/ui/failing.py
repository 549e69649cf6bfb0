"""Apps that fail, each in another of Textual's ways, with a planted word in a local variable and in the message.

python tests/ui/failing.py handler
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from textual.widget import Widget
from textual.widgets import Static

from assistant import crash
from assistant.ui.crash_safe import CrashSafeApp, run_safely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget as AnyWidget


def plant() -> str:
    """Return the word that must be nowhere; it stands in no file in one piece."""
    return "zebra" + "lamp"


def fail() -> None:
    """Raise, with the word in a local variable, in the message, and in an exception of its own form."""
    said = f"what was said: {plant()}"
    raise RuntimeError(said)


class RichError(Exception):
    """An exception that would draw itself."""

    def __rich__(self) -> str:
        """Return the word."""
        return plant()


class Bad(Widget):
    """A widget that fails while it is drawn."""

    def __init__(self, how: str) -> None:
        """Take how."""
        super().__init__()
        self.how = how

    def compose(self) -> Iterator[AnyWidget]:
        """Fail, or not."""
        if self.how == "compose":
            fail()
        yield Static(plant()[:2])

    def on_mount(self) -> None:
        """Fail, or not."""
        if self.how == "mount":
            fail()

    def render(self) -> str:
        """Fail, or not."""
        if self.how == "render":
            fail()
        return ""


class Failing(CrashSafeApp):
    """Fails in the way that it is told."""

    def __init__(self, how: str) -> None:
        """Take how."""
        super().__init__(fail if how == "saving" else lambda: None)
        self.how = how
        if how == "style":
            self.CSS = f"Static {{ {plant()}: {plant()}; }}"  # type: ignore[misc]  # one of the ways to fail

    def compose(self) -> Iterator[AnyWidget]:
        """Show the bad one."""
        yield Bad(self.how)

    def on_mount(self) -> None:
        """Fail soon."""
        soon: Any = {
            "saving": self.handler_fails,
            "handler": self.handler_fails,
            "timer": lambda: self.set_timer(0.01, fail),
            "later": lambda: self.call_later(fail),
            "worker": lambda: self.run_worker(self.awaited(), exit_on_error=True),
            "thread": lambda: self.run_worker(fail, thread=True, exit_on_error=True),
            "task": lambda: self.tasks.append(__import__("asyncio").create_task(self.awaited())),
            "rich": self.rich_error,
            "panic": lambda: self.panic(plant()),
            "exit": lambda: sys.exit(plant()),
        }.get(self.how)
        self.tasks: list[Any] = []
        if soon is not None:
            soon()
        if self.how == "task":
            self.set_timer(0.2, self.drop)

    def drop(self) -> None:
        """Have the task collected: what it raised was never asked for."""
        self.tasks.clear()

    async def awaited(self) -> None:
        """Fail in a coroutine."""
        fail()

    def handler_fails(self) -> None:
        """Fail in a handler."""
        fail()

    def rich_error(self) -> None:
        """Fail with an exception that would draw itself."""
        raise RichError(plant())


def main() -> int:
    """Fail."""
    crash.install()
    with crash.guard():
        return run_safely(lambda: Failing(sys.argv[1]))


if __name__ == "__main__":
    raise SystemExit(main())
