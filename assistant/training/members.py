"""Which mention means somebody of the group: by their names, by what they say of their names, and by who is called."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from assistant.domain import Role
from assistant.training.genders import HE, SHE
from assistant.training.invented import gender_of
from assistant.training.material import Kind
from assistant.training.naming import Said, addressed, another, family_title, presented, relation
from assistant.training.roster import Roster
from assistant.training.words import key_of, letters_of, name_keys, spelled_once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.domain import Group, PersonId, UtteranceId
    from assistant.training.material import Candidate

_SPELLED_ALIKE = 0.6
_SHORT = 3
_ALIKE = 0.5
"""How alike a name must be to one that it is said to be, or not to be."""


class Members:
    """Tells whose a name is. An outsider is never put under a member: in doubt a name is an outsider's.

    Args:
        candidates: Everything that has a name, in order.
        texts: The words of each utterance.
        group: The roster.
        also_called: Pet forms of a given name (lower case).
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        texts: Mapping[UtteranceId, str],
        group: Group,
        also_called: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._texts = texts
        self._group = group
        self._roster = Roster(group, also_called)
        self._order = list(texts)
        self._places = {utterance: at for at, utterance in enumerate(texts)}
        self._speakers = {c.utterance: c.speaker for c in candidates}
        self._last: dict[PersonId, int] = {}
        self._count = 0
        self._learned: dict[str, set[PersonId]] = defaultdict(set)
        at: dict[UtteranceId, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            at[candidate.utterance].append(candidate)
        for candidate in candidates:
            person = self._taught(candidate, at[candidate.utterance])
            if person is not None:
                self._learned["".join(name_keys(candidate.text))].add(person)

    def whose(self, candidate: Candidate) -> PersonId | None:
        """Return whom of the group a candidate names; ask in order of what was said."""
        person = self._whose(candidate)
        self._count += 1
        if person is not None:
            self._last[person] = self._count
        if candidate.speaker is not None:
            self._last.setdefault(candidate.speaker, 0)
        return person

    def _whose(self, candidate: Candidate) -> PersonId | None:
        text, span = self._texts[candidate.utterance], candidate.span
        if another(text, span) or relation(text, span, tight=True):
            return None
        person = candidate.kind is Kind.PERSON
        called = person and addressed(text, span)
        found = self._roster.all_of(candidate.text, misheard=person and candidate.owner is None, there=called)
        if not found:
            taught = self._learned.get("".join(name_keys(candidate.text)), set())
            found = taught if len(taught) == 1 else set()
        if not found and called and len(name_keys(candidate.text)) == 1:
            begun = self._roster.begun(key_of(candidate.text))
            found = begun if len(begun) == 1 else set()
        if not found and letters_of(candidate.text) is not None and candidate.speaker is not None:
            found = {candidate.speaker} if self._spells_own(candidate, candidate.speaker) else set()
        title = family_title(text, span)
        if title and letters_of(candidate.text) is None and set(name_keys(candidate.text)) <= self._roster.family:
            found = {p for p in found if self._titled(p, title)}
        return self._one_of(found, candidate)

    def _one_of(self, found: set[PersonId], candidate: Candidate) -> PersonId | None:
        """Return who of several is meant: who says so of themselves, who answers to it, else who was spoken of last."""
        if candidate.person in found:
            return candidate.person
        if len(found) <= 1:
            return next(iter(found), None)
        if candidate.speaker in found and presented(self._texts[candidate.utterance], candidate.span) is Said.SELF:
            return candidate.speaker
        others = found - {candidate.speaker}
        if addressed(self._texts[candidate.utterance], candidate.span):
            place = self._places[candidate.utterance]
            beside = (self._speakers.get(u) for at in (place + 1, place - 1) for u in self._order[max(0, at) : at + 1])
            answers = next((who for who in beside if who in others), None)
            if answers is not None:
                return answers
        return max(sorted(others), key=lambda p: self._last.get(p, -1))

    def _titled(self, person: PersonId, title: str) -> bool:
        """Whether a title with a family name means somebody of the group: a member's father has it too."""
        who = self._group.person(person)
        gender = {"she": "female", "he": "male"}.get((who.pronouns or "").split("/")[0].lower())
        gender = gender or gender_of(name_keys(who.name)[0])
        told = "female" if title in SHE else "male" if title in HE else None
        if told is not None and gender is not None and told != gender:
            return False
        return who.role is Role.FACILITATOR

    def _spells_own(self, candidate: Candidate, speaker: PersonId) -> bool:
        """Whether somebody spells their own name, heard with a letter or two wrong."""
        letters = spelled_once(letters_of(candidate.text) or "")
        who = self._group.person(speaker)
        keys = [key for name in (who.name, *who.aliases) for key in name_keys(name)]
        return len(letters) > _SHORT and any(
            key[0] == letters[0] and DamerauLevenshtein.normalized_similarity(key, letters) >= _SPELLED_ALIKE
            for key in keys
        )

    def _taught(self, candidate: Candidate, beside: Sequence[Candidate]) -> PersonId | None:
        """Return of whom a name that the roster does not have is said to be another form."""
        text, span = self._texts[candidate.utterance], candidate.span
        how = presented(text, span)
        if how is None or relation(text, span) or self._roster.all_of(candidate.text, misheard=True):
            return None
        if how is Said.SELF:
            owned = text[span.end :][:2] in {"'s", "\u2019s"} or candidate.text.endswith(("'s", "\u2019s"))
            return candidate.speaker if candidate.kind is Kind.PERSON and not owned else None
        before = [c for c in beside if c.span.start < span.start and c.kind is Kind.PERSON]
        after = [c for c in beside if c.span.start > span.start and c.kind is Kind.PERSON]
        near = before[-1:] or after[:1]
        if how is Said.OR:
            return next((p for c in near if self._alike(candidate, c) for p in self._sure(c)), None)
        if near:
            return next(iter(self._sure(near[0])), None)
        return candidate.speaker

    def _sure(self, candidate: Candidate) -> tuple[PersonId, ...]:
        if relation(self._texts[candidate.utterance], candidate.span):
            return ()
        found = self._roster.all_of(candidate.text, misheard=False)
        return tuple(found) if len(found) == 1 else ()

    @staticmethod
    def _alike(one: Candidate, two: Candidate) -> bool:
        mine = "".join(name_keys(one.text))
        theirs = [letters_of(two.text)] if letters_of(two.text) is not None else list(name_keys(two.text))
        return any(DamerauLevenshtein.normalized_similarity(mine, key) >= _ALIKE for key in theirs if key)
