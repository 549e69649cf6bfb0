"""A sample for other programs, as JSON.

    {"label": "pseudonymised - confidential",
     "sample": "sample-1a2b3c4d",   as its files are called
     "profile": "safe-harbor",      or "expert", "gdpr"
     "duration_s": 178.4,
     "left_out": 3,                 turns that are not there
     "parts": [{"label": "Member A", "role": "member", "called": "Ruth"}],
     "turns": [{"number": 1, "who": "Member A", "start_s": 0.0, "end_s": 5.9, "text": "...", "taken_out": 0}]}

``who`` is the label of one of ``parts``. ``text`` is empty where all of a turn had to go; ``taken_out`` says then how
many words it had, else 0. Which words of a text are invented is not told.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from assistant.domain import seconds

if TYPE_CHECKING:
    from assistant.training.material import Sample


def document(sample: Sample, name: str, label: str) -> str:
    """Return the sample as JSON."""
    whole = {
        "label": label,
        "sample": name,
        "profile": sample.profile.value,
        "duration_s": _seconds(sample.duration),
        "left_out": sample.left_out,
        "parts": [{"label": p.label, "role": p.role.value, "called": p.name} for p in sample.parts],
        "turns": [
            {
                "number": turn.number,
                "who": turn.label,
                "start_s": _seconds(turn.start),
                "end_s": _seconds(turn.end),
                "text": " ".join(turn.text.split()),
                "taken_out": 0 if turn.text.strip() else turn.words,
            }
            for turn in sample.turns
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _seconds(at: int) -> float:
    return round(seconds(at), 3)
