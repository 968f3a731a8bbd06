"""Who works on a record."""

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
        if not username:
            return None
        found = Agent.objects.select_related("user").filter(user__username__iexact=username).first()
        if found is None:
            raise forms.ValidationError(f"There is no agent “{username}”.")
        return found

    @classmethod
    def of(cls, data: Any, agent: Agent | None) -> "WorkedByForm":
        """The form as it stands for a record."""
        return cls(data, initial={"agent": agent.username if agent else ""})
