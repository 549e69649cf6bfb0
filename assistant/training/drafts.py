"""A thing while its mentions are gathered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.training.material import Kind, Mentioned, Thing
from assistant.training.naming import family_title
from assistant.training.words import keys_of, letters_of, name_keys, spelled_once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.domain import PersonId, UtteranceId
    from assistant.training.material import Candidate

NAMED = frozenset({Kind.PERSON, Kind.PLACE, Kind.EMPLOYER, Kind.SCHOOL, Kind.ORGANISATION})
"""Kinds that have a name."""


@dataclass(slots=True)
class Draft:
    """A thing while it is gathered."""

    kind: Kind
    person: PersonId | None = None
    owner: PersonId | None = None
    own: bool = False
    value: str = field(default="", repr=False)
    forms: list[str] = field(default_factory=list, repr=False)
    mentions: list[Mentioned] = field(default_factory=list)
    speakers: set[PersonId | None] = field(default_factory=set)
    introduced: PersonId | None = None
    """Who brought them in with a word of kinship."""
    relation: str = field(default="", repr=False)
    """The word."""
    apart: bool = False
    """Whether it was said that it is another one of the same name."""
    titled: bool = False
    """Whether it was said with a title that asks for a family name."""

    def add(self, candidate: Candidate, text: str) -> None:
        """Take a mention in; ``text`` is its utterance."""
        self.mentions.append(Mentioned(candidate.utterance, candidate.span, candidate.found_by))
        self.speakers.add(candidate.speaker)
        if candidate.text not in self.forms:
            self.forms.append(candidate.text)
        self.titled = self.titled or bool(family_title(text, candidate.span))
        self.value = self.value or candidate.value
        if self.owner is None:
            self.owner, self.own = candidate.owner, candidate.own

    def first(self, order: Mapping[UtteranceId, int]) -> tuple[int, int]:
        """Return where it was said first."""
        return min(((order[m.utterance], m.span.start) for m in self.mentions), default=(-1, 0))

    def near(self, at: int, order: Mapping[UtteranceId, int], within: int) -> bool:
        """Whether it was said within some utterances of one."""
        return any(abs(order[m.utterance] - at) <= within for m in self.mentions)

    def thing(self, number: int) -> Thing:
        """Return it finished; a name said whole is its name, not one that was spelled."""
        whole = [form for form in self.forms if letters_of(form) is None] or self.forms
        name = self.forms[0] if self.person is not None else max(whole, key=lambda f: len(keys_of(f)))
        return Thing(
            number=number,
            kind=self.kind,
            name=name,
            forms=tuple(self.forms),
            mentions=tuple(self.mentions),
            person=self.person,
            owner=self.owner,
            own=self.own,
            value=self.value,
            titled=self.kind is Kind.PERSON and self.person is None and self.titled,
        )


def words_of_form(form: str) -> tuple[str, ...]:
    """Return the folded words of a name; of one that was spelled, the word that the letters make."""
    letters = letters_of(form)
    return name_keys(form) if letters is None else (spelled_once(letters),)
