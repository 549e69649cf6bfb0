"""A gold session: what was really said, by whom, what of it is private and whose, and what should have been warned of.

The folder holds ``<id>.gold.json``, ``group.toml`` and, for audio, ``<id>.flac``, ``<id>.rttm`` and ``enrol/``. Keys
that are not named here are left alone (the contract grows by adding). No error message repeats a word of the content.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.domain import AlertKind, DisclosureType, Role
from assistant.errors import GoldError
from assistant.evaluation import fields

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TYPE_OF = {
    "NICKNAME": DisclosureType.PERSON,
    "OTHER_ID": DisclosureType.ID,
    "RELATIONSHIP_EVENT": DisclosureType.FAMILY,
}
"""Gold types that the machine file calls otherwise."""

OUTSIDER = "third"
"""Gold owner of a fact about somebody outside the group, known through whoever speaks."""

_MARKS = '.,;:!?()"\u2026\u2014\u2013\u201c\u201d'
"""Punctuation around words: the ASCII marks, ellipsis, dashes, curly quotes."""

_WORDS_PER_SECOND = 2.5
"""Usual conversational rate; gives a text-only session times, so that it has a length in hours."""


@dataclass(frozen=True, slots=True)
class GoldPerson:
    """Somebody on the roster."""

    id: str
    role: Role
    name: str = field(repr=False)
    present: bool = True


@dataclass(frozen=True, slots=True)
class GoldWord:
    """One word of a turn, with offsets into the turn's text and times in seconds."""

    start_char: int
    end_char: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """One mention of a fact, with offsets into the turn's text."""

    start: int
    end: int
    type: DisclosureType
    owner: str
    """A person id, or ``third``."""
    nickname: bool = False


@dataclass(frozen=True, slots=True)
class GoldTurn:
    """What one person said."""

    index: int
    speaker: str
    start: float
    """Seconds."""
    end: float
    text: str = field(repr=False)
    words: tuple[GoldWord, ...] = field(repr=False, default=())
    spans: tuple[GoldSpan, ...] = ()
    alerts: tuple[AlertKind, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldFact:
    """What the facilitator knows and the room may not, or a fact planted to be looked for."""

    owner: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One person talking, in seconds."""

    start: float
    end: float
    speaker: str


@dataclass(frozen=True, slots=True)
class GoldSession:
    """A whole gold session; paths are None where the file is not there."""

    id: str
    duration_s: float
    people: tuple[GoldPerson, ...]
    turns: tuple[GoldTurn, ...]
    planted: tuple[GoldFact, ...] = ()
    """``facts`` and ``canaries`` of the gold file."""
    group_file: Path | None = None
    audio: Path | None = None
    talk: tuple[Stretch, ...] = ()
    """The RTTM file; empty where there is none."""

    @property
    def members(self) -> tuple[GoldPerson, ...]:
        """The members present: each gets a note."""
        return tuple(p for p in self.people if p.present and p.role is Role.MEMBER)

    @property
    def facilitators(self) -> frozenset[str]:
        """Ids of the facilitators."""
        return frozenset(p.id for p in self.people if p.role is Role.FACILITATOR)


def read_gold(folder: Path) -> GoldSession:
    """Return the gold session in a folder.

    Raises:
        GoldError: No or several gold files, unreadable JSON or RTTM, a missing key, a wrong offset, an unknown person.
    """
    if not folder.is_dir():
        raise GoldError(f"gold session {folder} is not a folder")
    files = sorted(folder.glob("*.gold.json"))
    if len(files) != 1:
        raise GoldError(f"gold session {folder} holds {len(files)} files named <id>.gold.json; it needs exactly one")
    try:
        data = json.loads(files[0].read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # A decoder's message may quote the file, and the file holds speech: only the path travels on.
        raise GoldError(f"gold file {files[0]} cannot be read as JSON in UTF-8") from None
    group_file, audio = folder / "group.toml", folder / f"{files[0].name.removesuffix('.gold.json')}.flac"
    if not group_file.is_file():
        raise GoldError(f"gold session {folder} has no group.toml")
    rttm = audio.with_suffix(".rttm")
    return from_json(
        data,
        where=str(files[0]),
        group_file=group_file,
        audio=audio if audio.is_file() else None,
        talk=read_rttm(rttm) if rttm.is_file() else (),
    )


def from_json(
    data: object,
    *,
    where: str,
    group_file: Path | None = None,
    audio: Path | None = None,
    talk: tuple[Stretch, ...] = (),
) -> GoldSession:
    """Return a gold session from its JSON form; ``where`` begins every error message.

    Raises:
        GoldError: See ``read_gold``.
    """
    table = fields.table(data, where)
    people = tuple(_person(row, where, present=True) for row in fields.rows(table, "participants", where)) + tuple(
        _person(row, where, present=False) for row in fields.rows(table, "absent", where, needed=False)
    )
    ids = [p.id for p in people]
    if len(ids) != len(set(ids)):
        raise GoldError(f"{where}: two people have the same id")
    turns: list[GoldTurn] = []
    for number, row in enumerate(fields.rows(table, "turns", where)):
        turns.append(_turn(row, number, turns[-1].end if turns else 0.0, frozenset(ids), f"{where}: turn {number}"))
    facts = fields.rows(table, "facts", where, needed=False) + fields.rows(table, "canaries", where, needed=False)
    duration = table.get("duration")
    last = max((turn.end for turn in turns), default=0.0)
    if any(stretch.speaker not in ids for stretch in talk):
        raise GoldError(f"{where}: its RTTM file names a speaker who is not a participant")
    return GoldSession(
        id=fields.text(table, "id", where),
        duration_s=float(duration) if isinstance(duration, int | float) else last,
        people=people,
        turns=tuple(turns),
        planted=tuple(GoldFact(fields.text(row, "owner", where), fields.text(row, "text", where)) for row in facts),
        group_file=group_file,
        audio=audio,
        talk=talk,
    )


def read_rttm(path: Path) -> tuple[Stretch, ...]:
    """Return the speaker stretches of an RTTM file (NIST: SPEAKER, file, channel, start, duration, …, speaker).

    Raises:
        GoldError: Unreadable, or a line that is not RTTM (by number).
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise GoldError(f"RTTM file {path} cannot be read") from None
    found: list[Stretch] = []
    for number, line in enumerate(lines, start=1):
        fields = line.split()
        if not fields or fields[0] != "SPEAKER":
            continue
        try:
            start, length = float(fields[3]), float(fields[4])
            found.append(Stretch(start, start + length, fields[7]))
        except (IndexError, ValueError):
            raise GoldError(f"RTTM file {path}: line {number} is not a SPEAKER line") from None
    return tuple(found)


def as_transcript(gold: GoldSession, *, lower: bool = False, speakers: bool = True) -> dict[str, Any]:
    """Return the session as the transcript that ``assistant process`` reads: one utterance per turn.

    Args:
        gold: The session.
        lower: Lower case, no punctuation but the apostrophe and what stands inside a word.
        speakers: False leaves every speaker unknown.
    """
    return {
        "utterances": [
            {
                "start": turn.start,
                "end": turn.end,
                "speaker": turn.speaker if speakers else None,
                "text": _bare(turn.text) if lower else turn.text,
            }
            for turn in gold.turns
        ]
    }


def _bare(text: str) -> str:
    words = (word.strip(_MARKS) for word in text.lower().replace("—", " ").split())
    return " ".join(word for word in words if word)


# -- strict reading ---------------------------------------------------------------------------------------------------


def _turn(data: object, number: int, begin: float, ids: frozenset[str], where: str) -> GoldTurn:
    row = fields.table(data, where)
    text = fields.text(row, "text", where)
    speaker = fields.text(row, "speaker", where)
    if speaker not in ids:
        raise GoldError(f"{where}: its speaker is not a participant")
    start = fields.number(row, "start", where, begin)
    end = fields.number(row, "end", where, start + max(1, len(text.split())) / _WORDS_PER_SECOND)
    if end < start:
        raise GoldError(f"{where} ends before it starts")
    kinds = []
    for kind in row.get("alerts") or ():
        if kind not in set(AlertKind):
            raise GoldError(f"{where}: an alert of a kind that does not exist")
        kinds.append(AlertKind(kind))
    return GoldTurn(
        index=number,
        speaker=speaker,
        start=start,
        end=end,
        text=text,
        words=tuple(_word(word, len(text), where) for word in fields.rows(row, "words", where, needed=False)),
        spans=tuple(_span(span, text, ids, where) for span in fields.rows(row, "spans", where, needed=False)),
        alerts=tuple(kinds),
    )


def _offsets(row: Mapping[str, Any], length: int, where: str) -> tuple[int, int]:
    start, end = row.get("start_char"), row.get("end_char")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length):
        raise GoldError(f"{where}: a span or word whose offsets are not inside the text")
    return start, end


def _word(data: object, length: int, where: str) -> GoldWord:
    row = fields.table(data, where)
    return GoldWord(*_offsets(row, length, where), fields.number(row, "start", where), fields.number(row, "end", where))


def _span(data: object, text: str, ids: frozenset[str], where: str) -> GoldSpan:
    row = fields.table(data, where)
    start, end = _offsets(row, len(text), where)
    kind, owner = fields.text(row, "type", where), fields.text(row, "owner", where)
    if "surface" in row and row["surface"] != text[start:end]:
        raise GoldError(f"{where}: a span whose offsets do not hold its surface")
    if kind not in TYPE_OF and kind not in set(DisclosureType):
        raise GoldError(f"{where}: a span of a type that does not exist")
    if owner != OUTSIDER and owner not in ids:
        raise GoldError(f"{where}: a span whose owner is not on the roster")
    found = TYPE_OF[kind] if kind in TYPE_OF else DisclosureType(kind)
    return GoldSpan(start, end, found, owner, nickname=kind == "NICKNAME")


def _person(data: object, where: str, *, present: bool) -> GoldPerson:
    row = fields.table(data, where)
    role = row.get("role", Role.MEMBER)
    if role not in set(Role):
        raise GoldError(f"{where}: a participant whose role is neither facilitator nor member")
    return GoldPerson(fields.text(row, "id", where), Role(role), fields.text(row, "name", where), present)
