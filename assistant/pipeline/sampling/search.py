"""Everything in a session that may single somebody out: a wider search than the notes need.

A note is built from what may be released, a sample from everything: so here a miss is worse than ten words too many. On
top of what was stored for the session stand the roster by spelling and sound, a scan at a low threshold, words with a
capital that are not English, runs of figures, dates, ages and jobs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from assistant.domain import DisclosureType, Span
from assistant.pipeline.sampling.ages import age_value, ages_in
from assistant.pipeline.sampling.apart import apart, parts_of
from assistant.pipeline.sampling.capitals import Capitals
from assistant.pipeline.sampling.dates import date_value, dates_in, weekdays_in
from assistant.pipeline.sampling.everyday import everyday_in
from assistant.pipeline.sampling.facts import Facts
from assistant.pipeline.sampling.figures import LEAST_DIGITS, MEASURES, figures_of, runs_in
from assistant.pipeline.sampling.handles import handles_in
from assistant.pipeline.sampling.household import CALLS, DEMONYMS, EPONYMS, SHORTHAND, WIDE
from assistant.pipeline.sampling.jobs import jobs_in
from assistant.pipeline.sampling.roster import RosterNames
from assistant.pipeline.sampling.settling import Settling
from assistant.pipeline.sampling.titled import titled_in
from assistant.pipeline.sampling.uncased import bodies_in
from assistant.pipeline.sampling.words import ROAD, body_kind, first_person, names_body, of_calendar, of_place, opens
from assistant.privacy.gazetteer import is_plain_given_name
from assistant.privacy.recognisers.numbers import is_number_word
from assistant.privacy.vocabulary import FREQUENT
from assistant.privacy.words import words_of
from assistant.training.bodies import GENERIC
from assistant.training.drafts import NAMED
from assistant.training.generalising import events_in
from assistant.training.material import Candidate, Kind
from assistant.training.roster import Roster
from assistant.training.words import key_of, letters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.domain import Disclosure, Group
    from assistant.privacy.parse import Parse
    from assistant.privacy.reading import Reading
    from assistant.privacy.words import TextWord

_KINDS: Final = {
    DisclosureType.PERSON: Kind.PERSON,
    DisclosureType.ORG: Kind.ORGANISATION,
    DisclosureType.LOCATION: Kind.PLACE,
    DisclosureType.ADDRESS: Kind.ADDRESS,
    DisclosureType.PHONE: Kind.PHONE,
    DisclosureType.EMAIL: Kind.EMAIL,
    DisclosureType.ID: Kind.NUMBER,
    DisclosureType.DATE: Kind.DATE,
    DisclosureType.AGE: Kind.AGE,
}
_ENTITIES: Final = {
    "PERSON": Kind.PERSON, "ORG": Kind.ORGANISATION, "GPE": Kind.PLACE, "LOC": Kind.PLACE, "FAC": Kind.PLACE,
    "PRODUCT": Kind.ORGANISATION, "EVENT": Kind.ORGANISATION, "WORK_OF_ART": Kind.ORGANISATION,
    "LAW": Kind.ORGANISATION,
}  # fmt: skip
_SCANNED: Final = {
    "PERSON": Kind.PERSON, "ORGANIZATION": Kind.ORGANISATION, "LOCATION": Kind.PLACE, "PHONE_NUMBER": Kind.PHONE,
    "EMAIL_ADDRESS": Kind.EMAIL, "URL": Kind.NUMBER, "IP_ADDRESS": Kind.NUMBER, "CREDIT_CARD": Kind.NUMBER,
    "US_SSN": Kind.NUMBER, "IBAN_CODE": Kind.NUMBER, "US_PASSPORT": Kind.NUMBER, "US_DRIVER_LICENSE": Kind.NUMBER,
    "MEDICAL_LICENSE": Kind.NUMBER, "UK_NHS": Kind.NUMBER, "UK_NINO": Kind.NUMBER, "US_BANK_NUMBER": Kind.NUMBER,
    "US_ITIN": Kind.NUMBER, "CRYPTO": Kind.NUMBER,
}  # fmt: skip
_CONTENT: Final = frozenset({DisclosureType.MEDICATION, DisclosureType.DIAGNOSIS, DisclosureType.SUBSTANCE})
"""What a sample teaches: a drug's name with a capital is nobody's name."""


class Search:
    """Looks through the readings of one session.

    Args:
        group: The roster.
        also_called: Pet forms of a given name (lower case).
        english: Whether a lower-case word is in the dictionary.
        scan: Presidio's analyzer at a low threshold: start, end, type, score; None: not asked.
    """

    def __init__(
        self,
        group: Group,
        also_called: Callable[[str], tuple[str, ...]],
        english: Callable[[str], bool],
        scan: Callable[[Parse], Sequence[tuple[int, int, str, float]]] | None = None,
    ) -> None:
        self._roster = Roster(group, also_called)
        self._names = RosterNames(self._roster, english)
        self._capitals = Capitals(self._roster, english)
        self._settling = Settling(self._roster, english)
        self._facts = Facts(group)
        self._english = english
        self._scan = scan

    def everyday(self, readings: Sequence[Reading]) -> frozenset[str]:
        """Return the folded words of a session that have a capital and are nobody's name."""
        return everyday_in((r.parse.text for r in readings), self._roster, self._english)

    def candidates(self, reading: Reading) -> tuple[Candidate, ...]:
        """Return what one utterance may tell of anybody, in order, no two overlapping."""
        text = reading.parse.text
        lower = text == text.lower()
        stored = [
            c for d in reading.findings.disclosures for c in self._split(text, self._stored(reading, d), lower=lower)
        ]
        content = [
            e.span
            for e in reading.parse.entities
            if e.label in {"NORP", "LANGUAGE"} and any(w.bare in DEMONYMS for w in words_of(e.span.of(text)))
        ]
        content += [d.span for d in reading.findings.disclosures if d.type in _CONTENT]
        words = words_of(text)
        speaker = reading.utterance.speaker
        named = self._names.sightings(reading.parse, words, speaker)
        more: list[tuple[Span, Kind, str, str]] = []
        more += [(span, kind, "position", "") for span, kind in bodies_in(words, cased=not lower)]
        if lower:
            more += [(w.bare_span, self._kind_in_lower(w), "unknown", "") for w in words if self._unknown(w)]
            more += [(span, Kind.PLACE, "position", "") for span in self._proper_places(reading.parse, words)]
        else:
            more += self._capitals.runs(text, words)
        more += [(e.span, _ENTITIES[e.label], "language", "") for e in reading.parse.entities if e.label in _ENTITIES]
        if self._scan is not None:
            more += [(Span(a, b), _SCANNED[k], "scan", "") for a, b, k, _ in self._scan(reading.parse) if k in _SCANNED]
        more += [(Span(*m.span(1)), Kind.ADDRESS, "road", "") for m in ROAD.finditer(text)]
        more += handles_in(text)
        more += titled_in(words, self._english)
        more += runs_in(text, words)
        more += [(v.span, Kind.DATE, "calendar", v.value) for v in dates_in(reading.parse)]
        more += [(v.span, Kind.DATE, "weekday", v.value) for v in weekdays_in(text)]
        more += [(v.span, Kind.AGE, "age", v.value) for v in ages_in(text)]
        more += jobs_in(reading.parse)
        more += [(span, Kind.EVENT, "event", words_) for span, words_ in events_in(text)]
        more += [
            (span, Kind.EVENT, "fact", words_)
            for span, words_ in self._facts.said_in(text, reading.findings.disclosures)
        ]
        wide = [
            c
            for whole, kind, by, value in more
            for span in (parts_of(text, whole) if by in {"language", "scan"} else [whole])
            if (c := self._made(reading, (span, kind, by, value), lower=lower)) is not None
            and not (
                kind is not Kind.PERSON
                and by in {"capital", "unknown", "language", "scan"}
                and any(s.overlaps(c.span) for s in content)
            )
        ]
        verbs = {t.span.start for t in reading.parse.tokens if t.pos == "VERB"}
        judged = [
            settled
            for c in (*stored, *wide)
            if not (c.span.start in verbs and _made_a_verb(c))
            and (settled := self._settling.settled(c, reading.parse)) is not None
        ]
        roster = [
            Candidate(
                reading.utterance.id, s.span, Kind.PERSON, s.span.of(text), "roster", "", speaker, person=s.person
            )
            for s in named
        ]
        return apart([*judged, *roster], text)

    def _split(self, text: str, found: Candidate | None, *, lower: bool) -> list[Candidate]:
        """Return the names in what was stored as one: detectors join what stands side by side."""
        if found is None:
            return []
        if found.kind not in NAMED or letters_of(found.text) is not None:
            return [found]
        out: list[Candidate] = []
        for part in parts_of(text, found.span):
            words = [w for w in words_of(text) if part.contains(w.bare_span)]
            while words and not lower and not words[0].capital:
                words = words[1:]
            while len(words) > 1 and words[-1].lower == "i":
                words = words[:-1]  # "In Leeds I worked": detectors take the pronoun for part of it
            while len(words) > 1 and of_calendar(words[-1]) and not self._roster.knows(key_of(words[-1].bare)):
                words = words[:-1]  # "Frank Fridays"
            while words and not lower and not words[-1].capital and words[-1].bare not in GENERIC:
                words = words[:-1]
            if words:
                span = Span(words[0].span.start, words[-1].bare_span.end)
                out.append(replace(found, span=span, text=span.of(text)))
        if out or lower or all(self._english(w.bare) for w in words_of(found.text)):
            return out
        return [found]

    def _stored(self, reading: Reading, found: Disclosure) -> Candidate | None:
        kind = _KINDS.get(found.type)
        if kind is None:
            return None
        text = found.span.of(reading.parse.text)
        value = ""
        if kind is Kind.DATE:
            value = date_value(text)
            if not value:
                return None
        elif kind is Kind.AGE:
            value = age_value(text)
        elif kind in {Kind.PHONE, Kind.NUMBER, Kind.ADDRESS}:
            value = figures_of(text)
            after = words_of(reading.parse.text[found.span.end :])[:1]
            if after and after[0].lower in MEASURES and len(value) <= LEAST_DIGITS:
                return None  # "room eleven months"
        person, outsider = found.owner.person, found.owner.outsider_of
        if kind is Kind.ORGANISATION or (kind is Kind.PERSON and names_body(text)):
            kind = body_kind(reading.parse.text, found.span)
        return Candidate(
            reading.utterance.id, found.span, kind, text, found.mention.detector, value, reading.utterance.speaker,
            person=person if kind is Kind.PERSON else None, owner=person or outsider, own=person is not None,
        )  # fmt: skip

    def _made(self, reading: Reading, sighting: tuple[Span, Kind, str, str], *, lower: bool) -> Candidate | None:
        span, kind, by, value = sighting
        text = reading.parse.text
        said = span.of(text)
        if by in {"language", "scan"} and kind in {Kind.PERSON, Kind.ORGANISATION, Kind.PLACE}:
            trimmed = self._trimmed(text, span, lower=lower, named=kind is not Kind.ORGANISATION)
            if trimmed is None:
                return None
            span, said = trimmed, trimmed.of(text)
        if kind is Kind.ORGANISATION or (kind is Kind.PERSON and names_body(said)):
            kind = body_kind(text, span)
        if kind in {Kind.PHONE, Kind.NUMBER} and not value:
            value = figures_of(said)
            if len(value) < LEAST_DIGITS and by not in {"handle", "web"}:
                return None
        if kind is Kind.PHONE and len(value) < 7:  # noqa: PLR2004  no telephone has fewer
            return None
        speaker = reading.utterance.speaker
        own = kind in {Kind.JOB, Kind.EVENT, Kind.AGE} and by != "fact" and first_person(text[: span.start])
        return Candidate(
            reading.utterance.id, span, kind, said, by, value, speaker, owner=speaker if own else None, own=own
        )

    def _trimmed(self, text: str, span: Span, *, lower: bool, named: bool) -> Span | None:
        """Return an entity without the everyday words at its ends; None where it holds nothing else."""
        words = words_of(text)
        inside = [at for at, w in enumerate(words) if w.span.overlaps(span)]
        while inside and not self._telling(words, inside[0], lower=lower, named=named):
            inside = inside[1:]
        while inside and not self._telling(words, inside[-1], lower=lower, named=named):
            inside = inside[:-1]
        return Span(words[inside[0]].span.start, words[inside[-1]].bare_span.end) if inside else None

    def _telling(self, words: Sequence[TextWord], at: int, *, lower: bool, named: bool) -> bool:
        word = words[at]
        if word.bare in SHORTHAND or of_calendar(word) or is_number_word(word.bare):
            return False
        if (word.bare in CALLS and not is_plain_given_name(word.bare)) or word.lower in EPONYMS:
            return False
        if lower:
            rare = named and word.bare.isalpha() and not {word.bare, word.lower.split("'")[0]} & FREQUENT
            return self._unknown(word) or (rare and word.bare not in DEMONYMS | WIDE | GENERIC and len(word.bare) > 3)  # noqa: PLR2004
        if not word.capital:
            return False
        return not opens(words, at) or not self._english(word.bare) or is_plain_given_name(word.bare)

    def _unknown(self, word: TextWord) -> bool:
        """Whether no dictionary knows a word of a text that has no capitals, or only as a given name."""
        if not word.bare.isalpha() or word.bare in FREQUENT or word.bare in CALLS | SHORTHAND | DEMONYMS | WIDE:
            return False
        if word.bare.isascii() and len(word.bare) < 3:  # noqa: PLR2004  "ok", "uh"
            return False
        known = self._english(word.bare)
        return (not known and word.lower not in EPONYMS) or (is_plain_given_name(word.bare) and len(word.bare) > 3)  # noqa: PLR2004

    def _proper_places(self, parse: Parse, words: Sequence[TextWord]) -> list[Span]:
        """Return what the parse takes for a proper noun after a word of place, in a text without capitals."""
        proper = {t.span.start for t in parse.tokens if t.pos == "PROPN"}
        return [
            w.bare_span
            for at, w in enumerate(words)
            if w.span.start in proper
            and of_place(words, at)
            and w.bare.isalpha()
            and len(w.bare) > 3  # noqa: PLR2004  no little word
            and w.bare not in FREQUENT | DEMONYMS | WIDE | SHORTHAND
            and not of_calendar(w)
        ]

    @staticmethod
    def _kind_in_lower(word: TextWord) -> Kind:
        return Kind.PERSON if is_plain_given_name(word.bare) else Kind.ORGANISATION


def _made_a_verb(found: Candidate) -> bool:
    """Whether a brand was made a verb ("Googled"): it names nobody."""
    return (
        found.kind in {Kind.PLACE, Kind.ORGANISATION, Kind.EMPLOYER}
        and found.text.endswith("ed")
        and " " not in found.text
    )
