"""Utterances that change, understood: each is read once, and again only where it or what it rests on has changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from assistant.domain import DisclosureType, Entry, Findings
from assistant.privacy.memory import telling_words
from assistant.privacy.parse import Parse, Token
from assistant.privacy.reading import Reading
from assistant.privacy.speech import RECENT
from assistant.privacy.words import words_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from assistant.domain import Alert, Group, Utterance, UtteranceId

SPACING = 64
"""Utterances from one kept memory of the alerts to the next: what lies between is remembered again when needed."""
FRESH = 12
"""Last utterances whose memory is kept each: those that still change."""


class Reads(Protocol):
    """Reads utterances for privacy."""

    def read(self, utterance: Utterance, before: Sequence[Reading]) -> Reading:
        """Return all that can be told of an utterance, given the earlier readings, oldest first."""
        ...


class Watches(Protocol):
    """The alert rules of a site's policy. What they remember is opaque here, immutable, and cheap to keep."""

    def begin(self, group: Group) -> Any:  # noqa: ANN401  opaque
        """Return the memory of a session in which nothing has been said."""
        ...

    def attend(self, memory: Any, group: Group) -> Any:  # noqa: ANN401  opaque
        """Return the memory once somebody came or left."""
        ...

    def assess(self, utterance: Utterance, findings: Findings, memory: Any) -> tuple[Alert, ...]:  # noqa: ANN401  opaque
        """Return what deserves the facilitator's eye in one utterance."""
        ...

    def early(self, utterance: Utterance, findings: Findings, memory: Any) -> tuple[Alert, ...]:  # noqa: ANN401  opaque
        """Return what may be warned of before anybody knows who speaks."""
        ...

    def remember(self, memory: Any, utterance: Utterance, findings: Findings) -> Any:  # noqa: ANN401  opaque
        """Return the memory after one more utterance."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Understanding:
    """One utterance and all that is known about it."""

    utterance: Utterance
    reading: Reading = field(repr=False)
    alerts: tuple[Alert, ...] = ()
    recalled: bool = False
    """Whether the reading was made from what was kept, without a parse."""

    @property
    def entry(self) -> Entry:
        """As it is kept and shown."""
        return Entry(self.utterance, self.reading.findings, self.alerts)


class Understandings:
    """All utterances of a session so far, understood.

    Args:
        group: The group as the session began.
        analyst: Reads.
        watch: The alert rules; None: nothing is warned of.
    """

    def __init__(self, group: Group, analyst: Reads, watch: Watches | None) -> None:
        self.analyst = analyst
        self._watch = watch
        self._groups: list[tuple[int, Group]] = [(0, group)]
        self._all: list[Understanding] = []
        self._memories: dict[int, Any] = {}
        """What the alerts remembered before the utterance at a place."""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every reading, in order."""
        return tuple(one.reading for one in self._all)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in order."""
        return tuple(one.entry for one in self._all)

    def recall(self, entries: Iterable[Entry]) -> None:
        """Begin with what was kept: the last few are read again for what follows, and no alert is raised anew."""
        self._all = [Understanding(e.utterance, _recalled(e), e.alerts, recalled=True) for e in entries]
        self._memories = {}
        first = max(0, len(self._all) - RECENT)
        for place in range(first, len(self._all)):
            one = self._all[place]
            reading = self.analyst.read(one.utterance, [before.reading for before in self._all[:place]])
            # What was kept stays true; the reading is for what follows.
            self._all[place] = replace(one, reading=replace(reading, findings=one.reading.findings), recalled=False)

    def attend(self, group: Group, sample: int) -> None:
        """Take the group as it is from a sample on."""
        self._groups.append((sample, group))

    def watch(self, watch: Watches | None) -> None:
        """Warn by other rules from now on."""
        self._watch = watch
        self._memories = {}

    def early(self, utterance: Utterance) -> Entry:
        """Return an utterance whose speaker is not known, with what may be warned of already. It is not remembered."""
        if self._watch is None:
            return Entry(utterance, Findings(utterance.id, ()))
        reading = self.analyst.read(utterance, [one.reading for one in self._all])
        alerts = self._watch.early(utterance, reading.findings, self._memory(len(self._all)))
        return Entry(utterance, reading.findings, alerts)

    def revise(
        self,
        at: int,
        utterances: Sequence[Utterance],
        *,
        thorough: bool = False,
        again: Container[UtteranceId] = (),
    ) -> tuple[Entry, ...]:
        """Take what the utterances from a place on are now, and return the entries that are new or changed.

        Args:
            at: Place of the first that may have changed.
            utterances: All that there are from there on, in order.
            thorough: Whether to read again as well what was only recalled, and all alerts.
            again: What is to be read again though its words are the same.
        """
        old = self._all[at:]
        known = {one.utterance.id: (place, one) for place, one in enumerate(old, start=at)}
        before = [one.reading for one in self._all]
        readings = before[:at]
        now: list[Understanding] = []
        stays = {utterance.id: utterance for utterance in utterances}
        moved = Facts.of(o for o in old if stays.get(o.utterance.id) != o.utterance or o.utterance.id in again)
        for utterance in utterances:
            place, one = known.get(utterance.id, (-1, None))
            rests = place >= 0 and _same(before[max(0, place - RECENT) : place], readings[-RECENT:])
            same = one is not None and one.utterance == utterance and utterance.id not in again
            if one is not None and same and rests and not moved.touch(one.reading):
                kept = not (thorough and one.recalled)
                one = one if kept else replace(one, reading=self.analyst.read(utterance, readings), recalled=False)
            else:
                one = self._read(utterance, readings, one)
                moved.add(one)
            readings.append(one.reading)
            now.append(one)
        self._all[at:] = now
        first = next((i for i, (a, b) in enumerate(zip(old, now, strict=False)) if a is not b), min(len(old), len(now)))
        self._assess(at if thorough else at + first)
        emitted = {one.utterance.id: one.entry for one in old}
        return tuple(one.entry for one in self._all[at:] if emitted.get(one.utterance.id) != one.entry)

    def _read(self, utterance: Utterance, readings: Sequence[Reading], old: Understanding | None) -> Understanding:
        reading = self.analyst.read(utterance, readings)
        if old is not None and not old.recalled and old.reading == reading:
            # The very object stays, by which those that rest on it see that nothing moved.
            return replace(old, utterance=utterance)
        return Understanding(utterance, reading, old.alerts if old is not None else ())

    def _assess(self, first: int) -> None:
        if self._watch is None:
            self._all[first:] = [replace(one, alerts=()) if one.alerts else one for one in self._all[first:]]
            return
        memory = self._memory(first)
        for place in range(first, len(self._all)):
            one = self._all[place]
            memory = self._at(memory, place)
            self._memories[place] = memory
            alerts = self._watch.assess(one.utterance, one.reading.findings, memory)
            if alerts != one.alerts:
                self._all[place] = replace(one, alerts=alerts)
            memory = self._watch.remember(memory, one.utterance, one.reading.findings)
        self._memories = {
            p: m for p, m in self._memories.items() if p % SPACING == 0 or len(self._all) - FRESH <= p < len(self._all)
        }

    def _memory(self, place: int) -> Any:  # noqa: ANN401  opaque
        """Return what the alerts remember before the utterance at a place."""
        if self._watch is None:
            return None
        for later in [p for p in self._memories if p > place]:
            del self._memories[later]
        start = max(self._memories, default=0)
        memory = self._memories.get(start)
        if memory is None:
            memory, start = self._watch.begin(self._groups[0][1]), 0
        for at in range(start, place):
            one = self._all[at]
            memory = self._at(memory, at)
            memory = self._watch.remember(memory, one.utterance, one.reading.findings)
        return memory

    def _at(self, memory: Any, place: int) -> Any:  # noqa: ANN401  opaque
        """Return the memory with the group as it was when the utterance at a place began."""
        if self._watch is None or len(self._groups) == 1:
            return memory
        start = self._all[place].utterance.start
        group = next(group for sample, group in reversed(self._groups) if sample <= start)
        return self._watch.attend(memory, group)


class Facts:
    """What was said in utterances that changed, as far as others may rest on it however much later."""

    def __init__(self) -> None:
        self._words: set[str] = set()

    @classmethod
    def of(cls, ones: Iterable[Understanding]) -> Facts:
        """Return the facts of some utterances."""
        facts = cls()
        for one in ones:
            facts.add(one)
        return facts

    def add(self, one: Understanding) -> None:
        """Take those of one more utterance."""
        self._words |= _facts(one.reading)

    def touch(self, reading: Reading) -> bool:
        """Whether a reading may rest on one of them."""
        return bool(self._words) and not self._words.isdisjoint(_facts(reading))


def _facts(reading: Reading) -> frozenset[str]:
    text = reading.utterance.text
    said = [(d.type, d.span.of(text)) for d in reading.findings.disclosures]
    named = {w.bare for kind, surface in said if kind is DisclosureType.PERSON for w in words_of(surface)}
    return frozenset(named).union(*(telling_words(surface) for _, surface in said))


def _same(old: Sequence[Reading], new: Sequence[Reading]) -> bool:
    return len(old) == len(new) and all(a is b for a, b in zip(old, new, strict=True))


def _recalled(entry: Entry) -> Reading:
    """Return a reading of what was kept: its words stand for the parse, as far as later utterances ask for it."""
    tokens: list[Token] = []
    for index, word in enumerate(words_of(entry.utterance.text)):
        tokens.append(Token(index, word.span, word.text, word.lower, word.bare, "X", "", "dep", index, 0))
    return Reading(entry.utterance, Parse(entry.utterance.text, tuple(tokens)), (), entry.findings)
