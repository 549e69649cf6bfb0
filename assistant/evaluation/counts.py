"""Counts that add up: figures over several sessions are sums of counts, never means of ratios."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Summable:
    """A frozen dataclass whose fields are all summable; the sum of two is field by field."""

    def __add__(self, other: Self) -> Self:
        return type(self)(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})


def rate(part: float, whole: float) -> float | None:
    """Return ``part / whole``; None where there is nothing to divide by."""
    return part / whole if whole else None
