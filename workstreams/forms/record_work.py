"""Agents by username: who works on a record, whom a contact prefers."""

from typing import Any

from django import forms

from agents.models import Agent
from config.forms import AppForm


class WorkedByForm(AppForm):
    """An agent by username; nobody means back to the queue."""

    agent = forms.CharField(
        max_length=150,
        required=False,
        label="Worked by",
        help_text="The username of an agent. Empty: it goes back to its queue.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_agent(self) -> Agent | None:
        username = self.cleaned_data["agent"]
        return agent_named(username) if username else None

    @classmethod
    def of(cls, data: Any, agent: Agent | None) -> "WorkedByForm":
        """The form as it stands for a record."""
        return cls(data, initial={"agent": agent.username if agent else ""})


class PreferredAgentForm(AppForm):
    """An agent by username."""

    agent = forms.CharField(
        max_length=150,
        help_text="The agent's username.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_agent(self) -> Agent:
        return agent_named(self.cleaned_data["agent"])


def agent_named(username: str) -> Agent:
    """The agent of this username, however it is capitalised."""
    found = Agent.objects.select_related("user").filter(user__username__iexact=username).first()
    if found is None:
        raise forms.ValidationError(f"There is no agent “{username}”.")
    return found
