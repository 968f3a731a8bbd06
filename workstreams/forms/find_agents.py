"""Finding agents for a queue, by name and by what they can do, serve and are."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from agents.models import Agent, Skill
from agents.terms import LABELS, BasePresence
from workstreams.models import Queue


class FindAgents(forms.Form):
    """A filter over agents; what cannot be read filters nothing."""

    q = forms.CharField(required=False, max_length=200, label="Name")
    skill = forms.ModelChoiceField(Skill.objects.all(), required=False, empty_label="Any skill")
    serves = forms.ModelChoiceField(
        Queue.objects.all(), required=False, empty_label="Any queue", label="Serves the queue"
    )
    presence = forms.ChoiceField(
        required=False,
        choices=[("", "Any presence"), *((each.value, LABELS[each]) for each in BasePresence)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            look = "form-control" if name == "q" else "form-select"
            field.widget.attrs |= {"class": look, "id": f"find-{name}"}
        self.is_valid()

    @property
    def is_active(self) -> bool:
        """Whether it leaves anybody out."""
        return any(self.cleaned_data.values())

    def hidden(self) -> list[tuple[str, str]]:
        """The filter as hidden fields of a form that acts on all who were found."""
        return [(name, str(self.data.get(name, ""))) for name in self.fields]

    def found(self, agents: "QuerySet[Agent]") -> "QuerySet[Agent]":
        """Those of the agents who pass."""
        typed = self.cleaned_data
        for word in (typed.get("q") or "").split():
            agents = agents.filter(
                Q(user__username__icontains=word)
                | Q(user__first_name__icontains=word)
                | Q(user__last_name__icontains=word)
            )
        if typed.get("skill"):
            agents = agents.filter(skills__skill=typed["skill"])
        if typed.get("serves"):
            members = typed["serves"].memberships.values("agent_id")
            agents = agents.filter(pk__in=members)
        if typed.get("presence"):
            agents = agents.filter(presence__base=typed["presence"])
        return agents
