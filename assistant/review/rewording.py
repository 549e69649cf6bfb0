"""The clinic's own language model over new drafts, one member's at a time: the gate reads all that it wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain import Severity
from assistant.errors import ModelError
from assistant.notes.wording import reword

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.domain import Draft, GateFinding, Note, PersonId
    from assistant.notes.wording import LanguageModel


class Rewording:
    """Rewords drafts, and remembers of what draft it made what: a note that did not change costs nothing.

    Args:
        model: The clinic's own.
        check: What the gate finds in a note of a member.
    """

    def __init__(self, model: LanguageModel, check: Callable[[Note, PersonId], tuple[GateFinding, ...]]) -> None:
        self._model = model
        self._check = check
        self._made: dict[PersonId, tuple[Note, Note]] = {}
        self.problem = ""
        """Why the model gave nothing the last time, in one line; empty: it did."""

    def reworded(self, drafts: Mapping[PersonId, Draft], advance: Callable[[int], None]) -> dict[PersonId, Draft]:
        """Return the drafts in the model's words where the gate lets these pass, else as they were.

        Args:
            drafts: By member.
            advance: Told how many are done, from 1.
        """
        self.problem = ""
        found: dict[PersonId, Draft] = {}
        for at, (member, draft) in enumerate(drafts.items(), 1):
            found[member] = draft if draft.refused or self.problem else self._one(member, draft)
            advance(at)
        return found

    def _one(self, member: PersonId, draft: Draft) -> Draft:
        known = self._made.get(member)
        if known is not None and known[0] == draft.note:
            note = known[1]
        else:
            try:
                note = reword(draft.note, self._model)
            except ModelError as failure:
                self.problem = str(failure)
                return draft
            self._made[member] = draft.note, note
        if note == draft.note:
            return draft
        # Read each time: what another one disclosed first may have changed though this note did not.
        findings = self._check(note, member)
        if any(finding.severity is Severity.REFUSE for finding in findings):
            return draft
        return replace(draft, note=note, findings=findings)
