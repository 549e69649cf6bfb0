"""What the screen asks of a session that runs: the seam between what people see and what listens and keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.domain import PersonId, Resolution, UtteranceId
    from assistant.live.view import AlertKey, Changes


class UnknownFact(Protocol):
    """A fact that the facilitator knows and somebody here tonight does not (domain rule 7.1)."""

    @property
    def owner(self) -> PersonId:
        """Whose fact it is."""

    @property
    def text(self) -> str:
        """The fact. Shown on demand only."""

    @property
    def unaware(self) -> tuple[PersonId, ...]:
        """Who is here tonight and does not know it."""


class LiveRoom(Protocol):
    """A session that runs. Every method is safe to call from any thread.

    ``changes``, ``advice`` and ``repair`` are cheap. The others may take long; all of them raise an ``AssistantError``
    where the session refuses, and the screen shows its one line.
    """

    def changes(self, since: int) -> Changes:
        """Return what changed since a version; 0 gives everything."""

    def start(self) -> None:
        """Begin to record, or go on. Raises ConsentError that names ids."""

    def pause(self) -> None:
        """Stop recording until ``resume``; the time goes on."""

    def resume(self) -> None:
        """Go on recording."""

    def off_record(self, on: bool) -> None:  # noqa: FBT001  the one thing it says
        """Begin or end a stretch that is neither recorded nor kept."""

    def name_speaker(self, person: PersonId, utterance: UtteranceId | None = None) -> None:
        """Say who spoke an utterance (None: the last turn), and whose its voice is; again corrects."""

    def strike(self, start: int, end: int) -> None:
        """Take back everything between two samples, for good."""

    def mark(self, text: str = "") -> None:
        """Mark this moment."""

    def jot(self, text: str, about: PersonId | None = None) -> None:
        """Keep a note that the facilitator typed."""

    def acknowledge(self, key: AlertKey) -> None:
        """Say that an alert was seen."""

    def resolve(self, key: AlertKey, how: Resolution, text: str) -> None:
        """Say how an alert was settled; the words are the facilitator's."""

    def arrive(self, person: PersonId) -> None:
        """Say that somebody is here. Without their consent recording is held."""

    def leave(self, person: PersonId) -> None:
        """Say that somebody is not, or no longer, here."""

    def agree(self, person: PersonId) -> None:
        """Say that somebody agreed to be recorded just now."""

    def withdraw(self, person: PersonId) -> None:
        """Take somebody's consent back: their words are struck, for good."""

    def begin_enrolment(self, person: PersonId) -> None:
        """Hear the next voice as this person's, until ``end_enrolment``."""

    def end_enrolment(self, keep: bool) -> None:  # noqa: FBT001  the one thing it says
        """End it; ``keep``: the person agreed that their voiceprint is kept after tonight."""

    def advice(self, key: AlertKey) -> str:
        """Return the site's own words beneath an alert."""

    def repair(self) -> tuple[str, ...]:
        """Return the site's own words for what can still be done once something was said, one step each."""

    def unknown_facts(self) -> tuple[UnknownFact, ...]:
        """Return what some people here tonight do not know, for the facilitator alone."""

    def close(self) -> None:
        """End the session, write the drafts, destroy what must go. SessionError while A1 alerts are unsettled."""
