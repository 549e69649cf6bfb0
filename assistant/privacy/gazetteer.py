"""Given names and places of the world, from the offline lists that ``vicary`` ships (the only file that imports it)."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from vicary import gazetteer as _vicary

from assistant.errors import ModelError
from assistant.privacy.plain_words import WORD_NAMES
from assistant.privacy.words import fold, word_set

_EXTRA_COUNTRIES = word_set(
    """
    america usa england scotland wales britain ireland ukraine russia china japan india pakistan bangladesh
    vietnam korea philippines mexico guatemala honduras nicaragua panama colombia venezuela ecuador peru bolivia
    chile argentina brazil cuba haiti jamaica nigeria ghana kenya ethiopia eritrea somalia sudan egypt morocco
    algeria tunisia libya syria lebanon iraq iran israel palestine yemen afghanistan turkey greece italy spain
    portugal france germany poland romania hungary bulgaria serbia croatia bosnia albania kosovo sweden norway
    denmark finland iceland estonia latvia lithuania canada australia nepal thailand cambodia laos myanmar burma
    indonesia malaysia singapore taiwan
    """
)

_EXTRA_GIVEN = frozenset(
    word
    for line in (files("assistant.privacy") / "data" / "given_names.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
"""Given names of the world that the package's list, drawn from one country's births, leaves out."""

_NOT_GIVEN = word_set(
    """
    so an me in yes thanks was has does went see how long my our her his they them today dad mom mum nan gran papa
    mama mami papi auntie baby lady junior sister guy son girl boy man king queen jesus god lord christ santa
    america china india london paris chicago dallas austin houston denver phoenix boston dakota carolina virginia
    georgia florence sydney brooklyn savannah ireland israel italia egypt kenya malaysia argentina wellington
    tea zoloft unknown author infant general december november october february monday wednesday thursday friday
    saturday
    """
)


@lru_cache(maxsize=1)
def _loaded() -> _vicary.Gazetteer:
    try:
        return _vicary.load()
    except Exception:  # noqa: BLE001  the package raises its own types and file errors alike
        raise ModelError("the list of names and places (package vicary) cannot be read: reinstall it") from None


@lru_cache(maxsize=4096)
def is_given_name(word: str) -> bool:
    """Whether a word, in any casing, is a common given name somewhere."""
    key = fold(word)
    if len(key) < 2 or key in _NOT_GIVEN:  # noqa: PLR2004  a single letter is nobody's name
        return False
    return key in _EXTRA_GIVEN or key in WORD_NAMES or bool(_loaded().is_common_given_name(word.lower()))


def is_plain_given_name(word: str) -> bool:
    """Whether it is a given name and nothing else in English, so that lower case is no objection."""
    return word.lower() not in WORD_NAMES and is_given_name(word)


@lru_cache(maxsize=4096)
def is_place(name: str) -> bool:
    """Whether a name of one or more words is a town, a region or a country. Many are everyday words too."""
    key = " ".join(name.lower().split())
    return key in _EXTRA_COUNTRIES or bool(_loaded().is_settlement(key)) or key in _loaded().place


def warm() -> None:
    """Read the lists now rather than at the first utterance. ModelError if they cannot be read."""
    _loaded()
