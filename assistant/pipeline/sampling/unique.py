"""What happened to hardly anybody, recognised by how people speak of such things and not by what it was.

Whatever the story is, the words around it are the same few: the only one, the record, it was on the news, look me up, I
am the one who, the mayor is my mother. Where they stand, the sentence goes, and so does the one that told the story
before them; ``echoes`` then follows its rare nouns through the other turns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from assistant.domain import DisclosureType, Span
from assistant.notes.lexicon import is_ordinary
from assistant.privacy.vocabulary import BODY, FREQUENT, KIN
from assistant.privacy.words import word_set
from assistant.training.signs import stands

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from assistant.privacy.parse import Parse, Token
    from assistant.privacy.reading import Reading

_LONGEST_UNIT: Final = 16
"""Words of a sentence above which its clauses are taken one by one."""
_BACK: Final = 3
"""Units before a sign in which the story may have been told."""
_LEAST_LETTERS: Final = 3
_ASIDE: Final = 8
"""Words of a clause after which a story may still go on."""
_BARE: Final = 8
"""Words of a clause that may be nothing but a sign ("It was on the news")."""
_POINTS: Final = re.compile(r"^(?!.*\b(?:i|i'm|me|my)\b).*\b(?:it|that|this|he|she|one)\b", re.IGNORECASE)
ONE_OF_IT: Final = re.compile(
    r"\bthe (?:girl|boy|woman|man|kid|child|lady|guy|bloke|lad|lass|baby|face|voice|one) (?:in|from|on) (?:the|that) "
    r"(?:\w+ )?(?:advert|ad|commercial|billboard|video|clip|film|movie|show|poster|photo|picture)\b",
    re.IGNORECASE,
)
"""Somebody told by where they were seen: the words go (``said``), the sentence need not."""
_YOU: Final = re.compile(r"\b(?:you|your|you're|you've|you'd|you'll|yours)\b", re.IGNORECASE)
_COMMON: Final = 3_000
"""Rank in English up to which a word does not go on with anybody's story."""
_TELLING: Final = 6_000
"""Rank beyond which a noun tells a story by itself, in whatever turn it stands."""
_FRAGMENT: Final = 3
"""Words of a sentence without a verb that only goes on with the one before ("On my birthday.")."""
_BREAK: Final = re.compile(r"(?<=[.!?\u2026;\u2014])\s+|(?<=\u2014)")
_JOINT: Final = re.compile(
    r",\s+(?=(?:and|but|so|because|which|then|when)\b)"
    r"|,\s+(?=(?:i|he|she|we|they|it|you|there|my|the)\b)"
    r"|\s+(?=(?:and|but|so|because) (?:i|he|she|we|they|it|you|there|my)\b)",
    re.IGNORECASE,
)
_FINE: Final = re.compile(
    r",\s+|\s+(?=(?:and|but|so|because|cause|when|until|till|while|then|which|that|ever since|since|before|after)\b)",
    re.IGNORECASE,
)
"""Where a clause that is still long, or a text without marks, may be parted."""
_PERSON: Final = (
    r"(?:woman|man|girl|boy|guy|lady|bloke|fella|female|male|survivor|child|kid|baby|person|lad|lass|twin|captain)"
)
_COPULA: Final = (
    r"(?:i|you|he|she|it|that|we|they)(?:'m|'re|'s| am| are| is| was| were)(?: just| also| actually| still| really)?"
)
_IDENTITY: Final = re.compile(
    rf"(?:\b{_COPULA} (?:the|that) (?:\w+ ){{1,6}}?|\bthe ones? )(?P<which>who|whose|whom)\b", re.IGNORECASE
)
_HABIT: Final = re.compile(r"\b(?:always|never|usually|still|often|sometimes|would|keeps?|kept)\b", re.IGNORECASE)
_EPITHET: Final = re.compile(
    rf"\b(?:{_COPULA}|called me|call me|calls me|known as|calling me) (?:\w+ )?(?:the|that) "
    rf"(?!least|most|best|worst)(?P<rare>(?:[\w-]+ ){{1,3}}){_PERSON}\b(?! who| that)",
    re.IGNORECASE,
)
_CAPITAL_EPITHET: Final = re.compile(rf"\b(?i:{_COPULA}) the (?P<rare>[A-Z]\w+(?: [A-Z]\w+)+)")
_ATTACKED: Final = re.compile(
    r"\b(?:bitten|attacked|mauled|gored|stung|kicked|trampled|thrown|eaten|crushed|dragged|swallowed|chased|"
    r"lost (?:it|\w+ \w+)) (?:\w+ )?(?:by|to|off|from) (?:an?|the) (?P<rare>[\w-]+)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"\b(?i:it|that|this|which|story|video|thing|all) (?:was|were|is|got|made it|came out|went out|'s)(?: all)?"
    r"(?: over)? (?:on|in) (?:the )?(?P<name>(?:[A-Z][\w'&.-]*)(?: [A-Z][\w'&.-]*)*)"
)
_NEWSPAPER: Final = word_set("""
    chronicle times herald gazette tribune courier echo mail post star sun mirror argus bugle examiner dispatch news
    journal press observer globe mercury record telegraph guardian independent express standard register inquirer
    sentinel enquirer
    """)
_MONTHS: Final = word_set("""
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday christmas easter zoom
    """)
_CONTENT: Final = frozenset({DisclosureType.MEDICATION, DisclosureType.DIAGNOSIS, DisclosureType.SUBSTANCE})
_NAMES: Final = frozenset({"PERSON", "GPE", "LOC", "NORP", "LANGUAGE"})
_EVERYDAY: Final = word_set("""
    wife ex fridge kitchen bathroom bedroom sofa couch dinner lunch breakfast supper coffee tea cake bread milk beer
    wine drink pill pub bar clinic ambulance hospital prison school church court therapy therapist counsellor counselor
    sponsor nurse doctor appointment anxiety panic anger grief shame guilt fear sadness depression craving relapse
    sobriety urge mood feeling emotion thought nightmare flashback trauma funeral grave weekend morning evening
    afternoon tonight yesterday tomorrow birthday homework worksheet chair candle clock phone sleep bus neighbour
    neighbor boyfriend girlfriend roommate cat dog kitten puppy letter diary journal laundry dish shopping grocery rent
    bill landlord lawyer solicitor jail breath breathing silence joke laugh tear crying ceiling pillow blanket shower
    toilet sink mirror window garden yard garage folk folks half table heart radio plate bowl cup spoon knife mug
    video paper news people person twins twin lady thing stuff meme clip advert commercial newspaper reporter journalist
    press headline documentary medal prize award record champion statue plaque
    """)
"""What everybody has or does, though a short list of words calls it rare."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, or one clause of a long one."""

    at: int
    """Place in the utterance, from 0."""
    span: Span
    nouns: tuple[str, ...] = field(repr=False)
    """Its rare nouns, folded to their base form."""

    @property
    def uncommon(self) -> bool:
        """Whether one of them is said so seldom that the unit may be somebody's story."""
        return any(not is_ordinary(noun, _COMMON) for noun in self.nouns)

    @property
    def telling(self) -> frozenset[str]:
        """Those that tell a story by themselves."""
        return frozenset(noun for noun in self.nouns if telling(noun))


@dataclass(frozen=True, slots=True)
class Told:
    """What one utterance tells that happened to hardly anybody."""

    units: tuple[Unit, ...]
    cores: frozenset[int]
    """Places of those that carry the sign, or the story that a bare sign points at."""
    before: bool
    """Whether it opens with the sign, so that the story stands in the speaker's turn before."""


def units_of(reading: Reading, english: Callable[[str], bool]) -> tuple[Unit, ...]:
    """Return the sentences of an utterance, long ones in their clauses, with the rare nouns of each.

    Args:
        reading: The utterance.
        english: Whether a lower-case word is in the dictionary: what is not is a name, and goes as one.
    """
    text = reading.parse.text
    content = [d.span for d in reading.findings.disclosures if d.type in _CONTENT]
    content += [e.span for e in reading.parse.entities if e.label in _NAMES]
    found: list[Unit] = []
    sentences = _parts(text, Span(0, len(text)), _BREAK)
    if len(sentences) == 1 and reading.parse.sentences:
        sentences = list(reading.parse.sentences)  # without marks, as recognisers may write
    for sentence in sentences:
        parts = _parts(text, sentence, _JOINT) if _long(sentence.of(text)) else [sentence]
        fine = [one for part in parts for one in (_parts(text, part, _FINE) if _long(part.of(text)) else [part])]
        for part in fine:
            tokens = reading.parse.within(part)
            nouns = tuple(
                base_of(t)
                for t in tokens
                if rare_noun(t) and english(t.lower) and not any(t.span.overlaps(c) for c in content)
            )
            found.append(Unit(len(found), part, nouns))
    return tuple(found)


def _long(said: str) -> bool:
    return len(said.split()) > _LONGEST_UNIT


def told_in(reading: Reading, units: Sequence[Unit]) -> Told:
    """Return the units of an utterance that tell something that happened to hardly anybody."""
    text = reading.parse.text
    marked: set[int] = set()
    before = False
    for unit in units:
        said = unit.span.of(text).replace("\u2019", "'")
        said = ONE_OF_IT.sub("that person", said)
        public = is_public(said) or _published(said)
        if not (public or _single(said, reading.parse, unit)):
            continue
        marked.add(unit.at)
        if not unit.nouns and len(said.split()) <= _BARE and _POINTS.search(said):
            # The sign alone: the story was told before it.
            story = [u.at for u in units[max(0, unit.at - _BACK) : unit.at] if u.nouns]
            marked.update(story[-1:])
            before |= not story
    for one, two in pairwise(units):
        if not {one.at, two.at} & marked and stands(text[one.span.start : two.span.end], "counts"):
            marked |= {one.at, two.at}
    cores = frozenset(marked)
    marked |= beside(reading.parse, units, marked)
    return Told(tuple(u for u in units if u.at in marked), cores, before)


def beside(parse: Parse, units: Sequence[Unit], marked: Collection[int]) -> set[int]:
    """Return the units next to what is marked that go on with it: uncommon nouns or verbs, or a few words, no verb."""
    found: set[int] = set()
    for step in (-1, 1):
        for start in marked:
            at = start + step
            while 0 <= at < len(units) and at not in marked:
                if _goes_on(parse, units[at], units[start]):
                    found.add(at)
                elif step < 0 or at - 1 not in {start, *found} or len(units[at].span.of(parse.text).split()) > _ASIDE:
                    break
                at += step
    return found


def _goes_on(parse: Parse, unit: Unit, from_: Unit) -> bool:
    said = unit.span.of(parse.text)
    if said.rstrip().endswith("?") or from_.span.of(parse.text).rstrip().endswith("?"):
        return False
    if _YOU.search(said):
        return unit.at > from_.at and bool(unit.telling)
    tokens = parse.within(unit.span)
    verbs = [t for t in tokens if t.pos in {"VERB", "AUX"}]
    if not verbs:
        closed = said.rstrip().endswith((".", "!"))
        spoken = any(t.pos == "INTJ" for t in tokens)
        return closed and not spoken and unit.at > from_.at and len(said.split()) <= _FRAGMENT
    past = any(t.tag in {"VBD", "VBN"} for t in verbs)
    rare = any(t.pos == "VERB" and not is_ordinary(t.lemma.lower(), _TELLING) for t in verbs)
    return past and ((rare and len(said.split()) > _FRAGMENT) or unit.uncommon)


def is_public(said: str) -> bool:
    """Whether words say that something became known, that it was a record, or that nobody else did it."""
    return stands(said, "public", "record")


def telling(noun: str) -> bool:
    """Whether a noun is said so seldom that it tells a story by itself."""
    return not is_ordinary(noun, _TELLING)


def rare_noun(token: Token) -> bool:
    """Whether a noun is one that most people do not say every day."""
    word, base = token.lower, base_of(token)
    return (
        token.pos in {"NOUN", "PROPN"}
        and len(base) >= _LEAST_LETTERS
        and base.isalpha()
        and not {word, base} & (FREQUENT | KIN | BODY | _EVERYDAY | _MONTHS)
    )


def base_of(token: Token) -> str:
    """Return the base form of a noun; the language pipeline gives none for what it takes for a name ("Rattles")."""
    low = token.lemma.lower()
    return low.removesuffix("s") if token.pos == "PROPN" and not low.endswith("ss") else low


def _single(said: str, parse: Parse, unit: Unit) -> bool:
    if stands(said, "alone", "counts") or _only_in_a_place(said.lower(), parse, unit.span):
        return True
    if _CAPITAL_EPITHET.search(said):
        return True
    for match in _IDENTITY.finditer(said):
        after = Span(unit.span.start + match.end("which"), unit.span.end)
        if _HABIT.search(after.of(parse.text)):
            continue
        if any(rare_noun(t) for t in parse.within(after)) and _past(parse, after):
            return True
    rare = set(unit.nouns)
    return any(
        set(_bases(match["rare"])) & rare for pattern in (_EPITHET, _ATTACKED) for match in pattern.finditer(said)
    )


def _only_in_a_place(low: str, parse: Parse, span: Span) -> bool:
    """Whether somebody is the only, first or last of their kind in a place with a name."""
    for match in re.finditer(
        r"\bthe (?:very )?(?:(?:only|first|last) (?!time|day|night|week)(?:[\w'-]+ ){1,4}?"
        r"|(?:youngest|oldest|[a-z]{3,}[a-z]est) (?!thing|time|day|night|week)(?:[\w'-]+ ){0,4}?)(?:in|from|at|of|on) ",
        low,
    ):
        start = span.start + match.end()
        if any(e.label in {"GPE", "LOC", "FAC"} and 0 <= e.span.start - start <= len("the ") for e in parse.entities):
            return True
    return False


def _published(said: str) -> bool:
    """Whether something was on a broadcaster or in a newspaper with a name."""
    for match in _NAMED.finditer(said):
        words = match["name"].replace("'s", "").split()
        led = said[: match.start("name")].rstrip()
        paper = words[-1].lower() in _NEWSPAPER or (words[0].isupper() and len(words[0]) > 1 and led.endswith("the"))
        alone = (
            led.endswith(" on") and len(words) == 1 and words[0].lower() not in _MONTHS and led.lower().startswith("it")
        )
        if paper or (alone and said[match.end() :].strip(" .!,") == ""):
            return True
    return False


def _past(parse: Parse, span: Span) -> bool:
    return any(t.tag in {"VBD", "VBN"} or t.lower in {"was", "were", "had", "got"} for t in parse.within(span))


def _bases(words: str) -> list[str]:
    low = words.lower().split()
    return [*low, *(w.removesuffix("s") for w in low)]


def _parts(text: str, span: Span, breaks: re.Pattern[str]) -> list[Span]:
    found: list[Span] = []
    start = span.start
    inside: Iterable[re.Match[str]] = breaks.finditer(text, span.start, span.end)
    for match in inside:
        if match.start() > start:
            found.append(Span(start, match.start()))
            start = match.end()
    if start < span.end:
        found.append(Span(start, span.end))
    return [s for s in found if s.of(text).strip()]
