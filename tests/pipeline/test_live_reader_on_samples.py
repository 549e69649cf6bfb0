"""A gold session read turn by turn with the real models: the warnings of batch while it runs, its words at the end."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.alerts.live import LiveAlerts
from assistant.capture.recording import Recording
from assistant.cli.live_wiring import ReaderBuilder
from assistant.cli.preflight import models_for
from assistant.cli.rooms import ModelRooms
from assistant.cli.source import Source
from assistant.cli.wiring import Workshop
from assistant.domain import AlertLevel, Gap, Session, UtteranceId
from assistant.groupfile import read_group
from assistant.pipeline.joining import join_runs
from assistant.pipeline.listening import Heard, runs_of
from assistant.pipeline.progress import Quiet
from assistant.pipeline.reviewing import Reviewer, ReviewRooms
from assistant.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assistant.domain import Entry, Group, Utterance
    from assistant.pipeline.live_turns import HeardTurn

pytestmark = [pytest.mark.models, pytest.mark.slow]

DAY = dt.date(2026, 1, 31)
ONE_NAME = UtteranceId("")


def warned(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Kind and owner of every A1."""
    return sorted((a.kind, str(a.owner)) for e in entries for a in e.alerts if a.level is AlertLevel.A1)


def all_at_once(settings: Settings, group: Group, turns: list[HeardTurn]) -> tuple[Utterance, ...]:
    """What the same words and voices make when they are decided and joined in one go."""
    stretches = ModelRooms(settings).attributor(group).decide([turn.voices for turn in turns])
    runs = (runs_of(turn.recognised.segments, s) for turn, s in zip(turns, stretches, strict=True))
    return join_runs(tuple(run for of_turn in runs for run in of_turn))


def test_a_session_read_live_warns_and_ends_as_in_batch(models_root: Path, skills: Path) -> None:
    """The same A1 while it runs, the same utterances, findings and alerts at the end, and drafts that pass the gate."""
    settings = Settings(models_folder=models_root)
    group, sound = read_group(skills / "group.toml"), skills / "dev-skills-02.flac"
    builder: ReaderBuilder = pickle.loads(pickle.dumps(ReaderBuilder(settings)))  # noqa: S301  our own
    reader = builder.build(Session("s", group, DAY))
    entries: dict[UtteranceId, Entry] = {}
    turns: list[HeardTurn] = []
    for turn in builder.turn_finder().turns(Recording.open(sound).frames()):
        if isinstance(turn, Gap):
            continue
        heard_turn, update = reader.read_turn(turn)
        turns.append(heard_turn)
        for gone in update.removed:
            del entries[gone]
        entries |= {e.utterance.id: e for e in update.entries}
    live = warned(entries.values())
    update = reader.finish()
    for gone in update.removed:
        del entries[gone]
    entries |= {e.utterance.id: e for e in update.entries}
    kept = sorted(entries.values(), key=lambda e: e.utterance.number)

    heard = Heard(
        all_at_once(settings, group, turns), turns[-1].end, sum(b - a for t in turns for a, b in t.recognised.voiced)
    )
    source = Source(sound, {}, {}, DAY)
    batch = Workshop(settings).process_heard(source, group, heard, models_for(settings, words_only=False), Quiet())

    assert live == sorted((a.kind, str(a.owner)) for a in batch.alerts if a.level is AlertLevel.A1)
    assert [replace(e.utterance, id=ONE_NAME, number=0) for e in kept] == [
        replace(r.utterance, id=ONE_NAME, number=0) for r in batch.readings
    ]
    assert [e.findings.disclosures for e in kept] == [r.findings.disclosures for r in batch.readings]
    assert [replace(a, utterance=ONE_NAME) for e in kept for a in e.alerts] == [
        replace(a, utterance=ONE_NAME) for a in batch.alerts
    ]
    drafts = reader.drafts(batch.heard.duration, Quiet())
    assert set(drafts.members) == {p.id for p in group.members_present}
    assert not drafts.refused
    said = {m: [line.text for s in d.note.sections for line in s.lines] for m, d in drafts.members.items()}
    assert said == {
        m: [line.text for s in d.note.sections for line in s.lines] for m, d in batch.drafts.members.items()
    }

    room = ModelRooms(settings).reading_room(group)
    rooms = ReviewRooms(lambda g: room.analyst(g).remembering(), room.gate, settings.notes.profile, LiveAlerts.of())
    reviewed = Reviewer(Session("s", group, DAY), kept, rooms, batch.heard.duration).read(())
    assert list(reviewed.entries) == kept
    assert reviewed.drafts == drafts


_BUILD = """
import datetime as dt, sys
from pathlib import Path
from assistant.models.offline import go_offline
go_offline()
from assistant.cli.live_wiring import ReaderBuilder
from assistant.cli.preflight import models_for
from assistant.cli.rooms import ModelRooms
from assistant.domain import Session
from assistant.groupfile import read_group
from assistant.settings import LiveSettings, Settings, SitePolicy
policy = LiveSettings.of(SitePolicy(sys.argv[3]))
builder = ReaderBuilder(Settings(models_folder=Path(sys.argv[1]), live=policy))
builder.build(Session("s", read_group(Path(sys.argv[2])), dt.date(2026, 1, 31)))
loaded = {m for m in sys.modules if m.startswith("assistant.")}
print(*loaded)
"""


@pytest.mark.parametrize("policy", ["post-session only", "illinois"])
def test_a_policy_that_is_off_is_not_loaded(models_root: Path, smoke: Path, policy: str) -> None:
    """With warnings off no alert rule is in the process; with risk flags off nothing that looks for risk is."""
    command = [sys.executable, "-c", _BUILD, str(models_root), str(smoke / "group.toml"), policy]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=200)

    loaded = set(done.stdout.split())
    assert ("assistant.alerts.rules" in loaded) is (policy == "illinois")
    assert ("assistant.privacy.recognisers.risk" in loaded) is (policy == "post-session only")
    assert "assistant.alerts.risk" not in loaded
