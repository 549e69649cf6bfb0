"""A sample put together: the session from the vault, read as reviewed, written anew, attacked, and spoken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.cli.preflight import READERS
from assistant.domain import Role
from assistant.errors import ConsentError, SessionError
from assistant.models.places import models_folder
from assistant.models.store import ModelStore

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Sequence

    from assistant.decisions import GroupWord, Ruling
    from assistant.domain import Group
    from assistant.pipeline.hearing_sample import Proved
    from assistant.pipeline.progress import Progress
    from assistant.pipeline.sampling.coarser import Coarsened
    from assistant.pipeline.sampling.drawn import Drawn, Found, Made
    from assistant.pipeline.sampling.making import Scans
    from assistant.settings import Settings
    from assistant.store.stored import StoredSession
    from assistant.store.vault import Vault
    from assistant.training.linking import Linked, Pair
    from assistant.training.material import Sample, SampleProfile
    from assistant.training.population import Population
    from assistant.training.risk import RiskReport
    from assistant.training.speaking import Speaker


_NOTHING = " .[\u2026]"
"""What stands where everything of a turn went."""


def models_of_a_sample(settings: Settings, *, audio: bool) -> tuple[str, ...]:
    """Return the names of the models that a sample needs; with ``audio`` those that listen to it too."""
    return (*READERS, "silero-vad", settings.transcription.model) if audio else READERS


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A session of the vault that may be made a sample of."""

    stored: StoredSession = field(repr=False)
    rulings: tuple[Ruling, ...] = field(repr=False)
    words: tuple[GroupWord, ...] = field(repr=False)

    @classmethod
    def of(cls, vault: Vault, name: str) -> Reviewed:
        """Return a session, closed and reviewed.

        Raises:
            SessionError: It is not closed, not every member present has a signed note, or its words are destroyed.
            ConsentError: No member has agreed to training.
            VaultError: No such session.
        """
        from assistant.store.reviews import Reviews
        from assistant.store.sessions import Sessions
        from assistant.training.leaving_out import agreed

        stored, reviews = Sessions(vault).load(name), Reviews(vault)
        group = stored.session.group
        if not stored.line.finished:
            raise SessionError(f"session {name} is not closed: close it, review it, then make a sample")
        if stored.line.text_gone is not None:
            raise SessionError(f"the words of session {name} are destroyed: there is nothing to make a sample of")
        signed = reviews.signed(name)
        unsigned = [person.id for person in group.members_present if person.id not in signed]
        if unsigned:
            raise SessionError(
                f"session {name} is not reviewed, not signed: {', '.join(unsigned)}; see 'assistant review'"
            )
        if not any(agreed(person) for person in group.people if person.is_member):
            raise ConsentError(
                f"no member in session {name} has consented to training ('training' under people.consent)"
            )
        return cls(stored, reviews.rulings(name), reviews.words(group))


class Desk:
    """Makes samples of one session; what takes long is done once.

    Args:
        reviewed: The session.
        settings: The site's.
        population: Shares and catchment, for k.
        rng: Where chance comes from.
        progress: Who waits.
        without: Numbers of turns that are left out.

    Raises:
        ModelError: A model is missing or damaged.
        ConsentError: Nothing of anybody who agreed is left.
        SessionError: There are no words.
        InputError: There is no turn with such a number.
    """

    def __init__(  # noqa: PLR0913, PLR0917  what a sample is made of, and what it is made with
        self,
        reviewed: Reviewed,
        settings: Settings,
        population: Population,
        rng: random.Random,
        progress: Progress,
        without: Collection[int] = (),
    ) -> None:
        from assistant.cli.reading_room import ReadingRoom
        from assistant.pipeline.sampling.making import find
        from assistant.pipeline.sampling.readings import reviewed_readings

        progress.stage("Loading", None)
        self._settings = settings
        self._population = population
        self._rng = rng
        self._progress = progress
        self._session = reviewed.stored.session
        room = ReadingRoom(ModelStore(models_folder(settings.models_folder)), self._session.group, risk_flags=False)
        analyst = room.analyst(self._session.group)
        readings = reviewed_readings(
            self._session, reviewed.stored.entries, reviewed.rulings, reviewed.words, analyst, progress
        )
        self._scans: Scans = room.scans()
        self._found: Found = find(self._session, readings, self._scans, progress, without)
        self._without = tuple(sorted(without))
        self._coarsened: Coarsened | None = None

    @property
    def group(self) -> Group:
        """The roster."""
        return self._session.group

    def draw(self, profile: SampleProfile, avoid: Collection[str] = (), *, generalise: bool = False) -> Made:
        """Return a sample with stand-ins of its own.

        Args:
            profile: How far it is coarsened.
            avoid: Folded words that are no stand-in in it: those of earlier samples of the session.
            generalise: Whether what would be refused is made coarser, step by step.

        Raises:
            SessionError: No word of any member is left.
        """
        from assistant.pipeline.sampling.coarser import coarsened

        drawn = self._drawn(profile, avoid)
        if generalise:
            self._progress.stage("Generalising", None)
            self._coarsened = coarsened(drawn, self._measured)
            made = self._coarsened.made
        else:
            made = drawn.written()
        members = {part.label for part in made.sample.parts if part.role is Role.MEMBER}
        if not any(turn.text.strip(_NOTHING) for turn in made.sample.turns if turn.label in members):
            raise SessionError("no word of any member is left in the sample: there is nothing to teach with")
        return made

    def assess(self, sample: Sample) -> RiskReport:
        """Return how far a sample holds, attacked with fresh samples of the same session."""
        from assistant.training.linking import PAIRS, again, figures, halves, shared_stand_ins

        steps = None if self._coarsened is None else self._coarsened.by_person
        self._progress.stage("Attacking", PAIRS)
        pairs: list[Pair] = []
        for done in range(1, PAIRS + 1):
            pairs.append(again(sample, self._drawn(sample.profile, sample.invented.words).written(steps).sample))
            self._progress.advance(done)
        return self._measured(sample, linked=figures([*pairs, halves(sample)]), shared=shared_stand_ins(pairs))

    def _drawn(self, profile: SampleProfile, avoid: Collection[str]) -> Drawn:
        from assistant.pipeline.sampling.making import draw

        return draw(self._session, self._found, profile, self._rng, self._scans, avoid)

    def _measured(self, sample: Sample, linked: Sequence[Linked] = (), shared: int | None = None) -> RiskReport:
        from assistant.pipeline.sampling.facts import FACT, Facts
        from assistant.privacy.vocabulary import FREQUENT
        from assistant.training.cuts import Less, Why
        from assistant.training.risk import assess

        unique = sum(cut.why in {Why.UNIQUE, Why.ECHO} for cut in self._found.cuts)
        known = sum(m.found_by == FACT for thing in self._found.things for m in thing.mentions)
        facts = Facts(self._session.group)
        left = tuple(turn.number for turn in sample.turns if facts.said_in(turn.text, ()))
        steps = () if self._coarsened is None else self._coarsened.steps
        return assess(
            sample,
            self._population,
            lambda word: word not in FREQUENT,
            linked=linked,
            shared=shared,
            less=Less(unique, known, left, self._without, steps),
        )

    def speak(self, made: Made, speaker: Speaker) -> Proved:
        """Return a sample read aloud, proved by our own recogniser.

        Raises:
            InputError: The synthesiser failed.
            GateRefusedError: Names are heard in it.
        """
        from assistant.cli.rooms import ModelRooms
        from assistant.pipeline.hearing_sample import Ears, prove
        from assistant.pipeline.speaking_sample import speak_sample

        spoken = speak_sample(made.sample, speaker, self._progress)
        rooms = ModelRooms(self._settings)
        return prove(spoken, made.second_pass, Ears(rooms.endpointer, rooms.transcriber()), self._progress)
