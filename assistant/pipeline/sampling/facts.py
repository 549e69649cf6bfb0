"""What the group file holds against somebody, where it is said in the room: it must not be told in a sample either."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from assistant.domain import DisclosureType, Span
from assistant.privacy.vocabulary import FREQUENT
from assistant.privacy.words import word_set
from assistant.training.words import keys_of, said_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.domain import Disclosure, Group

_EMPTY: Final = word_set("""
    a an the is are was were be been being has have had his her their its my our your he she they it of in on at for to
    with from by and or not no nobody one who whom which that this last next about into out over has told living lives
    while before after under during since because been being former year month week day home work job people person
    baby boy girl son daughter wife husband mother father brother sister parents partner child children
    family friend man woman
    """)
"""Words that tell nothing by themselves."""
_STEM: Final = 7
_TOGETHER: Final = 2
"""Everyday words of one fact that must come together in a clause."""
_TELLING: Final = frozenset({DisclosureType.DIAGNOSIS, DisclosureType.LEGAL, DisclosureType.ABUSE})
_CLAUSE: Final = re.compile(r"[^,.;!?\u2014]+")


FACT: Final = "fact"
"""``Mentioned.found_by`` of what tells a known fact."""


class Facts:
    """The words of a group's known facts."""

    def __init__(self, group: Group) -> None:
        self._facts = [
            frozenset(
                w.key
                for w in said_in(fact.text)
                if w.key not in _EMPTY and len(w.key) > 2 and w.text.isalpha()  # noqa: PLR2004  no little words
            )
            | frozenset(w.key for w in said_in(fact.text) if w.text.lower().endswith(("'s", "\u2019s")))
            for fact in group.facts
        ]

    def said_in(self, text: str, disclosures: Iterable[Disclosure]) -> list[tuple[Span, str]]:
        """Return what a text tells of a known fact, and the broad words for it ("-": none)."""
        told = list(disclosures)
        illnesses = [d.span for d in told if d.type is DisclosureType.DIAGNOSIS]
        facts = [d.span for d in told if d.type in _TELLING]
        found: list[tuple[Span, str]] = []
        words = said_in(text)
        for clause in _CLAUSE.finditer(text):
            inside = [w for w in words if clause.start() <= w.span.start < clause.end()]
            for fact in self._facts:
                hits = [w for w in inside if _among(w.key, fact)]
                if len({w.key for w in hits}) < _TOGETHER and not any(
                    _rare(w.key) or any(w.span.overlaps(other) for other in facts) for w in hits
                ):
                    continue
                span = Span(hits[0].span.start, hits[-1].span.end)
                if any(span.overlaps(other) for other, _ in found):
                    continue
                ill = any(span.overlaps(other) for other in illnesses)
                found.append((span, _illness(text, span) if ill else "-"))
        return found


def _among(key: str, fact: frozenset[str]) -> bool:
    return key in fact or (len(key) >= _STEM and any(f[:_STEM] == key[:_STEM] for f in fact))


def _rare(key: str) -> bool:
    return len(key) > _STEM and key not in FREQUENT


def _illness(text: str, span: Span) -> str:
    before: Sequence[str] = keys_of(text[: span.start])[-1:]
    return (
        "illness" if before and before[0] in {"the", "a", "an", "my", "your", "his", "her", "their"} else "an illness"
    )
