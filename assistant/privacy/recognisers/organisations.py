"""Employers, schools, clinics and other organisations by the words around them.

A general entity model knows the organisations of the news; a group talks of diners, plants and clinics that nobody
has written about. "I drive for" and "laid off from" say what follows, whatever it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.gazetteer import is_plain_given_name
from assistant.privacy.recognisers.organisation_words import (
    AT_CUES,
    CUE_VERBS,
    FUNCTION_WORDS,
    GENERIC,
    HEADS,
    JOB_NOUNS,
    MINISTRY,
    TRAILING,
)
from assistant.privacy.truecase import lacks_capitals
from assistant.privacy.words import word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

_MOST_WORDS = 5
_TAIL_WORDS = word_set(
    """
    creek ridge valley hollow springs harbor harbour saint st mount oak willow
    """
)
_TOPONYMS = word_set(
    """
    harbor harbour ridge creek valley river lake bay point view fields meadows springs hills woods gardens park
    pines oaks house home court manor terrace lodge villa yard shop store group city market bar farm team hollow
    room rooms line lines union trust service services works care tools parts media systems center centre garage
    fitness lounge department club bank mission agency council
    """
)
"""Heads that alone, after an unknown word, may as well make a place, a thing or a family."""
_EMPLOYED = word_set(
    """
    work works worked working bartend bartended bartending waitress cook cooked cooks cooking hired employed job
    bouncer bartender barista cashier dishwasher tables
    """
)
_DISTINCT = word_set(
    """
    diner restaurant bistro tavern inn hotel motel hospital clinic infirmary hospice pharmacy college university
    academy seminary daycare chapel cathedral synagogue mosque factory refinery shipyard brewery bakery
    supermarket boutique salon casino cafe
    """
)
"""Heads that any one word but a general one turns into a name."""
_JOINERS = frozenset({"of", "and", "for", "the", "&"})


class OrganisationRecogniser:
    """Finds organisations by cue and by head noun.

    Args:
        knows: Whether a lower-case word is English; what is not, after a cue, is a name.
    """

    name = "organisations"

    def __init__(self, knows: Callable[[str], bool]) -> None:
        self._knows = knows

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return ORG mentions."""
        words = words_of(parse.text)
        plain = lacks_capitals(parse.text)
        found: list[Mention] = []
        for at in range(1, len(words)):
            if words[at].opens or not _after_cue(words, at):
                continue
            span = self._plain(words, at) if plain else self._cased(words, at)
            if span is not None:
                found.append(Mention(span, DisclosureType.ORG, 0.8, self.name, "cue"))
        spans = self._headed(words, plain=plain)
        return found + [Mention(s, DisclosureType.ORG, 0.75, self.name, "head noun") for s in spans]

    def _cased(self, words: tuple[TextWord, ...], at: int) -> Span | None:
        """The capitalised words from ``at``, an article skipped."""
        at = _skip(words, at)
        if at >= len(words) or not words[at].capital or words[at].lower in {"i", "i'm", "i've", "i'd"}:
            return None
        end = _capital_run(words, at)
        return _span(words, at, end)

    def _plain(self, words: tuple[TextWord, ...], at: int) -> Span | None:
        """Without capitals: words up to a head noun, or words that are not English."""
        article = words[at].lower in {"the", "a", "an", "my", "this", "that", "our"}
        if article and words[at].lower != "the":
            return None
        at = _skip(words, at)
        run = _content_run(words, at)
        head = next((i for i in range(len(run) - 1, 0, -1) if words[run[i]].bare in HEADS), None)
        if head is not None:
            names = [words[i].bare for i in run[:head]]
            corner_shop = names[-1] == "corner" and words[run[head]].bare in {"store", "shop", "bar", "pub", "room"}
            if all(n in GENERIC for n in names) or (article and names[0] in GENERIC) or corner_shop:
                return None
            end = run[head] + 1
            return _span(words, at, end)
        if len(run) > 1 and not any(words[i].bare in GENERIC for i in run[:2]):
            cue = at - 1 - article
            back = {w.lower for w in words[max(0, cue - 2) : cue]}
            strange = len(run) == 2 and not self._knows(words[run[0]].bare)  # noqa: PLR2004  "Sandoval Produce"
            if strange or (words[cue].lower in {"at", "with"} and back & (_EMPLOYED | JOB_NOUNS)):
                return _span(words, at, run[1] + 1)
        if run and (not self._knows(words[run[0]].bare) or is_plain_given_name(words[run[0]].bare)):
            end = run[0] + 1
            while end < len(words) and words[end].tight and end - at < 3 and not self._knows(words[end].bare):  # noqa: PLR2004
                end += 1
            return _span(words, at, end)
        return None

    def _headed(  # noqa: C901  one loop, one condition a line
        self, words: tuple[TextWord, ...], *, plain: bool
    ) -> list[Span]:
        """Capitalised names that end in a head noun; in plain text, a saint's or an unknown word before one."""
        spans: list[Span] = []
        for at, word in enumerate(words):
            heads = HEADS - _TOPONYMS if plain else HEADS - TRAILING
            if at and (words[at - 1].lower.endswith(("'s", "s'")) or words[at - 1].bare in GENERIC):
                heads = HEADS
            if word.bare not in heads or at == 0 or not word.tight:
                continue
            first = at
            while first > 0 and at - first < _MOST_WORDS and words[first].tight:
                previous = words[first - 1]
                if plain and first < at + 1 and previous.bare in GENERIC and not previous.opens:
                    first -= 1
                    continue
                name = previous.capital and previous.lower not in FUNCTION_WORDS and previous.bare != "i"
                if plain:
                    name = (
                        not self._knows(previous.bare)
                        or previous.bare in {"saint", "st"}
                        or (is_plain_given_name(previous.bare) and not words[first - 1].opens)
                    )
                    name = name or (
                        word.bare in _DISTINCT and at - first <= 1 and self._is_particular(words, first - 1)
                    )
                    name = name or previous.bare in _TAIL_WORDS or (first < at and words[first].bare in _TAIL_WORDS)
                    name = name and previous.bare not in FUNCTION_WORDS
                if not name:
                    break
                first -= 1
            while first < at and words[first].bare in GENERIC:
                first += 1
            named = [w for w in words[first:at] if w.bare not in GENERIC]
            if named and (plain or word.capital) and not (len(named) == 1 and words[first].opens and not word.capital):
                end = at + 1
                while (
                    end < len(words) and words[end].tight and words[end].bare in HEADS and (plain or words[end].capital)
                ):
                    end += 1
                spans.append(_span(words, first, end))
        return spans

    def _is_particular(self, words: tuple[TextWord, ...], at: int) -> bool:
        """Whether the word before a head tells one from another: "the kestrel clinic", not "a busy clinic"."""
        word, before = words[at], words[at - 1].lower if at and not words[at].opens else "a"
        if word.bare in GENERIC | FUNCTION_WORDS or word.bare.endswith(("ing", "ed", "ly", "al", "ic")):
            return False
        return before in {"the", "at", "in", "to", "from", "for", "of", "with"} or (
            before not in FUNCTION_WORDS and before not in GENERIC
        )


def _after_cue(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether what stands at ``at`` is where somebody works, studies or is treated."""
    before = words[at - 1].lower
    if before not in {"at", "for", "from", "with", "by", "to", "into", "in"}:
        return False
    back = [w.lower for w in words[max(0, at - 7) : at - 1]]
    near = back[-4:]
    if before == "at":
        return bool(set(near) & (CUE_VERBS | JOB_NOUNS | AT_CUES))
    if before in {"for", "with", "by"}:
        return bool(back and (back[-1] in MINISTRY or (len(back) > 1 and back[-2] in MINISTRY))) or (
            before in {"for", "with"} and bool(set(near[-2:]) & (JOB_NOUNS | MINISTRY))
        )
    if before == "from":
        return any(
            w in near
            for w in (
                "laid",
                "fired",
                "off",
                "discharged",
                "graduated",
                "retired",
                "expelled",
                "suspended",
                "quit",
                "transferred",
                "released",
                "sacked",
            )
        )
    if before in {"to", "into"}:
        return any(w in near for w in ("admitted", "checked", "transferred", "referred", "committed"))
    return False


def _skip(words: tuple[TextWord, ...], at: int) -> int:
    while at < len(words) and words[at].lower in {"the", "um", "uh", "like", "er"}:
        at += 1
    return at


def _capital_run(words: tuple[TextWord, ...], at: int) -> int:
    """Index after the capitalised words from ``at``, "of" and "and" kept between two of them."""
    end = at + 1
    while end < len(words) and not words[end].opens and end - at < _MOST_WORDS + 1:
        gap = words[end].gap.strip()
        if gap not in {"", "-", "&", "'"}:
            break
        if words[end].capital and words[end].lower not in {"i", "i'm", "i've", "i'd", "i'll"}:
            end += 1
            continue
        linked = (
            words[end].lower in _JOINERS
            and words[end].lower != "the"
            and end + 1 < len(words)
            and words[end + 1].capital
            and words[end + 1].tight
            and words[end + 1].lower not in {"i", "i'm", "i've"}
        )
        if not linked:
            break
        end += 2
    return end


def _content_run(words: tuple[TextWord, ...], at: int) -> list[int]:
    run: list[int] = []
    i = at
    while i < len(words) and (i == at or words[i].tight) and len(run) < _MOST_WORDS:
        if words[i].lower in FUNCTION_WORDS:
            linked = words[i].lower == "of" and run and i + 1 < len(words) and words[run[-1]].bare in HEADS
            linked = linked or (
                words[i].lower == "and" and run and i + 1 < len(words) and words[i + 1].lower in {"sons", "daughters"}
            )
            if not linked:
                break
        run.append(i)
        i += 1
    return run


def _span(words: tuple[TextWord, ...], first: int, after: int) -> Span:
    last = words[after - 1]
    # "Saint Vincent's" is the hospital's name; "Acme's" is not Acme's.
    whole = words[first].bare in {"saint", "st"} and after - first == 2  # noqa: PLR2004  the saint and the name
    return Span(words[first].span.start, (last.span if whole else last.bare_span).end)
