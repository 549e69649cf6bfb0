"""Employers, schools, clinics and other organisations by the words around them.

A general entity model knows the organisations of the news; a group talks of diners, plants and clinics that nobody
has written about. "I drive for" and "laid off from" say what follows, whatever it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.gazetteer import is_plain_given_name
from assistant.privacy.recognisers.organisation_cues import (
    MOST_WORDS,
    after_cue,
    capital_run,
    is_venue,
    name_span,
    skip_article,
)
from assistant.privacy.recognisers.organisation_heads import headed_names
from assistant.privacy.recognisers.organisation_words import FUNCTION_WORDS, GENERIC, HEADS, JOB_NOUNS
from assistant.privacy.truecase import lacks_capitals
from assistant.privacy.words import word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

_EMPLOYED = word_set(
    """
    work works worked working bartend bartended bartending waitress cook cooked cooks cooking hired employed job
    bouncer bartender barista cashier dishwasher tables
    """
)


_MOST_STRANGE = 3


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
            if words[at].opens:
                continue
            cue = after_cue(words, at)
            if not cue and (plain or not is_venue(words, at)):
                continue
            span = self._plain(words, at) if plain else self._cased(words, at)
            if span is not None:
                found.append(Mention(span, DisclosureType.ORG, 0.8, self.name, "cue"))
        spans = headed_names(words, plain=plain, knows=self._knows)
        return found + [Mention(s, DisclosureType.ORG, 0.75, self.name, "head noun") for s in spans]

    def _cased(self, words: tuple[TextWord, ...], at: int) -> Span | None:
        """The capitalised words from ``at``, an article skipped."""
        at = skip_article(words, at)
        if at >= len(words) or not words[at].capital or words[at].lower in {"i", "i'm", "i've", "i'd"}:
            return None
        end = capital_run(words, at)
        return name_span(words, at, end)

    def _plain(self, words: tuple[TextWord, ...], at: int) -> Span | None:
        """Without capitals: words up to a head noun, or words that are not English."""
        article = words[at].lower in {"the", "a", "an", "my", "this", "that", "our"}
        if article and words[at].lower != "the":
            return None
        at = skip_article(words, at)
        run = _content_run(words, at, self._knows)
        if len(run) > 1 and words[run[1]].lower == "and":
            return name_span(words, at, run[-1] + 1)
        head = self._head(words, run)
        if head is not None:
            names = [words[i].bare for i in run[:head]]
            corner_shop = names[-1] == "corner" and words[run[head]].bare in {"store", "shop", "bar", "pub", "room"}
            general = all(n in GENERIC for n in names) or (article and names[0] in GENERIC)
            return None if general or corner_shop else name_span(words, at, run[head] + 1)
        if self._is_pair(words, run, at - 1 - article):
            return name_span(words, at, run[1] + 1)
        return self._strange(words, run)

    def _head(self, words: tuple[TextWord, ...], run: list[int]) -> int | None:
        """Index into the run of its head noun, or of a trade after a strange word."""
        head = next((i for i in range(len(run) - 1, 0, -1) if words[run[i]].bare in HEADS), None)
        if head is None and len(run) > 1 and not self._knows(words[run[0]].bare):
            head = next((i for i in range(len(run) - 1, 0, -1) if _is_trade(words[run[i]].bare)), None)
        return head

    def _is_pair(self, words: tuple[TextWord, ...], run: list[int], cue: int) -> bool:
        """Whether the first two words make a name without a head: "Sandoval Produce", "cook at amber light"."""
        if len(run) < 2 or any(words[i].bare in GENERIC for i in run[:2]):  # noqa: PLR2004  a pair
            return False
        back = {w.lower for w in words[max(0, cue - 2) : cue]}
        strange = len(run) == 2 and not self._knows(words[run[0]].bare)  # noqa: PLR2004  as above
        return strange or (words[cue].lower in {"at", "with"} and bool(back & (_EMPLOYED | JOB_NOUNS)))

    def _strange(self, words: tuple[TextWord, ...], run: list[int]) -> Span | None:
        """The words from the first of the run on that are not English; a given name counts, but not after "for"."""
        if not run:
            return None
        first = words[run[0]].bare
        by_name = is_plain_given_name(first)
        if (self._knows(first) and not by_name) or (by_name and words[run[0] - 1].lower == "for"):
            return None
        end = run[0] + 1
        while (
            end < len(words) and words[end].tight and end - run[0] < _MOST_STRANGE and not self._knows(words[end].bare)
        ):
            end += 1
        return name_span(words, run[0], end)


def _is_trade(word: str) -> bool:
    """Whether a firm may be called so after a name: "growers", "exteriors", "roofers", "interiors"."""
    return len(word) > 5 and word.endswith(("ers", "ors", "ings", "ics", "ions"))  # noqa: PLR2004  "hers", "kings"


def _content_run(words: tuple[TextWord, ...], at: int, knows: Callable[[str], bool]) -> list[int]:
    """Indexes of the words that may make a name from ``at`` on; two strange words and an "and" are a firm."""
    run: list[int] = []
    i = at
    if at + 2 < len(words) and words[at + 1].lower == "and" and words[at + 2].tight:
        pair = words[at].bare, words[at + 2].bare
        if not knows(pair[0]) and not any(p in FUNCTION_WORDS or is_plain_given_name(p) for p in pair):
            return [at, at + 1, at + 2]
    while i < len(words) and (i == at or words[i].tight) and len(run) < MOST_WORDS:
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
