"""What it costs to read a closed session again: first, after one correction, and what the gate asks for on top.

    python tests/bench/bench_rereading.py [--utterances 170 1500] [--profile]

The sessions are the gold ones said one after another by the people of one roster; from the second time round every
utterance is worded otherwise, so that nothing is remembered that a real session would not repeat. Seconds are of the
processor's work, which other work on the machine does not lengthen; the peak is the process's memory so far.
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import pstats
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.alerts.live import LiveAlerts
from assistant.cli.reading_room import ReadingRoom
from assistant.decisions import Place, Ruling, SpeakerSet
from assistant.domain import (
    SAMPLE_RATE,
    Attribution,
    DecidedBy,
    Entry,
    Findings,
    PersonId,
    Session,
    Span,
    Utterance,
    UtteranceId,
    Word,
)
from assistant.evaluation.gold import read_gold
from assistant.groupfile import read_group
from assistant.handout import NoteFormat, Recipient
from assistant.models.offline import go_offline
from assistant.models.places import models_folder
from assistant.models.store import ModelStore
from assistant.notes.context import GateContext
from assistant.notes.formats import document
from assistant.pipeline.reviewing import Reviewer, ReviewRooms
from assistant.settings import Profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.domain import Group
    from assistant.notes.gate import Gate
    from assistant.pipeline.reviewed import Reviewed

T = TypeVar("T")

SESSIONS = Path(__file__).parent.parent / "sessions"
ROSTER = "dbt-10"
WORD = int(0.4 * SAMPLE_RATE)
DAY = dt.date(2026, 3, 10)


def said(group: Group) -> Iterator[tuple[PersonId, str]]:
    """Yield who says what, without end."""
    members = [p.id for p in group.members_present]
    facilitator = next(p.id for p in group.people if not p.is_member)
    round_ = 0
    while True:
        for folder in sorted(p for p in SESSIONS.iterdir() if p.is_dir()):
            gold = read_gold(folder)
            seats: dict[str, PersonId] = {}
            for turn in gold.turns:
                member = seats.setdefault(turn.speaker, members[len(seats) % len(members)])
                who = facilitator if turn.speaker in gold.facilitators else member
                yield who, turn.text if not round_ else f"{turn.text} {' '.join(['So,', *['really'] * round_])} yes."
        round_ += 1


def entries_of(group: Group, count: int) -> tuple[Entry, ...]:
    """Return so many utterances, with nothing found in them yet."""
    entries: list[Entry] = []
    at = 0
    for number, (who, text) in enumerate(said(group), start=1):
        if number > count:
            break
        words = tuple(Word(w, at + i * WORD, at + (i + 1) * WORD, 1.0, who) for i, w in enumerate(text.split()))
        end = at + len(words) * WORD
        name = UtteranceId(f"u{number}")
        attribution = Attribution(who, 1.0, 1.0, DecidedBy.TRANSCRIPT)
        entries.append(
            Entry(Utterance(name, number, at, end, " ".join(text.split()), words, attribution), Findings(name, ()))
        )
        at = end + WORD
    return tuple(entries)


def timed(what: str, work: Callable[[], T], *, profile: bool = False) -> T:
    """Do a piece of work, and print what it cost."""
    profiler = cProfile.Profile()
    began, worked = time.perf_counter(), time.process_time()
    if profile:
        profiler.enable()
    done = work()
    profiler.disable()
    cost, wall = time.process_time() - worked, time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"  {what:34s}{cost:8.2f} s work{wall:8.2f} s wall{peak:7d} MB peak\n")
    sys.stdout.flush()
    if profile:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(30)
    return done


def measure(room: ReadingRoom, group: Group, count: int, *, profile: bool) -> None:
    """Print what a session of so many utterances costs."""
    sys.stdout.write(f"{count} utterances\n")
    entries = entries_of(group, count)
    gates: list[Gate] = []

    def gate() -> Gate:
        gates.append(room.gate())
        return gates[-1]

    rooms = ReviewRooms(lambda g: room.analyst(g).remembering(), gate, Profile.CHART, LiveAlerts.of())
    session = Session("s", group, DAY)
    reviewer = Reviewer(session, entries, rooms)
    first = timed("first reading", lambda: reviewer.read(()))
    members = [e.utterance for e in entries if e.utterance.speaker in {p.id for p in group.members_present}]
    one = members[len(members) // 3]
    other = next(p.id for p in group.members_present if p.id != one.speaker)
    named = SpeakerSet((Place(one.id, Span(0, len(one.text))),), other)
    ruling = Ruling(1, dt.datetime.now(dt.UTC), "clinician", named)
    timed("one speaker corrected", lambda: reviewer.read((ruling,)), profile=profile)
    undone = timed("taken back", lambda: reviewer.read((replace(ruling, undone=True),)))
    if undone.drafts != first.drafts or undone.entries != first.entries:
        sys.exit("what was taken back left a trace")
    check(gates[-1], group, first)
    sys.stdout.write("  with a new gate, as a process that was started again\n")
    check(room.gate(), group, first)


def check(gate: Gate, group: Group, reviewed: Reviewed) -> None:
    """Print what reading one finished document costs."""
    utterances = tuple(e.utterance for e in reviewed.entries)
    findings = tuple(e.findings for e in reviewed.entries)
    member = group.members_present[0]
    context = GateContext(member.id, group, utterances, findings)
    note = reviewed.drafts.members[member.id].note
    timed("prepare", lambda: gate.prepare(context))
    timed("prepare, with the note", lambda: gate.prepare(context, note))
    other = GateContext(group.members_present[1].id, group, utterances, findings)
    timed("prepare, the next member", lambda: gate.prepare(other))
    text = document(note, reviewed.drafts.group, NoteFormat.SOAP, Recipient.RECORD, member_name=member.name, date=DAY)
    timed("finished document, first check", lambda: gate.check_document(text, context))
    timed("finished document, second check", lambda: gate.check_document(text, context))


def main() -> None:
    """Read the command line, and print a table per size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--utterances", type=int, nargs="*", default=[170, 1500])
    parser.add_argument("--profile", action="store_true", help="print where the correction's work goes")
    chosen = parser.parse_args()
    go_offline()
    group = read_group(SESSIONS / ROSTER / "group.toml")
    room = ReadingRoom(ModelStore(models_folder(None)), group)
    for count in chosen.utterances:
        measure(room, group, count, profile=chosen.profile)


if __name__ == "__main__":
    main()
