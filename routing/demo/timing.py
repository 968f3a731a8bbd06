"""How long made-up people take: always the same for the same thing, so nothing is stored."""

from datetime import datetime
from random import Random

Span = tuple[float, float]


def is_due(since: datetime, now: datetime, key: str, seconds: Span) -> bool:
    """Whether somebody who began at ``since`` is done by now."""
    return (now - since).total_seconds() >= Random(key).uniform(*seconds)


def chance(key: str, of: float) -> bool:
    """A coin that falls the same way for the same key."""
    return Random(key).random() < of
