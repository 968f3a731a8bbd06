"""The pages of one agent."""

from django.urls import reverse

from agents.models import Agent


def page_of(agent: Agent, name: str = "detail") -> str:
    """The address of one of them."""
    return reverse(f"agents:agent-{name}", kwargs={"agent_id": agent.pk})
