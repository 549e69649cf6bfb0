"""Words that point at another participant without a name: "another member", "like he said", "your brother".

They are judged by form alone, whoever is meant: a line that a reader of the chart could take as being about somebody
else in the room does not belong in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import Severity
from assistant.notes.lexicon import RELATIONS
from assistant.notes.passages import PassageKind
from assistant.notes.tokens import APOSTROPHE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import GateFinding
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage

_SAID = (
    "said|says|was saying|were saying|is saying|mentioned|shared|told (?:us|me|everyone|the group)|talked about|"
    "was talking about|brought up|described|just went through|went through|is going through|was going through"
)
_KIN = "|".join(sorted((re.escape(w) for w in RELATIONS), key=len, reverse=True))
_MATTERS = (
    f"{_KIN}|diagnosis|divorce|marriage|wedding|miscarriage|addiction|drinking|relapse|sobriety|surgery|arrest|court|"
    "custody|loss"
)
_LOOSE_MATTERS = "medication|medications|meds|pills|job|work|house|apartment|story|situation|news|pain"
"""Said to nobody in particular as often as to somebody: "you lose your job"."""

_MEMBERS = re.compile(
    r"\b(?:an?other|one of the(?: other)?|the other|some(?: other)?|fellow|our newest|the new|our new|other)\s+"
    r"(?:group\s+)?(?:member|members|peer|peers|participant|participants)\b"
    r"|\b(?:someone|somebody|anyone) (?:else )?(?:in (?:here|this (?:room|group))|"
    r"in (?:the|our) group)\b"
    r"|\bmember\s+(?:\d+|one|two|three|four|five|six)\b|\bparticipant\s+(?:\d+|[a-z])\b",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"\b(?:the )?"
    r"(?:woman|lady|man|guy|girl|gentleman|person|one|kid|dude|fellow|member|nurse|teacher|driver|firefighter)"
    r"(?: (?:who|that) (?:just )?(?:spoke|talked|went|shared|was (?:talking|speaking)|sits|is sitting)"
    r"| (?:before|after|next to|beside|across from|over) (?:me|there|here)"
    r"|(?: sitting)? (?:across|over there|right there))\b"
    r"|\b(?:he|she|they) (?:just )?(?:spoke|shared|went) (?:before|right before|after) me\b"
    r"|\bour newest\b|\bthe new (?:guy|girl|one|person|woman|man)\b",
    re.IGNORECASE,
)
_ECHO = re.compile(
    rf"\b(?:like|as|what|same as what|just like what|the way|similar to what) (?:he|she|they) (?:just |all )?"
    rf"(?:{_SAID})\b"
    r"|\b(?:same as|same with|just like|like|me and) (?:him|her|them) (?:over )?(?:there|here)\b"
    r"|\bsame as (?:him|her|them)\b|\b(?:similar to|unlike) (?:him|her)\b",
    re.IGNORECASE,
)
_SECOND = re.compile(
    rf"\byour (?:own |little |older |younger )?(?:{_MATTERS})\b"
    rf"|\byou (?:just |all )?(?:{_SAID})\b"
    r"|\b(?:sorry|happy|glad|proud|worried) (?:for|about|of) (?:you|your)\b"
    r"|\b(?:same as|just like|unlike) you\b|\byou(?:'re| are| two| guys| both) (?:not alone|going through|doing)\b",
    re.IGNORECASE,
)
_LOOSE_SECOND = re.compile(rf"\byour (?:own )?(?:{_LOOSE_MATTERS})\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\[[^\W\d][^\[\]\d]*\d+\]|<[A-Z_]+(?:_\d+)?>|\b[A-Z]{3,}_\d+\b|\b(?:turn|utterance) \d+\b|\bu\d+\b"
)
_OUTSIDER = re.compile(rf"\b(?:my|our|the|a|an) (?:\w+ )?(?:{_KIN})\b", re.IGNORECASE)


def check_references(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find words that point at another participant.

    "What he said" after "my boss" may mean the boss: for review. "Your brother" may be said to anybody, and is refused.
    """
    del index
    if passage.kind is PassageKind.OWN_VOICE:
        return
    text = passage.text.replace(APOSTROPHE, "'")
    by_hand = passage.kind is PassageKind.CLINICIAN
    # A clinician may write "a peer", and "she" is the member: ``peers`` reads those.
    if (_MEMBERS.search(text) and not by_hand) or _POSITION.search(text):
        yield passage.finding("points at another member")
    for match in _ECHO.finditer(text) if not by_hand else ():
        outsider = _OUTSIDER.search(text, 0, match.start()) is not None
        yield passage.finding("repeats or compares", None, Severity.REVIEW if outsider else Severity.REFUSE)
    if _SECOND.search(text):
        yield passage.finding("speaks to another member")
    elif _LOOSE_SECOND.search(text):
        yield passage.finding("speaks to another member", None, Severity.REVIEW)


def check_numbered(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find placeholders with a number and turn numbers: alike in two charts they link them (``domain.md`` X14)."""
    del index
    if _NUMBERED.search(passage.text):
        yield passage.finding("numbered placeholder")
