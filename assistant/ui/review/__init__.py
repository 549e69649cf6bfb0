"""The review's screens: what was heard last night, set right, completed, signed and handed out, by keys alone."""

from assistant.ui.review.running import run_review

__all__ = ["run_review"]
