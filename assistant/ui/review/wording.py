"""What the review says, in one place. It names rules and counts; it never grades, concludes or states a duty."""

from __future__ import annotations

from assistant.decisions import GROUP_FIELDS, Field
from assistant.domain import AlertKind, WithheldReason
from assistant.handout import FileKind, NoteFormat, Recipient
from assistant.notes import sentences as say
from assistant.notes.presets import WHOLE, preset
from assistant.review.view import Doubt, Step, Work

MEMBER_FIELDS = tuple(field for field in Field if field not in GROUP_FIELDS)
GROUP_PART_FIELDS = tuple(field for field in Field if field in GROUP_FIELDS)

ASKS = {
    Field.START: "clock time, as 14:00",
    Field.STOP: "clock time, as 15:30",
    Field.TOPIC: "what the session was about, without anybody's story",
    Field.INTERVENTIONS: "what the facilitators did",
    Field.PRESENTATION: "how the member presented",
    Field.RESPONSE: "how the member responded to what was done",
    Field.GOALS: "which goal of the treatment plan this served",
    Field.PROGRESS: "progress towards it",
    Field.RISK: "only if you want one",
    Field.ASSESSMENT: "yours alone",
    Field.PLAN: "yours alone",
}
"""Beside a field, what it is for. Nothing is ever proposed."""

STEPS = {
    Step.DRAFT: "draft",
    Step.STALE: "being made again",
    Step.REFUSED: "GATE REFUSES",
    Step.INCOMPLETE: "to complete",
    Step.READY: "ready to sign",
    Step.SIGNED: "signed",
}

REASONS = {reason: reason.value for reason in WithheldReason}


def told(work: Work) -> str:
    """Return what is under way, and how far where that is known."""
    return f"{work.what} {work.done} of {work.total}" if work.total else work.what


OWNERS = {"own": "theirs", "outsider": "somebody's outside the group", "unknown": "nobody can say"}
"""What a fact can be relabelled to; never another member's name."""

OWNED = {"own": "theirs", "outsider": "an outsider's", "not theirs": "not theirs", "unknown": "whose is unknown"}

DOUBTS = {
    Doubt.UNKNOWN: "voice?",
    Doubt.CONTESTED: "contested",
    Doubt.SUSPECT: "invented?",
    Doubt.LOW: "unsure",
}

RISK_KINDS = {
    AlertKind.RISK_SELF: "possible language about harm to oneself",
    AlertKind.RISK_OTHER: "possible language about harm to somebody",
    AlertKind.ABUSE_CHILD: "possible language about harm to a child",
    AlertKind.ABUSE_ADULT: "possible language about harm to an adult in care",
}

_ORDER = (
    *(say.SESSION, say.TOPIC, say.THEMES_RAISED, say.INTERVENTIONS, say.EXCHANGES, say.SAID, say.PRESENTATION),
    *(say.RESPONSE, say.GOALS, say.PROGRESS, say.RISK, say.ASSESSMENT, say.PLAN, *sorted(WHOLE)),
)
RECIPIENTS = {
    Recipient.RECORD: "the clinic's own record",
    Recipient.PAYER: "payer",
    Recipient.CLINICIAN: "treating clinician",
    Recipient.MEMBER: "the member (their own copy)",
    Recipient.OTHER: "court or other, with an authorization",
}
SHORT_RECIPIENTS = {
    Recipient.RECORD: "record",
    Recipient.PAYER: "payer",
    Recipient.CLINICIAN: "clinician",
    Recipient.MEMBER: "member",
    Recipient.OTHER: "court or other",
}


def holds(recipient: Recipient) -> str:
    """Return what the preset of a recipient lets into a file, as ``notes.presets`` has it."""
    allowed = preset(recipient)
    if allowed.sections >= WHOLE:
        what = "the whole note of this member"
    else:
        what = ", ".join(title.lower() for title in dict.fromkeys(_ORDER) if title in allowed.sections)
    quotes = "with their quoted words" if allowed.quotes else "no quoted words"
    more = "; beyond that, only what the authorization names" if recipient is Recipient.OTHER else ""
    return f"{what}; {quotes}{more}"


FORMATS = {
    NoteFormat.PROGRESS: "progress note",
    NoteFormat.SOAP: "SOAP",
    NoteFormat.DAP: "DAP",
    NoteFormat.BIRP: "BIRP",
    NoteFormat.GIRP: "GIRP",
    NoteFormat.PIRP: "PIRP",
    NoteFormat.PIE: "PIE",
    NoteFormat.OWN: "the group's own template",
}

KINDS = {
    FileKind.PDF: "PDF",
    FileKind.DOCX: "DOCX (Word)",
    FileKind.MARKDOWN: "Markdown",
    FileKind.TEXT: "plain text, for pasting into a record",
    FileKind.FHIR: "FHIR document (JSON)",
}

PRIVATE = (
    "These words were held back. They may hold another member's story. "
    "The log notes that you read them, not what they are."
)
PRIVATE_S = 60.0
"""Seconds after which the private view closes by itself."""

SIGNING = "You sign the note that you see here. It cannot be changed afterwards: what follows is an addendum."
SIGNED_STAYS = "Signed: it stays as it is. D adds an addendum."
UNSAVED = "Not kept yet: ctrl+s keeps it, esc again drops it."
WRONG = "That passphrase does not open it."
CALM = "Nothing is lost: every decision is kept as it is made."
FIELD_REFUSED = (
    "The gate refuses this: {rule}. It would tell one member's story to the others, or to whoever reads it. "
    "Write it without names, and so that it would fit anybody here."
)
GROUP_REFUSED = "The gate refuses the group's part, which stands in every note. enter changes the line, n goes on."
GATE = "gate: {rule}. Edit the line, hide it, or take a released clause back (u)."

LIMITS = (
    "What the review can do: it shows what was heard and which rule held what back. It misses some, and holds back "
    "more than it must. A listed alert is a flag on words, never a finding about a person; an empty list is no "
    "reassurance. What to do is your judgment."
)

KEYS_EVERYWHERE = (
    ("up down", "move; page up, page down, home and end as well"),
    ("esc", "back"),
    ("u", "take the last decision back; it says which"),
    ("x", "hide everything at once; x or esc shows it again. While typing: ctrl+x"),
    ("l", "lock"),
    ("t", "light or dark"),
    ("?", "the keys of this screen"),
)
