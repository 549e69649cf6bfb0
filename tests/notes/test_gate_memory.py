"""What the gate remembers makes it faster and changes nothing that it says; it is bounded, and gone when it forgets."""

from __future__ import annotations

import gc
import hashlib
import re
from dataclasses import replace
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from assistant.domain import Note, NoteLine, NoteSection, PersonId, Severity
from assistant.notes.entities import RawFinding, RememberedScan
from assistant.notes.gate import Gate
from assistant.notes.index import index_session
from assistant.notes.memory import Memory
from assistant.notes.paraphrase import Remembered
from assistant.notes.sentences import RESPONSE, SAID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from assistant.domain import GateFinding


class Bag:
    """An embedder of words, that counts what it was given."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return one row per sentence."""
        self.read += sentences
        rows = np.zeros((len(sentences), 384), dtype=np.float32)
        for row, sentence in zip(rows, sentences, strict=True):
            for word in sentence.lower().split():
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % 384] += 1
        unit: NDArray[np.float32] = rows / np.maximum(1.0, np.linalg.norm(rows, axis=1, keepdims=True))
        return unit


def capitals(text: str) -> list[RawFinding]:
    """A detector to which every other capital is a person."""
    found = re.finditer(r"\b[A-Z]\w+", text)
    return [RawFinding(m.start(), m.end(), "PERSON" if len(m[0]) % 2 else "ORG", 0.5) for m in found]


def gate() -> Gate:
    """A gate with everything that it may have."""
    return Gate(Bag(), capitals)


def note_of(scene: Any, reader: PersonId | None) -> Note:  # noqa: ANN401  of this folder's conftest
    """All that a reader said, and some utterances of anybody's in a clinician's hand."""
    said = tuple(NoteLine(u.text, (u.id,)) for u in scene.utterances if u.speaker == reader)
    by_hand = tuple(NoteLine(u.text, by_hand=True) for u in scene.utterances[::16])
    return Note(reader, scene.session.id, (NoteSection(SAID, said), NoteSection(RESPONSE, by_hand)))


def corrected(scene: Any) -> Any:  # noqa: ANN401  as above
    """The session with one utterance of a member given to another."""
    members = [p.id for p in scene.session.group.members_present]
    at = next(n for n, u in enumerate(scene.utterances) if n > len(scene.utterances) // 3 and u.speaker in members)
    one = scene.utterances[at]
    other = next(m for m in members if m != one.speaker)
    words = tuple(replace(w, speaker=other) for w in one.words)
    changed = replace(one, words=words, attribution=replace(one.attribution, person=other))
    return replace(scene, utterances=(*scene.utterances[:at], changed, *scene.utterances[at + 1 :]))


def test_a_gate_that_remembers_says_what_a_new_one_says(gold_scenes: Sequence[Any]) -> None:
    """On every gold session: as it was, after a speaker is corrected, and after that is taken back."""
    refused = 0
    for scene in gold_scenes:
        readers = (None, *(p.id for p in scene.session.group.members_present[:1]))
        kept = gate()
        for now in (scene, corrected(scene), scene):
            for reader in readers:
                note, context = note_of(now, reader), now.context(reader)
                told = gate().check(note, context)
                assert kept.check(note, context) == told
                assert kept.check(note, context) == told
                refused += sum(f.severity is Severity.REFUSE for f in told)
    assert refused > 100


def test_only_what_changed_is_read_again(gold_scenes: Sequence[Any]) -> None:
    """A speaker that is corrected has nothing embedded anew; the note that was read is known as a note of it."""
    scene, bag = gold_scenes[0], Bag()
    reader = scene.session.group.members_present[0].id
    kept = Gate(bag, capitals)
    kept.prepare(scene.context(reader), note_of(scene, reader))
    before = len(bag.read)

    kept.prepare(corrected(scene).context(reader), note_of(scene, reader))
    kept.check(note_of(scene, reader), corrected(scene).context(reader))

    assert 0 < before == len(bag.read) == len(set(bag.read))


def test_what_a_gate_forgets_is_nowhere_in_it(told: Callable[..., Any]) -> None:
    """The words of the session, of the note and of what was found can be reached from it before, and not after."""
    scene = told(["m1: The xylophone of my [[ORG:m1|Quincewell Bakery]] was loud today.", "m2: What a loud thing."])
    bag = Bag()
    kept = Gate(bag, capitals)
    kept.check(note_of(scene, PersonId("m1")), scene.context("m1"))
    kept.difference({}, None, scene.context(None))
    bag.read.clear()
    assert any("ylophone" in text for text in reachable(kept))

    kept.forget()

    left = [text for text in reachable(kept) if re.search("ylophone|uincewell|loud|okonkwo", text, re.IGNORECASE)]
    assert not left


def test_no_word_is_shown(told: Callable[..., Any]) -> None:
    """Neither by the gate nor by the session that it arranged."""
    scene = told(["m1: The xylophone of my [[ORG:m1|Quincewell Bakery]] was loud today.", "m2: What a loud thing."])
    kept = gate()
    kept.check(note_of(scene, PersonId("m1")), scene.context("m1"))
    index = index_session(scene.context("m1"))
    shown = repr(
        (kept, replace(index.heard), *index.heard.utterances, index.other_wordings, *index.own_wordings.numbered)
    )
    shown += repr(
        [(stretch, fact) for one in index.heard.utterances for stretch in one.stretches for fact in one.facts]
    )
    assert not re.search("xylophone|quincewell|loud", shown, re.IGNORECASE)


def test_memory_is_bounded_and_keeps_what_was_asked_for_last() -> None:
    """Of many values the last stay, and one that was asked for counts as new."""
    memory: Memory[str, int] = Memory(3)
    for key in "abc":
        memory.put(key, ord(key))
    assert memory.get("a") == ord("a")
    memory.put("d", 4)
    assert (len(memory), memory.get("b"), memory.get("a"), memory.get("d")) == (3, None, ord("a"), 4)


def test_more_sentences_than_are_remembered_are_read_all_the_same() -> None:
    """Each row is its sentence's, however few are kept."""
    sentences = [f"a b c d {n}" for n in range(10)]
    rows = Remembered(Bag(), most=2).embed([*sentences, *sentences])
    assert np.array_equal(rows, Bag().embed([*sentences, *sentences]))


class Failing:
    """A detector that fails at first."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, text: str) -> list[RawFinding]:
        """Fail once, then see every capital."""
        self.asked += 1
        if self.asked == 1:
            raise RuntimeError
        return capitals(text)


def test_a_failure_is_not_remembered(told: Callable[..., Any]) -> None:
    """The line is refused as long as it could not be read, and read when it can be; then the detector rests."""
    scene, detector = told(["m1: I saw the film again."]), Failing()
    kept, note = Gate(raw_scan=detector), scene.note("m1", 0)

    def rules() -> list[str]:
        found: tuple[GateFinding, ...] = kept.check(note, scene.context("m1"))
        return [f.rule for f in found]

    assert rules() == ["failed: check_entities"]
    assert rules() == []
    assert rules() == []
    assert detector.asked == 2


def test_a_detector_reads_no_text_twice() -> None:
    """And after it forgot, it does."""
    detector = Failing()
    scan = RememberedScan(detector)
    with pytest.raises(RuntimeError):
        scan("Anna")
    assert scan("Anna") == scan("Anna") == tuple(capitals("Anna"))
    scan.forget()
    scan("Anna")
    assert detector.asked == 3


def reachable(start: object) -> list[str]:
    """Return every text that can be reached from an object, apart from code."""
    seen: dict[int, object] = {}
    texts: list[str] = []
    todo = [start]
    while todo:
        one = todo.pop()
        if id(one) in seen or isinstance(one, ModuleType | FunctionType | type):
            continue
        seen[id(one)] = one
        if isinstance(one, str):
            texts.append(one)
        todo.extend(gc.get_referents(one))
    return texts
