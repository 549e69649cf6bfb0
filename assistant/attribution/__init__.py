"""Whose voice, or unknown: speaker change, overlap, voiceprints, enrolment and matching. Never the content of the words."""
