"""Words of a session that have a capital and are nobody's name: cries, greetings, words of another language, echoes.

What no English dictionary lists is taken for a name elsewhere. Here the whole session is heard: a word that somebody
says in small letters too, or that stands as a sentence of its own and nowhere else, names nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.pipeline.sampling.words import opens
from assistant.privacy.gazetteer import is_given_name, is_place
from assistant.privacy.vocabulary import FREQUENT
from assistant.privacy.words import word_set, words_of
from assistant.training.words import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assistant.privacy.words import TextWord
    from assistant.training.roster import Roster

_ASKING: Final = word_set("""
    who who's whose where where's which name names name's called call town city village street road place school
    hospital clinic church from company work shop pub
    """)
"""What a question asks that is answered with a name."""
_NAMING: Final = word_set("name named name's names called surname")
_OPEN: Final = word_set("how what what's how's why when")
"""What a question asks that is answered otherwise."""
_CUES: Final = word_set("""
    i'm im i\u2019m am named called name name's hi hey hello thanks mr mrs ms dr miss dear brother sister mother father
    mom mum dad son daughter wife husband partner sponsor friend aunt auntie uncle cousin boss neighbour neighbor
    """)
"""What stands before a name."""
_SOUNDS: Final = word_set("um uh oh ah mm hmm er well yeah yes no okay ok right so and hey thanks ha haha eh aye")
_LEAST: Final = 2


def everyday_in(texts: Iterable[str], roster: Roster, english: Callable[[str], bool]) -> frozenset[str]:
    """Return the folded words of a session that are nobody's name in spite of a capital.

    Args:
        texts: What was said, turn by turn.
        roster: Whose names they never are, by spelling or by sound.
        english: Whether a lower-case word is in the dictionary.
    """
    small: dict[str, str] = {}
    cried: dict[str, str] = {}
    named: set[str] = set()
    asked = False
    for text in texts:
        words = words_of(text)
        if text != text.lower():
            asked = asked or any(word.lower in _NAMING for word in words)
            for at in range(len(words)):
                _weigh(words, at, (small, cried, named), english, asked=asked)
        lower = {word.lower for word in words}
        asked = text.rstrip().endswith("?") and (bool(lower & _ASKING) or not lower & _OPEN)
    return frozenset(
        key
        for key, bare in (small | cried).items()
        if key not in named and not roster.all_of(bare, misheard=True) and not _listed(bare, small=key in small)
    )


def _weigh(
    words: Sequence[TextWord],
    at: int,
    seen: tuple[dict[str, str], dict[str, str], set[str]],
    english: Callable[[str], bool],
    *,
    asked: bool,
) -> None:
    """Add a word to those that stand in small letters, that are cried, or that may be somebody's name."""
    small, cried, named = seen
    word = words[at]
    key = key_of(word.bare)
    if not word.bare.isalpha() or len(word.bare) < _LEAST:
        return
    cue = at > 0 and word.tight and words[at - 1].lower in _CUES
    if not word.capital:
        (named.add(key) if cue and not _known(word, english) else small.setdefault(key, word.bare))
        return
    if not opens(words, at) or word.lower.endswith(("'s", "\u2019s")):
        named.add(key)
        return
    after = words[at + 1] if at + 1 < len(words) else None
    alone = after is None or after.opens
    if _known(word, english):
        if after is not None and not after.opens and after.gap.strip()[:1] == ",":
            named.add(key)  # "Baker, come here"
        return
    foreign = after is not None and after.tight and not after.capital and not _known(after, english)
    if (alone and not asked and _at_the_start(words, at)) or foreign:
        cried.setdefault(key, word.bare)
    elif alone or not (after is not None and after.gap.strip()[:1] == ","):
        named.add(key)


def _at_the_start(words: Sequence[TextWord], at: int) -> bool:
    """Whether nothing but a sound or two stands before a word: a fragment before it may announce a name."""
    return all(word.bare in _SOUNDS for word in words[:at])


def _listed(bare: str, *, small: bool) -> bool:
    """Whether a list of names has a word; towns are called as many things that are said in small letters."""
    return is_given_name(bare) or (not small and is_place(bare))


def _known(word: TextWord, english: Callable[[str], bool]) -> bool:
    return word.bare in FREQUENT or english(word.bare)
