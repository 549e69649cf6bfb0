"""Ways to point at somebody present without naming them: "you", "the woman before me", "same as him", "both of you".

Whatever is found here stands for a participant, known or not. A clause that holds one is about more than its speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.privacy import vocabulary as v

if TYPE_CHECKING:
    from assistant.privacy.grammar import Tree
    from assistant.privacy.parse import Token


class Pointing(StrEnum):
    """How a reference points."""

    ADDRESS = "address"
    """"you", one person."""
    SEVERAL = "several"
    """"you two", "both of you", "everybody here"."""
    DESCRIBED = "described"
    """"the woman who spoke before me", "our newest"."""
    ECHO = "echo"
    """"same here", "that's me too": nothing but a comparison."""
    QUOTED = "quoted"
    """"like he said", "what she told us"."""
    GROUP_WE = "group-we"
    """"we" that takes in the others present."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One such reference."""

    span: Span
    pointing: Pointing


_ROOM: Final = r"(?:" + "|".join(sorted(v.ROOM_NOUNS)) + r")"
_HERE: Final = (
    r"(?:in here|over there|right there|over here|here|there|before me|after me|next to me|beside me|across from me|"
    r"in (?:this|the) (?:room|group|circle)|who (?:just |also )?(?:spoke|talked|shared|said|went|started|came|joined|"
    r"mentioned|told|sits?|was sitting|is sitting|lost|had)|that (?:just )?(?:spoke|talked|shared|said|went|"
    r"mentioned)|sitting|(?:on|to) (?:my|the) (?:left|right)|with the|in the (?:\w+ ){0,2}(?:shirt|hat|jacket|cap|"
    r"corner|back|front|chair|sweater|hoodie))"
)
_DESCRIBED: Final = re.compile(
    rf"\b(?:the|that|this|our|your|some|a|any|another|one)\s+(?:\w+\s+){{0,2}}?{_ROOM}\s+{_HERE}\b"
    rf"|\b(?:the|our|that|this)\s+(?:{'|'.join(sorted(v.POINTERS))})\s+{_ROOM}\b"
    r"|\bour (?:newest|oldest|latest|youngest|newcomer)\b"
    r"|\bthe (?:newest|last|other|previous|first) (?:one|speaker|share)\b"
    r"|\b(?:who|whoever|anyone|anybody|someone|somebody|people|person|one) (?:\w+ ){0,2}"
    r"(?:here|in (?:this|the) (?:room|group))\b"
    r"|\bone of (?:you|us|them)\b|\b(?:some|most|none|half|the rest|a few|a couple|many|any) of (?:you|us)\b",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(
    r"\b(?:you (?:two|three|four|guys|all|both|lot|folks|people|ladies|gentlemen)|(?:both|all|each|either|neither|any) "
    r"of (?:you|us|them|these|those)|y'all|every(?:body|one) (?:here|else|in (?:here|this|the (?:room|group)))|"
    r"(?:these|those) (?:two|guys|people|folks)|the (?:two|three|four|others|rest) of (?:you|us|them)|"
    r"the (?:others|rest of the (?:group|room)))\b",
    re.IGNORECASE,
)
_ECHO: Final = re.compile(
    r"\b(?:me,? (?:too|neither|as well|also|either)|same (?:here|with me|for me|"
    r"thing (?:here|happened|with me)|story|boat|as)|the same (?:as|way|thing|boat|story)|"
    r"so (?:do|did|am|was|have|had|would|could|can|will) i\b|"
    r"neither (?:do|did|am|was|have|had|would|could|can|will) i\b|ditto|i (?:second|echo) that|likewise|"
    r"that(?:'s| is| was| sounds| could be| could have been) (?:like |just |exactly |so |totally )*"
    r"(?:me\b|my (?:life|story|house|family)|how i |what i |us\b)|"
    r"that (?:happened|happens) to (?:me|us)|(?:been|was) there\b|i(?: can| could| totally| really)* relate|"
    r"(?:just |exactly )?like (?:that|those|these) (?:too|as well)|similar(?:ly)? (?:to|thing|situation|story))",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(
    r"\b(?:like|as|what|how|when|that|the way|because|since|hearing what|everything|something) "
    r"(?:(?:he|she|they|somebody|someone|everybody|everyone|people|others|you)(?:'s|'d| was| were| had| just| already|"
    r" also| all| both| has)*) (?:said|says|told|shared|mentioned|talked|described|went through|saying|talking|sharing|"
    r"put it|brought up|explained|was saying|were saying)\b"
    r"|\bwhat(?:'s| was| is| just got| got)? (?:just |been |been )?(?:said|shared|mentioned|brought up)\b"
    r"|\bwhat (?:he|she|they|you)(?:'s|'re|'ve|'d| is| are| has| have| did| does| got| went| do)\b"
    r"|\b(?:his|her|their|your) (?:story|share|point|situation|example|advice|words)\b",
    re.IGNORECASE,
)
_GROUP_WE: Final = re.compile(
    r"\b(?:we(?:'re|'ve| are| have| were)? (?:all|both|each)|both of us|all of us|each of us|some of us|"
    r"the (?:two|three|four) of us|we (?:here|in here)|us (?:all|both|here|in here|two)|between us)\b",
    re.IGNORECASE,
)
_YOU_KNOW: Final = re.compile(
    r"\b(?:you know(?: what| what i mean)?|you see|i(?:'m| am)? (?:tell|telling|told) you(?: what)?|"
    r"(?:to )?tell you(?: the)? truth|thank you(?: so much| all)?|thanks,? you|mind you|if you (?:ask|will)(?: me)?|"
    r"before you ask|as you (?:know|can see)|you can imagine|believe you me|if you know what i mean|"
    r"(?:you )?(?:can|could|may) call me (?=(?-i:[A-Z]))|let me tell you|i swear to you|how do you say|you name it|"
    r"would you believe)\b",
    re.IGNORECASE,
)


def find(tree: Tree) -> tuple[Reference, ...]:
    """Return every such reference in an utterance, in order; they may overlap."""
    text = tree.parse.text
    straight = text.replace("\u2019", "'")
    found = [
        Reference(Span(*match.span()), pointing)
        for pattern, pointing in (
            (_DESCRIBED, Pointing.DESCRIBED),
            (_SEVERAL, Pointing.SEVERAL),
            (_ECHO, Pointing.ECHO),
            (_QUOTED, Pointing.QUOTED),
            (_GROUP_WE, Pointing.GROUP_WE),
        )
        for match in pattern.finditer(straight)
    ]
    found += [Reference(t.span, Pointing.ADDRESS) for t in addressing(tree)]
    return tuple(sorted(found, key=lambda r: (r.span.start, r.span.end)))


def addressing(tree: Tree) -> tuple[Token, ...]:
    """Return the tokens of "you" and "your" that speak to somebody, those of mere phrases ("you know") left out."""
    straight = tree.parse.text.replace("\u2019", "'")
    phrases = [Span(*match.span()) for match in _YOU_KNOW.finditer(straight)]
    return tuple(t for t in tree.tokens if t.lower in v.SECOND and not any(p.contains(t.span) for p in phrases))
