"""What the pipeline made of a session, read from the machine file's JSON form. Nothing here imports the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.domain import AlertKind, AlertLevel, DisclosureType
from assistant.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A recognised word with its place in the utterance's text; times in seconds."""

    start_char: int
    end_char: int
    start: float
    end: float
    speaker: str | None
    guess: str | None
    """The best guess before abstention; the speaker where the file holds no guess."""


@dataclass(frozen=True, slots=True)
class HeardDisclosure:
    """A disclosure that was found, with offsets into the utterance's text."""

    start: int
    end: int
    type: DisclosureType
    owner: str | None
    """A person id, ``outsider``, or None."""


@dataclass(frozen=True, slots=True)
class HeardUtterance:
    """One utterance of the machine file."""

    id: str
    start: float
    end: float
    speaker: str | None
    guess: str | None
    text: str = field(repr=False)
    words: tuple[HeardWord, ...] = field(repr=False)
    disclosures: tuple[HeardDisclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class HeardAlert:
    """One alert of the machine file."""

    utterance: str
    kind: AlertKind
    level: AlertLevel


@dataclass(frozen=True, slots=True)
class HeardWithheld:
    """A clause that was kept out of a reader's note, with offsets into the utterance's text."""

    utterance: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Machine:
    """All of the machine file that evaluation needs."""

    utterances: tuple[HeardUtterance, ...]
    alerts: tuple[HeardAlert, ...]
    drafts: Mapping[str, str] = field(repr=False)
    """Person id to the lines of the machine file's note."""
    gate: Mapping[str, int]
    """Person id to the number of gate findings."""
    refused: frozenset[str]
    """Ids of the members whose note the gate refused."""
    withheld: Mapping[str, tuple[HeardWithheld, ...]]
    """Person id to the clauses kept out of that person's note."""
    attributed_s: float | None
    speech_s: float | None


def read_machine(data: Mapping[str, Any]) -> Machine:
    """Return the typed form of a machine file.

    Raises:
        InputError: A key is missing or holds the wrong kind of value.
    """
    try:
        coverage = data.get("coverage", {})
        return Machine(
            utterances=tuple(_utterance(row) for row in data["utterances"]),
            alerts=tuple(
                HeardAlert(row["utterance"], AlertKind(row["kind"]), AlertLevel(row["level"]))
                for row in data.get("alerts", ())
            ),
            drafts={
                person: "\n".join(str(line["text"]) for line in lines)
                for person, lines in data.get("notes", {}).items()
            },
            gate={person: len(findings) for person, findings in data.get("gate", {}).items()},
            refused=frozenset(data.get("refused", ())),
            withheld={
                person: tuple(
                    HeardWithheld(row["utterance"], int(row["span"][0]), int(row["span"][1]), str(row["reason"]))
                    for row in rows
                )
                for person, rows in data.get("withheld", {}).items()
            },
            attributed_s=coverage.get("attributed_s"),
            speech_s=coverage.get("speech_s"),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        # The foreign message may hold a value of the file, which is private.
        raise InputError("machine file: a key is missing or has the wrong kind of value") from None


def _utterance(row: Mapping[str, Any]) -> HeardUtterance:
    text = str(row["text"])
    speaker = row.get("speaker")
    guess = row.get("guess", speaker)
    words: list[HeardWord] = []
    at = 0
    for word in row.get("words") or ():
        first = text.find(str(word["text"]), at)
        if first < 0:
            continue
        at = first + len(word["text"])
        who = word.get("speaker", speaker)
        words.append(
            HeardWord(first, at, float(word["start"]), float(word["end"]), who, word.get("guess", who or guess))
        )
    return HeardUtterance(
        id=str(row["id"]),
        start=float(row.get("start") or 0.0),
        end=float(row.get("end") or 0.0),
        speaker=speaker,
        guess=guess,
        text=text,
        words=tuple(words),
        disclosures=tuple(
            HeardDisclosure(int(d["start"]), int(d["end"]), DisclosureType(d["type"]), d.get("owner"))
            for d in row.get("disclosures") or ()
        ),
    )
