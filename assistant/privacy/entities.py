"""What is left of a model's named entity when the words that are no part of a name are taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Span
from assistant.privacy.calendar_words import CALENDAR
from assistant.privacy.gazetteer import is_given_name, is_place
from assistant.privacy.naming import names_somebody
from assistant.privacy.recognisers.numbers import is_number_word
from assistant.privacy.recognisers.organisation_words import FUNCTION_WORDS
from assistant.privacy.truecase import lacks_capitals
from assistant.privacy.words import word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

_NOT_NAMES = word_set(
    """
    ye yous youse hiya howdy cheers ta morning evening afternoon goodnight tea coffee um uh er erm yeah yep nope okay
    ok hey hi hello oh god jesus christ lord mm hm hmm mhm ha haha wow well right
    sure exactly totally honestly thanks thank sorry please welcome good great nice mom mum dad mommy daddy mama
    papa grandma grandpa nana nan gran granny ma pa auntie uncle aunt sis bro doc doctor dr ptsd ocd adhd add cbt
    dbt dui aa na icu gp hiv covid tv zoom phone ssri meds pm am ex kid kids same bless gosh damn man dude y'all
    gonna wanna english spanish french german arabic polish chinese american british irish african european asian
    catholic muslim instagram facebook google netflix youtube tiktok snapchat twitter amazon uber whatsapp reddit
    christian jewish hindu buddhist thanksgiving christmas easter santa
    """
)
_KIN = word_set(
    """
    mam mammy da nain taid abuela abuelo abuelita oma opa nonna nonno yaya yiayia pappou babcia babushka dziadek lola
    lolo halmoni harabeoji ammi ammu abbu abba baba bibi dadi nani nana poppy gramps granddad grandad nanna mimi pawpaw
    mawmaw memaw papaw cariad honey sweetie darling babe habibi habibti amen aloha namaste salaam shalom
    """
)
"""What kin and the dear are called, and greetings, in many families' languages."""
_EPONYMS = word_set(
    """
    down parkinson alzheimer crohn hodgkin tourette asperger hashimoto raynaud huntington cushing addison graves sjogren
    meniere wilson marfan barrett bell
    """
)
"""Names that an illness bears, where they stand in the possessive."""
_EDGES = word_set("the a an my your his her our their this that")
_CLINICAL = word_set("ptsd ocd adhd bpd cbt dbt emdr ssri copd mri iop php gad suds hrt ivf ibs uti std sti iud dv cps")
_NEVER = _NOT_NAMES | CALENDAR | (_KIN - {"poppy", "lola", "mimi"})
_ACRONYM = 5


def tidy_entity(parse: Parse, span: Span, type_: DisclosureType, knows: Callable[[str], bool]) -> Span | None:
    """Return the part of an entity that is a name, or None where nothing of it is.

    Args:
        parse: The parse it comes from.
        span: Where the model saw it.
        type_: PERSON, ORG or LOCATION.
        knows: Whether a lower-case word is English.
    """
    words = words_of(parse.text)
    inside = [i for i, w in enumerate(words) if w.span.overlaps(span)]
    plain = lacks_capitals(parse.text)
    while inside and _is_edge(words[inside[0]], plain=plain):
        inside = inside[1:]
    while inside and (_is_edge(words[inside[-1]], plain=plain) or not words[inside[-1]].bare[0].isalnum()):
        inside = inside[:-1]
    if not inside or all(_says_nothing(words, i, type_, knows, plain=plain) for i in inside):
        return None
    if type_ is DisclosureType.PERSON and len(inside) > 1 and not words[inside[0]].tight:
        first = inside[0]
        if words[first].opens and knows(words[first].bare) and not is_given_name(words[first].bare):
            inside = inside[1:]
    return Span(words[inside[0]].span.start, words[inside[-1]].bare_span.end)


def _is_edge(word: TextWord, *, plain: bool) -> bool:
    if word.bare in _EDGES or word.bare in _NOT_NAMES:
        return True
    if (word.lower in FUNCTION_WORDS or (plain and word.bare in FUNCTION_WORDS)) and (
        plain or not word.capital or word.opens
    ):
        return True
    return not word.bare.replace("'", "").isalnum() or word.bare.isdecimal() or is_number_word(word.bare)


def _says_nothing(
    words: tuple[TextWord, ...], at: int, type_: DisclosureType, knows: Callable[[str], bool], *, plain: bool
) -> bool:
    word = words[at]
    bare = word.bare
    if bare in _NEVER or _is_eponym(words, at):
        return True
    if plain and at and words[at - 1].lower in _EDGES and _is_compound(bare, knows):
        return True
    if not plain and not word.capital:
        return True
    if plain or word.opens:
        english = knows(bare)
        named = (
            is_place(bare) if type_ is DisclosureType.LOCATION else is_given_name(bare) and names_somebody(words, at)
        )
        return (
            english
            and not named
            and not (type_ is DisclosureType.PERSON and at + 1 < len(words) and _surname(words[at + 1]))
        )
    return (
        type_ is DisclosureType.ORG
        and word.text.isupper()
        and len(word.text) <= _ACRONYM
        and len(word.text) > 1
        and _clinical(bare)
    )


def _is_eponym(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether a name belongs to an illness ("Down's") or to a saying ("for Pete's sake")."""
    if words[at].lower == words[at].bare:
        return False
    return words[at].bare in _EPONYMS or (at + 1 < len(words) and words[at + 1].lower == "sake")


def _is_compound(word: str, knows: Callable[[str], bool]) -> bool:
    """Whether it is two English words run together ("the stairlift")."""
    return any(knows(word[:cut]) and knows(word[cut:]) for cut in range(3, len(word) - 2))


def _surname(word: TextWord) -> bool:
    return word.tight and word.capital and word.lower not in FUNCTION_WORDS


def _clinical(acronym: str) -> bool:
    return acronym in _CLINICAL
