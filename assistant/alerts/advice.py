"""The texts beneath a prompt, by key, so that a site can put its own in their place."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain import Part2

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.domain import Group

_PART2 = ".part2"

# Prompts whose natural next step tells somebody outside that the person is a patient (domain rule 3.5), and talk of an
# absent member's substance use.
_WITH_PART2_LINE = frozenset(
    {"risk_self", "risk_other", "risk_unclear", "abuse_child", "abuse_adult", "absent_member_substance"}
)


def keyed(key: str, group: Group) -> str:
    """Return the advice key for a group: with ``.part2`` where 42 CFR Part 2 may apply (unknown is treated as yes)."""
    return f"{key}{_PART2}" if key in _WITH_PART2_LINE and group.part2 is not Part2.NO else key


def advice_text(key: str, site_texts: Mapping[str, str] | None = None) -> str:
    """Return the text for a key; a site's own text goes first, the Part 2 line is added last.

    Raises:
        KeyError: Nobody wrote a text for the key.
    """
    texts, part2_line = _defaults()
    base = key.removesuffix(_PART2)
    text = (site_texts or {}).get(base) or texts[base]
    return f"{text} {part2_line}" if key.endswith(_PART2) else text


def advice_keys() -> frozenset[str]:
    """Return every key that has a default text."""
    return frozenset(_defaults()[0])


@cache
def _defaults() -> tuple[Mapping[str, str], str]:
    table = tomllib.loads((Path(__file__).parent / "advice.toml").read_text(encoding="utf-8"))
    return dict(table["texts"]), str(table["part2_line"])
