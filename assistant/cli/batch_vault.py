"""A session processed in one go and kept in the vault for review, as a live one leaves it at its close."""

from __future__ import annotations

import uuid
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.consent import permit
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.cli.source import Source
    from assistant.consent import RecordingPermit
    from assistant.pipeline.session import SessionResult
    from assistant.settings import Settings
    from assistant.store.sessions import Sessions
    from assistant.store.vault import Vault


def keep(vault: Vault, result: SessionResult, source: Source, settings: Settings) -> str:
    """Keep a processed session, closed, and return its id; all of it or nothing.

    Its warnings are settled in the review, for nobody has seen them yet. The sound is kept too where it is a recording
    and the site keeps sound after a session.

    Raises:
        ConsentError: Somebody present has not agreed to be recorded.
        VaultError: The disk failed, or somebody present was erased.
    """
    from assistant.pipeline.kept import kept
    from assistant.store.erasure import erase_session
    from assistant.store.sessions import Sessions

    # The same recording may be processed twice: what a review has of the first stays what it is.
    made = kept(_called(result, uuid.uuid4().hex))
    session, sessions = made.session, Sessions(vault)
    leave = permit(session.group.present)
    sessions.begin(session)
    try:
        sessions.commit(session.id, made.update)
        if settings.live.audio_days > 0 and not source.is_transcript:
            _keep_sound(sessions, session.id, source, leave)
        sessions.finish(session.id, made.drafts, settled_later=True)
    except AssistantError:
        erase_session(vault, sessions.sounds, session.id)
        raise
    return session.id


def _called(result: SessionResult, name: str) -> SessionResult:
    """Return a processed session under another id."""
    drafts = result.drafts
    members = {m: replace(draft, note=replace(draft.note, session=name)) for m, draft in drafts.members.items()}
    renamed = replace(drafts, members=members, group=replace(drafts.group, session=name))
    return replace(result, session=replace(result.session, id=name), drafts=renamed)


def _keep_sound(sessions: Sessions, name: str, source: Source, leave: RecordingPermit) -> None:
    from assistant.capture.recording import Recording
    from assistant.domain import Gap

    recording = Recording.open(source.path)
    with closing(sessions.sounds.create(name, recording.channels)) as spool:
        for part in recording.blocks():
            if isinstance(part, Gap):
                spool.gap(part)
            else:
                spool.append(part, leave)
