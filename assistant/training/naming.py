"""How a name is brought in: whose it is said to be, how it is said to be spoken, and who is spoken to."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from assistant.training.genders import HE, SHE
from assistant.training.origins import is_family, is_given
from assistant.training.words import PARTICLES, letters_of, name_keys, said_in, word_set

if TYPE_CHECKING:
    from assistant.domain import Span

RELATIONS = (
    SHE
    | HE
    | word_set("""
    partner ex cousin friend boss neighbour neighbor roommate flatmate coworker colleague sponsor therapist baby kid
    twin mate buddy doctor nurse lawyer manager dog cat spouse parent child grandchild landlord landlady teacher coach
    dealer pastor supervisor bestie carer caregiver solicitor psychiatrist counsellor counselor
    """)
) - word_set("mr mister mrs miss ms da ma pa bro queen king prince princess papi mami")
_LOOSE = word_set("friend partner ex baby kid twin mate buddy boy girl man guy lady woman child spouse parent")
"""Relations that say little: a sister may be a friend too."""
_SAME = (
    word_set("mother mom momma mommy mum mummy mam mama hooyo madre"),
    word_set("father dad daddy papa pop tata baba padre da"),
    word_set("husband hubby boyfriend fiance"),
    word_set("wife girlfriend fiancee"),
    word_set("grandmother grandma granny gran nana nan nanna abuela oma babcia yiayia nonna"),
    word_set("grandfather grandpa granddad grandad gramps abuelo opa dziadek nonno"),
    word_set("aunt auntie aunty tia"),
    word_set("brother bro stepbrother hermano"),
    word_set("sister sis stepsister hermana"),
    word_set("boss manager supervisor"),
)
_ALSO_TITLES = word_set("doctor nurse coach pastor father sister brother mother uncle aunt auntie mama papa")
"""Said with a capital, or without a word for whose it is, they belong to the name ("Doctor Ferreira")."""
_WHOSE = word_set("my his her your our their a the this that old new big little baby twin late ex s")
_NAMING_TAIL = 60
_SELF = re.compile(
    r"(?:\bI(?:'m|\u2019m| am)|\bmy name(?:'s|\u2019s| is)|\bcalls? me|\bcalling me|\bI go by|\bI(?:'m|\u2019m) called)"
    r"(?: (?:just|also|actually|only|um|uh|er))?,?\s+$",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?:\bpronounced|\bsay it|\bsays? it like|\bsaid like|\bsounds like|\bspelled|\bspelt|\bit(?:'s|\u2019s) like"
    r"|\brhymes with|\bshort for|\b(?:goes|go) by|\b(?:people|they|everyone|everybody|folks|some|kids) (?:just )?"
    r"(?:say|call (?:me|it)|write|hear)|\bcalls? me|\bcall me)(?: it)?(?: (?:as|like))?[,:]?\s+[\"'\u2018\u201c]?$",
    re.IGNORECASE,
)
_SPOKEN_AFTER = re.compile(
    r"^[\"'\u2019\u201d]?,?\s*(?:(?:that|this|which)(?:'s|\u2019s| is) how (?:you|they|we|I|to)"
    r" (?:say|spell|write|pronounce)"
    r"|(?:they|people|everyone|everybody|you) (?:all )?(?:can )?calls? me|for short"
    r"|(?:(?:that|this)(?:'s|\u2019s| is)|is) what (?:\w+ ){1,2}calls? me)",
    re.IGNORECASE,
)
_OR = re.compile(
    r"(?:\bnot|\bor|\bis it|\bwas it|\bwrote|\bwritten|\bwrites|\bcorrects? (?:it )?to|\bhears?|\bheard|\bno)[,:]?\s+$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:hurricane|storm|typhoon|cyclone|another|a different|a second|the other|some other|somebody else called"
    r"|one more)\s+$",
    re.IGNORECASE,
)
_QUOTES = re.compile(
    r"\b(?:said|says|say|goes|went|like|asked|told \w+|yelled|shouted),?\s*[\"'\u201c\u2018]?$", re.IGNORECASE
)


_TO_YOU = word_set("""
    you your you're yours yourself you've you'd you'll thank thanks hi hello hey welcome sorry please okay ok bye
    youre youve youd youll
    """)
"""Words that are said to somebody."""
_AFTER_CALL = 6


class Said(Enum):
    """How a name is said to be a way to call somebody."""

    SELF = "of the speaker"
    SPOKEN = "as a name is spoken, written or shortened"
    OR = "beside another one, as what it is or is not"


def presented(text: str, span: Span) -> Said | None:
    """Return how the words of ``span`` are said to be somebody's name, where the words around them say so."""
    before = text[max(0, span.start - _NAMING_TAIL) : span.start]
    if _SELF.search(before):
        return Said.SELF
    if _SPOKEN.search(before) or _SPOKEN_AFTER.search(text[span.end :]):
        return Said.SPOKEN
    return Said.OR if _OR.search(before) else None


def another(text: str, span: Span) -> bool:
    """Whether it is said to be somebody else of the same name, or a storm."""
    return _ANOTHER.search(text[: span.start]) is not None


def addressed(text: str, span: Span) -> bool:
    """Whether a name calls somebody who is there: "Ann, how are you?", "Thank you, Ann."."""
    before, after = text[: span.start].rstrip(" "), text[span.end :].lstrip(" ")
    if _QUOTES.search(text[: span.start]) or before.endswith(("'", '"', "\u201c", "\u2018")):
        return False
    following = said_in(after)[:1]
    if following and following[0].key in {"my", "her", "his", "our", "your", "their", "and", "or"}:
        return False  # "Ann, my sister", "Ann, and Tom"
    begun = max(before.rfind(c) for c in ".!?\u2026\u2014") + 1
    if not before[begun:].strip():
        said = {w.key for w in said_in(after)[:_AFTER_CALL]}
        return after.startswith((",", "!", "?")) and bool(said & _TO_YOU)
    ends = not after or after[0] in ".!?\u2026"
    return before.endswith(",") and ends and bool({w.key for w in said_in(before[begun:])} & _TO_YOU)


def relation(text: str, span: Span, *, tight: bool = False) -> str:
    """Return the word of kinship before a name ("my brother Dave", "my brother, Dave"), else nothing.

    Args:
        text: An utterance.
        span: Of the name.
        tight: Whether nothing but a space may stand between.
    """
    before = text[: span.start]
    words = said_in(before)
    if not words or any(c not in (" " if tight else " ,") for c in before[words[-1].span.end :]):
        return ""
    last = words[-1]
    if last.key in _ALSO_TITLES and (last.capital or words[-2:-1] == () or words[-2].key not in _WHOSE):
        return ""
    return last.key if last.key in RELATIONS else ""


def one_relation(one: str, two: str) -> bool:
    """Whether two words of kinship may be said of one person."""
    if not one or not two or one == two or one in _LOOSE or two in _LOOSE:
        return True
    return any(one in group and two in group for group in _SAME)


_FAMILY_TITLES = word_set("""
    dr doctor mr mister mrs ms miss mx prof professor captain sergeant lieutenant colonel corporal officer commander
    admiral sgt capt lt cpl detective coach nurse
    """)


def family_title(text: str, span: Span) -> str:
    """Return the title, folded, with which a family name was said ("Mrs Ferreira"), else nothing.

    A given name behind a title ("Miss Loretta") is none, and where a given name is said too, there is no doubt.
    """
    form = span.of(text)
    whole = name_keys(form)
    keys = [key for key in whole if key not in PARTICLES]
    words = said_in(form)
    if len(keys) != 1 or letters_of(form) is not None:
        return ""
    before = said_in(text[: span.start])[-1:]
    tight = bool(before) and text[before[0].span.end : span.start] in {" ", ". "}
    leads = [w.key for w in words[: len(words) - len(whole)]] or [w.key for w in before if tight]
    if not leads or leads[-1] not in _FAMILY_TITLES:
        return ""
    return "" if is_given(keys[0]) and not is_family(keys[0]) else leads[-1]
