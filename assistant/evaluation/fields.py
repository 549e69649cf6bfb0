"""Strict reading of JSON fields: each error says which field of which place, never what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.errors import GoldError

if TYPE_CHECKING:
    from collections.abc import Mapping


def table(data: object, where: str) -> Mapping[str, Any]:
    """Return ``data`` if it is a JSON object."""
    if not isinstance(data, dict):
        raise GoldError(f"{where}: expected a JSON object")
    return data


def rows(row: Mapping[str, Any], name: str, where: str, *, needed: bool = True) -> list[Any]:
    """Return the list called ``name``; where it is not ``needed``, an absent one is empty."""
    found = row.get(name, None if needed else [])
    if not isinstance(found, list):
        raise GoldError(f"{where}: {name!r} is missing or not a list")
    return found


def text(row: Mapping[str, Any], name: str, where: str) -> str:
    """Return the text called ``name``."""
    value = table(row, where).get(name)
    if not isinstance(value, str):
        raise GoldError(f"{where}: {name!r} is missing or not text")
    return value


def number(row: Mapping[str, Any], name: str, where: str, default: float | None = None) -> float:
    """Return the number called ``name``, or ``default`` where it is absent and there is one."""
    value = row.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise GoldError(f"{where}: {name!r} is missing or not a number")
    return float(value)
