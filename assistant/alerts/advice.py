"""The texts beneath a prompt, by key, so that a site can put its own in their place."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.domain import Part2
from assistant.errors import SettingsError
from assistant.tables import read_toml, refuse_unknown, typed

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


@dataclass(frozen=True, slots=True)
class Advice:
    """The texts of one site: the shipped ones, with the site's own in their place."""

    texts: Mapping[str, str]
    part2_line: str
    """Stands beneath every text whose key ends in ``.part2``."""

    def text(self, key: str) -> str:
        """Return the text for a key; the Part 2 line is added last.

        Raises:
            KeyError: Nobody wrote a text for the key.
        """
        text = self.texts[key.removesuffix(_PART2)]
        return f"{text} {self.part2_line}" if key.endswith(_PART2) else text

    @property
    def repair(self) -> tuple[str, ...]:
        """What can still be done once something was said, one step each (domain rule 7.3)."""
        return tuple(line.strip() for line in self.texts["repair"].splitlines() if line.strip())


def read_advice(path: Path | None = None) -> Advice:
    """Return the shipped texts, with those of a site's own file in their place.

    Args:
        path: TOML with a ``[texts]`` table, any of ``advice_keys``, and perhaps ``part2_line``; None: no such file.

    Raises:
        SettingsError: The file is missing or not TOML, has a key that no warning uses, or an empty text.
    """
    shipped = _shipped()
    if path is None:
        return shipped
    where = f"advice file {path}"
    table = read_toml(path, SettingsError, "advice file")
    refuse_unknown(table, ("part2_line", "texts"), SettingsError, where)
    own = typed(table, "texts", dict, SettingsError, where) or {}
    refuse_unknown(own, shipped.texts, SettingsError, f"{where}, [texts]")
    texts = {key: _required(own, key, f"{where}, [texts]") for key in own}
    line = _required(table, "part2_line", where) if "part2_line" in table else shipped.part2_line
    return Advice({**shipped.texts, **texts}, line)


def advice_keys() -> frozenset[str]:
    """Return every key that has a text."""
    return frozenset(_shipped().texts)


def _required(table: Mapping[str, Any], key: str, where: str) -> str:
    text = typed(table, key, str, SettingsError, where)
    if text is None or not text.strip():
        raise SettingsError(f"{where}: {key!r} is empty: leave the key out to keep the shipped text")
    return text.strip()


@cache
def _shipped() -> Advice:
    table = tomllib.loads((Path(__file__).parent / "advice.toml").read_text(encoding="utf-8"))
    return Advice({key: text.strip() for key, text in table["texts"].items()}, table["part2_line"])
