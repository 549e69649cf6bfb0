"""Words inside a sentence that single somebody out and can be said less exactly: counts, offices, events by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from assistant.domain import Span
from assistant.pipeline.sampling.figures import MEASURES
from assistant.pipeline.sampling.unique import ONE_OF_IT, base_of, rare_noun, telling
from assistant.privacy.recognisers.numbers import cardinal
from assistant.privacy.words import word_set, words_of

if TYPE_CHECKING:
    from assistant.privacy.parse import Parse, Token

_OFFICE: Final = (
    r"(?:deputy |vice[- ]|lord |chief |former |first |assistant |county |state |district |high court |supreme court )*"
    r"(?:mayor|mayoress|archbishop|bishop|cardinal|senator|governor|congressman|congresswoman|mp|member of parliament|"
    r"ambassador|consul|sheriff|chief of police|police chief|fire chief|chancellor|prime minister|president|premier|"
    r"commissioner|alderman|councillor|councilman|councilwoman|minister|pastor|vicar|rector|imam|rabbi|dean|judge|"
    r"magistrate|coroner|general|admiral|colonel|brigadier|commander|headmaster|headmistress|principal)"
)
_KIN: Final = (
    r"(?:mum|mom|mam|mother|dad|father|da|brother|sister|husband|wife|partner|uncle|aunt|auntie|cousin|son|daughter|"
    r"granddad|grandfather|grandpa|grandma|grandmother|nan|gran|ex|stepdad|stepmum|stepmom|in-law|boyfriend|girlfriend)"
)
_OF: Final = r"(?: (?:of|in|for|at) (?:the )?[\w'-]+(?: [A-Z][\w'-]+)*)?"
_HOLDS: Final = (
    re.compile(
        rf"\b(?:{_KIN}|he|she|i|who)(?:'s|'m| is| was| am|'d been| used to be| became| got elected)"
        rf"(?: \w+ly| still| also| just)? (?P<np>(?:an? |the |our |their )?{_OFFICE}\b{_OF})",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:my|your|his|her) {_KIN},? (?P<np>(?:an? |the ){_OFFICE}\b{_OF})", re.IGNORECASE),
)
_HELD_BY: Final = re.compile(
    rf"\b(?P<np>the {_OFFICE}\b{_OF}) (?:is|was|'s) (?:your|my|his|her|their) (?:{_KIN})\b", re.IGNORECASE
)
_DAUGHTER_OF: Final = re.compile(
    rf"\b(?P<np>(?:the |an? )?{_OFFICE}'s) (?:{_KIN}|kids?|child|boy|girl)\b", re.IGNORECASE
)
IN_OFFICE: Final = "in public life"

_HAPPENING: Final = (
    r"(?:fire|crash|flood|explosion|accident|collapse|shooting|attack|bombing|riot|riots|robbery|derailment|spill|siege|"
    r"raid|disaster|tragedy|massacre|murders?|killings?|stabbing|outbreak|landslide|blast|pile-?up|scandal|sinking|"
    r"evacuation)"
)
_HAPPENED: Final = re.compile(
    rf"\b(?P<np>(?:the|that|this) (?!the )(?:\w+ ){{0,3}}?{_HAPPENING} (?:in|at|on|of|near|down) (?:the )?"
    r"(?:[A-Z][\w'-]+)(?: [A-Z][\w'-]+)*)"
    rf"|\b(?P<led>(?:the|that) (?:[A-Z][\w'-]+ )+{_HAPPENING})\b"
)
_THING: Final = re.compile(
    r"\b(?:the|that|this|your|my|his|her|our) (?P<rare>[\w-]+(?: [\w-]+)?) (?P<thing>incident|affair|saga|scandal)\b",
    re.IGNORECASE,
)
_NIGHT: Final = re.compile(
    r"\bthe (?:night|day|morning|evening|time|year|week) (?:that |when )?(?P<np>the (?:\w+ ){1,3}"
    r"(?:went (?:wrong|up|down|off)|burned|burnt|collapsed|exploded|crashed|sank|fell|flooded|blew up|caught fire))\b",
    re.IGNORECASE,
)
_RUINED: Final = (
    r"(?:went (?:wrong|up|down|under)|burned|burnt|burned down|burnt down|collapsed|exploded|crashed|sank|flooded|"
    r"blew up|caught fire|(?:was|got) (?:shot down|blown up|bombed|torched))"
)
_KNOWN: Final = re.compile(
    rf"\b(?P<np>(?:the|that) (?:\w+ ){{1,2}}(?:that |which )?(?:{_RUINED}\b|"
    r"they (?:shot down|blew up|bombed|sank|burned down|torched|raided|hijacked)))",
    re.IGNORECASE,
)
_LOST: Final = re.compile(
    r"\b(?P<np>los(?:t|ing) (?:my|his|her|the|a|an|both|one|two|three|four|part of (?:my|his|her|the)) (?:\w+'s )?"
    r"(?:\w+ ){0,2}?(?:ear|ears|eye|eyes|arm|arms|hand|hands|finger|fingers|thumb|leg|legs|foot|feet|nose|tongue))\b",
    re.IGNORECASE,
)
_DIED: Final = re.compile(
    r"\b(?:died|killed|drowned|shot|murdered|stabbed|collapsed)(?P<np> (?:on|in|at|by|off|under|during|having|while|"
    r"from a|when) (?:[^,.;!?]+))",
    re.IGNORECASE,
)
_ONLY_HERE: Final = re.compile(
    r"(?P<np>\bthe only) (?!thing|one|way|time|place|reason)(?:\w+ ){1,3}?(?:in|here|at|of) "
    r"(?:here|this|the|us|our)(?: (?:group|room|circle|lot|class))?\b",
    re.IGNORECASE,
)
_HUNDRED, _LEAST_COUNT, _TENS = 100, 7, 10
_NEVER_COUNTED: Final = word_set("""
    day days week weeks month months year years hour hours minute minutes second seconds night nights time times o'clock
    percent pound pounds quid dollar dollars buck bucks grand euro euros cent cents pence mile miles kilo kilos
    kilometre kilometres gram grams milligram milligrams mg ml stone degrees people per step steps
    """)


def said_less(parse: Parse) -> list[tuple[Span, str]]:
    """Return what in a text singles somebody out by itself, and words that say less."""
    text = parse.text.replace("\u2019", "'")
    found: list[tuple[Span, str]] = []
    for pattern in _HOLDS:
        found += [(Span(*m.span("np")), IN_OFFICE) for m in pattern.finditer(text)]
    found += [(Span(*m.span("np")), _as(m["np"], f"somebody {IN_OFFICE}")) for m in _HELD_BY.finditer(text)]
    found += [(Span(*m.span("np")), _as(m["np"], "somebody's")) for m in _DAUGHTER_OF.finditer(text)]
    for match in _HAPPENED.finditer(text):
        group = "np" if match["np"] else "led"
        found.append((Span(*match.span(group)), _as(match[group], "something that happened")))
    found += [(Span(*m.span("np")), "something happened") for m in _NIGHT.finditer(text)]
    for match in _KNOWN.finditer(text):
        if any(rare_noun(t) or t.lower == "one" for t in parse.within(Span(*match.span("np")))):
            found.append((Span(*match.span("np")), _as(match["np"], "something that happened")))
    found += [(Span(*m.span("np")), _hurt(m["np"])) for m in _LOST.finditer(text)]
    found += [(Span(*m.span("np")), _as(m["np"], "a")) for m in _ONLY_HERE.finditer(text)]
    found += [(Span(*m.span()), _as(m.group(), "that person")) for m in ONE_OF_IT.finditer(text)]
    for match in _THING.finditer(text):
        rare = Span(*match.span("rare"))
        if any(rare_noun(t) for t in parse.within(rare)):
            found.append((Span(rare.start, match.start("thing")), ""))
    for match in _DIED.finditer(text):
        if any(rare_noun(t) and telling(base_of(t)) for t in parse.within(Span(*match.span("np")))):
            found.append((Span(*match.span("np")), ""))
    found += _counts(parse)
    return _apart(found)


def _counts(parse: Parse) -> list[tuple[Span, str]]:
    """Return exact numbers of rare things, and of anything by the hundred."""
    words = words_of(parse.text)
    starts = {t.span.start: t for t in parse.tokens}
    found: list[tuple[Span, str]] = []
    at = 0
    while at < len(words):
        number = cardinal(words, at)
        if number is None or number.after >= len(words):
            at += 1
            continue
        span = Span(words[at].span.start, words[number.after - 1].bare_span.end)
        counted = _counted(starts, words[number.after : number.after + 2])
        value = number.value
        exact = value >= _LEAST_COUNT and (value % _TENS != 0 or value < _HUNDRED)
        if counted is not None and exact and words[number.after].tight:
            if value >= _HUNDRED and value % _HUNDRED:
                found.append((span, _as(span.of(parse.text), "hundreds of")))
            elif value < _HUNDRED and rare_noun(counted):
                found.append((span, _as(span.of(parse.text), "many")))
        at = number.after
    return found


def _counted(starts: dict[int, Token], words: tuple[object, ...]) -> Token | None:
    for word in words:
        token = starts.get(word.span.start)  # type: ignore[attr-defined]
        if token is None or token.lower in _NEVER_COUNTED or token.lower in MEASURES:
            return None
        if token.tag == "NNS":
            return token
        if token.pos != "ADJ":
            return None
    return None


def _hurt(said: str) -> str:
    return "being hurt" if said.lower().startswith("losing") else "got hurt"


def _as(said: str, words: str) -> str:
    return words[:1].upper() + words[1:] if said[:1].isupper() else words


def _apart(found: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    out: list[tuple[Span, str]] = []
    for span, words in sorted(found, key=lambda f: (-len(f[0]), f[0].start)):
        if not any(span.overlaps(other) for other, _ in out):
            out.append((span, words))
    return sorted(out, key=lambda f: f[0].start)
