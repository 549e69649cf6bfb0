"""Learning a voice: somebody reads the consent sentence aloud, which takes about 15 seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding

from assistant.ui.dialogs.dialog import Dialog, words
from assistant.ui.room_pane import bar
from assistant.ui.wording import CONSENT_SENTENCE, ENOUGH_VOICE, length

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from assistant.live.view import Changes, PersonView


class EnrolDialog(Dialog[bool], inherit_bindings=True):
    """The sentence, and how much of the voice was heard; answers whether the voiceprint is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "tonight", show=False),
        Binding("k", "keep", show=False),
        Binding("escape", "tonight", show=False),
    ]

    def __init__(self, view: PersonView, *, plain: bool) -> None:
        """Take who reads."""
        super().__init__(
            f"Voice of {view.number} {view.person.name}",
            "enter: for tonight only · k: kept for other sessions, only with their consent to that",
        )
        self._reader = view.person.name
        self._plain = plain
        self._heard = 0
        self._bar = words(self._progress(), id="progress")

    def body(self) -> Iterable[Widget]:
        """Return the sentence and the progress."""
        yield words("Please read aloud:", id="about")
        yield words(CONSENT_SENTENCE.format(name=self._reader), id="sentence")
        yield self._bar

    def take(self, changes: Changes) -> None:
        """Show how much was heard."""
        if changes.room.enrolled_voice != self._heard:
            self._heard = changes.room.enrolled_voice
            self._bar.update(self._progress())

    def action_tonight(self) -> None:
        """Use the voice until the session closes."""
        self.dismiss(result=False)

    def action_keep(self) -> None:
        """Keep the voiceprint: the person has agreed to that as well."""
        self.dismiss(result=True)

    def _progress(self) -> Text:
        enough = self._heard >= ENOUGH_VOICE
        heard = f"heard {length(self._heard)} of {length(ENOUGH_VOICE)}{', enough' if enough else ''}"
        return Text(heard if self._plain else f"{bar(self._heard / ENOUGH_VOICE, 20)} {heard}")
