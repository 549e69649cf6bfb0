"""One sample as chance decided it, and written as often as something has to be said less exactly."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.pipeline.sampling.figures import figures_said
from assistant.pipeline.sampling.writing import Writer, changed
from assistant.privacy.vocabulary import FREQUENT
from assistant.training.coarsening import said_coarser, said_older, said_wider, still_told
from assistant.training.material import Kind, Profiled, Sample, SampleTurn
from assistant.training.population import AGE, REGION
from assistant.training.second_pass import SecondPass
from assistant.training.telling import left_of, still_that_old

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.domain import PersonId, Utterance, UtteranceId
    from assistant.training.cuts import Cut
    from assistant.training.generalising import Coarser
    from assistant.training.material import Invented, Part, QuasiIdentifier, SampleProfile, StandIn, Thing
    from assistant.training.pool import Knowing


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was found in what may be used, before a single stand-in, and all of it that no chance decides."""

    utterances: tuple[Utterance, ...] = field(repr=False)
    things: tuple[Thing, ...] = field(repr=False)
    left_out: int
    cuts: tuple[Cut, ...]
    """What goes because it happened to hardly anybody, or because somebody left the turn out."""
    knowing: Knowing
    """What every draw must know: genders, where names come from, the words that were said; nothing to avoid yet."""
    ahead: Mapping[str, bool | None] = field(repr=False)
    """Whether each date is yet to come, where all that is said of it agrees; None: it cannot be told."""
    standing: tuple[Thing, ...] = field(repr=False)
    """The things of which a mention is left where what is unique was cut out."""


@dataclass(frozen=True, slots=True)
class Made:
    """A sample, and what can look for originals in it as long as this process lives."""

    sample: Sample
    second_pass: SecondPass = field(repr=False)
    """For the check of spoken audio. It knows the originals and not what stands for them; it must not be kept."""
    labels: Mapping[PersonId, str] = field(repr=False)
    """Who is called what in it; it must not be kept."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What chance decided of one sample: stand-ins, labels, the shift of dates."""

    found: Found = field(repr=False)
    profile: SampleProfile
    standing: Mapping[int, StandIn] = field(repr=False)
    invented: Invented = field(repr=False)
    coarser: Coarser = field(repr=False)
    parts: Mapping[PersonId, Part] = field(repr=False)
    english: Callable[[str], bool]

    def written(self, steps: Mapping[PersonId, Mapping[str, str]] | None = None) -> Made:
        """Return the sample.

        Args:
            steps: What is said less exactly of whom: attribute, and how (``training.coarsening``).
        """
        found, asked = self.found, steps or {}
        second = SecondPass(found.things, self.invented, self.english, figures_said, FREQUENT.__contains__)
        writer = Writer(found.things, self.standing, self.coarser, second, found.cuts, self.english)
        start = found.utterances[0].start
        texts = [writer.written(utterance) for utterance in found.utterances]
        standing = found.standing
        told = self._told(standing, texts)
        regions = {
            what.value: how
            for person, done in asked.items()
            if (how := done.get(REGION)) is not None
            for what in told[person]
            if what.attribute == REGION
        }
        jobs = sorted({t.value for t in found.things if t.kind is Kind.JOB})
        turns: list[SampleTurn] = []
        emptied = 0
        for number, (utterance, text) in enumerate(zip(found.utterances, texts, strict=True), start=1):
            said = self._less(utterance, text, asked, regions, told, jobs, standing)
            words = len(utterance.text.split())
            emptied += not text and not writer.left_out(utterance)
            part = self.parts[_speaker(utterance)]
            turns.append(
                SampleTurn(
                    number, part.label, utterance.start - start, utterance.end - start, said, words,
                    changed(utterance.text, said) if said else words,
                )
            )  # fmt: skip
        people = tuple(
            Profiled(part.label, still_told(told[person], asked.get(person, {})))
            for person, part in sorted(self.parts.items(), key=lambda item: item[1].label)
        )
        made = Sample(
            profile=self.profile,
            parts=tuple(sorted(self.parts.values(), key=lambda p: p.label)),
            turns=tuple(turns),
            people=people,
            duration=max(turn.end for turn in turns),
            invented=self.invented,
            emptied=emptied,
            left_out=found.left_out,
        )
        return Made(made, second, {person: part.label for person, part in self.parts.items()})

    def _told(self, standing: Sequence[Thing], texts: Sequence[str]) -> dict[PersonId, tuple[QuasiIdentifier, ...]]:
        """Return what the words tell of each person before anything becomes coarser."""
        finished: dict[PersonId, list[str]] = {}
        for utterance, text in zip(self.found.utterances, texts, strict=True):
            finished.setdefault(_speaker(utterance), []).append(text)
        texts_before = {u.id: u.text for u in self.found.utterances}
        now = [t for t in standing if t.kind is not Kind.AGE or still_that_old(t, texts_before)]
        by_person = {t.person: t.number for t in self.found.things if t.person is not None}
        genders = self.found.knowing.genders
        return {person: left_of(person, now, genders.get(by_person[person]), finished) for person in self.parts}

    def _less(  # noqa: PLR0913, PLR0917  whose turn it is, and what is known of everybody
        self,
        utterance: Utterance,
        text: str,
        asked: Mapping[PersonId, Mapping[str, str]],
        regions: Mapping[str, str],
        told: Mapping[PersonId, tuple[QuasiIdentifier, ...]],
        jobs: Sequence[str],
        standing: Sequence[Thing],
    ) -> str:
        """Return a finished turn with the steps taken: those of its speaker, and of others whom it tells of."""
        if not text or not asked:
            return text
        text = said_wider(text, regions)
        speaker = _speaker(utterance)
        for thing in standing:
            how = asked.get(thing.owner, {}).get(AGE) if thing.owner is not None and thing.kind is Kind.AGE else None
            if how is not None and thing.own and any(m.utterance == utterance.id for m in thing.mentions):
                text = said_older(text, how)
        if speaker in asked:
            text = said_coarser(text, asked[speaker], told[speaker], jobs)
        return text


def _speaker(utterance: Utterance) -> PersonId:
    assert utterance.speaker is not None  # noqa: S101  leaving_out keeps no turn of an unknown speaker
    return utterance.speaker


def standing_after(things: Sequence[Thing], found: Sequence[Cut]) -> tuple[Thing, ...]:
    """Return the things of which a mention is left where what is unique was cut out."""
    cuts: dict[UtteranceId, list[Cut]] = {}
    for cut in found:
        cuts.setdefault(cut.utterance, []).append(cut)
    left = (
        replace(
            thing,
            mentions=tuple(
                m for m in thing.mentions if not any(c.span.overlaps(m.span) for c in cuts.get(m.utterance, ()))
            ),
        )
        for thing in things
    )
    return tuple(thing for thing in left if thing.mentions)
