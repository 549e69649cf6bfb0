"""People who are not on the roster, each gathered under one thing however they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.training.drafts import Draft, words_of_form
from assistant.training.invented import gender_of
from assistant.training.material import Kind
from assistant.training.naming import Said, another, one_relation, presented, relation
from assistant.training.origins import is_given
from assistant.training.pet_names import is_pet_form
from assistant.training.roster import may_be_misheard
from assistant.training.words import key_of, letters_of, sounds_like, spelling_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.domain import UtteranceId
    from assistant.training.material import Candidate

_NEAR = 3
"""Utterances within which another speaker's pet form or mishearing of a name means the same person."""
_SPELLED = 3
"""Letters of a name that was begun to be spelled."""
_GUESSED = frozenset({"capital", "unknown", "again", "language", "scan"})
"""Detectors that see a name without knowing of what."""


def outsiders(
    candidates: Sequence[Candidate],
    texts: Mapping[UtteranceId, str],
    order: Mapping[UtteranceId, int],
    also_called: Callable[[str], tuple[str, ...]],
) -> tuple[list[Draft], list[Candidate]]:
    """Return the people, and the candidates that name something else.

    The same name is the same person, unless two speakers each bring in their own ("my brother Dave"), one speaker
    brings in two ("my boss Dave"), or somebody says that it is another one.
    """
    people = _People(texts, order, also_called)
    others: list[Candidate] = []
    for candidate in candidates:
        if candidate.kind is Kind.PERSON:
            people.add(candidate)
    for candidate in candidates:
        if candidate.kind is Kind.PERSON:
            continue
        draft = people.meant(candidate)
        if draft is not None:
            draft.add(candidate, texts[candidate.utterance])
        else:
            others.append(candidate)
    return people.drafts, others


class _People:
    def __init__(
        self,
        texts: Mapping[UtteranceId, str],
        order: Mapping[UtteranceId, int],
        also_called: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._texts = texts
        self._order = order
        self._also_called = also_called
        self._previous: tuple[UtteranceId, Draft] | None = None
        self.drafts: list[Draft] = []

    def add(self, candidate: Candidate) -> None:
        """Put a mention where it belongs, with somebody known or somebody new."""
        text, span = self._texts[candidate.utterance], candidate.span
        kin = relation(text, span)
        new = another(text, span)
        alike = [] if new else [d for d in self.drafts if self._same(candidate, d)]
        if kin:
            alike = [
                d
                for d in alike
                if d.introduced in {None, candidate.speaker} and (not d.introduced or one_relation(kin, d.relation))
            ]
        alike.sort(key=lambda d: (self._whole(candidate, d), candidate.speaker in d.speakers,
                                  d.introduced == candidate.speaker))  # fmt: skip
        told = self._previous
        here = told is not None and told[0] == candidate.utterance
        if told is not None and here and not alike and not new and presented(text, span) is Said.SPOKEN:
            alike = [told[1]]  # "my son Ekene, people say Ken"
        if alike:
            draft = alike[-1]
        else:
            draft = Draft(Kind.PERSON, apart=new)
            self.drafts.append(draft)
        if kin and draft.introduced is None:
            draft.introduced, draft.relation = candidate.speaker, kin
        draft.add(candidate, text)
        self._previous = candidate.utterance, draft

    def meant(self, candidate: Candidate) -> Draft | None:
        """Return who is meant by a name that was taken for something else's."""
        words = words_of_form(candidate.text)
        if len(words) != 1:
            return None
        for draft in self.drafts:
            names = {word for form in draft.forms for word in words_of_form(form)}
            if words[0] in names:
                return draft
        if candidate.found_by not in _GUESSED:
            return None
        close = [d for d in self.drafts if candidate.speaker in d.speakers and self._pet(words[0], d, candidate)]
        return close[0] if len(close) == 1 else None

    @staticmethod
    def _whole(candidate: Candidate, draft: Draft) -> bool:
        return words_of_form(candidate.text) in {words_of_form(form) for form in draft.forms}

    def _same(self, candidate: Candidate, draft: Draft) -> bool:
        keys = words_of_form(candidate.text)
        if not keys:
            return False
        spelled = letters_of(candidate.text) is not None
        close = candidate.speaker in draft.speakers or draft.near(self._order[candidate.utterance], self._order, _NEAR)
        for form in draft.forms:
            theirs = words_of_form(form)
            if not theirs:
                continue
            if set(keys) <= set(theirs) or set(theirs) <= set(keys):
                return not draft.apart or close
            if spelled or letters_of(form) is not None:
                if _spells(keys, theirs) or _spells(theirs, keys):
                    return True
                continue
            if len(keys) > 1 and len(theirs) > 1 and keys[-1] != theirs[-1]:
                continue
            if len(keys) == len(theirs) == 1 and spelling_of(keys[0]) == spelling_of(theirs[0]):
                return True
            if close and (self._pet(keys[0], draft, candidate) or self._heard(keys, theirs)):
                return True
        return False

    def _pet(self, key: str, draft: Draft, candidate: Candidate) -> bool:
        """Whether a name is the pet form of somebody's, or theirs of it.

        One that is common by itself needs to be known as such, or to be said in one breath with it.
        """
        together = any(m.utterance == candidate.utterance for m in draft.mentions)
        for form in draft.forms:
            for their in words_of_form(form)[:1] if letters_of(form) is None else ():
                short, full = sorted((key, their), key=len)
                known = short in map(key_of, self._also_called(full)) or full in map(key_of, self._also_called(short))
                if self._in_apposition(candidate, draft) and full[:2] == short[:2] and len(short) < len(full):
                    return True
                if len({gender_of(short), gender_of(full)} - {None}) > 1:
                    continue
                if known or (is_pet_form(short, full, self._also_called) and (together or not is_given(short))):
                    return True
        return False

    def _in_apposition(self, candidate: Candidate, draft: Draft) -> bool:
        """Whether a name stands right behind another one, with nothing but a mark between."""
        ends = [m.span.end for m in draft.mentions if m.utterance == candidate.utterance]
        text = self._texts[candidate.utterance]
        return any(text[end : candidate.span.start] in {". ", ", ", " "} for end in ends if end <= candidate.span.start)

    @staticmethod
    def _heard(keys: Sequence[str], theirs: Sequence[str]) -> bool:
        return len(keys) == len(theirs) and all(
            sounds_like(one, two) and may_be_misheard(one, two) for one, two in zip(keys, theirs, strict=True)
        )


def _spells(letters: Sequence[str], words: Sequence[str]) -> bool:
    """Whether what was spelled is a name, its beginning, or one letter off."""
    spelled = letters[0]
    return len(letters) == 1 and any(
        word == spelled or (len(spelled) >= _SPELLED and (word.startswith(spelled) or sounds_like(word, spelled)))
        for word in words
    )
