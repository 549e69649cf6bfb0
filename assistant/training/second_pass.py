"""The second look: does any form of anything that identifies by itself still stand in the finished text?

It knows more than what was found: every name and alias on the roster is looked for, whether or not anybody said it. It
fails closed: a turn is emptied where a name may stand, and a name that is also a word counts unless the sentence uses
it as the word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.training.generalising import is_region
from assistant.training.material import DIRECT, Kind
from assistant.training.words import keys_of, letters_of, name_keys, said_in, sounds_like, word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.training.material import Invented, Thing
    from assistant.training.words import Said

_LEAST_DIGITS = 4
_LEAST_HEARD = 5
"""Letters of a name that is looked for by its sound."""
_PARTICLES = word_set("de del della di da do dos du la le el al bin ibn ben y of and the")
"""Little words within names, which say nothing by themselves."""
_USED = word_set("""
    yourself yourselves himself herself i you we he she it they us them there this that these those the a an my your
    our his her its their somebody someone anybody anyone everybody everyone people not never be have to for of in on at
    with from up down out as so if what day days time times week weeks way thing things is was
    """)
"""What follows an everyday word at the start of a sentence where it is no name."""
_CALLED = word_set("i'm im i\u2019m named called hi hey hello thanks mrs mr ms dear goodnight")
"""What stands before a name, whatever its case."""
_BY = word_set("by")


def english_word(_: str) -> bool:
    """Say that every word may be an everyday one."""
    return True


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of a thing, ready to be looked for."""

    keys: tuple[str, ...] = field(repr=False)
    name: bool
    """Whether it is a person's name, of which every word counts by itself."""
    ours: bool
    """Whether it is somebody's on the roster."""
    plain: bool
    """Whether all of its words are everyday words."""
    rare: bool
    """Whether one of them is said so seldom that it needs no capital."""


@dataclass(frozen=True, slots=True)
class SecondPass:
    """Looks for what should be gone.

    Args:
        things: Everything that was found, and everybody on the roster with every name and alias.
        invented: What was made up: a hit there is none.
        english: Whether a folded word is in the dictionary; a name that is one counts only where it is used as one.
        figures: The runs of figures in a text, however they are said.
        common: Whether an everyday word is said so often that without a capital it is no sign of a name.
    """

    things: tuple[Thing, ...] = field(repr=False)
    invented: Invented = field(repr=False)
    english: Callable[[str], bool]
    figures: Callable[[str], Sequence[str]]
    common: Callable[[str], bool] = english_word
    _by_key: dict[str, list[_Form]] = field(init=False, repr=False, compare=False)
    _digits: frozenset[str] = field(init=False, repr=False, compare=False)
    _names: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Fold every form once: a sample is looked through turn by turn."""
        by_key: dict[str, list[_Form]] = {}
        for thing in self.things:
            if thing.kind in DIRECT and thing.kind is not Kind.ADDRESS and not _in_figures(thing):
                for form in thing.forms:
                    self._prepare(thing, form, by_key)
        digits = (t.value for t in self.things if _in_figures(t) and len(t.value) >= _LEAST_DIGITS)
        object.__setattr__(self, "_by_key", by_key)
        object.__setattr__(self, "_digits", frozenset(digits))
        object.__setattr__(self, "_names", self._heard_names())

    def _prepare(self, thing: Thing, form: str, by_key: dict[str, list[_Form]]) -> None:
        if thing.kind is not Kind.PERSON and is_region(form):
            return  # it stands for itself
        spelled = letters_of(form) is not None
        wanted = keys_of(form) if spelled else name_keys(form)
        if not wanted:
            return
        name = thing.kind is Kind.PERSON and not spelled
        made = _Form(
            wanted,
            name,
            thing.person is not None,
            all(map(self.english, wanted)),
            any(not self.common(key) for key in wanted),
        )
        leads = wanted[:1] if not name else (k for k in wanted if len(wanted) == 1 or k not in _PARTICLES)
        for key in leads:
            by_key.setdefault(key, []).append(made)

    def finds(self, text: str, *, heard: bool = True) -> bool:
        """Whether a text still holds something.

        Args:
            text: A turn of a sample, or what a recogniser heard of it.
            heard: Whether names are also looked for by their sound.
        """
        words = said_in(text)
        keys = [word.key for word in words]
        if self._digits and any(value in run for run in self.figures(text) for value in self._digits):
            return True
        for at, key in enumerate(keys):
            for form in self._by_key.get(key, ()):
                if self._is(key, words, ours=form.ours) if form.name else self._stands(form, words, keys, at):
                    return True
        return heard and self._heard(words)

    @staticmethod
    def _stands(form: _Form, words: Sequence[Said], keys: Sequence[str], at: int) -> bool:
        """Whether a form that is no person's name begins at a word."""
        n = len(form.keys)
        here = words[at : at + n]
        if tuple(keys[at : at + n]) != form.keys:
            return False
        if not form.plain or (all(w.capital for w in here) and (n > 1 or not here[0].opens)):
            return True
        return form.rare and (n > 1 or not here[0].opens)

    def _is(self, key: str, words: Sequence[Said], *, ours: bool) -> bool:
        """Whether a word of a name stands there; an everyday word must be used as a name."""
        if len(key) < 2 or key in self.invented.words:  # noqa: PLR2004  an initial alone is a letter
            return False
        places = [at for at, word in enumerate(words) if word.key == key]
        if not places:
            return False
        if not self.english(key):
            return True
        if not self.common(key) and not any(w.capital for w in words):
            return True
        return any(self._named(words, at, ours=ours) for at in places)

    def _named(self, words: Sequence[Said], at: int, *, ours: bool) -> bool:
        """Whether an everyday word is used as the name of somebody."""
        word = words[at]
        if word.capital and not word.opens:
            return True
        if not ours:
            return False
        before = words[at - 1].text.lower() if at else ""
        if word.capital:
            after = words[at + 1] if at + 1 < len(words) and not words[at + 1].opens else None
            return after is not None and after.key not in _USED and self._follows(words, at)
        verb = self.common(word.key)
        return not verb and before in _CALLED | _BY

    def _follows(self, words: Sequence[Said], at: int) -> bool:
        """Whether a sentence goes on after its first word as after a person's name."""
        return words[at].text.lower().endswith(("'s", "\u2019s")) or words[at + 1].key in _DOES

    def _heard(self, words: Sequence[Said]) -> bool:
        return any(
            sounds_like(word.key, name)
            for word in words
            if word.key not in self.invented.words and len(word.key) >= _LEAST_HEARD and not self.english(word.key)
            for name in self._names
        )

    def names(self) -> frozenset[str]:
        """Return the words of people's names that are no everyday words."""
        return self._names

    def _heard_names(self) -> frozenset[str]:
        return frozenset(
            key
            for thing in self.things
            if thing.kind is Kind.PERSON
            for form in thing.forms
            if letters_of(form) is None
            for key in name_keys(form)
            if len(key) >= _LEAST_HEARD and not self.english(key)
        )


def _in_figures(thing: Thing) -> bool:
    return thing.kind in {Kind.PHONE, Kind.NUMBER} and thing.value.isdecimal()


_DOES = word_set("""
    says said sent has had goes went came comes told tells asked asks wants wanted keeps kept gave gives got gets made
    makes does did can't won't doesn't didn't couldn't left called calls texted thinks thought knows knew isn't wasn't
    """)
"""What people do at the start of a sentence, and virtues do not."""
