"""Word lists the gate leans on: ordinary words, words without content, nicknames. Redaction has others."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DATA = Path(__file__).parent / "data"


def word_list(text: str) -> tuple[str, ...]:
    """Return the words of a list written with spaces and line breaks between them, in order."""
    return tuple(text.split())


COMMON = 2_500
"""Words of a lower rank are so common that sharing them says nothing."""

FILLERS = frozenset({"uh", "um", "er", "erm", "hmm", "hm", "mm", "mhm", "ah", "eh", "oh", "huh"})

FUNCTION = frozenset(
    word_list(
        """a an the this that these those i me my mine myself we us our ours ourselves you your yours yourself
        yourselves he him his himself she her hers herself it its itself they them their theirs themselves who
        whom whose which what when where why how am is are was were be been being isn't aren't wasn't weren't do
        does did doing don't doesn't didn't have has had having haven't hasn't hadn't will would shall should
        can could may might must won't wouldn't shouldn't can't couldn't cannot ain't and but or nor so yet for
        if then else because as until while of at by with about against between into through during before after
        above below to from up down in out on off over under again further once here there all any both each few
        more most other some such no not only own same than too very just also even still ever never always well
        like really actually basically maybe yeah yes yep no nope okay ok right sure now got get gets getting go
        goes going went gone gonna wanna gotta kind kinda sort sorta thing things stuff lot lots way much many
        one ones something anything everything nothing someone anyone everyone somebody anybody everybody nobody
        know think mean say says said guess let make makes made want wanted though although since whether i'm
        it's that's there's let's without within upon onto till around back away
        dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt cant couldnt shouldnt aint im ive
        youre theyre weve hes shes thats theres whats"""
    )
)
"""Words that carry no content of their own."""

CALENDAR = frozenset(
    word_list(
        """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
        august september october november december spring summer autumn fall winter christmas easter
        thanksgiving"""
    )
)

RELATIVE_TIME = frozenset(
    word_list(
        """today tonight tomorrow yesterday now day days week weeks month months year years weekend morning
        afternoon evening night ago last next this past every other couple few early late end start middle first"""
    )
)
"""A date made of these alone singles nobody out."""

RELATIONS = frozenset(
    word_list(
        """mother father mom mum dad parent parents brother sister sibling son daughter child children kid kids
        baby husband wife spouse partner boyfriend girlfriend fiance fiancee ex uncle aunt cousin nephew niece
        grandmother grandfather grandma grandpa grandparent grandson granddaughter grandchild stepfather
        stepmother stepson stepdaughter friend boss manager supervisor coworker colleague neighbour neighbor
        roommate landlord doctor therapist nurse teacher sponsor lawyer family relative relatives in-law law"""
    )
)
"""Relation words; redaction may put one in place of an outsider's name."""

PLACEHOLDERS = frozenset(
    word_list(
        """name person people someone relative relation friend acquaintance place location town city state country
        address street workplace employer company organisation organization school hospital clinic church business
        date time day month year age number phone telephone email mail e account id identifier code handle link
        removed withheld redacted omitted hidden left out detail details older 90 earlier colleague provider health
        family legal work medical personal another"""
    )
)
"""Words that may stand in a placeholder's brackets."""

BANDS = frozenset({"90", "older"})
"""What stands, without brackets, for an age over 89 (``domain.md`` 1, C)."""


@lru_cache(maxsize=1)
def _ranks() -> Mapping[str, int]:
    lines = (DATA / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return {word: rank for rank, word in enumerate(w for w in lines if not w.startswith("#"))}


@lru_cache(maxsize=1)
def _nickname_groups() -> Mapping[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for line in (DATA / "nicknames.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            names = frozenset(line.split())
            for name in names:
                groups[name] = groups.get(name, frozenset()) | names
    return groups


def is_ordinary(word: str, top: int | None = None) -> bool:
    """Whether a folded word is one that anybody may say.

    Args:
        word: A folded word.
        top: Only the so many commonest words count; None counts all.
    """
    if word in FUNCTION or word in FILLERS or word in CALENDAR:
        return True
    ranks = _ranks()
    best = min((ranks[form] for form in _bases(word) if form in ranks), default=None)
    return best is not None and (top is None or best < top)


def is_listed(word: str, top: int | None = None) -> bool:
    """Whether a folded word itself, not only a word it may be formed from, is ordinary; ``top`` as above."""
    if word in FUNCTION or word in FILLERS or word in CALENDAR:
        return True
    rank = _ranks().get(word)
    return rank is not None and (top is None or rank < top)


def _bases(word: str) -> Iterator[str]:
    yield word
    yield word.replace("'", "")
    if word.endswith("n't"):
        yield word[:-3]
    for ending, replacements in (
        ("ies", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ing", ("", "e")),
        ("ed", ("", "e")),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004  shorter stems are other words
            for replacement in replacements:
                yield word[: -len(ending)] + replacement


def stem(word: str) -> str:
    """Return a word without its commonest endings, to compare forms of one word."""
    for ending in ("ing", "ies", "ied", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004  shorter stems are other words
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word  # noqa: PLR2004  as above


def carries_content(word: str) -> bool:
    """Whether a folded word says something of its own."""
    return word not in FUNCTION and word not in FILLERS


def nicknames(name: str) -> frozenset[str]:
    """Return the other names that a folded given name is known by."""
    return _nickname_groups().get(name, frozenset()) - {name}
