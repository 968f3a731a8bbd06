"""Rows that belong to no app: the event feed, tokens, stored answers, heartbeats."""

from config.models.api_token import ApiToken
from config.models.event import Event
from config.models.heartbeat import Heartbeat
from config.models.idempotent_answer import IdempotentAnswer

__all__ = ["ApiToken", "Event", "Heartbeat", "IdempotentAnswer"]
