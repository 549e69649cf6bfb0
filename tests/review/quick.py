"""A closed session in a vault without any model: two members, three utterances, a draft for each."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.decisions import Field
from assistant.domain import (
    Alert,
    AlertKind,
    AlertLevel,
    Attribution,
    Consent,
    DecidedBy,
    Entry,
    Findings,
    Group,
    Part2,
    Person,
    PersonId,
    Role,
    Session,
    SessionUpdate,
    Span,
    Utterance,
    UtteranceId,
    Word,
    samples,
)
from assistant.review.session import ReviewSession
from assistant.review.view import Step
from assistant.settings import Settings
from assistant.store.clock import SystemClock
from assistant.store.passphrase import Cost, Passphrase
from assistant.store.sessions import Sessions
from assistant.store.vault import Vault
from tests.review.desks import Plain
from tests.review.notes_of import DAY, SAID, drafts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from assistant.domain import Draft, Note
    from assistant.review.reads import Builder
    from assistant.store.clock import Clock

WORDS = "correct horse battery"
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
LONGEST_S = 120.0


def group(part2: Part2 = Part2.NO) -> Group:
    """Return a facilitator and two members who agreed to be recorded."""
    agreed = Consent(recording=DAY)
    people = (
        Person(PersonId("f"), Role.FACILITATOR, "Perpetua Oldacre", consent=agreed),
        Person(PersonId("m1"), Role.MEMBER, "Ottoline Marrowby", consent=agreed),
        Person(PersonId("m2"), Role.MEMBER, "Barnaby Thistlewood", consent=agreed),
    )
    return Group("Quick", "psychotherapy", part2, people)


def entry(number: int, speaker: str, text: str) -> Entry:
    """Return an utterance of 4 s; the second member's raises an alert."""
    start, name = samples(4.0 * number), UtteranceId(f"u{number + 1}")
    words = tuple(
        Word(w, start + samples(0.1 * i), start + samples(0.1 * i + 0.1), 0.9, PersonId(speaker))
        for i, w in enumerate(text.split())
    )
    attribution = Attribution(PersonId(speaker), 1.0, 1.0, DecidedBy.TRANSCRIPT)
    utterance = Utterance(name, number + 1, start, start + samples(3.5), text, words, attribution)
    alert = Alert(name, "risk", AlertKind.RISK_SELF, AlertLevel.A1, PersonId("m2"), Span(14, 23), "risk_self")
    return Entry(utterance, Findings(name, ()), (alert,) if speaker == "m2" else ())


@dataclass
class Quick:
    """A review of such a session."""

    vault: Vault
    room: ReviewSession
    trouble: Path
    folder: Path
    builder: Builder
    settings: Settings

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds."""
        end = time.monotonic() + LONGEST_S
        while not condition():
            assert time.monotonic() < end
            time.sleep(0.01)

    def settled(self) -> None:
        """Wait until nothing is under way."""

        def still() -> bool:
            now = self.room.overview()
            return now.work is None and not any(note.step is Step.STALE for note in now.notes)

        self.until(still)

    def complete(self, member: str = "m1") -> None:
        """Write every field that a member's note needs."""
        for name, text in ((Field.START, "18:00"), (Field.STOP, "19:30"), (Field.TOPIC, "Skills")):
            self.room.write(None, name, text)
        self.room.write(None, Field.INTERVENTIONS, "Support.")
        for name in (Field.RESPONSE, Field.GOALS, Field.ASSESSMENT, Field.PLAN):
            self.room.write(PersonId(member), name, "As planned.")

    def opened_again(self) -> None:
        """Leave the review, and take the session up anew."""
        self.room.close()
        self.room = ReviewSession(self.vault, self.builder, self.settings, "clinician")
        self.room.open("abc1")
        self.settled()

    def audit(self) -> list[tuple[str, str]]:
        """Return actions and outcomes, in order."""
        return [(line.action, line.outcome) for line in self.vault.audit.lines()]


@contextmanager
def quick_review(
    folder: Path,
    part2: Part2 = Part2.NO,
    settings: Settings | None = None,
    builder: Callable[[Path], Builder] = Plain,
    clock: Clock | None = None,
) -> Iterator[Quick]:
    """Open the review of such a session."""
    chosen = settings or Settings()
    session = Session("abc1", group(part2), DAY)
    with Vault.create(folder / "vault", Passphrase(WORDS, CHEAP, CHEAP), clock or SystemClock()) as vault:
        sessions = Sessions(vault)
        sessions.begin(session)
        entries = tuple(entry(n, who, text) for n, (who, text) in enumerate(SAID))
        sessions.commit(session.id, SessionUpdate(entries, processed_to=samples(12.0)))
        members, part = drafts_of(session)
        drafts: dict[PersonId | None, Draft | Note | str] = {None: part}
        for member, draft in members.items():
            drafts[member] = draft  # noqa: PERF403  a mapping of members is none of members and the group's part
        sessions.finish(session.id, drafts, settled_later=True)
        trouble = folder / "trouble"
        made = builder(trouble)
        quick = Quick(vault, ReviewSession(vault, made, chosen, "clinician"), trouble, folder, made, chosen)
        try:
            quick.room.open(session.id)
            yield quick
        finally:
            quick.room.close()
