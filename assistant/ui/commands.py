"""The command palette: the same deeds as the keys, found by their names. Nothing that saves or copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from assistant.ui.wording import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.command import Hits

_ACTIONS = {
    "0": "pick_speaker",
    "p": "pause",
    "o": "off_record",
    "s": "strike",
    "m": "mark",
    "n": "note",
    "x": "app.hide_everything",
    "l": "app.lock",
    "r": "reveal",
    "d": "repair",
    "a": "acknowledge",
    "v": "settle",
    "j": "who",
    "e": "enrol",
    "w": "withdraw",
    "c": "close_session",
    "q": "leave",
    "t": "app.light_or_dark",
    "?": "help",
}
"""The action behind a key that needs no place on the screen."""


class LiveCommands(Provider):
    """The live screen's commands."""

    async def discover(self) -> Hits:
        """Return all of them."""
        for name, what, action in self._commands():
            yield DiscoveryHit(name, self._runs(action), help=what)

    async def search(self, query: str) -> Hits:
        """Return those that match."""
        matcher = self.matcher(query)
        for name, what, action in self._commands():
            likeness = matcher.match(f"{name} {what}")
            if likeness > 0:
                yield Hit(likeness, name, self._runs(action), help=what)

    @staticmethod
    def _commands() -> Iterator[tuple[str, str, str]]:
        for key, name, what in KEYS:
            if key in _ACTIONS:
                yield f"{name} ({key})", what, _ACTIONS[key]

    def _runs(self, action: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
        async def run() -> None:
            await self.screen.run_action(action)

        return run
