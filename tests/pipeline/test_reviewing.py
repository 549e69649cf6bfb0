"""A closed session read again with what a clinician decided: words go where they belong, nobody else's with them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.alerts.live import LiveAlerts
from assistant.alerts.memory import SessionMemory
from assistant.alerts.rules import rules_for
from assistant.decisions import (
    FalseAlarm,
    GroupWord,
    Hidden,
    OwnerSet,
    Place,
    Released,
    Ruling,
    SpeakerSet,
    TextAccepted,
)
from assistant.domain import (
    SAMPLE_RATE,
    UNKNOWN_OWNER,
    Attribution,
    Basis,
    DecidedBy,
    DisclosureType,
    Group,
    Owner,
    Part2,
    Person,
    PersonId,
    Role,
    Session,
    Span,
    Utterance,
    UtteranceId,
    UtteranceStatus,
    WithheldReason,
    Word,
)
from assistant.models.sentences import MiniLM
from assistant.notes.entities import RawFinding
from assistant.notes.gate import Gate
from assistant.notes.markdown import render
from assistant.pipeline.kept import kept
from assistant.pipeline.listening import Heard
from assistant.pipeline.progress import Quiet
from assistant.pipeline.reviewing import READING, Reviewer, ReviewRooms
from assistant.pipeline.session import Origin, Rooms, process_heard
from assistant.privacy.analysis import Analyst
from assistant.privacy.clinical_detectors import clinical_detectors
from assistant.privacy.detection import Detector
from assistant.privacy.detectors import identifying_detectors
from assistant.privacy.nlp import Language
from assistant.privacy.presidio import Presidio
from assistant.privacy.recognisers.roster import RosterRecogniser
from assistant.settings import Profile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.decisions import Decided
    from assistant.domain import Draft, Entry
    from assistant.pipeline.reviewed import Reviewed
    from assistant.pipeline.session import SessionResult

pytestmark = pytest.mark.models

M1, M2, M3, M4 = PersonId("m1"), PersonId("m2"), PersonId("m3"), PersonId("m4")
NAMES = {
    "f": "Perpetua Oldacre",
    M1: "Ottoline Marrowby",
    M2: "Barnaby Thistlewood",
    M3: "Clementine Vosper",
    M4: "Grace Pellow",
}
SAID: tuple[tuple[str | None, str], ...] = (
    ("f", "Good evening. Who would like to begin?"),
    ("m1", "I lost my job at Brindlemoor Dairy in March. I have not slept well for weeks."),
    ("m2", "I threw my teapot at the wall on Friday, and I scared myself."),
    ("f", "Thank you, Barnaby. How is the work?"),
    ("m2", "I work nights at Lanternfield Hospital. I am exhausted all the time."),
    ("m3", "Barnaby told me that he started drinking again. I take sertraline for my depression."),
    ("m1", "Sometimes I wish I could say grace with my mother again. I miss her cooking."),
    (None, "I moved back to Quorvale after the divorce."),
    ("m4", "My sister takes lithium. It was a long winter on the farm."),
    ("m3", "Like Barnaby said, the teapot was a bad moment. I cried in the car."),
    ("m4", "I was arrested in Gullhaven. I never told my wife."),
    ("f", "Thank you all. We stop here."),
)
NOW = dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)


def _group() -> Group:
    roles = {"f": Role.FACILITATOR}
    people = tuple(Person(PersonId(i), roles.get(i, Role.MEMBER), name) for i, name in NAMES.items())
    return Group("a group", "psychotherapy", Part2.NO, people)


def _utterances() -> tuple[Utterance, ...]:
    out: list[Utterance] = []
    at = 0
    for number, (who, text) in enumerate(SAID, start=1):
        person = None if who is None else PersonId(who)
        words = []
        for word in text.split():
            words.append(Word(word, at, at + SAMPLE_RATE // 4, 0.9, person, person))
            at += SAMPLE_RATE // 3
        given = Attribution(person, 0.7, 0.4, DecidedBy.VOICE, None if person else "A")
        out.append(
            Utterance(UtteranceId(f"u{number}"), number, words[0].start, words[-1].end, text, tuple(words), given)
        )
        at += 2 * SAMPLE_RATE
    return tuple(out)


class Circle:
    """The group's evening, what the close kept of it, and the rooms to read it again."""

    def __init__(self, models_root: Path) -> None:
        self.group = _group()
        language = Language(models_root / "spacy-en-md", list(NAMES.values()))
        presidio = Presidio(language)
        sentences = MiniLM(models_root / "minilm")
        self.detector = Detector(
            (
                *identifying_detectors(self.group, language, presidio, models_root / "rampart"),
                *clinical_detectors(language.dictionary.knows, sentences),
            )
        )
        self.language = language
        self.gate = Gate(sentences, lambda text: [RawFinding(*found) for found in presidio.raw_scan(text)])
        self.session = Session("s1", self.group, dt.date(2026, 3, 4))
        remembering = self.analyst(self.group).remembering()
        self.rooms = ReviewRooms(lambda _: remembering, lambda: self.gate, Profile.CHART, LiveAlerts.of())
        self.closed = self.process(_utterances())
        self.entries = kept(self.closed).update.entries
        self.reviewer = self.new()
        self.first = self.reviewer.read(())

    def analyst(self, group: Group) -> Analyst:
        """What reads, as the command line puts it together."""
        return Analyst(self.language, self.detector, group, RosterRecogniser(group, self.language.dictionary.knows))

    def process(self, utterances: tuple[Utterance, ...]) -> SessionResult:
        """Process a session in one go, as the command does."""
        rooms = Rooms(self.analyst(self.group), SessionMemory(self.group), rules_for(), self.gate, Profile.CHART)
        heard = Heard(utterances=utterances, duration=utterances[-1].end, speech=0)
        return process_heard(self.session, Origin("a source", ()), heard, rooms, Quiet())

    def new(self, entries: Sequence[Entry] | None = None) -> Reviewer:
        """A reviewer that has read nothing yet."""
        entries = self.entries if entries is None else entries
        return Reviewer(self.session, entries, self.rooms, self.closed.heard.duration)

    def read(self, *decided: Decided, words: Sequence[GroupWord] = ()) -> Reviewed:
        """The session with some decisions."""
        return self.reviewer.read(ruled(*decided), words)

    def place(self, number: int, words: str = "") -> Place:
        """Where words stand in an utterance of the close; all of it where none are given."""
        text = SAID[number - 1][1]
        start = text.index(words) if words else 0
        return Place(UtteranceId(f"u{number}"), Span(start, start + len(words or text)))


class Seen:
    """Progress as it was told."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, float | None]] = []
        self.done: list[float] = []

    def stage(self, what: str, total: float | None) -> None:
        """Note a stage."""
        self.stages.append((what, total))

    def advance(self, done: float) -> None:
        """Note how far it is."""
        self.done.append(done)


def ruled(*decided: Decided) -> tuple[Ruling, ...]:
    """Decisions as they are kept."""
    return tuple(Ruling(n, NOW, "clinician", one) for n, one in enumerate(decided, start=1))


def _written(draft: Draft) -> str:
    return render(draft.note)


@pytest.fixture(scope="module")
def circle(models_root: Path) -> Circle:
    """Read once; every test takes it from whatever the last one left, as a review does."""
    return Circle(models_root)


# -- nothing decided ---------------------------------------------------------------------------------------------------


def test_without_a_decision_all_is_as_the_close_left_it(circle: Circle) -> None:
    """Entries, alerts and drafts are the very same, and every word says where it comes from."""
    assert circle.first.entries == circle.entries
    assert circle.first.drafts == circle.closed.drafts
    assert circle.first.original(UtteranceId("u3"), Span(2, 7)) == Place(UtteranceId("u3"), Span(2, 7))


def test_the_wait_is_told(circle: Circle) -> None:
    """Whoever waits hears what is done and how far it is."""
    seen = Seen()
    circle.new().read((), progress=seen)
    what, total = seen.stages[0]
    assert what == READING
    assert total == len(SAID)
    assert seen.done[: len(SAID)] == [float(n) for n in range(1, len(SAID) + 1)]


# -- speakers ----------------------------------------------------------------------------------------------------------


def test_words_go_to_whoever_said_them(circle: Circle) -> None:
    """Words that were another's leave the one draft and stand in the other; undone, all is as before."""
    assert "Lanternfield" in _written(circle.first.drafts.members[M2])
    moved = SpeakerSet((circle.place(5),), M3)
    found = circle.read(moved)
    assert "Lanternfield" not in _written(found.drafts.members[M2])
    assert "Lanternfield" in _written(found.drafts.members[M3])
    by_id = {e.utterance.id: e for e in found.entries}
    said = by_id[UtteranceId("u5")].utterance
    assert said.attribution == Attribution(M3, 1.0, 1.0, DecidedBy.KEY)
    assert {w.speaker for w in said.words} == {M3}
    undone = circle.reviewer.read(tuple(replace(r, undone=True) for r in ruled(moved)))
    assert undone.entries == circle.entries
    assert undone.drafts == circle.first.drafts


def test_an_unknown_voice_is_named_and_a_known_one_unnamed(circle: Circle) -> None:
    """Named words enter that member's note alone; words of nobody's enter none."""
    named = circle.read(SpeakerSet((circle.place(8),), M4))
    assert "Quorvale" in _written(named.drafts.members[M4])
    nobody = circle.read(SpeakerSet((circle.place(2), circle.place(3)), None))
    for draft in nobody.drafts.members.values():
        assert "Brindlemoor" not in _written(draft)
        assert "teapot" not in _written(draft)


def test_a_part_of_an_utterance_is_named(circle: Circle) -> None:
    """It is split: each part is read as its speaker's, and both know where they come from."""
    found = circle.read(SpeakerSet((circle.place(5, "I am exhausted all the time."),), M1))
    parts = [e.utterance for e in found.entries if e.utterance.id.startswith("u5.")]
    assert [(u.id, u.speaker, u.number) for u in parts] == [("u5.1", M2, 5), ("u5.7", M1, 5)]
    assert [u.text for u in parts] == ["I work nights at Lanternfield Hospital.", "I am exhausted all the time."]
    assert found.original(parts[1].id, Span(0, 4)) == circle.place(5, "I am")
    assert "exhausted" in _written(found.drafts.members[M1])
    assert "exhausted" not in _written(found.drafts.members[M2])


def test_a_decision_about_a_split_utterance_finds_its_words(circle: Circle) -> None:
    """What was hidden in the utterance of the close is hidden in the part that holds it now."""
    split = SpeakerSet((circle.place(5, "I am exhausted all the time."),), M1)
    found = circle.read(split, Hidden(M1, circle.place(5, "exhausted")))
    assert "exhausted" not in _written(found.drafts.members[M1])
    assert "I am […]" in _written(found.drafts.members[M1])


def test_suspect_text_is_accepted(circle: Circle) -> None:
    """Text that may be invented enters a note, and raises alerts, only once a person accepts it."""
    suspect = replace(circle.entries[1].utterance, status=UtteranceStatus.SUSPECT, suspicions=("silence",))
    closed = circle.process(tuple(suspect if e.utterance.id == "u2" else e.utterance for e in circle.entries))
    reviewer = circle.new(kept(closed).update.entries)
    assert "Brindlemoor" not in _written(reviewer.read(()).drafts.members[M1])
    found = reviewer.read(ruled(TextAccepted(circle.place(2))))
    assert "Brindlemoor" in _written(found.drafts.members[M1])
    assert found.entries[1].utterance.status is UtteranceStatus.CLEAR
    part = reviewer.read(ruled(TextAccepted(circle.place(2, "I lost"))))
    assert "Brindlemoor" not in _written(part.drafts.members[M1])


# -- clauses -----------------------------------------------------------------------------------------------------------


def _held(found: Reviewed, member: PersonId, number: int) -> list[tuple[Place, WithheldReason]]:
    withheld = found.drafts.members[member].release.withheld
    return [(found.original(w.utterance, w.span), w.reason) for w in withheld if w.utterance == f"u{number}"]


def test_a_withheld_clause_is_let_in(circle: Circle) -> None:
    """A clause of the member's own that the rules had no owner for stands in the note by hand."""
    winter = [p for p, _ in _held(circle.first, M4, 9) if "winter" in p.span.of(SAID[8][1])]
    found = circle.read(*(Released(M4, place) for place in winter))
    assert "long winter on the farm" in _written(found.drafts.members[M4])
    assert any(line.by_hand for line in found.drafts.members[M4].release.lines)
    assert "winter" not in "".join(_written(d) for m, d in found.drafts.members.items() if m != M4)


def test_a_released_clause_with_another_members_name_has_it_nowhere(circle: Circle) -> None:
    """Redaction runs inside, and what the gate refuses goes back with nothing else lost."""
    every = [Released(M3, place) for number in (6, 10) for place, _ in _held(circle.first, M3, number)]
    assert every
    found = circle.read(*every)
    for draft in found.drafts.members.values():
        if draft.note.member != M2:
            assert "Barnaby" not in _written(draft)
            assert "drinking" not in _written(draft)
    assert "I take sertraline" in _written(found.drafts.members[M3])


def test_what_the_gate_refuses_takes_nothing_else_with_it(circle: Circle) -> None:
    """A released clause with another's term is back among the withheld, the refusal is told, the rest stays."""
    held = _held(circle.first, M3, 10)
    found = circle.read(*(Released(M3, place) for place, _ in held))
    draft = found.drafts.members[M3]
    assert "teapot" not in _written(draft)
    assert "I cried in the car." in _written(draft)
    assert _held(found, M3, 10) == held
    assert ("term first said by another", M2) in {(f.rule, f.whose) for f in draft.findings}
    assert not draft.refused


def test_another_members_clause_cannot_be_released(circle: Circle) -> None:
    """A decision that points at somebody else's words lets nothing in."""
    found = circle.read(Released(M1, circle.place(3)), Released(M1, circle.place(1)))
    assert found.drafts == circle.first.drafts


def test_what_is_hidden_and_then_released_is_in_again(circle: Circle) -> None:
    """The last word counts."""
    place = circle.place(2, "I have not slept well for weeks.")
    hidden = circle.read(Hidden(M1, place))
    assert "slept" not in _written(hidden.drafts.members[M1])
    assert WithheldReason.HIDDEN_BY_HAND in {r for _, r in _held(hidden, M1, 2)}
    again = circle.read(Hidden(M1, place), Released(M1, place))
    assert again.drafts == circle.first.drafts


# -- facts -------------------------------------------------------------------------------------------------------------


def _fact(found: Reviewed, number: int, words: str) -> tuple[DisclosureType, Owner, Basis, str]:
    entry = next(e for e in found.entries if e.utterance.id == f"u{number}")
    one = next(d for d in entry.findings.disclosures if words in d.span.of(entry.utterance.text))
    return one.type, one.owner, one.basis, one.why


def test_a_fact_that_is_somebody_elses_is_withheld(circle: Circle) -> None:
    """Set to another member, or to nobody, it stays out; set back to the member it is in again."""
    kind, owner, _, _ = _fact(circle.first, 2, "Brindlemoor")
    assert owner.person == M1
    for other in (Owner(person=M2), UNKNOWN_OWNER):
        found = circle.read(OwnerSet(circle.place(2, "Brindlemoor Dairy"), kind, other))
        assert _fact(found, 2, "Brindlemoor")[1:] == (other, Basis.HAND, "by hand")
        assert "Brindlemoor" not in _written(found.drafts.members[M1])
        back = circle.read(
            OwnerSet(circle.place(2, "Brindlemoor Dairy"), kind, other),
            OwnerSet(circle.place(2, "Brindlemoor Dairy"), kind, Owner(person=M1)),
        )
        assert "Brindlemoor" in _written(back.drafts.members[M1])


def test_a_members_name_is_nobody_elses(circle: Circle) -> None:
    """A name on the roster cannot be made the reader's own; that nobody can say whose it is withholds it."""
    own = circle.read(OwnerSet(circle.place(10, "Barnaby"), DisclosureType.PERSON, Owner(person=M3)))
    assert own.entries == circle.entries
    unknown = circle.read(OwnerSet(circle.place(10, "Barnaby"), DisclosureType.PERSON, UNKNOWN_OWNER))
    assert _fact(unknown, 10, "Barnaby")[1] == UNKNOWN_OWNER


def test_somebody_who_left_the_roster_is_nobody(circle: Circle) -> None:
    """A decision that names a person who is not known any more withholds."""
    gone = PersonId("m9")
    kind, *_ = _fact(circle.first, 2, "Brindlemoor")
    found = circle.read(SpeakerSet((circle.place(3),), gone), OwnerSet(circle.place(2), kind, Owner(person=gone)))
    assert found.entries[2].utterance.speaker is None
    assert _fact(found, 2, "Brindlemoor")[1] == UNKNOWN_OWNER


def test_a_fact_of_an_outsider_becomes_the_members_own(circle: Circle) -> None:
    """Said to be the member's, it is no longer replaced in the clause that carries it."""
    kind, owner, _, _ = _fact(circle.first, 9, "lithium")
    assert owner.outsider_of == M4
    assert "lithium" not in _written(circle.first.drafts.members[M4])
    found = circle.read(OwnerSet(circle.place(9, "lithium"), kind, Owner(person=M4)))
    assert "lithium" in _written(found.drafts.members[M4])


def test_a_false_alarm_is_read_as_a_plain_word(circle: Circle) -> None:
    """The mention is gone here, and with a word of the group everywhere; a name on the roster is never such a word."""
    kind, *_ = _fact(circle.first, 11, "Gullhaven")
    place = circle.place(11, "Gullhaven")
    for found in (
        circle.read(FalseAlarm(place, kind)),
        circle.read(FalseAlarm(place, kind, everywhere=True)),
        circle.read(words=(GroupWord("gullhaven", kind),)),
    ):
        facts = next(e for e in found.entries if e.utterance.id == "u11").findings.disclosures
        assert not any(d.type is kind and "Gullhaven" in d.span.of(SAID[10][1]) for d in facts)
    roster = circle.read(words=(GroupWord("barnaby", DisclosureType.PERSON),))
    assert roster.entries == circle.entries


def test_a_false_alarm_over_a_members_name_is_held_by_the_gate(circle: Circle) -> None:
    """Whatever a person says is no name: one of another member enters no note, for the gate takes nobody's word."""
    alarm = FalseAlarm(circle.place(10, "Barnaby"), DisclosureType.PERSON, everywhere=True)
    held = [Released(M3, place) for place, _ in _held(circle.read(alarm), M3, 10)]
    found = circle.read(alarm, *held)
    for member, draft in found.drafts.members.items():
        assert member == M2 or "Barnaby" not in _written(draft)


# -- any decisions at all ----------------------------------------------------------------------------------------------

_WHOLE = st.integers(1, len(SAID)).map(lambda n: Place(UtteranceId(f"u{n}"), Span(0, len(SAID[n - 1][1]))))
_PARTS = st.builds(
    lambda whole, a, b: Place(whole.utterance, Span(min(a, whole.span.end), max(a, whole.span.end - b))),
    _WHOLE,
    st.integers(0, 60),
    st.integers(0, 40),
).filter(lambda place: len(place.span) > 0 and place.span.end <= len(SAID[int(place.utterance[1:]) - 1][1]))
_PLACES = _WHOLE | _PARTS
_MEMBERS = st.sampled_from([M1, M2, M3, M4])
_TYPES = st.sampled_from(list(DisclosureType))
_DECIDED = st.one_of(
    st.builds(SpeakerSet, st.lists(_PLACES, min_size=1, max_size=2).map(tuple), _MEMBERS | st.none()),
    st.builds(TextAccepted, _PLACES),
    st.builds(OwnerSet, _PLACES, _TYPES, st.builds(Owner, _MEMBERS | st.none())),
    st.builds(FalseAlarm, _PLACES, _TYPES | st.just(DisclosureType.PERSON), st.booleans()),
    st.builds(Released, _MEMBERS, _PLACES),
    st.builds(Hidden, _MEMBERS, _PLACES),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(decided=st.lists(_DECIDED, max_size=8))
def test_no_decision_lets_a_name_of_another_member_into_a_note(circle: Circle, decided: list[Decided]) -> None:
    """Whatever is decided, no draft that the gate passes holds another's name, and nothing depends on the way there."""
    found = circle.read(*decided)
    for member, draft in found.drafts.members.items():
        others = {part for person, name in NAMES.items() if person != member for part in name.split()}
        if not draft.refused:
            words = set(_written(draft).replace("'s", "").translate(str.maketrans(".,;:!?*#()[]", " " * 12)).split())
            assert not others & words
    assert all(_stands(found, e) for e in found.entries)
    fresh = circle.new().read(ruled(*decided))
    assert fresh == found


def _stands(found: Reviewed, entry: Entry) -> bool:
    """Whether an entry's words are those of the close at the place that it names."""
    at = found.origin[entry.utterance.id]
    return at.span.of(SAID[int(at.utterance[1:]) - 1][1]) == entry.utterance.text
