"""``assistant sample``: a sample to teach with, made from a reviewed session, with a report of how far it holds."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path  # noqa: TC003  Typer reads the annotations as the program runs
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.cli.preflight import require
from assistant.cli.progress import Bar
from assistant.cli.reviewing import chosen_session, room_sessions
from assistant.cli.secret import PassphraseFile, Who, open_vault
from assistant.errors import AssistantError, GateRefusedError, InputError, VaultError
from assistant.models.places import models_folder
from assistant.models.store import ModelStore
from assistant.settings import read_settings
from assistant.training.files.folder import require_free
from assistant.training.material import SampleProfile

if TYPE_CHECKING:
    import random

    from assistant.domain import Group
    from assistant.pipeline.hearing_sample import Proved
    from assistant.settings import Settings
    from assistant.store.vault import Vault
    from assistant.training.checklist import Checklist
    from assistant.training.material import Sample
    from assistant.training.population import Population
    from assistant.training.risk import RiskReport
    from assistant.training.speaking import Speaker


def sample(  # noqa: PLR0913  one parameter for each option of the command
    session: Annotated[str, typer.Argument(metavar="SESSION", help="Its id, or the first digits of it.")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", show_default=False, help="A new folder for the files.")],
    profile: Annotated[
        SampleProfile, typer.Option("--profile", help="How far it is coarsened.")
    ] = SampleProfile.SAFE_HARBOR,
    determiner: Annotated[
        str, typer.Option("--determiner", metavar="NAME", help="With --profile expert: who determined the risk.")
    ] = "",
    document: Annotated[
        str, typer.Option("--document", metavar="REF", help="With --profile expert: where that is documented.")
    ] = "",
    audio: Annotated[
        bool, typer.Option("--audio", help="Also as sound, read by a speech synthesiser: nobody's own voice.")
    ] = False,
    generalise: Annotated[
        bool,
        typer.Option(
            "--generalise",
            help="Make coarser, step by step, what would be refused: region, age, job, event, family.",
        ),
    ] = False,
    leave_out: Annotated[
        str,
        typer.Option(
            "--leave-out",
            metavar="TURN[,TURN...]",
            help="Leave turns out, by the numbers that a refusal shows; what echoes them goes too.",
        ),
    ] = "",
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            metavar="N",
            min=0,
            help="Make the same sample again. Whoever has the session and the seed can undo every stand-in: only for "
            "invented sessions, or to sign a checklist.",
        ),
    ] = None,
    checklist: Annotated[
        Path | None,
        typer.Option("--checklist", metavar="FILE", help="The signed intruder checklist of this very sample."),
    ] = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", readable=False, help="Settings file (TOML).")
    ] = None,
    passphrase_file: PassphraseFile = None,
    who: Who = "clinician",
) -> None:
    """Make a sample to teach with, in which nobody can be singled out, and a report that says how far that holds.

    The session is closed and every note of it signed. Names become invented ones, drawn anew each time; which stands
    for which is kept nowhere. Exit 2: it cannot be made; exit 3: too little hides somebody, and the line says what to
    make coarser. Either way nothing is written.
    """
    # Whatever can be wrong with the line is found before a vault is opened and anything is read.
    chosen = read_settings(settings)
    population = _population(chosen)
    _require_determination(profile, determiner, document)
    without = turn_numbers(leave_out)
    if not session.strip():
        raise InputError("SESSION is empty: give its id, or the first digits of it; see 'assistant notes list'")
    require_free(out)
    if checklist is not None:
        _require_signed(checklist)
    speaker = _speaker(chosen) if audio else None
    console = Console()
    with open_vault(passphrase_file, who) as vault:
        name = chosen_session(room_sessions(vault), session)
        try:
            report, proved = _make(
                vault, name, chosen, console,
                out=out, profile=profile, determination=(determiner, document), population=population,
                speaker=speaker, seed=seed, checklist=checklist, who=who, generalise=generalise, without=without,
            )  # fmt: skip
        except AssistantError:
            with suppress(VaultError):
                # A disk that takes no file may take no line either: whoever asked is told all the same.
                _audit(vault, name, who, done=False)
            raise
    from assistant.cli.sample_summary import show

    show(console, report, proved, out)


def _make(  # noqa: PLR0913  what the options say
    vault: Vault,
    name: str,
    settings: Settings,
    console: Console,
    *,
    out: Path,
    profile: SampleProfile,
    determination: tuple[str, str],
    speaker: Speaker | None,
    seed: int | None,
    checklist: Path | None,
    who: str,
    population: Population,
    generalise: bool,
    without: tuple[int, ...],
) -> tuple[RiskReport, Proved | None]:
    from assistant.cli.sampling import Desk, Reviewed, models_of_a_sample
    from assistant.store.sessions import Sessions
    from assistant.training.words import forget

    reviewed, sessions = Reviewed.of(vault, name), Sessions(vault)
    # The same seed makes the same sample again, whatever was made since.
    mark = "" if seed is None else vault.opaque("seed of a sample", name, profile.value, str(seed))
    require(ModelStore(models_folder(settings.models_folder)), models_of_a_sample(settings, audio=speaker is not None))
    try:
        with Bar(console) as bar:
            desk = Desk(reviewed, settings, population, _chance(seed), bar, without)
            made = desk.draw(profile, sessions.invented(name, mark), generalise=generalise)
            signed = _signed(checklist, made.sample, desk.group)
            report = desk.assess(made.sample)
            if report.refused:
                raise GateRefusedError(report.refusal())
            proved = desk.speak(made, speaker) if speaker is not None else None
            contents = _contents(made.sample, report, proved, signed, determination)
    finally:
        # What was read is kept for speed; nothing of it stays.
        forget()
    from assistant.training.files.folder import write_folder

    def before() -> None:
        # Before a file stands: what was made up for it is never made up again, even if the disk fails now.
        sessions.keep_invented(name, made.sample.invented.words, mark)
        _audit(vault, name, who, done=True)

    write_folder(out, contents, before=before)
    return report, proved


def _contents(
    sample: Sample,
    report: RiskReport,
    proved: Proved | None,
    signed: Checklist | None,
    determination: tuple[str, str],
) -> dict[str, bytes]:
    """Return every file of a sample by name."""
    import datetime as dt

    from assistant.training.checklist import blank, label
    from assistant.training.files import captions, id_of, texts_of
    from assistant.training.files.sound import wav
    from assistant.training.page import page

    name = id_of(sample)
    called = label(name, signed)
    texts = texts_of(sample, called)
    texts[f"{name}-risk.html"] = page(report, name, dt.datetime.now(dt.UTC).date(), signed)
    if signed is None:
        texts[f"{name}-checklist.toml"] = f"# {called}\n{blank(name)}"
    if sample.profile is SampleProfile.EXPERT:
        texts[f"{name}-determination.json"] = _determination(called, report, *determination)
    contents = {file: text.encode("utf-8") for file, text in texts.items()}
    if proved is not None:
        places = {turn.number: (turn.start, turn.end) for turn in proved.spoken.placed}
        contents[f"{name}-spoken.vtt"] = captions.document(sample, called, places).encode("utf-8")
        contents[f"{name}-spoken.wav"] = wav(proved.spoken.audio, called)
    return contents


def _determination(called: str, report: RiskReport, determiner: str, document: str) -> str:
    """Return what an expert's determination rests on (45 CFR 164.514(b)(1)); the tool itself determines nothing."""
    from assistant.training.report import answers, still_to_check

    whole = {
        "label": called,
        "determined_by": determiner.strip(),
        "documented_in": document.strip(),
        "profile": report.profile.value,
        "least_k": report.least,
        "catchment": report.catchment,
        "left_out_by_number": list(report.less.asked),
        "made_coarser": [f"{step.label}: {step.attribute}, {step.how}" for step in report.less.coarser],
        "population": {"place": report.place, "date": report.date.isoformat(), "sources": list(report.sources)},
        "k": {person.label: person.k for person in report.people},
        "found": {answer.question: list(answer.figures) for answer in answers(report)},
        "left_to_the_determiner": list(still_to_check(report)),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def turn_numbers(said: str) -> tuple[int, ...]:
    """Return the numbers of turns in what was typed ("12,13").

    Raises:
        InputError: It is no list of numbers from 1.
    """
    parts = [part.strip() for part in said.split(",")] if said.strip() else []
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise InputError("--leave-out takes the numbers of turns as a refusal shows them, as in --leave-out 12,13")
    return tuple(sorted({int(part) for part in parts}))


def _population(settings: Settings) -> Population:
    from assistant.training.population import read_population

    return read_population(settings.training.population, settings.training.catchment)


def _require_signed(path: Path) -> None:
    """Refuse a checklist that nobody signed, before it is known which sample it has to be for."""
    import datetime as dt

    from assistant.tables import read_toml
    from assistant.training.checklist import read_checklist

    claimed = read_toml(path, InputError, "checklist").get("sample")
    read_checklist(path, claimed if isinstance(claimed, str) else "", dt.datetime.now(dt.UTC).date())


def _require_determination(profile: SampleProfile, determiner: str, document: str) -> None:
    given = (determiner.strip(), document.strip())
    if profile is SampleProfile.EXPERT and not all(given):
        raise InputError(
            "--profile expert needs --determiner NAME and --document REF: who found the risk very small, and where "
            "that is documented"
        )
    if profile is not SampleProfile.EXPERT and any(given):
        raise InputError("--determiner and --document go with --profile expert")


def _speaker(settings: Settings) -> Speaker:
    from assistant.training.speaking import speaker_of

    chosen = settings.training
    return speaker_of(chosen.speech or "", chosen.piper_voice)


def _chance(seed: int | None) -> random.Random:
    import random

    # Without a seed the operating system's: nobody can draw the same again.
    return random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311  asked for, and said what it costs


def _signed(path: Path | None, sample: Sample, group: Group) -> Checklist | None:
    """Return the checklist that somebody signed for this very sample.

    Raises:
        InputError: It is for another one, not signed, or signed by who ran the session.
    """
    import datetime as dt

    from assistant.training.checklist import read_checklist
    from assistant.training.files import id_of

    if path is None:
        return None
    ran = [n for person in group.people if not person.is_member for n in (person.name, *person.aliases)]
    return read_checklist(path, id_of(sample), dt.datetime.now(dt.UTC).date(), not_by=ran)


def _audit(vault: Vault, name: str, who: str, *, done: bool) -> None:
    from assistant.store.audit import Action, Outcome

    vault.audit.record(Action.EXPORTED, vault.opaque("sample", name), Outcome.DONE if done else Outcome.REFUSED, who)
