"""Everything that goes from a session because it happened to hardly anybody, and what echoes it."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.pipeline.sampling.echoes import (
    again_by_trade,
    counted_again,
    echoes_in,
    numbers_in,
    rare_nouns,
    stand_together,
)
from assistant.pipeline.sampling.jobs import jobs_in
from assistant.pipeline.sampling.said import said_less
from assistant.pipeline.sampling.unique import base_of, beside, rare_noun, told_in, units_of
from assistant.privacy.vocabulary import KIN
from assistant.training.cuts import Cut, Why
from assistant.training.generalising import job_group
from assistant.training.words import keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from assistant.domain import PersonId, UtteranceId
    from assistant.pipeline.sampling.unique import Unit
    from assistant.privacy.reading import Reading

_REACH: Final = 4
"""Utterances back in which the same speaker may have told what "it was on the news" means."""
_OWN: Final = ("something happened to me", "I went through something")
_FAMILYS: Final = ("something happened in the family",)
_NOBODYS: Final = ("something happened",)
_OF: Final = (
    (frozenset({"i", "im", "ive", "id", "me"}), _OWN),
    (frozenset({"we", "us", "our", "were"}), ("something happened to us", "we went through something")),
    (frozenset({"he", "hes", "him", "his"}), ("something happened to him", "he went through something")),
    (frozenset({"she", "shes", "her"}), ("something happened to her", "she went through something")),
)
"""What may stand for a story, by whom it tells of; the next one in turn each time."""
_WHO: Final = re.compile(
    r"^(?:so |and |but |well,? |yeah,? )?"
    r"(?P<who>i'?m|i am|i was(?! the one)|you'?re|you are|he'?s|he is|she'?s|she is|they'?re)"
    r" (?:the|that)\b(?! (?:one )?(?:time|day|night|year)| (?:very )?(?:only|first|last)\b)",
    re.IGNORECASE,
)
"""Somebody is told by what they are: "I'm the one who", "You're the lady"."""
_DIED: Final = re.compile(
    r"\b(?P<whose>my|our|his|her|their) (?P<kin>[a-z]+)(?: \w+){0,2} (?:died|drowned|was killed|got killed|"
    r"were killed|passed|was murdered|was shot|is dead|was found dead)\b",
    re.IGNORECASE,
)
"""A death in the family: that much is told, for the rest of the talk is about it."""
_WAS_THAT: Final = {"i": "me", "y": "you", "h": "him", "s": "her", "t": "them"}
_SHORT: Final = 14
"""Words up to which "that was me" stands for what somebody is."""
_LEAD: Final = re.compile(
    r"(?:(?:and|but|so|because|when|until|till|while|then|that|ever since|since|before|after|well|like|yeah)\b,?\s+)+"
    r"(?=\w)",
    re.IGNORECASE,
)
"""Words that lead a clause in and stay before what stands for it."""
_SUB: Final = re.compile(r"(?:when|because|until|till|while|since|before|after)\b", re.IGNORECASE)
"""Those that cannot open what stands for a whole sentence."""
_AFTER: Final = 2
"""Utterances after a story in which somebody may ask back with its words ("Otter racing?")."""
_ASKED_BACK: Final = 4
"""Words of such a question, at most."""
_LEAST_SAID: Final = 4
"""Words of a sentence below which it may be no statement ("Google it")."""
_GONE: Final = "[\u2026]"


def cuts_in(
    readings: Sequence[Reading], english: Callable[[str], bool], more: Collection[UtteranceId] = ()
) -> tuple[Cut, ...]:
    """Return what goes from the utterances of a session.

    Args:
        readings: All that may be used, in order.
        english: Whether a lower-case word is in the dictionary.
        more: Utterances that go whole, because somebody left them out; what echoes them goes too.
    """
    units = [units_of(reading, english) for reading in readings]
    marked: list[set[int]] = [set() for _ in readings]
    cores: list[set[int]] = [set() for _ in readings]
    for at, reading in enumerate(readings):
        told = told_in(reading, units[at])
        marked[at] |= {unit.at for unit in told.units}
        cores[at] |= told.cores
        if told.before:
            for earlier in range(at - 1, max(-1, at - _REACH), -1):
                story = [u.at for u in units[earlier] if u.uncommon]
                if readings[earlier].utterance.speaker == reading.utterance.speaker and story:
                    marked[earlier].add(story[-1])
                    cores[earlier].add(story[-1])
                    break
    pairs = {frozenset(two) for at, own in enumerate(units) for u in own if u.at in cores[at] for two in _pairs(u)}
    for at, reading in enumerate(readings):
        again = {u.at for u in units[at] if any(stand_together(reading.parse, u.span, pair) for pair in pairs)}
        again -= marked[at]
        marked[at] |= again | (beside(reading.parse, units[at], again) if again else set())
    for at, reading in enumerate(readings):
        marked[at] |= _asked_back(reading, units[at], _words_before(readings, units, cores, at))
    nouns = _distinctive(readings, units, cores, english, more)
    numbers = {
        number
        for at, reading in enumerate(readings)
        for unit in units[at]
        if unit.at in cores[at]
        for number in numbers_in(reading.parse, unit.span)
    }
    trades = _trades(readings)
    found: list[Cut] = []
    for at, reading in enumerate(readings):
        if reading.utterance.id in more:
            found.append(Cut(reading.utterance.id, Span(0, len(reading.utterance.text)), "", Why.ASKED))
            continue
        echoes = [
            *echoes_in(reading.parse, nouns),
            *counted_again(reading.parse, numbers),
            *again_by_trade(reading.parse, trades),
        ]
        found += _of_one(reading, units[at], marked[at], echoes, at)
    return tuple(found)


def _words_before(
    readings: Sequence[Reading], units: Sequence[Sequence[Unit]], cores: Sequence[Collection[int]], at: int
) -> frozenset[str]:
    """Return the base forms of the words of the stories that were told just before an utterance."""
    return frozenset(
        base_of(token)
        for earlier in range(max(0, at - _AFTER), at)
        for unit in units[earlier]
        if unit.at in cores[earlier]
        for token in readings[earlier].parse.within(unit.span)
    )


def _asked_back(reading: Reading, units: Sequence[Unit], words: Collection[str]) -> set[int]:
    """Return the units that only say a rare noun of a story again, as a question."""
    found: set[int] = set()
    for unit in units:
        said = unit.span.of(reading.parse.text).rstrip()
        tokens = [t for t in reading.parse.within(unit.span) if t.text[:1].isalnum()]
        if said.endswith("?") and unit.nouns and tokens and len(tokens) <= _ASKED_BACK:
            rest = [t for t in tokens if t.pos in {"NOUN", "PROPN", "VERB", "ADJ"}]
            if all(base_of(t) in words for t in rest):
                found.add(unit.at)
    return found


def _distinctive(
    readings: Sequence[Reading],
    units: Sequence[Sequence[Unit]],
    cores: Sequence[Collection[int]],
    english: Callable[[str], bool],
    more: Collection[UtteranceId],
) -> frozenset[str]:
    """Return the telling nouns of what goes, but those that another speaker said before: no part of the story."""
    named = {base_of(t) for r in readings for t in r.parse.tokens if t.pos == "PROPN"}
    named -= {base_of(t) for r in readings for t in r.parse.tokens if t.pos == "NOUN"}
    said: dict[str, PersonId | None] = {}
    found: set[str] = set()
    for at, reading in enumerate(readings):
        speaker = reading.utterance.speaker
        story = {noun for unit in units[at] if unit.at in cores[at] for noun in unit.telling}
        if reading.utterance.id in more:
            story |= {noun for noun in rare_nouns(reading.parse) if english(noun)}
        found |= {noun for noun in story if said.get(noun, speaker) == speaker}
        for noun in rare_nouns(reading.parse):
            said.setdefault(noun, speaker)
    return frozenset(found - named)


def _pairs(unit: Unit) -> Iterable[tuple[str, str]]:
    """Return every two rare nouns of a story."""
    return combinations(sorted(set(unit.nouns)), 2)


def _trades(readings: Sequence[Reading]) -> dict[str, str]:
    """Return the rare nouns of the trades that people are said to follow, and the broad group of each."""
    found: dict[str, str] = {}
    for reading in readings:
        for span, _, _, _ in jobs_in(reading.parse):
            group = job_group(span.of(reading.parse.text))
            if group is not None:
                found |= {
                    base_of(t): group
                    for t in reading.parse.within(span)
                    if rare_noun(t) and base_of(t) not in keys_of(group)
                }
    return found


def _of_one(
    reading: Reading, units: Sequence[Unit], marked: Collection[int], echoes: Sequence[tuple[Span, str]], number: int
) -> list[Cut]:
    text, id_ = reading.parse.text, reading.utterance.id
    found: list[Cut] = []
    for run in _runs(units, marked):
        span = _without_mark(text, Span(run[0].span.start, run[-1].span.end))
        lead = _LEAD.match(span.of(text))
        whole = _whole(text, span)
        if lead is not None and len(span.of(text).split()) > _LEAST_SAID and not (whole and _SUB.match(lead.group())):
            span = Span(span.start + lead.end(), span.end)
        found.append(Cut(id_, span, _instead(text, span, number + len(found)), Why.UNIQUE))
    more = [(span, words, Why.UNIQUE) for span, words in said_less(reading.parse)]
    jobs = [span for span, _, _, _ in jobs_in(reading.parse)]
    more += [(span, words, Why.ECHO) for span, words in echoes if not any(span.overlaps(job) for job in jobs)]
    for span, words, why in more:
        if not any(span.overlaps(cut.span) for cut in found):
            found.append(Cut(id_, span, words, why))
    return sorted(found, key=lambda cut: cut.span)


def _runs(units: Sequence[Unit], marked: Collection[int]) -> list[list[Unit]]:
    """Return the marked units, those side by side together."""
    runs: list[list[Unit]] = []
    for unit in units:
        if unit.at in marked:
            if runs and runs[-1][-1].at == unit.at - 1:
                runs[-1].append(unit)
            else:
                runs.append([unit])
    return runs


def _instead(text: str, span: Span, number: int) -> str:
    """Return what stands for a story: that something happened, and as little as can be of whom."""
    said = span.of(text)
    words = said.split()
    died = _DIED.search(said)
    if died is not None and died["kin"].lower() in KIN:
        return _opening(text, span, f"{died['whose'].lower()} {died['kin'].lower()} died")
    is_ = _WHO.match(said.replace("\u2019", "'"))
    if is_ is not None and len(words) <= _SHORT:
        return _opening(text, span, f"that was {_WAS_THAT[is_['who'][0].lower()]}")
    if (span.end < len(text) and text[span.end] == "?") or len(words) < _LEAST_SAID:
        return _GONE
    keys = keys_of(said)
    family = any(one in {"my", "our"} and two in KIN for one, two in pairwise(keys))
    ways = next((way for who, way in _OF if any(key in who for key in keys)), _FAMILYS if family else _NOBODYS)
    return _opening(text, span, ways[number % len(ways)])


def _opening(text: str, span: Span, words: str) -> str:
    """Return words with a capital where a sentence opens."""
    before = text[: span.start].rstrip(" \"'\u201c")
    opens = not before or before[-1] in ".!?\u2026"
    return words[:1].upper() + words[1:] if opens and span.of(text)[:1].isupper() else words


def _whole(text: str, span: Span) -> bool:
    """Whether a stretch is all of its sentence."""
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    return (not before or before[-1] in ".!?\u2026") and (not after or after[0] in ".!?\u2026")


def _without_mark(text: str, span: Span) -> Span:
    """Return a stretch without the spaces and the mark that close it."""
    end = span.end
    while end > span.start and not text[end - 1].isalnum():
        end -= 1
    return Span(span.start, max(end, span.start + 1))
