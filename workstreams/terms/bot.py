"""Bots and their conversations."""

from enum import StrEnum


class BotKind(StrEnum):
    """Where a bot's answers come from."""

    SCRIPTED = "scripted"
    WEBHOOK = "webhook"


class BotPurpose(StrEnum):
    """Whom a bot talks to."""

    CONVERSATION = "conversation"
    ASSIST = "assist"


class BotOutcome(StrEnum):
    """How a bot's conversation stands (B 12)."""

    TALKING = "talking"
    ESCALATED = "escalated"
    ENDED = "ended"
    LEFT = "left"
