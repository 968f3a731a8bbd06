"""Who works on a record, whom a contact prefers: an agent by name."""

from typing import Any

from django import forms

from agents.agent_name_form import AgentNameInput, AgentNameMixin
from agents.models import Agent
from config.forms import AppForm


class WorkedByForm(AgentNameMixin, AppForm):
    """Nobody means back to the queue."""

    agent = forms.CharField(
        max_length=150,
        required=False,
        label="Worked by",
        help_text="A name or username. Empty: it goes back to its queue.",
        widget=AgentNameInput,
    )

    @classmethod
    def of(cls, data: Any, agent: Agent | None) -> "WorkedByForm":
        """The form as it stands for a record."""
        return cls(data, initial={"agent": agent.username if agent else ""})


class PreferredAgentForm(AgentNameMixin, AppForm):
    """Who is asked first."""

    agent = forms.CharField(max_length=150, help_text="A name or username.", widget=AgentNameInput)
