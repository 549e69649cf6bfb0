"""The detectors of identifying mentions find them in speech of many kinds, written or without capitals and points."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.domain import DisclosureType, Group, Part2, Person, PersonId, Role, Span
from assistant.privacy.detection import Detector
from assistant.privacy.merging import IDENTIFIERS
from assistant.privacy.nlp import Language
from assistant.privacy.presidio import Presidio
from assistant.privacy.rampart import Rampart
from assistant.privacy.recognisers.addresses import AddressRecogniser
from assistant.privacy.recognisers.ages import AgeRecogniser
from assistant.privacy.recognisers.contact import ContactRecogniser
from assistant.privacy.recognisers.dates import DateRecogniser
from assistant.privacy.recognisers.identifiers import IdentifierRecogniser
from assistant.privacy.recognisers.organisations import OrganisationRecogniser
from assistant.privacy.recognisers.people import PersonRecogniser
from assistant.privacy.recognisers.places import PlaceRecogniser
from assistant.privacy.recognisers.roster import RosterRecogniser

if TYPE_CHECKING:
    from assistant.privacy.parse import Parse

pytestmark = pytest.mark.models

UTTERANCES = Path(__file__).parent / "varied_utterances.txt"
_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]")
_PEOPLE = (
    ("f", "Dana Ruiz", ()),
    ("m1", "Chinedu Okafor", ("Edu",)),
    ("m2", "Thuy Nguyen", ()),
    ("m3", "Will Kowalczyk", ()),
    ("m4", "May Lin", ()),
    ("m5", "Harpreet Gill", ("Preet",)),
    ("m6", "Angharad Pugh", ()),
    ("m7", "Grace Delgado", ()),
    ("m8", "Omar Haddad", ()),
    ("m9", "William Abbott", ()),
)
_SURE = frozenset({DisclosureType.PERSON, DisclosureType.PHONE, DisclosureType.EMAIL, DisclosureType.ADDRESS})
Marked = tuple[str, tuple[tuple[Span, DisclosureType], ...]]


def group() -> Group:
    """The roster at the head of the file."""
    people = tuple(
        Person(PersonId(i), Role.FACILITATOR if i == "f" else Role.MEMBER, name, aliases)
        for i, name, aliases in _PEOPLE
    )
    return Group("invented", "psychotherapy", Part2.UNKNOWN, people)


def read(path: Path) -> list[Marked]:
    """The utterances with their marked spans."""
    found: list[Marked] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, spans, at = "", [], 0
        for mark in _MARK.finditer(line):
            text += line[at : mark.start()]
            spans.append((Span(len(text), len(text) + len(mark.group(2))), DisclosureType(mark.group(1))))
            text, at = text + mark.group(2), mark.end()
        found.append((text + line[at:], tuple(spans)))
    return found


def unpointed(marked: Marked) -> Marked:
    """The utterance in lower case without punctuation, its spans moved along."""
    text, spans = marked
    out = ""
    back: list[int] = []
    for at, letter in enumerate(text):
        if letter.isalnum() or letter in "'_":
            out, back = out + letter.lower(), [*back, at]
        elif out and not out.endswith(" "):
            out, back = out + " ", [*back, at]
    moved = [
        (
            Span(
                next(i for i, b in enumerate(back) if b >= s.start), max(i for i, b in enumerate(back) if b < s.end) + 1
            ),
            t,
        )
        for s, t in spans
    ]
    return out.rstrip(), tuple(moved)


class Stack:
    """Everything that finds identifying mentions."""

    def __init__(self, models: Path) -> None:
        people = group()
        self._language = Language(models / "spacy-en-md", [n for p in people.people for n in (p.name, *p.aliases)])
        knows = self._language.dictionary.knows
        self._detector = Detector(
            (
                RosterRecogniser(people, knows),
                ContactRecogniser(),
                IdentifierRecogniser(),
                AddressRecogniser(),
                DateRecogniser(),
                AgeRecogniser(),
                OrganisationRecogniser(knows),
                PlaceRecogniser(knows),
                PersonRecogniser(knows),
                Presidio(self._language),
                Rampart(models / "rampart", knows),
            )
        )

    def parse(self, text: str) -> Parse:
        """The parse."""
        return self._language.parse(text)

    def spans(self, text: str) -> list[tuple[Span, DisclosureType]]:
        """What was found; a failed detector fails the test."""
        detection = self._detector.detect(self._language.parse(text))
        assert detection.failed == ()
        return [(m.span, m.type) for m in detection.mentions if m.type in IDENTIFIERS]


@pytest.fixture(scope="module")
def stack(models_root: Path) -> Stack:
    """Loaded once."""
    return Stack(models_root)


def _covered(span: Span, found: list[tuple[Span, DisclosureType]]) -> bool:
    held = {i for s, _ in found for i in range(max(s.start, span.start), min(s.end, span.end))}
    return len(held) >= 0.9 * len(span)


@pytest.mark.parametrize(("plain", "overall", "sure"), [(False, 0.95, 0.97), (True, 0.90, 0.93)])
def test_recall_and_precision_hold_over_varied_speech(stack: Stack, plain: bool, overall: float, sure: float) -> None:
    """Recall of names and contact details, of all, and precision: written, and lower-case without points."""
    hit: Counter[DisclosureType] = Counter()
    all_: Counter[DisclosureType] = Counter()
    right = wrong = 0
    for marked in read(UTTERANCES):
        text, spans = unpointed(marked) if plain else marked
        found = stack.spans(text)
        for span, type_ in spans:
            all_[type_] += 1
            hit[type_] += _covered(span, found)
        for span, _ in found:
            good = any(span.overlaps(gold) for gold, _ in spans)
            right, wrong = right + good, wrong + (not good)
    assert sum(hit.values()) / sum(all_.values()) >= overall
    assert sum(hit[t] for t in _SURE) / sum(all_[t] for t in _SURE) >= sure
    assert right / (right + wrong) >= 0.9


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Will you be able to come next week?", []),
        ("I hope we can all give ourselves some grace.", []),
        ("I may have to bill insurance, and mark my words, they'll deny it.", []),
        ("Will said his lawyer thinks he'll lose custody", ["Will"]),
        ("May was right, sleep comes first.", ["May"]),
        ("in May, hope is hard to find, and I'm literally named Hope", ["Hope"]),
        ("Bill and I carpool, he told me about his test results", ["Bill"]),
        ("I came late, what did May say happened on her ward?", ["May"]),
        ("Grace, with what happened last March, tonight must be hard", ["Grace"]),
        ("Bill, with the meds for the virus, go easy on drink", ["Bill"]),
    ],
)
@pytest.mark.parametrize("plain", [False, True])
def test_word_names_are_names_only_where_they_name(
    models_root: Path, text: str, names: list[str], plain: bool, stack: Stack
) -> None:
    """Rows 9 to 14 and 20 to 23 of the domain's table: Will, May, Grace, Hope, Bill and Mark."""
    people = tuple(
        Person(PersonId(f"m{i}"), Role.MEMBER, name)
        for i, name in enumerate(("Will Kaye", "May Lin", "Grace Oduya", "Hope Barr", "Bill Stone", "Mark Hale"))
    )
    roster = RosterRecogniser(Group("g", "psychotherapy", Part2.UNKNOWN, people))
    said = unpointed((text, ()))[0] if plain else text
    found = [m.span.of(said) for m in roster.matches(stack.parse(said))]
    assert found == [n.lower() if plain else n for n in names]
