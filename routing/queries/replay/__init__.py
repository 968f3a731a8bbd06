"""Stored decisions made again: do they come out the same, and what would rules say today?"""

from routing.queries.replay.again import is_by_person, replay, replay_today, why_not
from routing.queries.replay.answer import Answer, Replay, Rules

__all__ = ["Answer", "Replay", "Rules", "is_by_person", "replay", "replay_today", "why_not"]
