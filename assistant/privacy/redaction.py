"""Rewrites inside released clauses, then proves that what was taken out is gone.

The only file that imports Presidio's anonymizer. Edits are spans and what stands in their place; the anonymizer applies
them from the end backwards. It has replaced only the first of adjacent entities in some versions, so the result is
checked, not trusted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig, RecognizerResult

from assistant.domain import RedactedText, Replacement, Span
from assistant.errors import RedactionError
from assistant.privacy.words import fold, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.domain import Disclosure

_ENGINE: Final = AnonymizerEngine()  # type: ignore[no-untyped-call]  # the library's constructor has no annotations


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in the place of a span; an empty text takes the span out."""

    span: Span
    text: str = field(repr=False)
    secret: bool = True
    """Whether the words at the span must not be found anywhere in the result."""
    because: Disclosure | None = None
    """The fact that is replaced; None: something else than a fact."""
    rule: str = ""
    """Why, where it is no fact; never which words."""


def rewrite(text: str, clause: Span, edits: Iterable[Edit]) -> str:
    """Return the words of a clause with the edits applied.

    Raises:
        RedactionError: An edit reaches out of the clause, or what it takes out is still there.
    """
    wanted = _disjoint(edits)
    if any(not clause.contains(e.span) for e in wanted):
        raise RedactionError("an edit reaches out of its clause: the clause is withheld")
    source = clause.of(text)
    if not wanted:
        return source
    results = [
        RecognizerResult(f"EDIT{i}", e.span.start - clause.start, e.span.end - clause.start, 1.0)
        for i, e in enumerate(wanted)
    ]
    # A marker and not the words themselves: an operator may not be given an empty replacement.
    operators = {f"EDIT{i}": OperatorConfig("replace", {"new_value": _marker(i)}) for i in range(len(wanted))}
    try:
        out: str = _ENGINE.anonymize(source, results, operators).text
    except Exception:  # noqa: BLE001 - the engine's own message may quote the clause
        raise RedactionError("the anonymizer failed on a clause: the clause is withheld") from None
    for i, edit in enumerate(wanted):
        if out.count(_marker(i)) != 1:
            raise RedactionError("the anonymizer left an edit out: the clause is withheld")
        out = out.replace(_marker(i), edit.text)
    prove_gone(out, [e.span.of(text) for e in wanted if e.secret])
    return out


def _marker(number: int) -> str:
    return f"\ue000{number}\ue001"


def _disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits in order; of two that overlap, both become the wider of them."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.span.start, -len(e.span))):
        if out and out[-1].span.overlaps(edit.span):
            last = out[-1]
            wider = last if len(last.span) >= len(edit.span) else edit
            out[-1] = replace(wider, span=last.span.union(edit.span), secret=last.secret or edit.secret)
        else:
            out.append(edit)
    return out


def replacements(edits: Iterable[Edit]) -> tuple[Replacement, ...]:
    """Return what ``rewrite`` does with these edits, and on whose word."""
    return tuple(_replacement(edit) for edit in _disjoint(edits))


def _replacement(edit: Edit) -> Replacement:
    found = edit.because
    if found is None:
        return Replacement(edit.span, None, edit.text, rule=edit.rule)
    return Replacement(edit.span, found.type, edit.text, found.mention.detector, found.mention.score, found.why)


def prove_gone(text: str, secrets: Iterable[str]) -> None:
    """Check that no secret stands in a text, however it is cased, accented or inflected.

    Raises:
        RedactionError: One does. The message does not say which.
    """
    words = [fold(w.bare) for w in words_of(text)]
    for secret in secrets:
        wanted = [fold(w.bare) for w in words_of(secret)]
        n = len(wanted)
        if n and any(_same(words[i : i + n], wanted) for i in range(len(words) - n + 1)):
            raise RedactionError("a rewritten clause still holds what was taken out: the clause is withheld")


def _same(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(a in {b, b + "s", b + "es"} for a, b in zip(words, wanted, strict=True))


_JOINTS: Final = " ,;:-\u2014\u2013"
"""What may be left hanging at the ends of a run of clauses; transcripts write both dashes."""
_FILLER: Final = re.compile(
    r"(?:,\s*|(?<![\w'\u2019-]))\b(?:(?i:um+|uh+|erm+|uhm+|hm+|mm+(?:-?hm+)?)|(?<!the )(?<!an )[Ee]r+)\b"
    r"(?:,|\.{2,})?(?=\s|$|[.?!])"
)
"""Filled pauses; "the ER" is a place."""
_COUNT: Final = (
    r"(?:\d+|oh|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|"
    r"seven|eigh|nine)ty|hundred|double|triple|[b-hj-z])\b"
)
"""A number word, or a letter read out: said twice it counts twice."""
_AS_FILLER: Final = re.compile(r",\s*(?:like|you know|i mean|sort of|kind of)\s*,", re.IGNORECASE)
_OPENER: Final = re.compile(r"(?<=[.!?]\s)(?:like|well|so|okay|ok|yeah|oh|you know|i mean),\s+", re.IGNORECASE)
_LEADING: Final = re.compile(
    rf"^(?:(?:(?:and|but|so|well|like|okay|ok|yeah|yes|anyway|now|then|also|because|cause|or|you know|i mean|"
    rf"honestly|i guess)\b[,.]?|(?:no|nope)\b[,.]|oh\b[,.]?(?!\s+{_COUNT}))\s+)+(?=\S)",
    re.IGNORECASE,
)
"""Openers that say nothing; "no driving" is no opener, and neither is the "oh" of a number."""
_STUTTER: Final = re.compile(rf"\b(?!{_COUNT})([\w']+(?:\s+(?!{_COUNT})[\w']+){{0,3}}),\s+\1\b(?![-'])", re.IGNORECASE)
_DANGLING: Final = re.compile(
    r"(?:,?\s+(?:and|but|or|so|because|cause|the|an|my|your|our|if|when|while|who|which|whose|it's|that's|there's))+$",
    re.IGNORECASE,
)
"""What leads on to words that are not there."""
_DOUBLE: Final = re.compile(r"\b(i|a|the|to|and|my|it|we|in|of|was|is|on|at|for|with)\s+\1\b", re.IGNORECASE)
_ADDITIVE: Final = re.compile(r",?\s+(?:too|either|as well|likewise)(?=\s*(?:[.!?,;]|$))", re.IGNORECASE)


def tidy(text: str) -> str:
    """Return a run of clauses as readable sentences: fillers, stutters and dangling joints out, content kept."""
    out = _FILLER.sub(" ", text)
    out = _AS_FILLER.sub(" ", out)
    out = _OPENER.sub("", re.sub(r"\s{2,}", " ", out))
    for _ in range(3):
        out = _STUTTER.sub(r"\1", out)
    out = _DOUBLE.sub(r"\1", out)
    out = _ADDITIVE.sub("", out)
    out = _DANGLING.sub("", _LEADING.sub("", out.strip(_JOINTS)))
    out = re.sub(r"\s+([,.;:!?])", r"\1", out)
    out = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", out)
    out = re.sub(r"[,;:]+(?=[.!?])", "", out)
    out = re.sub(r"([.!?])(?:\s*[.,;])+", r"\1", out)
    out = re.sub(r"\s{2,}", " ", out).strip(_JOINTS)
    out = re.sub(r"\bi\b(?=$|['\s,.!?])", "I", out)
    out = re.sub(r"^[,.\s]+", "", out)
    if not out:
        return ""
    out = out[0].upper() + out[1:]
    out = re.sub(r"([.!?]\s+)([a-z])", lambda m: m.group(1) + m.group(2).upper(), out)
    return out if out[-1] in ".!?" else f"{out}."


def redacted(runs: Sequence[str], forbidden: Iterable[str]) -> RedactedText:
    """Return the finished line of rewritten runs of clauses, proved free of what is forbidden.

    Args:
        runs: Rewritten text, one item for each run of adjoining clauses.
        forbidden: Names and surfaces that must not stand in the line.

    Raises:
        RedactionError: One does.
    """
    line = " ".join(filter(None, (tidy(run) for run in runs)))
    prove_gone(line, forbidden)
    return RedactedText(line)
