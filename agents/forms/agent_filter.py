"""The filters over the list of agents."""

from typing import Any

from django import forms

from agents.models import CapacityProfile, Presence, Skill
from agents.queries.agent_filter import AgentFilter
from agents.terms import Role, choices
from workstreams.models import Queue

SELECT = {"class": "form-select"}
ENABLED = [("", "Enabled or not"), ("yes", "Gets work"), ("no", "Disabled")]


def _choice(rows: Any, label: str, every: str) -> forms.ModelChoiceField:  # type: ignore[type-arg]  # any row
    return forms.ModelChoiceField(
        rows,
        required=False,
        label=label,
        empty_label=every,
        widget=forms.Select(attrs=SELECT),
    )


class AgentFilterForm(forms.Form):
    """Read from the address; what makes no sense there filters nothing."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label="Search agents",
        widget=forms.TextInput(
            attrs={"type": "search", "class": "form-control", "placeholder": "Name or queue"}
        ),
    )
    skill = _choice(Skill.objects.all(), "Skill", "Any skill")
    queue = _choice(Queue.objects.order_by("name"), "Queue", "Any queue")
    profile = _choice(CapacityProfile.objects.all(), "Capacity profile", "Any profile")
    presence = _choice(Presence.objects.all(), "Presence", "Any presence")
    role = forms.ChoiceField(
        choices=[("", "Any role"), *choices(Role)],
        required=False,
        label="Role",
        widget=forms.Select(attrs=SELECT),
    )
    enabled = forms.ChoiceField(
        choices=ENABLED, required=False, label="Gets work", widget=forms.Select(attrs=SELECT)
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")

    def wanted(self) -> AgentFilter:
        self.is_valid()
        said = self.cleaned_data
        enabled = {"yes": True, "no": False}
        return AgentFilter(
            search=said.get("q", ""),
            skill=_id(said.get("skill")),
            queue=_id(said.get("queue")),
            profile=_id(said.get("profile")),
            presence=said.get("presence"),
            role=said.get("role") or None,
            is_enabled=enabled.get(said.get("enabled", "")),
        )

    def given(self) -> list[tuple[str, str]]:
        """What filters now, to be sent along."""
        self.is_valid()
        return [(name, str(self.data[name])) for name in self.fields if self.cleaned_data.get(name)]


def _id(row: Any) -> int | None:
    return None if row is None else int(row.pk)
