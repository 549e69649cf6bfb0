"""How a clinician may speak of the others: "a peer offered support", and nothing of who that is or what is the matter.

A reader of the chart learns from "another member who lost a son" what a third person told. So beside a word for the
others stand only words of how people deal with each other (``trade.DEALINGS``); everything else is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import Severity
from assistant.notes.lexicon import FUNCTION, word_list
from assistant.notes.passages import PassageKind
from assistant.notes.tokens import APOSTROPHE
from assistant.notes.trade import DEALINGS, JOBS, PEERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.domain import GateFinding
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage
    from assistant.notes.tokens import Token

DETERMINERS = frozenset(
    word_list(
        """a an another one other others the each every any some several few many most all both two three four various
        fellow group his her their its with from by to for of and or no this that these those among between other's
        supportive multiple different same-age"""
    )
)
"""Words before "peer" that single nobody out."""

SOME_OF_THEM = frozenset(word_list("other others two three four both some few couple certain these those of peer"))
"""Words that make "members" fewer than all."""

OTHERWISE = frozenset(word_list("family household staff team crew church board committee faculty council band union"))
"""Members of something else."""

RELATIVE = frozenset({"who", "whom", "whose", "that", "which"})
ORIGIN = frozenset({"from", "by"})
"""Feedback from a peer may be about anything of the reader's own."""
ABOUT = frozenset(word_list("about on regarding around concerning"))
TURNS_BACK = frozenset({"without", "and", "but"})
"""Words after "from a peer" that go on about the member."""
TIES = frozenset(
    word_list(
        """dating dates dated carpool carpools carpooled carpooling sponsor sponsors sponsored sponsoring roommate
        coworker colleague cousin sister brother married marries ex sleeps sleeping lives living neighbor neighbour"""
    )
)
"""Ties between members outside the room (``domain.md`` X5)."""
COMPARING = frozenset({"like", "unlike", "as", "than"})
SUBJECTS = frozenset({"member", "client", "patient", "she", "he", "they"})
JOINTS = frozenset(word_list("and but while so when as because then although though after before until"))

_WHO = "woman|man|lady|gentleman|girl|boy|guy|kid|person|mother|father|mom|dad|parent|individual|one|couple"
_NO_AGENT = "|".join(
    word_list(
        """number order power anger matter manner humou?r behaviou?r disorder facilitator leader other member co-\\w+
        answer factor moderator observer laughter banter chatter corner center barrier character clinician therapist
        counsell?or trainer tremor error"""
    )
)
_AGENT = rf"(?!(?:{_NO_AGENT})\b)\w{{2,}}(?:er|or|ist|ian)"
"""A word that says what somebody does: "harpist"."""
_ROOM = r"(?:the |this |our |today's |tonight's )?(?:group|room|session|circle|meeting)"
_PERSON_IN_ROOM = re.compile(
    rf"\b(?:{_WHO}|{'|'.join(sorted(JOBS))})s? (?:\w+ ){{0,2}}?(?:in|of|from|at) {_ROOM}\b"
    rf"|\b(?:the|an?|our) (?:\w+ )?{_AGENT} (?:in|from) {_ROOM}\b"
    rf"|\b(?:someone|somebody|anyone) (?:else )?(?:in|from) {_ROOM} (?:who|whose|that|with)\b"
    rf"|\bthe only (?:\w+ ){{0,2}}(?:{_WHO}|member|peer|participant|client|female|male|adult|native"
    rf"|{'|'.join(sorted(JOBS))})\b"
    r"|\bour (?:newest|oldest|youngest)\b|\bthe (?:newest|oldest|youngest|newcomer)\b"
    r"|\b(?:the|an?) (?:new|newer|other|absent|late|older|younger) (?:guy|girl|one|person|woman|man|lady)\b"
    rf"|\b(?:one|two|three|some|most|any|all|another) (?:of (?:the|our|them) )(?:other )?(?:{_WHO})s?\b",
    re.IGNORECASE,
)
_CODED = re.compile(
    r"\b(?:member|client|patient|pt|peer|participant|attendee|person|speaker|individual|resident|voice)s?\.?\s*"
    r"(?:(?:number|no\.?|num\.?|#)\s*)?(?:#\s*)?"
    r"(?:\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?!\s+(?:goals?|times?|points?))"
    r"|(?-i:[B-HJ-Z])(?![\w'\u2019]))(?!\w)",
    re.IGNORECASE,
)
_SAME_AS = re.compile(r"\b(?:same as|unlike|similar to|just like) (?:him|her|them)\b", re.IGNORECASE)
_ECHOED = re.compile(
    r"\b(?:like|as|what) (?:he|she|they) (?:just |all )?(?:said|shared|told|described|mentioned)\b", re.IGNORECASE
)


def check_peers(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find what a clinician's line tells of another, or who the other is, without a name."""
    if passage.kind is not PassageKind.CLINICIAN:
        return
    text = passage.text.replace(APOSTROPHE, "'")
    if _PERSON_IN_ROOM.search(text) or _CODED.search(text):
        yield passage.finding("points at another member")
    if _SAME_AS.search(text):
        yield passage.finding("repeats or compares")
    elif _ECHOED.search(text):
        yield passage.finding("repeats or compares", None, Severity.REVIEW)
    own = frozenset(index.own_names.words)
    for at, token in enumerate(passage.tokens):
        if token.plain in PEERS and _is_another(passage.tokens, at, everybody=index.reader is None):
            rule = _told(passage.tokens, at, own)
            if rule:
                yield passage.finding(rule)


def _is_another(tokens: Sequence[Token], at: int, *, everybody: bool) -> bool:
    """Whether the word is about the others: "the member" is the reader, "family members" are not in the room."""
    word = tokens[at].plain
    before = [t.plain for t in tokens[max(0, at - 3) : at]]
    if before[-1:] and before[-1] in OTHERWISE:
        return False
    if word in {"members", "participants", "attendees"} and not tokens[at].possessive:
        # "Members practised breathing": all of them, as the group's part says it of the session.
        follows = tokens[at + 1].plain if at + 1 < len(tokens) else ""
        return bool(set(before) & SOME_OF_THEM) or follows in RELATIVE or _described(tokens, at)
    if word not in {"member", "participant", "attendee"} or everybody:
        return True
    # "The member", "this group member", "member" alone: the one whose note it is.
    if before[-1:] == ["group"]:
        before.pop()
    singular = not before or before[-1] in {"the", "this", "said"} or before[-1] not in DETERMINERS - {"group"}
    described = at + 1 < len(tokens) and tokens[at + 1].plain in RELATIVE and not tokens[at + 1].pause
    return not singular or described or _described(tokens, at)


_DESCRIBED = frozenset(
    word_list(
        """new newer newest old older oldest young younger youngest male female pregnant grieving absent late only quiet
        loud married divorced widowed bereaved black white gay lesbian trans transgender nonbinary bisexual straight
        fellow female-identifying elderly retired sober former returning departing first second third last tall blind
        deaf disabled injured sick dying homeless unemployed immigrant muslim christian jewish catholic latina latino
        hispanic asian african indigenous veteran religious rich poor angry dominant disruptive"""
    )
)


def _described(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and (tokens[at - 1].plain in _DESCRIBED or tokens[at - 1].plain in JOBS) and not tokens[at].pause


def _told(tokens: Sequence[Token], at: int, own: frozenset[str]) -> str:
    """Return the rule that the words around a word for the others break; empty: none."""
    first = at
    while first > 0 and not tokens[first].pause and tokens[first - 1].plain in DETERMINERS:
        first -= 1
    before = [t.plain for t in tokens[max(0, first - 3) : at]]
    many = tokens[at].plain.endswith("s") and not tokens[at].possessive
    described = first > 0 and not tokens[first].pause and first == at and tokens[at - 1].plain not in FUNCTION
    if _described(tokens, at) or (described and not many and not _safe(tokens[at - 1], own)) or set(before) & TIES:
        return "points at another member"
    if not many and (set(before) & COMPARING or {"similar", "same"} & set(before[:-1])):
        return "repeats or compares"
    hears = bool(set(before) & ORIGIN) and not tokens[at].possessive
    return _told_after(tokens, at, own, hears=hears)


def _told_after(tokens: Sequence[Token], at: int, own: frozenset[str], *, hears: bool) -> str:
    """Return the rule that the words after a word for the others break; ``hears``: the member has something of them."""
    clause = _clause(tokens, at, own)
    after = at + 1 + len(clause)
    if clause and clause[0].plain in RELATIVE:
        return "points at another member"
    for word in clause:
        if hears and word.plain in ABOUT | TURNS_BACK:
            return ""
        if not _safe(word, own):
            return "tells of another member"
    described = after < len(tokens) and tokens[after].plain in RELATIVE - {"that", "which"}
    return "points at another member" if described else ""


def _safe(token: Token, own: frozenset[str]) -> bool:
    return token.plain in FUNCTION or token.plain in DEALINGS or token.plain in own or token.bracketed


def _clause(tokens: Sequence[Token], at: int, own: frozenset[str]) -> tuple[Token, ...]:
    """Return the words after a word for the others, as far as they may be about them."""
    found: list[Token] = []
    for next_at in range(at + 1, len(tokens)):
        token = tokens[next_at]
        if token.pause:
            break
        follows = tokens[next_at + 1 : next_at + 3]
        if token.plain in JOINTS and any(
            t.plain in own or t.plain in SUBJECTS - {"she", "he", "they"} for t in follows
        ):
            break
        found.append(token)
    return tuple(found)
