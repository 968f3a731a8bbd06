"""Rows of who can work, when, and how much."""

from agents.models.agent import Agent
from agents.models.agent_session import AgentSession
from agents.models.attribute import AgentAttribute, AgentAttributeValue
from agents.models.capacity import AgentCapacityProfile, CapacityProfile
from agents.models.operating_hours import Holiday, OperatingHours, OperatingPeriod
from agents.models.presence import AgentPresence, Presence
from agents.models.skill import AgentSkill, RatingModel, Skill, SkillType
from agents.models.user import User
from agents.models.window import AgentWindow

__all__ = [
    "Agent",
    "AgentAttribute",
    "AgentAttributeValue",
    "AgentCapacityProfile",
    "AgentPresence",
    "AgentSession",
    "AgentSkill",
    "AgentWindow",
    "CapacityProfile",
    "Holiday",
    "OperatingHours",
    "OperatingPeriod",
    "Presence",
    "RatingModel",
    "Skill",
    "SkillType",
    "User",
]
