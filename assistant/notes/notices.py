"""The notices that travel with a note: those of 42 CFR 2.32, and the scope of the consent (``domain.md`` 3.3).

The words of the rule stand in ``part2_notice.txt`` with their version and the day on which somebody last looked: many
copies in circulation are older than the rule.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.domain import Part2

if TYPE_CHECKING:
    from assistant.handout import ReleaseConsent


@dataclass(frozen=True, slots=True)
class Part2Notice:
    """The two statements that 42 CFR 2.32(a) offers."""

    version: str
    """Which text of the rule."""
    checked: str
    """ISO date on which it was last held against a copy of the rule."""
    short: str
    """Statement 2."""
    long: str
    """Statement 1."""


@functools.cache
def part2_notice() -> Part2Notice:
    """Return the pinned notice."""
    lines = files("assistant.notes").joinpath("part2_notice.txt").read_text(encoding="utf-8").splitlines()
    return Part2Notice(**{name: words for name, _, words in (line.partition(": ") for line in lines)})


def part2_notices(part2: Part2, consent: ReleaseConsent | None = None) -> tuple[str, ...]:
    """Return what stands on page 1 of every file of a group: both statements, and the scope of the consent.

    ``unknown`` counts as yes (``domain.md`` 3.1). With ``no`` only the scope of a consent is said, where one was given.
    """
    notice = part2_notice()
    rule = () if part2 is Part2.NO else (notice.short, notice.long)
    return rule if consent is None else (*rule, scope_notice(consent))


def scope_notice(consent: ReleaseConsent) -> str:
    """Return the explanation of a consent's scope that 42 CFR 2.32(b) accepts in place of a copy.

    It is made of the consent's own words; it names nobody whom these do not name.
    """
    until = consent.expires.isoformat() if consent.expires is not None else consent.expiry
    said = (
        ("What may be released", consent.description),
        ("By", consent.discloser),
        ("To", consent.recipients),
        ("For", consent.purpose),
        ("Until", until),
        ("Revocation", consent.revocation),
        ("Redisclosure and refusal", consent.refusal),
    )
    signed = f" of {consent.signed_on.isoformat()}" if consent.signed_on is not None else ""
    scope = " ".join(f"{label}: {_sentence(words)}" for label, words in said if words.strip())
    return f"Scope of the written consent{signed}. {scope}".strip()


def _sentence(words: str) -> str:
    flat = " ".join(words.split())
    return flat if flat.endswith((".", "!", "?")) else f"{flat}."
