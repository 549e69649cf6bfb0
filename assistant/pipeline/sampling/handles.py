"""Handles, e-mail and web addresses, written and spoken."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from assistant.domain import Span
from assistant.pipeline.sampling.household import SPELLED
from assistant.training.material import Kind

_DOMAINS: Final = (
    r"(?:com|org|net|edu|gov|info|biz|io|co|uk|us|ca|au|nz|ie|de|fr|es|pt|mx|br|ng|za|ke|in|vn|pl|app|me|tv)"
)
_WRITTEN: Final = re.compile(
    r"(?<!\w)@\w{3,}|\bwww\.\S+\w|\bhttps?://\S+\w|\b[\w.+-]+@[\w-]+\.\w[\w.-]*\b"
    r"|\b[\w-]+\.(?:com|org|net|co\.uk|edu|gov|io)\b(?:/\w[\w/-]*)?"
)
_WEB: Final = re.compile(
    r"\b(?:(?:www|double u double u double u|w w w|h t t p s?)\s+dot\s+)(?:[\w-]+\s+){1,6}?"
    rf"(?:dot\s+{_DOMAINS}\b\s*)+"
    rf"|\b(?:[\w-]+\s+dot\s+)+{_DOMAINS}(?:\s+dot\s+{_DOMAINS})*\b",
    re.IGNORECASE,
)
_DOTTED: Final = re.compile(
    r"\b(?:handle|username|user\s?name|insta|instagram|tiktok|snap|snapchat|twitter|discord|twitch|reddit)\b(?:'s)?"
    r"(?:\W+(?:is|it's|at|me|as|under)\b)*\W+"
    r"(\w+(?:\s+(?:dot|underscore|dash|hyphen)\s+\w+)+(?:\s+\w+(?=\s*[.,!?]|$))?)",
    re.IGNORECASE,
)
_CALL_SIGN: Final = re.compile(
    r"\b(?:Medic|Engine|Ladder|Squad|Truck|Rescue|Ambulance|Battalion|Unit|Car|Bus|Route|Tower|Flight)\s+"
    r"((?:\d{1,4}|(?i:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))\b)"
)
"""A crew or a line by its number."""
_MISHEARD: Final = re.compile(
    r"\b(?:[\w-]+[\s,]+(?:(?:at|or|add|and)\s+)?){1,3}\w*\s?\.(?:com|org|net|co)\b", re.IGNORECASE
)
"""An e-mail address as a recogniser writes it ("name .rest, or mail .com")."""
_DIGIT: Final = r"(?:\d|zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_CORRECTED: Final = re.compile(
    r"\b(?:it's|it\u2019s|its|it is|that's|with|not|should be|be|was|and|no)\W+"
    rf"(?P<one>{_DIGIT}(?:[ ,-]+{_DIGIT}){{0,3}})"
    r"\s+(?:on|at|in)\s+the\s+(?:end|start|beginning|front|middle)\b(?!\s+of\b)"
    r"|\b(?:did i (?:say|write|put)|i (?:said|wrote|meant)|make that|sorry,? not)\s+"
    rf"(?P<two>{_DIGIT})(?=\s*[?.,!;]|\s*$)"
    rf"|\b(?:end(?:s|ing)? (?:in|with)|last (?:one|two|three|four|digits?|figures?)(?: (?:is|are|digits|figures))*)\s+"
    rf"(?P<three>{_DIGIT}(?:[ ,-]+{_DIGIT}){{0,3}})\b",
    re.IGNORECASE,
)
"""Figures of a number said again, to put them right."""
_RUN: Final = re.compile(r"\b(?P<letters>[A-Z]\d?(?:(?:\s*[-,.]+\s*|\s+)[A-Z]\d?){2,})\b(?!['\u2019])")
"""Letters one by one, as a recogniser writes them ("K -R4", "H -A -M", "W, O, J,")."""
_SLASH: Final = re.compile(r"[\s,]*\bslash\s+[\w-]+(?:\s+(?:dash|hyphen|underscore)\s+[\w-]+)*", re.IGNORECASE)
_HANDLE: Final = re.compile(
    r"\b(?:handle|username|user\s?name|screen\s?name|gamer\s?tag|insta|instagram|tiktok|snap|snapchat|twitter|discord|"
    r"twitch|youtube|onlyfans|reddit)\b"
    r"(?:\W+(?!at\b)\w+){0,4}?\W+(at\s+\w+(?:[ -](?!(?:and|but|so|if|or|because|when|on|in|with)\b)\w+){0,3}"
    r"(?:\s+with\s+(?:an?|two|three)\s+\w+(?:'s)?)?)",
    re.IGNORECASE,
)


def handles_in(text: str) -> list[tuple[Span, Kind, str, str]]:
    """Return handles and addresses: where, of what kind, by which rule, and no value."""
    found = [
        (Span(*m.span()), Kind.EMAIL if "@" in m.group()[1:] else Kind.NUMBER, "handle", "")
        for m in _WRITTEN.finditer(text)
    ]
    found += [(Span(*m.span(1)), Kind.NUMBER, "handle", "") for m in _HANDLE.finditer(text)]
    found += [(Span(*m.span(1)), Kind.NUMBER, "handle", "") for m in _DOTTED.finditer(text)]
    found += [(Span(*m.span(1)), Kind.NUMBER, "handle", "") for m in _CALL_SIGN.finditer(text)]
    found += [(Span(*m.span()), Kind.EMAIL, "web", "") for m in _MISHEARD.finditer(text)]
    found += [(span, Kind.NUMBER, "handle", "") for span in _corrected(text)]
    found += [(Span(*m.span(1)), Kind.PERSON, "spelled", "") for m in _RUN.finditer(text) if _spells(m.group(1))]
    for match in _WEB.finditer(text):
        start = match.start()
        if re.search(r"\bat\s+$|@\s*$", text[:start], re.IGNORECASE):
            continue  # an e-mail address: its own detector has all of it
        end = start + len(match.group().rstrip())
        path = _SLASH.match(text, end)
        found.append((Span(start, path.end() if path else end), Kind.EMAIL, "web", ""))
    return found


def _corrected(text: str) -> list[Span]:
    return [Span(*m.span(m.lastgroup)) for m in _CORRECTED.finditer(text) if m.lastgroup is not None]


def _spells(letters: str) -> bool:
    """Whether letters one by one spell something: they are no stammer ("I, I, I"), choice ("A, B, C"), or clinic's."""
    run = [c for c in letters.upper() if c.isalpha()]
    steps = {ord(two) - ord(one) for one, two in pairwise(run)}
    return len(set(run)) > 1 and steps != {1} and "".join(run).lower() not in SPELLED
