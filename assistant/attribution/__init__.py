"""Whose voice, or unknown: speaker change, overlap, voiceprints, enrolment, matching. Never the content of words."""

from __future__ import annotations

from assistant.attribution.attributor import Attributor
from assistant.attribution.channels import ChannelAttributor
from assistant.attribution.enrolment import ClipProblem, EnrolmentWarning
from assistant.attribution.naming import name_voices, voices_heard
from assistant.attribution.tracks import VoicedStretch, VoiceTrack
from assistant.attribution.words import WordRun, assign_words

__all__ = [
    "Attributor",
    "ChannelAttributor",
    "ClipProblem",
    "EnrolmentWarning",
    "VoiceTrack",
    "VoicedStretch",
    "WordRun",
    "assign_words",
    "name_voices",
    "voices_heard",
]
