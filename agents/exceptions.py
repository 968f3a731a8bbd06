"""Refusals of the agents app; each docstring is the sentence people read."""

from config.refusal import Refusal


class AgentError(Refusal):
    """This change to an agent is not possible."""


class PresenceNotSelectable(AgentError):
    """This presence is set by the system only and cannot be chosen."""


class AgentInUse(AgentError):
    """This agent still holds work. Let the work end or transfer it first."""
