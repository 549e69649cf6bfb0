"""The one place that can make the word "anonymous", and only from a checklist that a named person filled in and signed.

Nothing that this program measures makes a sample anonymous: the law asks whether anybody is singled out, linked or
inferred with reasonable means, and a person has to try (WP216; the ICO's motivated intruder). That person did not run
the session. Without their answers the label stays what it is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from assistant.errors import InputError
from assistant.tables import read_toml, refuse_unknown, typed
from assistant.training.material import LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

QUESTIONS: Final = {
    "singling_out": "Could you single somebody out in the sample?",
    "linkability": "Could you link somebody in the sample with another record of them, or with another sample?",
    "inference": "Could you infer something of a real person that you did not know?",
}
"""The three questions of WP216."""

STEPS: Final = {
    "read_whole": "Read (and heard) the whole sample.",
    "searched_web": "Searched the web for what stands out in it: rare words, events, combinations.",
    "searched_social_media": "Searched social media for the same.",
    "asked_with_one_fact": "Tried with one fact that an acquaintance, colleague or relative would know of each person.",
    "compared_other_samples": "Compared it with every other sample of the same group that was handed out.",
}
"""What a motivated intruder tries, at the least."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """What a person signed: they tried everything, and answered no to every question."""

    sample: str
    name: str = field(repr=False)
    date: dt.date


def label(sample_id: str, signed: Checklist | None = None) -> str:
    """Return what a sample is called in every one of its files.

    Args:
        sample_id: Opaque name of the sample (``sample-<8 hex>``).
        signed: The checklist for this sample; for any other one it counts for nothing.
    """
    if signed is None or signed.sample != sample_id:
        return LABEL
    return f"anonymous - so {signed.name} signed on {signed.date.isoformat()} after trying to single somebody out"


def read_checklist(path: Path, sample_id: str, today: dt.date, *, not_by: Iterable[str] = ()) -> Checklist:
    """Return a checklist that was filled in and signed for a sample.

    Args:
        path: TOML, as ``blank`` makes it.
        sample_id: The sample that it has to be for.
        today: The day on which it is read: it cannot have been signed later.
        not_by: Names of those who ran the session: none of them may sign.

    Raises:
        InputError: Unreadable, for another sample, not signed, signed by who ran the session, a step not tried, or a
            question not answered with no.
    """
    where = f"checklist {path}"
    table = read_toml(path, InputError, "checklist")
    known = ("sample", "name", "date", "ran_the_session", "tried", "answers")
    refuse_unknown(table, known, InputError, where)
    if typed(table, "sample", str, InputError, where) != sample_id:
        raise InputError(f"{where}: it is not for {sample_id}: 'sample' must name it")
    name = (typed(table, "name", str, InputError, where) or "").strip()
    date = typed(table, "date", dt.date, InputError, where)
    if not name or date is None:
        raise InputError(f"{where}: it is not signed: 'name' and 'date' say who tried, and when")
    if date > today:
        raise InputError(f"{where}: 'date' lies in the future")
    if typed(table, "ran_the_session", bool, InputError, where) is not False:
        raise InputError(
            f"{where}: it is signed by somebody who did not run the session: 'ran_the_session' must be false"
        )
    if name.casefold() in {other.strip().casefold() for other in not_by}:
        raise InputError(f"{where}: who signs must be somebody who did not run the session")
    tried = typed(table, "tried", dict, InputError, where) or {}
    refuse_unknown(tried, STEPS, InputError, f"{where}, [tried]")
    if missing := [step for step in STEPS if tried.get(step) is not True]:
        raise InputError(f"{where}, [tried]: not tried yet: {', '.join(missing)}")
    answers = typed(table, "answers", dict, InputError, where) or {}
    refuse_unknown(answers, QUESTIONS, InputError, f"{where}, [answers]")
    if open_ := [question for question in QUESTIONS if answers.get(question) != "no"]:
        raise InputError(f'{where}, [answers]: must be "no", or the label stays "{LABEL}": {", ".join(open_)}')
    return Checklist(sample_id, name, date)


def blank(sample_id: str) -> str:
    """Return a checklist to fill in by hand, in TOML: as it stands it signs nothing."""
    steps = "\n".join(f"{key} = false # {text}" for key, text in STEPS.items())
    questions = "\n".join(f'{key} = "" # {text} yes | no' for key, text in QUESTIONS.items())
    return (
        "# Intruder checklist. Filled in by a person who did not run the session.\n"
        f'sample = "{sample_id}"\n'
        'name = ""\n'
        "# date = 2026-01-31\n"
        "ran_the_session = true # false: I did not run it\n\n"
        f"[tried]\n{steps}\n\n[answers]\n{questions}\n"
    )
