"""The session that is open: what was decided about it, and what follows from that, kept up to date by the worker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING

from assistant.decisions import FalseAlarm
from assistant.domain import Draft, Note
from assistant.errors import AssistantError, SessionError
from assistant.notes import sentences as say
from assistant.pipeline.kept import drafts_to_keep
from assistant.pipeline.ruled_reading import group_word
from assistant.review.standing import READING, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.decisions import Decided, GroupWord, Ruling
    from assistant.domain import GateFinding, PersonId
    from assistant.pipeline.reviewed import Reviewed
    from assistant.review.working import Working
    from assistant.settings import Settings
    from assistant.store.reviews import Reviews
    from assistant.store.sessions import Sessions
    from assistant.store.stored import StoredSession


class Opened:
    """One open session. Safe from any thread; what takes long is done by the worker.

    Args:
        stored: As the vault has it.
        sessions: The vault's sessions.
        reviews: What reviews keep.
        working: The worker; it has this session taken up.
        settings: The site's.
        who: Operator id.
        changed: Called after every change, in any thread.
    """

    def __init__(  # noqa: PLR0913, PLR0917  the places where a review meets
        self,
        stored: StoredSession,
        sessions: Sessions,
        reviews: Reviews,
        working: Working,
        settings: Settings,
        who: str,
        changed: Callable[[], None],
    ) -> None:
        self._sessions = sessions
        self._reviews = reviews
        self._working = working
        self._who = who
        self._changed = changed
        self._lock = RLock()
        self._reading: int | None = None
        """Number of the newest reading."""
        self._checks = ThreadPoolExecutor(1, "checks")
        self.id = stored.session.id
        members, group = _parted(sessions.drafts(self.id))
        rulings = reviews.rulings(self.id) if stored.line.text_gone is None else ()
        self.standing = Standing(
            stored=stored,
            settings=settings,
            rulings=rulings,
            entries=stored.entries,
            origin={},
            drafts=members,
            group_draft=group,
            signed=reviews.signed(self.id),
            touched=reviews.touched(self.id),
            wording="",
            stale=False,
            found={},
        )
        self._decided = any(isinstance(r.decided, READING) for r in rulings)

    def begin(self) -> None:
        """Have read again what is not kept as it was decided."""
        # The entries as they were decided are made anew each time: only those of the close are kept. So are drafts
        # that an older version kept without what they were made from, or that a late strike took back.
        present = {p.id for p in self.standing.group.members_present}
        with self._lock:
            made = present <= self.standing.drafts.keys() and self.standing.group_draft is not None
            made = made and not (self.standing.settings.wording.server and self._unworded)
            if self.standing.has_text and (self._decided or not made):
                self._read_again()
            else:
                self._check_hand_lines()

    def end(self) -> None:
        """Let go of the thread that checks."""
        self._checks.shutdown(wait=False, cancel_futures=True)

    @property
    def _unworded(self) -> bool:
        """Whether no draft is in the words of the clinic's model: a session is closed without it."""
        drafts = self.standing.drafts.values()
        return not any(section.title == say.REWORDED for draft in drafts for section in draft.note.sections)

    # -- decisions ----------------------------------------------------------------------------------------------------

    def rule(self, *decided: Decided) -> tuple[Ruling, ...]:
        """Keep decisions of one key press, and have done what follows from them.

        Raises:
            SessionError: The words of the session are destroyed.
            VaultError: The vault does not take them.
        """
        with self._lock:
            if not self.standing.has_text:
                raise SessionError("the words of this session are destroyed: nothing can be corrected any more")
            made = self._reviews.rule(self.id, self._who, *decided)
            for one in decided:
                self._keep_word(one)
            self._take_rulings(decided)
        self._changed()
        return made

    def undo(self) -> bool:
        """Take back what the last key press decided; whether anything stood."""
        with self._lock:
            standing = self.standing.standing
            if not standing:
                return False
            undone = tuple(r.decided for r in self._reviews.undo(self.id, standing[-1].number, self._who))
            self._take_rulings(undone)
            for one in undone:
                self._drop_word(one)
        self._changed()
        return True

    def _take_rulings(self, decided: tuple[Decided, ...]) -> None:
        self.standing = replace(self.standing, rulings=self._reviews.rulings(self.id))
        if any(isinstance(one, READING) for one in decided):
            self._read_again()
        else:
            self._check_hand_lines()

    def _word(self, decided: Decided) -> GroupWord | None:
        if not isinstance(decided, FalseAlarm) or not decided.everywhere:
            return None
        entry = self.standing.originals.get(decided.place.utterance)
        return None if entry is None else group_word(decided, entry.utterance.text, self.standing.group)

    def _keep_word(self, decided: Decided) -> None:
        word = self._word(decided)
        if word is not None and isinstance(decided, FalseAlarm):
            said = self.standing.originals[decided.place.utterance].utterance
            speakers = {w.speaker for w in said.words if w.speaker is not None} | ({said.speaker} - {None})
            by = {p for p in speakers if p is not None}
            self._reviews.keep_word(self.standing.group, word, session_id=self.id, said_by=by)

    def _drop_word(self, decided: Decided) -> None:
        word = self._word(decided)
        # The same word may have been called a false alarm twice, and only one of them taken back.
        if word is not None and word not in {self._word(r.decided) for r in self.standing.standing}:
            self._reviews.drop_word(self.standing.group, word)

    # -- what the worker makes ----------------------------------------------------------------------------------------

    def _read_again(self) -> None:
        words = self._reviews.words(self.standing.group)
        self.standing = replace(self.standing, stale=True)
        self._reading = self._working.read(self.standing.rulings, words)

    def read(self, number: int, reviewed: Reviewed, wording: str = "") -> None:
        """Take in a reading; only the newest counts, and only a whole one is kept.

        Args:
            number: Of the reading.
            reviewed: What was made.
            wording: Why the clinic's language model was of no help; empty: it was, or there is none.
        """
        with self._lock:
            if number != self._reading:
                return
            made = reviewed.drafts
            # What the disk refuses now is made again when the session is next opened.
            with suppress(AssistantError):
                self._sessions.keep_drafts(self.id, drafts_to_keep(made))
            self._reading = None
            self.standing = replace(
                self.standing,
                entries=reviewed.entries,
                origin=reviewed.origin,
                drafts=dict(made.members),
                group_draft=made.group,
                wording=wording,
                stale=False,
                found={},
            )
            if made.group_refused:
                # Kept nowhere, but shown, so that a clinician can mend it.
                part: dict[PersonId | None, tuple[Note, tuple[GateFinding, ...]]] = {}
                part[None] = (self.standing.group_note, made.group_findings)
                self.standing = replace(self.standing, found=part)
            self._check_hand_lines()
        self._changed()

    def _check_hand_lines(self) -> None:
        """Have the gate read, in the background, every note in which a hand wrote something that it has not read."""
        standing = self.standing
        if standing.stale or not standing.has_text:
            return
        for person in (None, *standing.notes):
            note = standing.group_note if person is None else standing.notes[person]
            known = standing.found.get(person)
            if person in standing.signed or (known is not None and known[0] == note):
                continue
            if any(line.by_hand for section in note.sections for line in section.lines):
                with suppress(RuntimeError):
                    # The session was left meanwhile.
                    self._checks.submit(self._check, person, note)

    def _check(self, person: PersonId | None, note: Note) -> None:
        standing = self.standing
        now = standing.group_note if person is None else standing.notes.get(person)
        if now != note or standing.stale:
            return
        try:
            findings = self._working.check(note, person)
        except AssistantError:
            # Signing asks again, and does not go on without an answer.
            return
        with self._lock:
            standing = self.standing
            if standing.stale:
                return
            self.standing = replace(standing, found={**standing.found, person: (note, findings)})
        self._changed()

    # -- signed notes -------------------------------------------------------------------------------------------------

    def take_signed(self) -> None:
        """Look again at what is signed."""
        with self._lock:
            self.standing = replace(self.standing, signed=self._reviews.signed(self.id))
        self._changed()


def _parted(kept: Mapping[PersonId | None, Draft | Note | str]) -> tuple[dict[PersonId, Draft], Note | None]:
    """Return the drafts of members that are whole, and the group's part."""
    group = kept.get(None)
    members = {p: d for p, d in kept.items() if p is not None and isinstance(d, Draft)}
    return members, group if isinstance(group, Note) else None
