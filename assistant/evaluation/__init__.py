"""Gold sessions in, leak and utility figures out."""

from assistant.evaluation.gold import GoldSession, as_transcript, read_gold
from assistant.evaluation.scores import Mode, SessionScores, score_session, total

__all__ = ["GoldSession", "Mode", "SessionScores", "as_transcript", "read_gold", "score_session", "total"]
