"""What is left of anybody in a sample of each gold session, before and after stand-ins went in, and what it costs.

    python tests/bench/bench_sampling.py tests/sessions/*/ samples/*/ --profile gdpr --strict

A direct identifier is missed where a letter of it is in nothing that was found. It is left where any form of it, in any
case, stands in a finished turn at the place where it was said, or where a word of it that no dictionary knows stands
anywhere. ``--heard`` takes the turns as a recogniser wrote them, names misheard.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant.models.offline import go_offline

go_offline()

from assistant.cli.reading_room import ReadingRoom  # noqa: E402  offline first
from assistant.cli.wiring import heard_in_transcript  # noqa: E402
from assistant.domain import DisclosureType, Session  # noqa: E402
from assistant.evaluation.alignment import align  # noqa: E402
from assistant.evaluation.gold import as_transcript, read_gold  # noqa: E402
from assistant.evaluation.machine import HeardUtterance, Machine  # noqa: E402
from assistant.evaluation.training_places import left_in, said_of  # noqa: E402
from assistant.groupfile import read_group  # noqa: E402
from assistant.models.places import models_folder  # noqa: E402
from assistant.models.store import ModelStore  # noqa: E402
from assistant.pipeline.progress import Quiet  # noqa: E402
from assistant.pipeline.sampling.making import find, write  # noqa: E402
from assistant.training.material import SampleProfile  # noqa: E402
from assistant.transcription.transcripts import utterances_in  # noqa: E402

if TYPE_CHECKING:
    from assistant.evaluation.alignment import Alignment
    from assistant.evaluation.gold import GoldSession
    from assistant.evaluation.training_places import Said
    from assistant.pipeline.sampling.drawn import Found, Made
    from assistant.pipeline.sampling.making import Scans
    from assistant.privacy.reading import Reading

TIMED = frozenset({DisclosureType.DATE, DisclosureType.AGE})
WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$", re.IGNORECASE)


@dataclass(frozen=True)
class Case:
    """A gold session as the house understands it."""

    gold: GoldSession
    session: Session
    readings: list[Reading]
    alignment: Alignment
    scans: Scans

    @property
    def units(self) -> dict[str, int]:
        """Index of each utterance by id."""
        return {reading.utterance.id: unit for unit, reading in enumerate(self.readings)}


def read(folder: Path, heard: Path | None, *, lower: bool) -> Case:
    """Return a gold session; with ``heard``, in the words of ``<id>.json`` there (one utterance a turn)."""
    gold = read_gold(folder)
    assert gold.group_file is not None
    group = read_group(gold.group_file)
    room = ReadingRoom(ModelStore(models_folder(None)), group)
    analyst = room.analyst(group)
    said = as_transcript(gold, lower=lower)
    if heard is not None:
        said = json.loads((heard / f"{gold.id}.json").read_text(encoding="utf-8"))
    readings: list[Reading] = []
    for utterance in heard_in_transcript(utterances_in(said, group)).utterances:
        readings.append(analyst.read(utterance, readings))
    units = tuple(HeardUtterance(r.utterance.id, 0.0, 0.0, None, None, r.utterance.text, ()) for r in readings)
    machine = Machine(units, (), {}, {}, frozenset(), {}, None, None)
    session = Session(gold.id, group, dt.date(2026, 3, 10))
    return Case(gold, session, readings, align(gold, machine, timed=False), room.scans())


def missed_before(case: Case, found: Found, said: tuple[Said, ...]) -> list[str]:
    """Return mentions of which a character with meaning is in no mention that was found."""
    covered, kept = _covered(case, found), {case.units[u.id] for u in found.utterances}
    out = []
    for one in said:
        if one.unit not in kept:
            continue
        text = case.readings[one.unit].utterance.text
        words = text[one.start : one.end]
        if WEEKDAY.match(words):
            continue
        letters = {one.start + m.start() for m in re.finditer(r"\w", words)}
        lead = re.match(r"(?:the|an?|at|on|in|of|and|doctor|miss|mrs?) ", words, re.IGNORECASE)
        letters -= set(range(one.start, one.start + lead.end())) if lead else set()
        if letters - covered.get(one.unit, set()):
            around = text[max(0, one.start - 40) : one.end + 20]
            out.append(f"{one.type} {one.owner} {words!r} in {one.unit}: {around!r}")
    return out


def _covered(case: Case, found: Found) -> dict[int, set[int]]:
    covered: dict[int, set[int]] = {}
    for thing in found.things:
        for mention in thing.mentions:
            covered.setdefault(case.units[mention.utterance], set()).update(range(mention.span.start, mention.span.end))
    return covered


def left_after(case: Case, found: Found, made: Made, said: tuple[Said, ...]) -> list[str]:
    """Return direct identifiers that still stand in the finished sample."""
    pairs = list(zip(found.utterances, made.sample.turns, strict=True))
    before = {case.units[u.id]: u.text for u, _ in pairs}
    after = {case.units[u.id]: turn.text for u, turn in pairs}
    return [
        f"{one.said.type} {one.said.owner} {' '.join(one.words)!r} left in {one.unit}: {after[one.unit][:300]!r} "
        f"was {before[one.unit][:300]!r}"
        for one in left_in(said, before, after, case.scans.english)
    ]


def main() -> int:
    """Measure; 1 with ``--strict`` where anything direct is left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--profile", type=SampleProfile, default=SampleProfile.GDPR)
    parser.add_argument("--lower", action="store_true")
    parser.add_argument("--heard", type=Path, metavar="DIR", help="<id>.json: transcripts as a recogniser wrote them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print the finished turns")
    parser.add_argument("--strict", action="store_true", help="exit 1 where a direct identifier is left")
    given = parser.parse_args()
    table = Table(
        "session",
        "missed before",
        "dates and ages missed",
        "left after",
        "words the same",
        "emptied",
        "left out",
        "s per 1,000",
    )
    total: Counter[str] = Counter()
    console = Console(width=150)
    for folder in given.folders:
        case = read(folder, given.heard, lower=given.lower)
        began = time.perf_counter()
        found = find(case.session, case.readings, case.scans, Quiet())
        chance = random.Random(given.seed)  # noqa: S311  figures that can be repeated
        made = write(case.session, found, given.profile, chance, case.scans)
        took = time.perf_counter() - began
        texts = [reading.utterance.text for reading in case.readings]
        said = said_of(case.gold, case.alignment, texts, case.scans.english)
        timed = said_of(case.gold, case.alignment, texts, case.scans.english, TIMED)
        before = missed_before(case, found, said)
        dates = missed_before(case, found, timed)
        after = left_after(case, found, made, said)
        words = sum(t.words for t in made.sample.turns)
        changed = sum(t.changed for t in made.sample.turns)
        for line in (*before, *dates):
            console.print("  before:", line, markup=False)
        for line in after:
            console.print("  AFTER:", line, markup=False)
        if given.show:
            for turn in made.sample.turns:
                console.print(turn.number, turn.label, "|", turn.text, markup=False)
        table.add_row(
            case.gold.id,
            str(len(before)),
            str(len(dates)),
            str(len(after)),
            f"{1 - changed / words:.1%}",
            str(made.sample.emptied),
            str(made.sample.left_out),
            f"{took / len(case.readings) * 1000:.1f}",
        )
        total.update(
            before=len(before),
            timed=len(dates),
            after=len(after),
            words=words,
            changed=changed,
            emptied=made.sample.emptied,
        )
    table.add_row(
        "all",
        str(total["before"]),
        str(total["timed"]),
        str(total["after"]),
        f"{1 - total['changed'] / total['words']:.1%}",
        str(total["emptied"]),
        "",
        "",
    )
    console.print(table)
    return int(given.strict and total["after"] > 0)


if __name__ == "__main__":
    sys.exit(main())
