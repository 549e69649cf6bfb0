"""Who is pointed at by what they are: "another client", "the couple", "her barber is in the group".

A clinician does not need a name to tell a chart's reader of somebody else in the room. What only another member told,
or whoever is tied to the reader, refuses the line; where the words are common ones the clinician is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.domain import DisclosureType, FactSource, Severity
from assistant.notes.lexicon import CALENDAR, RELATIONS, carries_content, is_ordinary, word_list
from assistant.notes.passages import PassageKind
from assistant.notes.tokens import APOSTROPHE, plain_words
from assistant.notes.told import root
from assistant.notes.trade import DEALINGS, JOBS, is_trade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import GateFinding
    from assistant.notes.index import SessionIndex
    from assistant.notes.passages import Passage

UNCOMMON = 1_200
"""Rank from which one word of what the group file knows of another tells it."""

GRAVE = frozenset(
    word_list(
        """suicidal suicide suicidality overdose overdosed relapse relapsed lapse pregnancy pregnant miscarriage
        stillbirth abortion abuse abused rape raped assault assaulted cancer hiv hepatitis diagnosis died death dying
        dead killed arrest arrested custody probation jail prison affair divorce self-harm cutting threat threats"""
    )
)
"""What is grave enough that a line which ties it to "another woman" tells of her."""

_KIN = "|".join(sorted(map(re.escape, RELATIONS - {"family", "law"}), key=len, reverse=True))
_JOBS = "|".join(sorted(JOBS))
_KNOWN = (
    f"(?:(?:{_KIN}|{_JOBS}|classmate|neighbou?r|tenant|employee)s?"
    r"|(?:her|his|their|own|former|two|three|several|some|other) (?:\w+ )?(?:client|customer|patient|pupil|student)s?)"
)
"""Whoever somebody knows from outside; "the client" alone is the reader."""
_PLAIN_PERSONS = frozenset(word_list("woman women man men parents mothers fathers people person boy girl couple"))
_PERSON = f"(?:woman|man|lady|gentleman|girl|boy|guy|kid|person|mother|father|parent|couple|{_JOBS})"
_GROUP = r"(?:the|this|her|his|their|our) (?:same |very )?group\b(?! (?:chat|home|text|project|class|practice))"

_ANOTHER = re.compile(
    r"\b(?:an?other|the other|other|fellow|two|three|certain) (?:(?:female|male|group|young|older|younger) )?"
    r"(?P<who>client|patient|woman|man|lady|gentleman|girl|boy|guy|couple|mother|father|person)s?\b(?! members?\b)",
    re.IGNORECASE,
)
_BEING = "is|are|was|were|be|being|sits?|sat|attends?|attended|belongs?|joined|present|members?"
_TIED_IN_GROUP = re.compile(
    rf"\b{_KNOWN}\b(?: (?!and\b|but\b|while\b)\w+){{0,4}}? (?:{_BEING})"
    r"(?: (?:also|now|both|all|again|too|here|present|a|members?|participants?)){0,3}"
    rf"(?: (?:in|of|to|from))? {_GROUP}"
    rf"|\b(?:her|his|their) (?:\w+ )?{_KNOWN} (?:in|from|of) {_GROUP}",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    rf"\b(?:the|a) couple (?:who|whose|that|in|from|with)\b|\b{_PERSON} who(?:se)?\b", re.IGNORECASE
)
_MOVED = re.compile(
    r"\b(?:moved|touched|affected|shaken|upset|distressed|saddened|triggered|identified|identifies|related|relates|"
    r"resonated|resonates|comforted|confronted|compared (?:her|him|them)sel(?:f|ves)|struck|inspired) "
    r"(?:by|with|to)\b(?P<what>[^.;]*)",
    re.IGNORECASE,
)
_STORY = re.compile(
    r"\b(?:story|account|disclosure|tale|loss|death|news|statement|words|experience) of "
    rf"(?:an?|the|another) (?:\w+ )?{_PERSON}\b",
    re.IGNORECASE,
)
_LEARNED = re.compile(
    r"\b(?:learn(?:ed|t|s)?|heard|hears|hearing|found out|told)\b(?: (?!that\b)\w+){0,5}? in (?:the |this )?"
    r"(?:group|session)\b(?P<what>[^.;]*)",
    re.IGNORECASE,
)
_SPEAKING_JOB = re.compile(
    rf"\bthe (?:\w+ )?(?:{_JOBS})(?:'s)? (?:could|would|did|does|was|is|has|had|will|can|asked|said|told|talked|spoke|"
    r"shared|cried|offered|confronted|supported|answered|replied|refused|apologi[sz]ed)\b"
    r"|\b(?:confronted|comforted|supported|challenged|questioned|asked|hugged|interrupted) "
    rf"(?:by )?the (?:\w+ )?(?:{_JOBS})\b",
    re.IGNORECASE,
)
_COUPLE = re.compile(r"\bthe couple\b", re.IGNORECASE)


def check_described(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find another participant described in a clinician's line, and what the group file alone knows of one."""
    if passage.kind is not PassageKind.CLINICIAN:
        return
    text = passage.text.replace(APOSTROPHE, "'")
    theirs = _theirs(passage, index)
    severity = max(_tied(text), _another(text, theirs), _told_of(text, theirs), _job(text, index), key=_GRAVITY.index)
    if severity is not None:
        yield passage.finding("describes another", None, severity)
    yield from _known(passage, index)


_GRAVITY = (None, Severity.REVIEW, Severity.REFUSE)


def _theirs(passage: Passage, index: SessionIndex) -> frozenset[str]:
    """Return the words of the line that another member used and the reader did not, however common."""
    told = index.told
    return frozenset(
        t.plain
        for t in passage.tokens
        if carries_content(t.plain)
        and not t.bracketed
        and t.plain not in DEALINGS
        and root(t.plain) not in told.own
        and not is_trade(t.plain)
        and (root(t.plain) in told.words or root(t.plain) in told.surfaces)
    )


def _tied(text: str) -> Severity | None:
    return Severity.REFUSE if _TIED_IN_GROUP.search(text) else None


def _another(text: str, theirs: frozenset[str]) -> Severity | None:
    """Judge "another woman": what was told stands beside her, or who she is to somebody."""
    found = _ANOTHER.search(text)
    if found is None:
        return None
    who = found["who"].lower()
    beside = set(plain_words(f"{text[: found.start()]} {text[found.end() :]}"))
    of_the_group = who in {"client", "patient"} and bool(beside & RELATIONS)
    if of_the_group or beside & GRAVE or (beside & theirs) - {who}:
        return Severity.REFUSE
    return (
        Severity.REVIEW if beside - DEALINGS and any(carries_content(w) and w not in DEALINGS for w in beside) else None
    )


def _told_of(text: str, theirs: frozenset[str]) -> Severity | None:
    """Judge what the member was moved by, or learned in the group: with words that another told it is theirs."""
    worst: Severity | None = Severity.REVIEW if _COUPLE.search(text) or _STORY.search(text) else None
    for found in (*_MOVED.finditer(text), *_LEARNED.finditer(text)):
        what = found["what"]
        somebody = re.search(rf"\b{_PERSON}\b", what, re.IGNORECASE) is not None
        words = frozenset(plain_words(what))
        told, learned = words & theirs, found.re is _LEARNED
        if somebody and (_DESCRIBED.search(what) or told - RELATIONS - _PLAIN_PERSONS):
            return Severity.REFUSE
        if learned and told & RELATIONS:
            return Severity.REFUSE
        if somebody or (learned and (told or words & RELATIONS)):
            worst = Severity.REVIEW
    if _LEARNED.search(text) and frozenset(plain_words(text)) & GRAVE:
        worst = Severity.REFUSE if re.search(r"\b(?:an?|the|another) \w+", text) and theirs else Severity.REVIEW
    if re.search(r"\b(?:the|a) couple (?:who|whose)\b", text, re.IGNORECASE):
        return Severity.REFUSE
    return worst


def _job(text: str, index: SessionIndex) -> Severity | None:
    """Judge "the nurse could not talk": somebody in the room who is one, if another member was said to be."""
    told = index.told
    found = _SPEAKING_JOB.search(text)
    if found is None:
        named = index.reader is None and any(w in JOBS and root(w) in told.raisers for w in plain_words(text))
        return Severity.REVIEW if named else None
    jobs = {w for w in plain_words(found.group()) if w in JOBS}
    if any(s.owner is not None and s.type is DisclosureType.WORK and jobs & set(s.words) for s in index.other_surfaces):
        return Severity.REFUSE
    return Severity.REVIEW if any(told.raisers.get(root(job), frozenset()) - {index.reader} for job in jobs) else None


def _known(passage: Passage, index: SessionIndex) -> Iterator[GateFinding]:
    """Find one uncommon word of a fact that the group never heard: whoever tells it has it from the file."""
    said = {root(t.plain): t.plain for t in passage.tokens if carries_content(t.plain) and not t.bracketed}
    for fact in index.context.group.facts:
        if fact.owner == index.reader or fact.source is FactSource.GROUP:
            continue
        for word in plain_words(fact.text):
            by_root = root(word)
            if (
                by_root in said
                and carries_content(word)
                and by_root not in index.told.own
                and not is_trade(said[by_root])
                and word not in RELATIONS | CALENDAR
                and not is_ordinary(word, UNCOMMON)
            ):
                yield passage.finding("known fact of another", fact.owner)
                break
