"""What the screen says, in one place: words for kinds and states, the consent sentence, the help.

A text speaks of language and of the facilitator's judgment. It never states a duty, a grade or a conclusion (domain
rules 6.1 and 6.6).
"""

from __future__ import annotations

from assistant.domain import SAMPLE_RATE, AlertKind, Resolution, Role, TombstoneReason
from assistant.live.view import Phase

TERSE = {
    AlertKind.CROSS_MEMBER: "crossing",
    AlertKind.ABSENT_MEMBER: "absent",
    AlertKind.OUTSIDE_CONTACT: "contact",
    AlertKind.IDENTITY: "identity",
    AlertKind.RISK_SELF: "risk",
    AlertKind.RISK_OTHER: "risk",
    AlertKind.ABUSE_CHILD: "safety",
    AlertKind.ABUSE_ADULT: "safety",
    AlertKind.CONSENT: "consent",
    AlertKind.UNKNOWN_SPEAKER: "voice?",
    AlertKind.SCREEN_SHARE: "screen",
}
"""What an alert is called before it is revealed: somebody may look over a shoulder."""

REVEALED = {
    AlertKind.CROSS_MEMBER: "one member's information, told by another",
    AlertKind.ABSENT_MEMBER: "talk about somebody who is not here",
    AlertKind.OUTSIDE_CONTACT: "contact outside the group",
    AlertKind.IDENTITY: "contact details given to the group",
    AlertKind.RISK_SELF: "possible language about harm to oneself",
    AlertKind.RISK_OTHER: "possible language about harm to somebody",
    AlertKind.ABUSE_CHILD: "possible language about harm to a child",
    AlertKind.ABUSE_ADULT: "possible language about harm to an adult in care",
    AlertKind.CONSENT: "consent to recording",
    AlertKind.UNKNOWN_SPEAKER: "a voice that nobody has named",
    AlertKind.SCREEN_SHARE: "the screen may be seen by others",
}

PHASES = {
    Phase.BY_HAND: ("-", "BY HAND, not recording"),
    Phase.RECORDING: ("●", "RECORDING"),
    Phase.PAUSED: ("▮▮", "PAUSED"),
    Phase.OFF_RECORD: ("○", "OFF RECORD"),
    Phase.CLOSING: ("…", "CLOSING"),
    Phase.CLOSED: ("■", "CLOSED"),
}
"""A shape and words for each phase: neither colour nor shape alone tells."""

GONE = {
    TombstoneReason.STRUCK: "struck",
    TombstoneReason.OFF_THE_RECORD: "off the record",
    TombstoneReason.WITHDRAWN: "words of {who} withdrawn",
    TombstoneReason.PAUSED: "paused",
}

ROLES = {Role.FACILITATOR: "facilitator", Role.MEMBER: "member"}

RESOLUTIONS = {
    "1": Resolution.ASSESSED,
    "2": Resolution.FOLLOWED_UP,
    "3": Resolution.CONSULTED,
    "4": Resolution.NOT_APPLICABLE,
}

AFTERWARDS = "By this site's policy no words or alerts are shown while people speak: they come after the close (c)."
"""In the place of a transcript."""

LEAVING = "Recording stops; the next start offers to go on or to close. Nothing is lost, and no drafts are written yet."

NO_SPEECH = "That line is no speech: select another with up and down, or esc for the newest."
NOTHING_TO_NAME = "No line to name yet."

LOOKING_BACK = "Looking back: newer lines may be below. esc goes to the newest."

STILL_SPEAKING = "somebody is still speaking"

CONSENT_SENTENCE = (
    "My name is {name}. I agree that this session is recorded, on this laptop only. A program on it writes down what "
    "we say, and my therapist uses that to write my notes. Nothing is sent anywhere. The recording is deleted as I was "
    "told. I can take this back at any time by saying so."
)
"""About 15 s aloud (domain rule 5.1: what is captured, local only, what the program is for, deletion, taking back)."""

ENOUGH_VOICE = 15 * SAMPLE_RATE
"""Voiced samples after which a voice is known well enough."""

AGAIN_CORRECTS = "another number corrects"

KEYS: tuple[tuple[str, str, str], ...] = (
    (
        "1-9",
        "name",
        "Name who spoke the last turn, or the selected line, and whose voice it is. Again corrects it",
    ),
    (
        "h g",
        "at the start",
        "Before the start: h takes notes by hand; g: who is pointed at agrees; space: here or away",
    ),
    ("…", "dim line", "Somebody is still speaking: who is not known yet; a number names whoever it is"),
    ("0", "more people", "Choose from the whole list: for groups of more than nine"),
    ("p", "pause", "Stop recording, or go on. Before the start: begin"),
    ("o", "off record", "Off the record, or back on it. Nothing of it is kept"),
    ("s", "strike", "Take back the last minute, or the marked lines, for good"),
    ("up down", "select", "Select a line; end or esc goes back to the newest"),
    ("[ ]", "from, to", "Mark the first and the last line to strike"),
    ("m", "mark", "Mark this moment"),
    ("n", "note", "Type a note"),
    ("x", "hide", "Hide everything at once; x or esc shows it again. While typing: ctrl+x"),
    ("l", "lock", "Lock the screen; recording goes on"),
    (
        "r",
        "reveal",
        "Show who, the exact words and the site's advice for the marked alert, for 20 s; again hides",
    ),
    ("d", "repair", "For the revealed alert: what can still be done, as the site wrote it; again shows the words"),
    ("R", "whose", "Show whose fact it is, where that is held back at first"),
    ("a", "seen", "Acknowledge the marked alert"),
    ("v", "settle", "Settle an A1: assessed, followed up, consulted or not applicable, and words of your own"),
    ("tab", "next alert", "Move the mark to the next alert; shift+tab to the one before"),
    ("j", "who is here", "Say who comes and goes, and who agrees to be recorded"),
    ("e", "enrol", "Learn a voice while somebody reads the consent sentence aloud"),
    ("w", "withdraw", "Somebody takes their consent back: their words are struck for good"),
    ("c", "close", "End the session and write the drafts, once every A1 is settled"),
    ("q", "leave", "Leave without closing: recording stops, and the next start offers to go on or to close"),
    ("t", "light/dark", "Change between the light and the dark colours"),
    ("?", "help", "This list"),
    ("ctrl+p", "commands", "Find a command by its name"),
)
"""Key, its name in the footer, what it does."""

LIMITS = (
    "What a warning can do: it comes after the words, never before them. It flags words, not people, and misses some. "
    "No warning is no reassurance. What to do is your judgment."
)


def clock(samples: int) -> str:
    """Return a time in minutes and seconds (``72:04``): one form for any length of session."""
    whole = max(0, samples) // SAMPLE_RATE
    return f"{whole // 60:02d}:{whole % 60:02d}"


def length(samples: int) -> str:
    """Return a duration in words (``40 s``, ``1 min 5 s``)."""
    minutes, rest = divmod(max(0, samples) // SAMPLE_RATE, 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
