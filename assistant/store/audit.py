"""Who did what, when, to which object, with what outcome: a chain of lines without any content.

Every line carries the HMAC of itself and of the line before, under a key derived from the vault key. The end of the
chain (how many lines, the last code) is kept once more in a small sealed file, so that cutting off the newest lines is
seen as well as an edit, a line taken out or two exchanged.

What it cannot do: whoever knows the passphrase can derive the key and write another history, and whoever can put back
the **whole** vault folder of an earlier day puts back its end of the chain too. Against both there is only a witness
outside the machine: write down what ``assistant audit verify`` prints, and check it later with ``--seen``.

There is no column for free text: the action and the outcome are from fixed lists, objects are opaque ids.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.errors import VaultError
from assistant.store import files
from assistant.store.seal import code, seal, unseal

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.store.clock import Clock
    from assistant.store.database import Database

HEAD_NAME = "audit.head"
AUDIT_TABLE = (
    "CREATE TABLE IF NOT EXISTS audit (line INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, "
    "action TEXT NOT NULL, object TEXT NOT NULL, outcome TEXT NOT NULL, chain BLOB NOT NULL) STRICT"
)
"""For the migrations."""
NOTHING = "-"
"""The object of an action that has none."""
FACILITATOR = "facilitator"
_SHORT = 16
_ABOUT = b"audit head"


class Action(StrEnum):
    """What can be done."""

    VAULT_CREATED = "vault created"
    VAULT_OPENED = "vault opened"
    KEY_CHANGED = "key changed"
    BACKED_UP = "backed up"
    RESTORED = "restored"
    LOG_BROKEN_OFF = "log broken off"
    """By a restore: what the log of the replaced vault said last could not be carried over."""
    HEAD_MENDED = "audit head mended"
    KEY_DESTROYED = "key destroyed"
    SESSION_BEGUN = "session begun"
    SESSION_RECOVERED = "session recovered"
    SESSION_FINISHED = "session finished"
    SESSION_READ = "session read"
    SESSION_ERASED = "session erased"
    MEMBER_ERASED = "member erased"
    MEMBER_READMITTED = "member readmitted"
    RECORDING_BEGUN = "recording begun"
    RECORDING_PAUSED = "recording paused"
    ARRIVED = "arrived"
    LEFT = "left"
    SPEAKER_NAMED = "speaker named"
    CONSENT_GIVEN = "consent given"
    CONSENT_WITHDRAWN = "consent withdrawn"
    VOICEPRINT_KEPT = "voiceprint kept"
    VOICEPRINT_DESTROYED = "voiceprint destroyed"
    STRUCK = "struck"
    OFF_THE_RECORD = "off the record"
    ALERT_ACKNOWLEDGED = "alert acknowledged"
    ALERT_RESOLVED = "alert resolved"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    PURGED = "purged"
    HOLD_PLACED = "hold placed"
    HOLD_LIFTED = "hold lifted"
    RULED = "ruled"
    RULING_UNDONE = "ruling undone"
    WITHHELD_READ = "withheld read"
    NOTE_SIGNED = "note signed"
    NOTE_ADDED = "note added to"
    RELEASE_CONSENT_KEPT = "release consent kept"
    RELEASE_CONSENT_REVOKED = "release consent revoked"
    HANDED_OUT = "handed out"
    EXPORTED = "exported"


class Outcome(StrEnum):
    """How it ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the log."""

    line: int
    """From 1."""
    at: str
    """UTC, ISO 8601."""
    who: str
    action: str
    object: str
    outcome: str
    chain: bytes

    def follows(self, before: bytes, key: bytes) -> bool:
        """Whether this line, unchanged, came after the one with the code ``before``."""
        return self.chain == self.code(before, key)

    def code(self, before: bytes, key: bytes) -> bytes:
        """Return the code that binds this line to the one before."""
        return code(key, before, str(self.line), self.at, self.who, self.action, self.object, self.outcome)


@dataclass(frozen=True, slots=True)
class Head:
    """A place in the chain: the number of a line and its code. Line 0 is before the first one."""

    line: int
    chain: bytes

    def __str__(self) -> str:
        return f"{self.line}:{self.chain.hex()[:_SHORT]}"

    def sealed(self, key: bytes) -> bytes:
        """Return the head for a file."""
        return seal(key, json.dumps([self.line, self.chain.hex()]).encode(), _ABOUT)

    @classmethod
    def read(cls, path: Path, key: bytes) -> Head | None:
        """Return the head in a file; None where it is missing, damaged or of another vault."""
        content = files.read(path)
        if content is None:
            return None
        try:
            line, chain = json.loads(unseal(key, content, _ABOUT))
        except VaultError:
            return None
        return cls(line, bytes.fromhex(chain))


class AuditLog:
    """The log of one vault. Objects are ids from ``Vault.opaque``, the vault's own id, key ids, or ``NOTHING``."""

    def __init__(self, database: Database, head_file: Path, key: bytes, clock: Clock, who: str = FACILITATOR) -> None:
        """Take the log of an open database.

        Args:
            database: Holds the table ``audit``.
            head_file: Keeps the end of the chain.
            key: 32 bytes.
            clock: Says when.
            who: The operator of this process: 1 to 32 of a-z, 0-9, ``_`` and ``-``.

        Raises:
            VaultError: ``who`` is no operator id.
        """
        self._database = database
        self._head_file = head_file
        self._key = key
        self._clock = clock
        self._who = operator(who)

    def record(
        self, action: Action, object_id: str = NOTHING, outcome: Outcome = Outcome.DONE, who: str | None = None
    ) -> None:
        """Add a line. Inside a transaction of the database it stands or falls with it.

        Raises:
            VaultError: The object is no opaque id, or the line cannot be written.
        """
        if object_id != NOTHING and re.fullmatch(_OPAQUE, object_id) is None:
            raise VaultError("an audit line names its object by an opaque id: use Vault.opaque")
        person = self._who if who is None else operator(who)
        with self._database.transaction() as change:
            end = self.end()
            at = self._clock.now().isoformat(timespec="microseconds")
            bare = AuditLine(end.line + 1, at, person, Action(action), object_id, Outcome(outcome), b"")
            row = (bare.line, bare.at, person, action.value, object_id, outcome.value, bare.code(end.chain, self._key))
            change.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            self._database.after_commit(self._follow)

    def lines(self, after: int = 0) -> tuple[AuditLine, ...]:
        """Return the lines in order, from the one after line ``after``."""
        rows = self._database.read(
            "SELECT line, at, who, action, object, outcome, chain FROM audit WHERE line > ? ORDER BY line", (after,)
        )
        return tuple(AuditLine(*row) for row in rows)

    def objects(self, action: Action) -> tuple[str, ...]:
        """Return the objects of every line with this action."""
        return tuple(row[0] for row in self._database.read("SELECT object FROM audit WHERE action = ?", (action,)))

    def end(self) -> Head:
        """Return the last line's place."""
        rows = self._database.read("SELECT line, chain FROM audit ORDER BY line DESC LIMIT 1")
        return Head(*rows[0]) if rows else self._start()

    def verify(self, seen: str | None = None) -> int:
        """Check every line and the end.

        Args:
            seen: What ``end`` was on an earlier day, as ``verify`` printed it: that line must still be there.

        Returns:
            The number of lines.

        Raises:
            VaultError: Names the first line that is wrong.
        """
        place = self._start()
        codes = {0: place.chain}
        for line in self.lines():
            if line.line != place.line + 1 or not line.follows(place.chain, self._key):
                raise VaultError(f"the audit log was changed: line {place.line + 1} is missing or is not as written")
            place = Head(line.line, line.chain)
            codes[line.line] = line.chain
        self.check_head()
        if seen is not None and not any(str(Head(line, chain)) == seen for line, chain in codes.items()):
            raise VaultError(f"the audit log does not hold {seen}: lines were cut off, or an older log was put back")
        return place.line

    def check_head(self) -> None:
        """Check that the end of the chain is where the head file says, or has grown properly since.

        It may have grown when the process was killed between a line and the file.

        Raises:
            VaultError: Lines were cut off, or the file was changed.
        """
        head = Head.read(self._head_file, self._key)
        if head is None:
            raise VaultError(f"{self._head_file} is missing or was changed: see 'assistant audit mend --help'")
        before = head.chain
        since = self.lines(after=head.line)
        if head.line > 0 and not self._database.read(
            "SELECT 1 FROM audit WHERE line = ? AND chain = ?", (head.line, head.chain)
        ):
            raise VaultError(f"the audit log was cut off before line {head.line}: see 'assistant audit mend --help'")
        for line in since:
            if not line.follows(before, self._key):
                raise VaultError(f"the audit log was changed: line {line.line} is not as written")
            before = line.chain

    def write_head(self) -> None:
        """Keep the end of the chain in the head file.

        Raises:
            VaultError: It cannot be written.
        """
        self.write_head_to(self._head_file)

    def _follow(self) -> None:
        # The line stands, and what it is about: to report a failure now would have both done again. A head that is
        # behind is no fault (``check_head``), and the next line writes it again.
        with suppress(VaultError):
            self.write_head()

    def write_head_to(self, path: Path) -> None:
        """Keep the end of the chain in another file, beside a copy of the database."""
        files.replace(path, self.end().sealed(self._key))

    def carry_over(self, later: AuditLog) -> None:
        """Add the lines that the same log got after this copy of it was made.

        Raises:
            VaultError: The other log was changed, or is not this one continued.
        """
        later.verify()
        end = self.end()
        lines = later.lines(after=end.line)
        with self._database.transaction() as change:
            if not lines and later.end() != end:
                raise VaultError(_ANOTHER)
            for line in lines:
                if line.line != end.line + 1 or not line.follows(end.chain, self._key):
                    raise VaultError(_ANOTHER)
                end = Head(line.line, line.chain)
                row = (line.line, line.at, line.who, line.action, line.object, line.outcome, line.chain)
                change.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            self._database.after_commit(self.write_head)

    def _start(self) -> Head:
        return Head(0, code(self._key, "start"))


_ANOTHER = "the audit log of the vault does not continue that of the backup"
_OPAQUE = r"[0-9a-f]{32}(-[0-9]{1,4})?"


def operator(who: str) -> str:
    """Return a checked operator id.

    Raises:
        VaultError: It is none.
    """
    if re.fullmatch(r"[a-z0-9_-]{1,32}", who) is None:
        raise VaultError("an operator id has 1 to 32 of a-z, 0-9, '_' and '-': it is no place for a name")
    return who
