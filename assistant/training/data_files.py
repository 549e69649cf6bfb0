"""The tables of this room: dated text files beside it that a site may replace."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=8)
def table(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the rows of ``data/<name>.txt``: what comes before the colon, and the items after it, lower case."""
    text = (files("assistant.training") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    rows: list[tuple[str, tuple[str, ...]]] = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            head, _, rest = line.partition(":")
            rows.append((head.strip(), tuple(item.strip().lower() for item in rest.split(",") if item.strip())))
    return tuple(rows)


@lru_cache(maxsize=8)
def index(name: str) -> dict[str, str]:
    """Return what each item of a table belongs to."""
    return {item: head for head, items in table(name) for item in items}
