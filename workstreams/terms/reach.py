"""Whom agents may choose where they transfer work or ask for advice."""

from enum import StrEnum


class AgentReach(StrEnum):
    """Which agents an agent may choose (B 15.6)."""

    EVERY = "every"
    QUEUE = "queue"
    COLLEAGUES = "colleagues"
    SUPERVISORS = "supervisors"


class QueueReach(StrEnum):
    """Which queues an agent may choose (B 15.6)."""

    EVERY = "every"
    OWN = "own"
    RELATED = "related"
