"""How a fact is asserted: affirmed, negated, hypothetical, past, or about somebody else.

After ConText (Harkema 2009, PMC2757457): cue words before and after the fact, phrases that only look like cues, words
that end a cue's reach. Cues are read from plain words (``recognisers.phrases``), so punctuation may be missing; then a
new subject ends a negation's reach, as the end of a sentence does. Context lowers how loudly a fact is raised and never
removes it (domain rule 6.4), so where cues disagree the louder reading is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import Assertion
from assistant.privacy.recognisers.lexicon import compiled

if TYPE_CHECKING:
    from assistant.privacy.recognisers.phrases import Phrases

_BEFORE = 14
"""How many words back a cue reaches; a spoken sentence without punctuation has no other end."""
_AFTER = 9

_ENDS = frozenset("but however although though except nevertheless whereas still yet because cause cos since".split())
_SUBJECTS = frozenset("i we he she they it you that there this".split())
_LINKS = frozenset("and so or then now".split())
# "I don't think I want to die" denies what follows although a new subject begins.
_RAISING = frozenset("think believe feel mean say saying said suppose claim claiming like that if thinking sure".split())
_NEGATIONS = frozenset("not never no without neither nor denies denied deny denying none nobody hardly".split())
_PSEUDO_NEGATION = compiled(
    "not (?:only|just|simply|even sure|sure|certain)|no (?:wonder|doubt|question)|can not (?:stop|help|shake|wait|take|"
    "handle|get over|get rid|cope|go on|do)|could not (?:stop|help|shake|take|handle|cope)|"
    "(?:do|does|did) not (?:know|care|stop|help|understand|realize|remember|"
    "remember why|even know|matter|see why|tell)|not (?:mean|meaning) to|never (?:stop|stops|stopped|quit)|"
    "not (?:eaten|slept|wake|long ago|anymore|sleeping|eating|working|okay|ok|well|good|fine|doing well)|no (?:longer|more|one)|not a (?:day|night)"
)
_IF = compiled(
    "if|unless|in case|suppose|supposing|imagine if|imagining if|what if|should i ever|were i to|whether|"
    "had it not been|hypothetically|worst case"
)
_PSEUDO_IF = compiled("as if|if anything|even if|if i am (?:honest|being honest)|if you (?:ask|know|must) {..2}|if that makes sense")
_MEANS_IF = compiled("if (?:only )?(?:i|we) had (?:a|the|my|enough|some|any) {..2}\\w+|if i (?:knew|could find|could get) {..3}\\w+")
"""A condition on a way or on courage is not a comfort ("if I had a gun I'd do it")."""
_IF_AFTER = compiled("if (?!anything|i am honest|that makes|you ask)|unless|in case")
_PAST = compiled(
    "{number} (?:{number} )?(?:months?|years?|decades?) (?:ago|back|before)|(?:long|ages|years|months|decades) ago|"
    "(?:a )?(?:long|while) (?:time )?(?:ago|back)|used to|back (?:then|when)|back in (?:the |my |19|20|nineteen|high|college|school|{month} of|"
    "those)|when (?:i|he|she|we|they) (?:was|were) (?:a |an |in |about |around |only |like )*(?:kid|child|teenager|teen|"
    "young|younger|little|boy|girl|student|{small}|eighteen|nineteen|\\d\\d|twenty|thirty|school|college|high school|married|"
    "drinking|using|growing up|pregnant with|the army|prison|jail|rehab|living)|as a (?:kid|child|teenager|teen|young \\w+|boy|girl)|"
    "in (?:high school|college|my (?:twenties|teens|thirties|forties|youth)|the (?:eighties|nineties|sixties|seventies|"
    "army|past|old days)|(?:19|20)\\d\\d|(?:nineteen|twenty) \\w+)|growing up|previously|formerly|once upon|in (?:a )?(?:past|former) life|"
    "(?:last year|the year before|years before|in those days|history of|at the time|way back)|before (?:i (?:got sober|came here|had kids|met|got help|was diagnosed|got married)|rehab|treatment|the kids)"
)
_PAST_AFTER = compiled(
    "never again|not any ?more|no longer|{number} (?:{number} )?(?:months?|years?|decades?) ago|(?:years|months|ages|decades) ago|"
    "(?:a )?long time ago|a while (?:ago|back)|back (?:then|when)|back in (?:the|my|19|20|nineteen|high|college|school)|when (?:i|he|she) was (?:a |in |about |only )*(?:kid|child|"
    "teenager|young|younger|little|student|{small}|eighteen|nineteen|\\d\\d|twenty|college|high school)|as a (?:kid|child|teenager|teen)|"
    "in (?:high school|college|my (?:twenties|teens|thirties))|(?:but )?that was (?:{..2})(?:ago|before|then|years|back)|last year|"
    "(?:i|it) (?:got|has gotten|have gotten) past (?:it|that)|at the time|but not now|but i am okay now|i do not (?:any ?more|feel that way)"
)
_LONG_LASTING = compiled("for (?:over |about |almost |nearly |the (?:last|past) )?{number} (?:years|months)|since")
_SELF = frozenset("i me my myself we us our mine i'm".split())
_OTHERS = frozenset("he she they him her them his their himself herself themselves".split())
_KIN = compiled(
    "(?:{partner}|{parent}|{elder}|{child}|{sibling}|uncle|aunt|auntie|cousin|cousins|mother in law|father in law|"
    "brother in law|sister in law|in laws|friend|neighbou?r|roommate|boss|coworker|sponsor|patient|client)(?: s)?"
)


def assertion_of(
    phrases: Phrases, first: int, last: int, head: int | None = None, *, experiencer: bool = True, reach: int = 7
) -> Assertion:
    """Return how the fact told by the words ``first`` up to but not including ``last`` is asserted.

    Args:
        phrases: The whole utterance.
        first: First word of the fact.
        last: One past its last word.
        head: Word from which the fact proper begins, where a subject and its helpers are part of the match
            ("I do **not** | want to die"): cues up to there count.
        experiencer: Whether a third person before the fact makes it somebody else's; not so for harm that one person
            does to another.
        reach: How many words before ``head`` a denial may stand.

    Precedence: negated, hypothetical, about somebody else, past. All but the first lower an alert alike.
    """
    head = first if head is None else head
    if _negated(phrases, head, reach):
        return Assertion.NEGATED
    if _hypothetical(phrases, first, head, last):
        return Assertion.HYPOTHETICAL
    if experiencer and _somebody_else(phrases, head):
        return Assertion.OTHER
    if _past(phrases, first, last):
        return Assertion.PAST
    return Assertion.AFFIRMED


def is_long_ago(phrases: Phrases, first: int, last: int) -> bool:
    """Whether a cue puts the fact in the past, whatever else is said of it."""
    return _past(phrases, first, last)


def _scope_before(phrases: Phrases, at: int) -> int:
    """Return the first word whose cue can reach the word at ``at``."""
    start, _ = phrases.sentence(at)
    start = max(start, at - _BEFORE)
    for index in range(at - 1, start - 1, -1):
        if phrases.words[index].text in _ENDS:
            return index + 1
    return start


def _negated(phrases: Phrases, head: int, reach: int) -> bool:
    start = max(_scope_before(phrases, head), head - reach)
    # A new subject ends the reach, unless the verb before it passes the denial on.
    for index in range(head - 1, start, -1):
        word, before = phrases.words[index].text, phrases.words[index - 1].text
        if word in _SUBJECTS and before not in _RAISING and before not in _NEGATIONS and not _opens(phrases, index, head):
            start = index
            break
        if word in _LINKS and index + 1 < head and phrases.words[index + 1].text not in _NEGATIONS and word != "or":
            start = index + 1
            break
    text = phrases.between(start, head)
    if re.search(r"\b(?:do|does|did|is|are|am|was|were|will|would) (?:you|he|she) $", text + " "):
        return False
    # What looks like a denial may be completed by the fact's own first word ("can not stop").
    opening = phrases.words[head].text
    text = _PSEUDO_NEGATION.sub(" ", f"{text} {'' if opening in _NEGATIONS else opening}")
    return sum(word in _NEGATIONS for word in text.split()) % 2 == 1


def _opens(phrases: Phrases, index: int, head: int) -> bool:
    """Whether the subject at ``index`` is the fact's own and everything before it is outside its clause."""
    return index <= 0 or index >= head


def _hypothetical(phrases: Phrases, first: int, head: int, last: int) -> bool:
    start = _scope_before(phrases, first)
    before = phrases.between(start, head)
    if _IF.search(_PSEUDO_IF.sub(" ", before)) and not _MEANS_IF.search(before):
        return True
    _, end = phrases.sentence(max(first, last - 1))
    after = phrases.between(last, min(end, last + _AFTER))
    own = phrases.between(max(start, first - 3), last)
    match = _IF_AFTER.search(after)
    return bool(match and re.search(r"\b(?:would|will|could|might)\b", own) and not _MEANS_IF.search(after))


def _past(phrases: Phrases, first: int, last: int) -> bool:
    _, end = phrases.sentence(first)
    before = phrases.between(_scope_before(phrases, first), first)
    if _PAST.search(before) and not re.search(r"\b(?:but|and) (?:now|lately|these days|tonight|today)\b", before):
        return True
    if re.search(r"\bused to\b", phrases.between(first, last)):
        return True
    # "… in the garage. Never again." – what takes it back may stand in the next sentence.
    after = phrases.between(last, min(len(phrases.words), max(end, last) + 4, last + _AFTER + 4))
    return bool(_PAST_AFTER.search(after)) and not _LONG_LASTING.search(phrases.between(last, last + 4))


def _somebody_else(phrases: Phrases, head: int) -> bool:
    """Whether the nearest subject or possessor before the fact is a third person."""
    start = _scope_before(phrases, head)
    kin = {
        index
        for match in _KIN.finditer(phrases.text)
        for index in range(phrases.index(match.start()), phrases.index(match.end() - 1) + 1)
    }
    for index in range(head - 1, start - 1, -1):
        word = phrases.words[index].text
        if index in kin:
            # "my husband and I", and "my sister says I": whoever stands nearer has been met already.
            return True
        if word in _OTHERS:
            return True
        if word in _SELF or word == "you":
            return False
    return False
