"""Stand-ins: a made-up name for every person, employer, school, town and number of one sample.

A stand-in is drawn anew for each sample and kept nowhere. It is plausible in gender, origin and length, nobody on the
roster has it or anything that sounds like it, and it is no word of the session: so a second pass can tell what is left.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import Span
from assistant.training import figures
from assistant.training.bodies import GENERIC, SAINTS, initials_drawn, renamed
from assistant.training.invented import FALLBACK, family_names, given_names
from assistant.training.material import Invented, Kind, StandIn
from assistant.training.people_called import People
from assistant.training.pool import Knowing, Pool
from assistant.training.spelled import spelled_like
from assistant.training.towns import placed, saint, town
from assistant.training.words import form_key, key_of, letters_of, said_in, spelled_once

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from assistant.training.material import Thing

_DOMAIN = "example.com"
"""Reserved for examples (RFC 2606)."""
_AT = re.compile(r"\b(?:at|or|add|and)\b", re.IGNORECASE)
"""How the sign of an e-mail address is said, or heard."""
_WRITTEN = re.compile(r"\w\.\w")
_ARTICLE = re.compile(r"\b(an?)\s+$", re.IGNORECASE)
_TRIES = 400
_BODY = "a" * 6
"""A body's invented word is about as long."""
_MOST_INITIALS = 6
_SHOUTED = 3
"""Letters above which a form in capitals is shouted, and no initials."""


def stand_ins(things: Sequence[Thing], knowing: Knowing, rng: random.Random) -> tuple[dict[int, StandIn], Invented]:
    """Return what each thing that has a name or a number is called in this sample, and all words made up for it."""
    draw = _Draw(things, knowing, rng)
    out: dict[int, StandIn] = {}
    for thing in things:
        made = draw.of(thing)
        if made is not None:
            out[thing.number] = made
    return out, Invented(frozenset(draw.made))


def worded(text: str, stand_in: StandIn) -> str:
    """Return the stand-in for what was said, in the form in which it was said."""
    said = dict(stand_in.forms).get(form_key(text), stand_in.name)
    ending = re.search(r"['\u2019]s?$", text)
    if ending and letters_of(text) is None:
        said += "'" if said.endswith("s") and ending.group() in "'\u2019" else "'s"
    if any(c.isalpha() for c in text):
        if text == text.lower():
            said = said.lower()
        elif text == text.upper() and len(key_of(text)) > _SHOUTED and letters_of(text) is None:
            said = said.upper()
    return said


class _Draw:
    """One sample's draws."""

    def __init__(self, things: Sequence[Thing], knowing: Knowing, rng: random.Random) -> None:
        self._rng = rng
        self._pool = Pool(things, knowing, rng)
        self._people = People(self._pool, knowing, rng)
        self._digits = {t.value for t in things} | set(knowing.avoid)
        self._made: set[str] = set()

    @property
    def made(self) -> set[str]:
        """Return everything that was made up, folded."""
        return self._made | self._pool.made

    def of(self, thing: Thing) -> StandIn | None:
        """Return what a thing is called; None for what is said less exactly instead."""
        match thing.kind:
            case Kind.PERSON:
                made: StandIn | None = self._people.of(thing)
            case Kind.EMPLOYER | Kind.SCHOOL | Kind.ORGANISATION:
                made = self._body(thing)
            case Kind.PLACE:
                made = self._place(thing)
            case Kind.PHONE:
                made = self._said(thing, figures.phone)
            case Kind.NUMBER:
                made = self._said(thing, figures.number)
            case Kind.EMAIL:
                made = self._email(thing)
            case _:
                made = None
        return made

    # -- bodies and places -----------------------------------------------------------------------------------------

    def _body(self, thing: Thing) -> StandIn:
        letters = {"".join(w.key for w in said_in(form)) for form in thing.forms if _is_initials(form)}
        if len(letters) == 1 and all(_is_initials(form) for form in thing.forms):
            name = self._pool.initials(spelled_once(next(iter(letters))))
            return self._whole(thing, lambda form: _initials_like(form, name))
        mine = {w.key for form in thing.forms for w in said_in(form) if w.key not in GENERIC}
        begun = {key[:2] for key in mine} | {x[:1] for x in letters}
        unlike = [n for n in family_names(FALLBACK) if not n.lower().startswith(tuple(begun))]
        holy = any(w.key in SAINTS for w in said_in(thing.name)[:1])
        lists = (given_names("gb", "male"),) if holy else ()
        name = self._pool.pick(_BODY, *lists, unlike, family_names("gb"))
        longest = max((form for form in thing.forms if not _is_initials(form)), key=len)
        short = "".join(w.text[0] for w in said_in(renamed(longest, name))).upper()
        fitting = {len(x): self._as_long(short, x) for x in letters if len(x) != len(short)}
        return self._whole(
            thing,
            lambda form: (
                _initials_like(form, fitting.get(len(key_of(form)), short))
                if _is_initials(form)
                else renamed(form, name)
            ),
        )

    def _as_long(self, short: str, like: str) -> str:
        """Return a body's initials as long as they were, of a name that has more words or fewer."""
        for _ in range(_TRIES):
            within = initials_drawn("x" * (len(like) - len(short)), self._rng)
            made = (short[:1] + within + short[1:])[: len(like)]
            if self._pool.free(made):
                return self._pool.take(made)
        return self._pool.initials(like)

    def _place(self, thing: Thing) -> StandIn:
        holy = saint(thing.name, self._pool)
        name = holy or town(thing.name, self._pool, self._rng)
        return self._whole(
            thing,
            lambda form: (
                _initials_like(form, initials_drawn(key_of(form), self._rng))
                if _is_initials(form) and len(thing.forms) > 1
                else name
                if holy
                else placed(form, name)
            ),
        )

    @staticmethod
    def _whole(thing: Thing, make: Callable[[str], str]) -> StandIn:
        forms = {form_key(form): make(form) for form in thing.forms}
        return StandIn(thing.number, forms[form_key(thing.name)], tuple(sorted(forms.items())))

    # -- figures ---------------------------------------------------------------------------------------------------

    def _said(self, thing: Thing, make: Callable[[str, random.Random], str]) -> StandIn:
        value = thing.value or "".join(c for c in thing.name.lower() if c.isalnum())
        for _ in range(_TRIES):
            made = make(value, self._rng)
            if made not in self._digits:
                break
        self._digits.add(made)
        self._made.add(made)
        return self._whole(thing, lambda form: figures.said_like(form, made))

    def _email(self, thing: Thing) -> StandIn:
        user = self._pool.pick(_BODY, family_names(FALLBACK), family_names("gb")).lower()
        return self._whole(thing, lambda form: _addressed(form, user))


def _addressed(form: str, user: str) -> str:
    """Return an e-mail or a web address, written or spoken as ``form`` is."""
    if "@" in form:
        return f"{user}@{_DOMAIN}"
    spoken = _DOMAIN.replace(".", " dot ")
    if _AT.search(form):
        return f"{user} at {spoken}"
    leads = "www." if form.lower().startswith(("www", "http")) else ""
    return f"{leads}{user}.{_DOMAIN}" if _WRITTEN.search(form) else f"{user} dot {spoken}"


def agreeing(text: str, span: Span, words: str) -> tuple[Span, str] | None:
    """Return the article before a stand-in as it has to be for it, None where it stays ("an Alvarez", "a Pell")."""
    article = _ARTICLE.search(text[: span.start])
    if article is None or _by_vowel(span.of(text)) == _by_vowel(words):
        return None
    said = article.group(1)
    return Span(*article.span(1)), said[0] + ("n" if _by_vowel(words) else "")


def _by_vowel(words: str) -> bool:
    first = re.match(r"[^\W_]+", words)
    if first is None:
        return False
    by_letters = first.group().isupper() and len(first.group()) <= _SHOUTED
    return first.group()[0].lower() in ("aefhilmnorsx" if by_letters else "aeio")


def _is_initials(form: str) -> bool:
    """Whether a body is said by initials: spelled, or a word of capitals."""
    return letters_of(form) is not None or (form.isupper() and form.isalpha() and 1 < len(form) <= _MOST_INITIALS)


def _initials_like(form: str, letters: str) -> str:
    return spelled_like(form, letters) if letters_of(form) is not None else letters
