"""Everything that can go wrong, as one tree.

AssistantError              base: one line that says what, where and what to do
├── InputError              something the user gave cannot be used (exit 2)
│   ├── MediaError          a recording that cannot be read, or holds no sound
│   ├── TranscriptError     a transcript file that cannot be read or mapped to the roster
│   ├── GroupFileError      a group file with a wrong key, a duplicate, a missing clip
│   ├── ConsentError        someone present has not consented to recording
│   ├── SettingsError       a settings file with an unknown key or a value out of range
│   ├── GoldError           a gold session that cannot be read
│   └── OutputError         an output folder in use, not writable, or a full disk
├── VaultError              the vault cannot be opened, or does not hold what was asked for (exit 2)
├── DeviceError             no microphone, no PortAudio, or a device that does not answer (exit 2)
├── SessionError            a live session cannot do this now: not started, closed, open alerts (exit 2)
├── ModelError              weights missing, damaged or refused (exit 2)
├── DetectionError          a detector failed; its utterance is withheld (never reaches the user as an exit)
├── RedactionError          a rewrite could not be proved clean; the clause is withheld
└── GateRefusedError        the last gate refused a note (exit 3)

A message never quotes speech, a name or a fact: it speaks of ids, paths the user typed, line numbers and counts.
Foreign exceptions are translated where they are met, with ``from None`` so that no foreign message or local travels on.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of the tree; ``exit_code`` is what the command line returns for it."""

    exit_code: int = 2


class InputError(AssistantError):
    """Something the user gave cannot be used."""


class MediaError(InputError):
    """A recording cannot be read, or holds no sound."""


class TranscriptError(InputError):
    """A transcript file cannot be read, or names somebody who is not on the roster."""


class GroupFileError(InputError):
    """A group file is wrong: unknown key, duplicate, missing clip."""


class ConsentError(InputError):
    """Somebody who is present has not consented to recording."""


class SettingsError(InputError):
    """A settings file has an unknown key or a value out of range."""


class GoldError(InputError):
    """A gold session cannot be read."""


class OutputError(InputError):
    """The output cannot be written: folder in use, no permission, no space."""


class VaultError(AssistantError):
    """The vault cannot be opened, is damaged, or does not hold what was asked for."""


class DeviceError(AssistantError):
    """No microphone, no PortAudio, or a device that does not answer."""


class SessionError(AssistantError):
    """A live session cannot do this in its present state."""


class ModelError(AssistantError):
    """Model weights are missing, damaged or were refused."""


class DetectionError(AssistantError):
    """A detector failed; the utterance it was reading is withheld."""


class RedactionError(AssistantError):
    """A rewrite could not be proved clean; the clause is withheld."""


class GateRefusedError(AssistantError):
    """The last gate refused at least one note."""

    exit_code = 3
