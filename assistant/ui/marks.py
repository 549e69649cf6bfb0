"""How a disclosure is marked: four classes, each with its own underline, and a letter where there is no colour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from rich.style import Style

from assistant.domain import DisclosureType, UtteranceStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain import Entry


class Class(Enum):
    """What sort of fact a person would want to see at a glance; the value is its letter."""

    IDENTITY = "I"
    HEALTH = "H"
    LIFE = "L"
    RISK = "R"


CLASS_OF = {
    DisclosureType.PERSON: Class.IDENTITY,
    DisclosureType.ORG: Class.IDENTITY,
    DisclosureType.LOCATION: Class.IDENTITY,
    DisclosureType.ADDRESS: Class.IDENTITY,
    DisclosureType.PHONE: Class.IDENTITY,
    DisclosureType.EMAIL: Class.IDENTITY,
    DisclosureType.DATE: Class.IDENTITY,
    DisclosureType.AGE: Class.IDENTITY,
    DisclosureType.ID: Class.IDENTITY,
    DisclosureType.MEDICATION: Class.HEALTH,
    DisclosureType.DIAGNOSIS: Class.HEALTH,
    DisclosureType.SUBSTANCE: Class.HEALTH,
    DisclosureType.FAMILY: Class.LIFE,
    DisclosureType.LEGAL: Class.LIFE,
    DisclosureType.WORK: Class.LIFE,
    DisclosureType.SEXUALITY: Class.LIFE,
    DisclosureType.RISK_SELF: Class.RISK,
    DisclosureType.RISK_OTHER: Class.RISK,
    DisclosureType.ABUSE: Class.RISK,
}

_STRENGTH = (Class.IDENTITY, Class.LIFE, Class.HEALTH, Class.RISK)
"""Where two marks meet, the later class here is shown."""

STYLES = {
    Class.IDENTITY: Style(underline=True),
    Class.LIFE: Style(underline=True, italic=True),
    Class.HEALTH: Style(underline2=True),
    Class.RISK: Style(underline2=True, bold=True),
}
"""Distinct without colour too; terminals without double or slanted lines still have the letters."""


@dataclass(frozen=True, slots=True)
class Look:
    """How things are drawn."""

    dark: bool = True
    letters: bool = False
    """Letters beside marks, and words where a stroke would do: no colour, or a plain view."""
    plain: bool = False
    """One column of sentences, no boxes or bars: for a screen reader."""
    narrow: bool = False
    """Panes below each other rather than side by side."""
    names: bool = True
    """Names beside what was said; False: initials."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry's text as it is drawn, with what to draw differently (half-open offsets into it)."""

    text: str
    styles: tuple[tuple[int, int, Style], ...]

    def after(self, words: str) -> Shown:
        """Return the same text with words before it."""
        more = len(words)
        return Shown(words + self.text, tuple((start + more, end + more, style) for start, end, style in self.styles))


_STRUCK = Style(strike=True)


def shown(entry: Entry, look: Look, *, risk: bool) -> Shown:
    """Return an entry's text with its marks.

    Args:
        entry: What was said and found.
        look: Whether letters stand beside the marks.
        risk: Whether the site's policy lets risk language be flagged.
    """
    suspect = entry.utterance.status is UtteranceStatus.SUSPECT
    parts: list[str] = ["suspect: "] if suspect else []
    begin = at = sum(map(len, parts))
    styles: list[tuple[int, int, Style]] = []
    for piece, kind in _stretches(entry, risk=risk):
        parts.append(piece)
        if kind is not None:
            styles.append((at, at + len(piece), STYLES[kind]))
            if look.letters:
                parts.append(f"[{kind.value}]")
        at = sum(map(len, parts))
    if suspect:
        styles.append((begin, at, _STRUCK))
    if entry.findings.failed:
        parts.append(" (not read: held back)")
    return Shown("".join(parts), tuple(styles))


def _stretches(entry: Entry, *, risk: bool) -> Iterator[tuple[str, Class | None]]:
    """Yield the text in stretches of one class each."""
    text = entry.utterance.text
    classes: list[Class | None] = [None] * len(text)
    for disclosure in entry.findings.disclosures:
        kind = CLASS_OF[disclosure.type]
        if kind is Class.RISK and not risk:
            continue
        for at in range(disclosure.span.start, min(disclosure.span.end, len(text))):
            here = classes[at]
            if here is None or _STRENGTH.index(here) < _STRENGTH.index(kind):
                classes[at] = kind
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or classes[end] is not classes[start]:
            yield text[start:end], classes[start]
            start = end
