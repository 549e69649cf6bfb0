"""People who are not on the roster, by the words around them and by the list of given names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, Mention, Span
from assistant.privacy.calendar_words import CALENDAR
from assistant.privacy.gazetteer import is_given_name, is_place, is_plain_given_name
from assistant.privacy.naming import names_somebody
from assistant.privacy.plain_words import ADJECTIVE_NAMES, MONTH_NAMES, is_plain
from assistant.privacy.recognisers.numbers import is_number_word
from assistant.privacy.recognisers.organisation_words import FUNCTION_WORDS, HEADS
from assistant.privacy.recognisers.places import announced
from assistant.privacy.recognisers.roster import spelled_runs
from assistant.privacy.truecase import lacks_capitals
from assistant.privacy.words import word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.privacy.parse import Parse
    from assistant.privacy.words import TextWord

KIN = word_set(
    """
    mother mom mum mama father dad papa brother sister son daughter wife husband partner boyfriend girlfriend ex
    ex-wife ex-husband fiance fiancé fiancee fiancée uncle aunt auntie cousin nephew niece grandson granddaughter
    grandmother grandfather grandma grandpa nan nana gran granny stepson stepdaughter stepdad stepmom stepfather
    stepmother stepbrother stepsister friend roommate flatmate housemate neighbor neighbour boss manager
    supervisor coworker colleague mate buddy sponsor pastor teacher coach landlord landlady kid baby boy girl twin
    babysitter nanny roomie bestie godson goddaughter godfather godmother half-brother half-sister son-in-law
    daughter-in-law mother-in-law father-in-law brother-in-law sister-in-law caseworker youngest oldest eldest law
    dog ex-boyfriend ex-girlfriend mum's dealer sergeant foreman
    """
)
_TITLES = word_set(
    """
    mr mrs ms miss mister missus dr doctor pastor father reverend officer detective judge sister nurse coach
    professor uncle aunt auntie aunty sergeant captain deputy
    """
)
_MISSING = word_set(
    """
    i you we they he she to will would i'll i'd you'll we'll they'll don't didn't doesn't really still just also do did
    might must can could not and gonna who
    """
)
_STRONG_TITLES = word_set("mr mrs ms mister missus dr")
_PARTICLES = word_set(
    """
    de da del della di dos van von der den bin ibn al el la le mac mc st ap ó o
    """
)
_TO_PLACES = frozenset({"in", "from", "to", "near", "outside", "around", "of"})
_SAYINGS = tuple(
    tuple(saying.split())
    for saying in (
        "jesus mary and joseph", "tom dick and harry", "tom dick or harry", "jack of all trades", "bob is your uncle",
        "bob your uncle", "average joe", "plain jane", "john doe", "jane doe", "joe bloggs", "joe public", "uncle sam",
        "robin hood", "peter pan", "peeping tom", "doubting thomas", "hail mary", "bloody mary", "virgin mary",
        "mary poppins", "adam and eve", "romeo and juliet", "jekyll and hyde", "bonnie and clyde", "happy larry",
        "gordon bennett", "mother teresa", "father christmas", "debbie downer", "negative nancy", "nervous nellie",
        "chatty cathy", "nosy parker", "murphy law", "parkinson law", "saint christopher", "dear john", "jack frost",
        "humpty dumpty", "winnie the pooh", "harry potter", "james bond", "dr phil", "judge judy", "simon says",
    )
)  # fmt: skip
"""Names that belong to sayings and stories; every word without a possessive ending."""
_NOT_NAMES = word_set(
    """
    um uh yeah okay ok hey hi hiya howdy hello bye goodbye cheers ta welcome morning evening afternoon goodnight tea
    oh god jesus christ lord amen mm hm mhm ha wow zoom monopoly netflix facebook google
    honey sweetie darling babe instagram tiktok uber amazon youtube aa na er icu
    """
)


_NEVER = FUNCTION_WORDS | _NOT_NAMES | (CALENDAR - MONTH_NAMES)
_ENDS = FUNCTION_WORDS | _NOT_NAMES | CALENDAR
_SAID = frozenset(word for saying in _SAYINGS for word in saying)


class PersonRecogniser:
    """Finds given names, and surnames that follow them, wherever they name somebody.

    Args:
        knows: Whether a lower-case word is English.
    """

    name = "people"

    def __init__(self, knows: Callable[[str], bool]) -> None:
        self._knows = knows

    def detect(self, parse: Parse) -> Sequence[Mention]:
        """Return PERSON mentions."""
        words = words_of(parse.text)
        plain = lacks_capitals(parse.text)
        found: list[Mention] = []
        at = 0
        while at < len(words):
            reason = self._starts(words, at, plain=plain)
            if not reason:
                at += 1
                continue
            end = self._end(words, at, plain=plain)
            strong = at > 0 and (words[at - 1].lower in _STRONG_TITLES or _is_miss(words, at - 1, plain=plain))
            titled = reason == "title" and strong
            span = Span(words[at - titled].span.start, words[end - 1].bare_span.end)
            found.append(Mention(span, DisclosureType.PERSON, 0.75, self.name, reason))
            at = end
        found += [
            Mention(Span(words[a].span.start, words[b].span.end), DisclosureType.PERSON, 0.7, self.name, "spelled")
            for a, b, letters in spelled_runs(words)
            if len(letters) > 3  # noqa: PLR2004  short ones are abbreviations
        ]
        return found

    def _starts(  # noqa: C901, PLR0911  one rule a line
        self, words: tuple[TextWord, ...], at: int, *, plain: bool
    ) -> str:
        """The rule by which a name starts at ``at``; empty where none does."""
        word = words[at]
        bare = word.bare
        if bare in _NEVER or not bare.replace("'", "").isalpha():
            return ""
        named = plain or word.capital
        before = "" if word.opens or ("," in word.gap and words[at - 1].lower not in KIN) else words[at - 1].bare
        if (before in _STRONG_TITLES or _is_miss(words, at - 1, plain=plain)) and word.tight and named:
            return "title"
        if (
            before in _TITLES
            and named
            and (is_given_name(bare) or not self._knows(bare))
            and not (is_plain(bare) and plain)
        ):
            return "title"
        if _in_idiom(words, at) or (before in _TO_PLACES and announced(words, at)):
            return ""
        if _followed_by_head(words, at, plain=plain) or (before in _TO_PLACES and _is_long_place(words, at)):
            return ""
        if is_plain_given_name(bare) and not is_plain(bare):
            return (
                "given name"
                if named and (word.capital or not is_place(bare) or before not in {"in", "from", "to"})
                else ""
            )
        if before in KIN and named and at > 1:
            kin_of = words[at - 2].lower if not words[at - 1].opens else ""
            owned = kin_of in {
                "my",
                "his",
                "her",
                "your",
                "our",
                "their",
                "the",
                "little",
                "big",
                "older",
                "younger",
                "best",
                "old",
                "good",
                "in",
                "baby",
                "middle",
                "former",
                "late",
                "twin",
                "oldest",
                "youngest",
            } or kin_of.endswith("'s")
            if owned and (
                word.capital
                or (not self._knows(bare) and words[at - 1].lower == before)
                or (is_given_name(bare) and bare not in ADJECTIVE_NAMES | {"will", "may", "just", "art", "mark"})
            ):
                return "kin"
        if before in {"named", "nicknamed"} and (word.capital or is_given_name(bare) or not self._knows(bare)):
            return "named"
        if not is_given_name(bare) or (word.opens and word.capital and not names_somebody(words, at)):
            return ""
        if word.capital and not plain and not word.opens and not is_place(bare) and bare not in MONTH_NAMES:
            return "capital" if not _inside_title_case(words, at) else ""
        return (
            "context" if names_somebody(words, at) and not (is_place(bare) and before in {"in", "from", "to"}) else ""
        )

    def _end(self, words: tuple[TextWord, ...], at: int, *, plain: bool) -> int:
        """Index after the name: surnames and particles that follow."""
        end = at + 1
        while end < len(words) and end - at < 4 and words[end].tight and not words[end - 1].lower.endswith("'s"):  # noqa: PLR2004
            nxt = words[end]
            bare = nxt.bare
            if (
                bare in _PARTICLES
                and end + 1 < len(words)
                and words[end + 1].tight
                and (words[end + 1].capital or (plain and not self._knows(words[end + 1].bare)))
            ):
                end += 1
                continue
            if bare in _ENDS or is_number_word(bare):
                break
            if (
                (nxt.capital and not plain)
                or (plain and not self._knows(bare) and bare.isalpha())
                or (plain and is_plain_given_name(bare))
            ):
                end += 1
                continue
            break
        return end


def _is_miss(words: tuple[TextWord, ...], at: int, *, plain: bool) -> bool:
    """Whether "miss" at ``at`` is a title: "Miss Ada", not "I miss Ada"."""
    if at < 0 or words[at].lower != "miss" or not (plain or words[at].capital):
        return False
    return not plain or at == 0 or words[at - 1].lower not in _MISSING


def _in_idiom(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether the name belongs to a saying and to nobody: "for Pete's sake", "Jesus, Mary and Joseph"."""
    if words[at].bare not in _SAID and words[at].bare == words[at].lower:
        return False
    after = words[at + 1].lower if at + 1 < len(words) else ""
    if words[at].lower.endswith("'s") and after == "sake":
        return True
    return any(
        tuple(w.bare for w in words[start : start + len(saying)]) == saying
        for saying in _SAYINGS
        for start in range(max(0, at - len(saying) + 1), at + 1)
    )


def _followed_by_head(words: tuple[TextWord, ...], at: int, *, plain: bool) -> bool:
    """Whether it is the first word of an organisation or a street ("Harlan Freight", "Orchard Lane")."""
    if at + 1 >= len(words) or not words[at + 1].tight:
        return False
    head = words[at + 1]
    return head.bare in HEADS | {"street", "lane", "road", "avenue", "drive"} and (plain or head.capital)


def _is_long_place(words: tuple[TextWord, ...], at: int) -> bool:
    """Whether a place of two or three words starts here ("San Bernardino")."""
    return any(
        at + size <= len(words)
        and all(w.tight for w in words[at + 1 : at + size])
        and is_place(" ".join(w.bare for w in words[at : at + size]))
        for size in (2, 3)
    )


def _inside_title_case(words: tuple[TextWord, ...], at: int) -> bool:
    before = words[at - 1] if at else None
    return bool(
        before
        and before.capital
        and not before.opens
        and not is_given_name(before.bare)
        and words[at].tight
        and before.lower != "i"
    )
