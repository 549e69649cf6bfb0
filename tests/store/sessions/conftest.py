"""A session that is kept in a vault: its people, what they say, and a search of everything that lies on the disk."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pytest

from assistant.consent import permit
from assistant.domain import (
    Alert,
    AlertKind,
    AlertLevel,
    Attribution,
    Basis,
    Block,
    Consent,
    DecidedBy,
    Disclosure,
    DisclosureType,
    Entry,
    FactSource,
    Findings,
    Group,
    KnownFact,
    Mention,
    Owner,
    Part2,
    Person,
    PersonId,
    Role,
    Session,
    Span,
    Utterance,
    UtteranceId,
    Word,
)
from assistant.store.jointly import DataClass, SessionSeal, key_name, unseal_with
from assistant.store.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assistant.consent import RecordingPermit
    from assistant.store.spool import Spool
    from assistant.store.vault import Vault

M1, M2, M3, F = PersonId("m1"), PersonId("m2"), PersonId("m3"), PersonId("f")

WORD = 4800
"""Samples of every word: 0.3 s."""


class Says(Protocol):
    """Makes an entry."""

    def __call__(
        self,
        id_: str,
        speaker: str | None,
        text: str,
        start: int = 0,
        *,
        others: dict[int, str | None] | None = None,
        alert: AlertKind | None = None,
    ) -> Entry:
        """Return an entry in which each word takes ``WORD`` samples.

        Args:
            id_: ``u`` and its number.
            speaker: Who says it.
            text: The words.
            start: First sample.
            others: Who else said the word at that place; None: contested.
            alert: An A1 alert on the first word.
        """
        ...


def entry(
    id_: str,
    speaker: str | None,
    text: str,
    start: int = 0,
    *,
    others: dict[int, str | None] | None = None,
    alert: AlertKind | None = None,
) -> Entry:
    """As ``Says``."""
    who = [(others or {}).get(i, speaker) for i in range(len(text.split()))]
    words = tuple(
        Word(w, start + i * WORD, start + (i + 1) * WORD, 0.9, PersonId(p) if p else None)
        for i, (w, p) in enumerate(zip(text.split(), who, strict=True))
    )
    person = PersonId(speaker) if speaker else None
    id_u = UtteranceId(id_)
    utterance = Utterance(
        id_u, int(id_[1:]), start, words[-1].end, text, words, Attribution(person, 0.8, 0.3, DecidedBy.VOICE)
    )
    first = Span(0, len(words[0].text))
    mention = Mention(first, DisclosureType.SUBSTANCE, 0.9, "terms")
    findings = Findings(id_u, (Disclosure(mention, Span(0, len(text)), Owner(person), Basis.SELF),))
    found = Alert(id_u, "risk", alert or AlertKind.RISK_SELF, AlertLevel.A1, person, first)
    return Entry(utterance, findings, () if alert is None else (found,))


@pytest.fixture
def say() -> Says:
    """Makes entries."""
    return entry


def person(id_: str, role: Role, name: str) -> Person:
    """Somebody who agreed to everything."""
    day = dt.date(2026, 1, 10)
    return Person(PersonId(id_), role, name, consent=Consent(recording=day, voiceprint=day))


@pytest.fixture
def group() -> Group:
    """One facilitator and three members, all present, all agreed."""
    return Group(
        "Zebulon evening group",
        "psychotherapy",
        Part2.UNKNOWN,
        (
            person("f", Role.FACILITATOR, "Danakil Ruiz"),
            person("m1", Role.MEMBER, "Marcuslike Whitfield"),
            person("m2", Role.MEMBER, "Gracenote Oyelaran"),
            person("m3", Role.MEMBER, "Hopewell Brandt"),
        ),
        (KnownFact(M2, "lost the quagga farm", FactSource.INTAKE),),
    )


@pytest.fixture
def session(group: Group) -> Session:
    """Tonight."""
    return Session("a1b2c3d4", group, dt.date(2026, 3, 5))


@pytest.fixture
def sessions(vault: Vault, session: Session) -> Sessions:
    """A vault in which tonight's session was begun."""
    kept = Sessions(vault)
    kept.begin(session)
    return kept


@pytest.fixture
def leave(group: Group) -> RecordingPermit:
    """Leave to record tonight's room."""
    return permit(group.present)


def pattern(first_sample: int, samples: int) -> Block:
    """Sound in which every sample tells its own place."""
    at = np.arange(first_sample, first_sample + samples)
    return Block(first_sample, (((at * 7919) % 30_011 + 1) / 32768).astype(np.float32)[None])


@pytest.fixture
def record(leave: RecordingPermit) -> Callable[[Spool, int], None]:
    """Appends that many samples of a recognisable pattern."""

    def append(spool: Spool, samples: int) -> None:
        for _ in range(0, samples, 1600):
            spool.append(pattern(spool.received, 1600), leave)
        spool.sync()

    return append


def traces(sample: int, samples: int = 8) -> bytes:
    """The 16-bit bytes of the pattern at a place."""
    pcm: bytes = (pattern(sample, samples).audio[0] * 32768).astype("<i2").tobytes()
    return pcm


class Search(Protocol):
    """Looks for bytes in everything that a vault's folder holds."""

    def __call__(self, vault: Vault, *needles: bytes) -> set[bytes]:
        """Return which needles are found, raw or in what opens with the keys that stand."""
        ...


def search(vault: Vault, *needles: bytes) -> set[bytes]:
    """Look in every byte of every file, in every row, and in all that any key opens in any row."""
    raw = [path.read_bytes() for path in every_file(vault.folder)]
    raw += [cell for row in all_cells(vault) for cell in row]
    return {needle for needle in needles if any(needle in content for content in raw)}


def every_file(folder: Path) -> list[Path]:
    """Every file under a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def all_cells(vault: Vault) -> list[list[bytes]]:
    """Every column of every row of every table, and what each sealed body opens to."""
    tables = [name for (name,) in vault.database.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows: list[list[bytes]] = []
    for table in tables:
        columns = [name for (name,) in vault.database.read("SELECT name FROM pragma_table_info(?)", (table,))]
        for row in vault.database.read(f'SELECT * FROM "{table}"'):  # noqa: S608  a table's own name
            cells = [cell if isinstance(cell, bytes) else str(cell).encode() for cell in row]
            rows.append(cells + opened(vault, table, dict(zip(columns, row, strict=True))))
    return rows


_OF_GROUPS = {
    "group_words": "group words {group}",
    "release_consents": "release consent {group} {person} {number}",
    "hand_outs": "hand out {group} {person} {number}",
}
"""What is sealed by group and not by session, and what it is sealed as."""


def opened(vault: Vault, table: str, row: dict[str, object]) -> list[bytes]:
    """What a row's sealed body opens to with the keys that stand, whatever it is."""
    body = row.get("body")
    if not isinstance(body, bytes):
        return []
    if table in _OF_GROUPS:
        plain = unseal_with(vault.keys, str(row["keys"]).split(), body, _OF_GROUPS[table].format(**row).encode())
        return [] if plain is None else [plain]
    session_id = str(row.get("session") or (row.get("id") if table == "sessions" else "voiceprints"))
    seal = SessionSeal(vault.keys, session_id, "", ())
    if table == "sessions":
        keys, about = vault.keys.id_of_session(key_name(session_id, DataClass.RECORD)), "head"
    else:
        keys = str(row["keys"])
        about = {
            "people": f"person {row.get('person')}",
            "facts": f"fact {row.get('number')}",
            "entries": f"entry {row.get('id')}",
            "settlements": f"alert {row.get('utterance')} {row.get('alert')}",
            "drafts": f"draft {row.get('person')}",
            "rulings": f"ruling {row.get('number')}",
            "signed_notes": f"signed {row.get('person')}",
            "addenda": f"addendum {row.get('person')} {row.get('number')}",
            "voiceprints": f"{row.get('group')} {row.get('person')}",
        }.get(table, table)
    plain = seal.unseal(keys, body, about)
    return [] if plain is None else [plain]


@pytest.fixture
def find() -> Search:
    """Searches a vault."""
    return search


@pytest.fixture
def sound_at() -> Callable[[int], bytes]:
    """The bytes of the recorded pattern at a sample."""
    return traces
