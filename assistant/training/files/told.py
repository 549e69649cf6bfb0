"""What every file of a sample says beside its turns, in the same words.

Nothing tells when the session was, whose it was, where, or who made the sample. Which words are invented is not told
either: a name that was overlooked hides among the invented ones only as long as nobody can tell them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain import Role, seconds

if TYPE_CHECKING:
    from assistant.training.material import Part, Sample, SampleTurn

ABOUT = (
    "Names, places, employers, schools and numbers are invented for this sample alone; ages, dates, jobs and regions "
    "are made coarser. The people it was made from are real: keep it as you keep a record, do not try to find out who "
    "they are, and do not pass it on."
)
QUIZ = "What would you say here?"
SPOKEN = "Where there is sound, a speech synthesiser reads this text: it is nobody's voice."


def about(sample: Sample) -> tuple[str, ...]:
    """Return the lines that stand above the turns."""
    lines = [ABOUT, f"Profile: {sample.profile.value}. {SPOKEN}"]
    if sample.left_out:
        lines.append(f"{counted(sample.left_out, 'turn')} left out.")
    return tuple(lines)


def counted(number: int, what: str) -> str:
    """Return "1 turn", "2 turns"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def clock(at: int) -> str:
    """Return a place in the session as ``m:ss``."""
    whole = int(seconds(at))
    return f"{whole // 60}:{whole % 60:02}"


def words_of(turn: SampleTurn) -> str:
    """Return what a turn says, on one line; what it lost where nothing is left of it."""
    said = " ".join(turn.text.split())
    return said or f"[{counted(turn.words, 'word')} taken out]"


def by_facilitator(sample: Sample, turn: SampleTurn) -> bool:
    """Whether a facilitator speaks."""
    part = part_of(sample, turn)
    return part is not None and part.role is Role.FACILITATOR


def part_of(sample: Sample, turn: SampleTurn) -> Part | None:
    """Return whose turn it is; None where the sample does not know them."""
    return next((part for part in sample.parts if part.label == turn.label), None)
