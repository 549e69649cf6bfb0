"""Strict reading of TOML tables: every key is declared, every value has its type, and whoever breaks that is named."""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from assistant.errors import InputError

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)
Number = TypeVar("Number", int, float)


def read_toml(path: Path, error: type[InputError], what: str) -> dict[str, Any]:
    """Return the whole file as tables.

    Raises:
        InputError: Of the given kind; the file is missing, unreadable or not TOML (with line and column).
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise error(f"{what} {path} does not exist") from None
    except IsADirectoryError:
        raise error(f"{what} {path} is a folder: name the file in it") from None
    except UnicodeDecodeError:
        raise error(f"{what} {path} is not UTF-8 text") from None
    except OSError as failure:
        raise error(f"{what} {path} cannot be read: {failure.strerror}") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as failure:
        # The parser's message may quote the file, and the file holds names: only its "(at line 3, column 4)" is kept.
        place = str(failure).rpartition("(")[2].rstrip(")")
        raise error(f"{what} {path} is not valid TOML ({place or 'somewhere'}): check quotes and brackets") from None


def refuse_unknown(table: Mapping[str, Any], known: Iterable[str], error: type[InputError], where: str) -> None:
    """Refuse a key that nobody declared, by name, with the nearest known one."""
    allowed = sorted(known)
    for key in table:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(allowed)}"
            raise error(f"{where}: unknown key {key!r}; {hint}")


def typed(table: Mapping[str, Any], key: str, kind: type[T], error: type[InputError], where: str) -> T | None:
    """Return ``table[key]`` checked to be of ``kind``, or None where the key is absent."""
    value = table.get(key)
    if value is None:
        return None
    # bool is an int and datetime is a date in Python, but not in a settings file.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)) or isinstance(value, dt.datetime):
        raise error(f"{where}: {key!r} must be {_SPOKEN.get(kind, kind.__name__)}")
    return value


def one_of(table: Mapping[str, Any], key: str, default: Choice, error: type[InputError], where: str) -> Choice:
    """Return one of the words that a setting knows, or ``default`` where the key is absent."""
    kind = type(default)
    named = typed(table, key, str, error, where)
    if named is not None and named not in set(kind):
        raise error(f"{where}: {key!r} must be one of {', '.join(kind)}")
    return default if named is None else kind(named)


def number(  # noqa: PLR0913, PLR0917  where it stands, what it may be, and whose error it is
    table: Mapping[str, Any],
    key: str,
    default: Number,
    limits: tuple[Number, Number],
    error: type[InputError],
    where: str,
) -> Number:
    """Return a number within limits, or ``default`` where the key is absent; whole where the default is, else any."""
    value = table.get(key, default)
    whole = isinstance(default, int)
    lowest, highest = limits
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise error(f"{where}: {key!r} must be a {'whole ' if whole else ''}number")
    if not lowest <= value <= highest:
        raise error(f"{where}: {key!r} must be from {lowest:g} to {highest:g}")
    return type(default)(value)


_SPOKEN: dict[type, str] = {
    str: "text in quotes",
    int: "a whole number",
    float: "a number with a decimal point",
    bool: "true or false",
    list: "a list in brackets",
    dict: "a table",
    dt.date: "a date like 2026-01-31",
}
