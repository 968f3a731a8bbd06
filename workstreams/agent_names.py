"""What customers call an agent (B 4.3); inside, agents always have their full names."""

from agents.models import Agent
from workstreams.models import ChannelInstance
from workstreams.terms import AgentName


def name_for_customers(agent: Agent | None, style: str = AgentName.FIRST) -> str:
    """The agent's name in the style of a channel instance; a part that is missing gives the
    full name, or the sign-in name of somebody without any."""
    if agent is None:
        return ""
    user = agent.user
    names: dict[str, str] = {
        AgentName.FIRST: user.first_name,
        AgentName.LAST: user.last_name,
        AgentName.NICKNAME: agent.nickname,
    }
    return names.get(style, "") or user.display_name


def style_of(instance: ChannelInstance | None) -> str:
    """The style of the way in; work without one shows first names."""
    return instance.agent_name if instance else AgentName.FIRST
