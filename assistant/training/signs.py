"""How people speak of what happened to hardly anybody: the patterns of ``data/signs.txt``, which a site may replace."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

_PART = re.compile(r"^\$(\w+) = (.+)$")


@lru_cache(maxsize=1)
def signs() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Return the patterns by what stands before their colon; they are for lower-case words."""
    text = (files("assistant.training") / "data" / "signs.txt").read_text(encoding="utf-8")
    parts: dict[str, str] = {}
    found: dict[str, list[re.Pattern[str]]] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        whole = re.sub(r"\$(\w+)", lambda match: parts.get(match[1], match[0]), line) if ": " in line else line
        part = _PART.match(line)
        if part is not None:
            parts[part[1]] = part[2]
            continue
        kind, _, pattern = whole.partition(": ")
        found.setdefault(kind, []).append(re.compile(pattern))
    return {kind: tuple(patterns) for kind, patterns in found.items()}


def stands(said: str, *kinds: str) -> bool:
    """Whether words hold a sign of one of the kinds; a site's own file may have none of a kind."""
    low = said.lower().replace("\u2019", "'")
    return any(pattern.search(low) for kind in kinds for pattern in signs().get(kind, ()))
