"""``assistant live``: one session from the consent of everybody to the drafts, with a screen or a played recording."""

from __future__ import annotations

import datetime as dt
import secrets
import sys
import uuid
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import people_of_tracks
from assistant.cli.secret import PassphraseFile, Who, open_vault
from assistant.domain import SAMPLE_RATE, Session
from assistant.errors import InputError, SessionError
from assistant.groupfile import read_group
from assistant.models.progress import counted
from assistant.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.capture.source import FrameSource
    from assistant.domain import Group, PersonId
    from assistant.live.session import LiveSession
    from assistant.settings import Settings
    from assistant.store.stored import StoredSession
    from assistant.store.vault import Vault


class Unfinished(StrEnum):
    """What to do with a session that was not closed."""

    ASK = "ask"
    GO_ON = "go-on"
    CLOSE = "close"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Sound:
    """Where the sound comes from."""

    play: Path | None = None
    """A recording, in the place of a microphone."""
    speed: float = 1.0
    device: int | str | None = None
    seats: Mapping[int, PersonId] | None = None
    """Whose microphone each track is, from 0."""

    def source(self) -> FrameSource:
        """Return a fresh source.

        Raises:
            MediaError: The recording cannot be played.
            DeviceError: There is no microphone.
        """
        if self.play is not None:
            from assistant.capture.playing import Playing

            return Playing(self.play, self.speed)
        from assistant.capture.microphone import Microphone

        return Microphone(self.device, max(self.seats) + 1 if self.seats else None)


def live(  # noqa: PLR0913  one parameter for each option of the command
    group: Annotated[
        Path, typer.Argument(metavar="GROUP.toml", readable=False, show_default=False, help="The group file.")
    ],
    *,
    play: Annotated[
        Path | None,
        typer.Option("--play", metavar="FILE", readable=False, help="Play a recording in the place of a microphone."),
    ] = None,
    speed: Annotated[float, typer.Option("--speed", min=0.25, max=16.0, help="How fast it plays.")] = 1.0,
    device: Annotated[
        str | None, typer.Option("--device", metavar="N", help="Which one of 'assistant microphone list'.")
    ] = None,
    seats: Annotated[
        str | None, typer.Option("--seats", metavar="PAIRS", help='Whose microphone each track is: "1=f,2=m1".')
    ] = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", readable=False, help="Settings file (TOML).")
    ] = None,
    unfinished: Annotated[
        Unfinished, typer.Option("--unfinished", help="What to do with a session that was not closed.")
    ] = Unfinished.ASK,
    plain: Annotated[bool, typer.Option("--plain", help="One column without boxes, for a screen reader.")] = False,
    passphrase_file: PassphraseFile = None,
    who: Who = "facilitator",
) -> None:
    """Run a session: consent first, then words with names and warnings as they come, drafts at the end.

    Everything is kept in the vault ('assistant vault create'); every key is on the screen, ? explains them.
    """
    from assistant.capture.quiet import quiet_libraries

    roster = read_group(group)
    chosen = read_settings(settings)
    tracks = people_of_tracks(seats, roster)
    sound = Sound(play, speed, int(device) if device is not None and device.isdecimal() else device, tracks or None)
    if play is None and speed != 1.0:
        raise InputError("--speed goes with --play: a room speaks as fast as it speaks")
    require_screen()
    with quiet_libraries():
        label = sound.source().label
    with open_vault(passphrase_file, who) as vault:
        run(vault, roster, chosen, Evening(sound, label, unfinished, plain=plain))


@dataclass(frozen=True, slots=True)
class Evening:
    """What the options say about one session."""

    sound: Sound
    label: str
    """One line about the microphone."""
    unfinished: Unfinished = Unfinished.LEAVE
    plain: bool = False
    practice: bool = False
    """Whether nobody will want it back: the lock then only hides, because nobody has the passphrase."""


def run(vault: Vault, group: Group, settings: Settings, evening: Evening) -> None:
    """Run one session on the screen, after settling what to do with one that was not closed.

    Raises:
        ModelError: Models are missing.
        SessionError: There is no terminal.
        SystemExit: The program stopped in the middle; the session can be gone on with.
    """
    from assistant.cli.live_wiring import ReaderBuilder
    from assistant.live.recovery import unfinished
    from assistant.live.session import LiveSession

    builder = ReaderBuilder(settings)
    builder.require()
    channels = evening.sound.source().channels
    seats = evening.sound.seats

    def recovered(stored: StoredSession) -> LiveSession:
        return LiveSession.recover(vault, stored, evening.sound.source, builder, settings.live, seats=seats)

    session: LiveSession | None = None
    name = uuid.uuid4().hex
    for stored in unfinished(vault):
        match _settled(stored, evening.unfinished):
            case Unfinished.GO_ON if session is None:
                session, name = recovered(stored), stored.session.id
            case Unfinished.CLOSE:
                _close(recovered(stored))
            case _:
                typer.echo("left as it is: its sound and words stay in the vault until it is closed")
    if session is None:
        tonight = Session(name, group, dt.datetime.now().astimezone().date())
        session = LiveSession.begin(
            vault, tonight, evening.sound.source, builder, settings.live, channels=channels, seats=seats
        )
    _on_screen(name, session, vault, settings, evening)


def practise(group: Group, settings: Settings, sound: Sound) -> None:
    """Run a session in a vault that is made for this once, opens with a key that nobody has, and is gone afterwards."""
    from assistant.store.passphrase import Passphrase
    from assistant.store.vault import Vault

    nobodys = Passphrase(secrets.token_hex(32))
    with (
        TemporaryDirectory(prefix="assistant-practice-") as folder,
        Vault.create(Path(folder) / "vault", nobodys) as vault,
    ):
        run(vault, group, settings, Evening(sound, "the sample, played", practice=True))
    typer.echo("this was practice: its vault and its drafts are gone")


def _on_screen(name: str, session: LiveSession, vault: Vault, settings: Settings, evening: Evening) -> None:
    from assistant.live.view import Phase
    from assistant.store.erasure import erase_session
    from assistant.store.sessions import Sessions
    from assistant.ui.app import run_live

    try:
        code = run_live(
            session,
            unlock=None if evening.practice else unlocker(vault),
            save=session.save,
            microphone=evening.label,
            idle_lock_minutes=settings.live.idle_lock_minutes,
            plain=evening.plain,
        )
    finally:
        session.end()
    if session.unkept:
        typer.echo(f"{counted(session.unkept, 'change')} could not be kept: the disk took nothing any more", err=True)
    if code:
        raise SystemExit(code)
    if evening.practice:
        return
    left = session.changes(0)
    if left.room.phase is Phase.BY_HAND and not (left.room.elapsed or left.entries or left.room.jottings):
        sessions = Sessions(vault)
        erase_session(vault, sessions.sounds, name)
        typer.echo("left before it began: nothing was recorded, nothing is kept")
    elif left.room.phase is Phase.CLOSED:
        typer.echo(_closed(session))
    else:
        typer.echo("not closed: the next 'assistant live' offers to go on with it or to close it")


def unlocker(vault: Vault) -> Callable[[str], bool] | None:
    """Return what tells whether a typed passphrase opens the vault; None where the keyring opens it."""
    from assistant.errors import VaultError
    from assistant.store.audit import Action, Outcome
    from assistant.store.passphrase import Passphrase
    from assistant.store.unlocking import unlock

    if vault.unlocked.header.kind != "passphrase":
        return None

    def opens(typed: str) -> bool:
        try:
            unlock(vault.folder, Passphrase(typed))
        except VaultError:
            outcome = Outcome.REFUSED
        else:
            outcome = Outcome.DONE
        # A disk that takes no line must not keep the facilitator out.
        with suppress(VaultError):
            vault.audit.record(Action.UNLOCKED, vault.id, outcome)
        return outcome is Outcome.DONE

    return opens


def _settled(stored: StoredSession, wanted: Unfinished) -> Unfinished:
    """Return what to do with an unfinished session, asking where nobody said."""
    if wanted is not Unfinished.ASK:
        return wanted
    began = stored.line.begun.astimezone().strftime("%Y-%m-%d %H:%M")
    minutes = stored.processed_to // SAMPLE_RATE // 60
    typer.echo(f"A session that began {began} was not closed; it was read up to minute {minutes}.")
    choices = {"g": Unfinished.GO_ON, "c": Unfinished.CLOSE, "l": Unfinished.LEAVE}
    while True:
        answer = typer.prompt("[g]o on with it, [c]lose it and draft its notes, or [l]eave it", default="g")
        if answer.strip().casefold()[:1] in choices:
            return choices[answer.strip().casefold()[:1]]


def _closed(session: LiveSession) -> str:
    """Return what there is to say of a session that is closed."""
    if session.drafts:
        return "closed: the drafts are in the vault; read them with 'assistant notes list'"
    return "closed without drafts: the gate refused them, or a late strike took them back; write the notes by hand"


def _close(session: LiveSession) -> None:
    """Read what was not read yet, draft, and close, without the screen."""
    from rich.console import Console

    try:
        session.close()
        with Console().status("Reading what was not read yet") as status:
            while not session.wait(0.5):
                room = session.changes(0).room
                status.update(room.problem or room.working or "Reading what was not read yet")
    except SessionError as refused:
        typer.echo(f"not closed: {refused}; go on with it on the screen", err=True)
    else:
        typer.echo(_closed(session))
    finally:
        session.end()


def require_screen() -> None:
    """Refuse to begin where there is nothing to show a session on.

    Raises:
        SessionError: Input or error output is no terminal.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise SessionError("a live session needs a terminal to show: for a recording alone use 'assistant process'")
