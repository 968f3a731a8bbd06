"""Whom to ask for advice."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from agents.models import Agent
from agents.terms import BasePresence
from config.forms import AppForm
from workstreams.models import QUESTION_LENGTH, Queue, QueueMembership, WorkItem

TO_AGENT, TO_QUEUE = "agent", "queue"


class ConsultForm(AppForm):
    """One agent, or the first of a queue who comes."""

    to = forms.ChoiceField(
        label="Ask",
        choices=[(TO_AGENT, "An agent"), (TO_QUEUE, "A queue")],
        widget=forms.RadioSelect,
        initial=TO_AGENT,
    )
    agent = forms.ModelChoiceField(
        queryset=Agent.objects.none(),
        help_text="Everybody who is signed in, with presence and skills.",
        empty_label="Choose an agent",
    )
    queue = forms.ModelChoiceField(
        queryset=Queue.objects.none(),
        help_text="The first of the queue's members who answers advises you.",
        empty_label="Choose a queue",
    )
    question = forms.CharField(
        label="Your question",
        max_length=QUESTION_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whom you ask reads it before answering. The customer never does.",
    )
    fieldsets = (("", ("to", "agent", "queue", "question")),)
    shown_when = {"agent": f"to={TO_AGENT}", "queue": f"to={TO_QUEUE}"}

    def __init__(self, *args: Any, item: WorkItem, by: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agent = _choose(self.fields["agent"], _agents_for(by))
        agent.label_from_instance = _described  # type: ignore[assignment,method-assign]  # Django's own way
        _choose(self.fields["queue"], _queues_for(by))


def _choose(field: forms.Field, rows: "QuerySet[Any, Any]") -> "forms.ModelChoiceField[Any]":
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    return field


def _agents_for(by: Agent) -> "QuerySet[Agent]":
    there = Agent.objects.filter(is_enabled=True).exclude(presence__base=BasePresence.OFFLINE)
    people = there.exclude(presence__isnull=True).exclude(pk=by.pk).select_related("user")
    return people.select_related("user", "presence__presence").prefetch_related("skills__skill")


def _queues_for(by: Agent) -> "QuerySet[Queue]":
    members = QueueMembership.objects.filter(queue=OuterRef("pk"), agent__is_enabled=True)
    there = members.exclude(agent=by).exclude(agent__presence__base=BasePresence.OFFLINE)
    return Queue.objects.filter(Exists(there.exclude(agent__presence__isnull=True)))


def _described(agent: Agent) -> str:
    skills = ", ".join(each.skill.name for each in agent.skills.all())
    known = f"{agent} ({agent.presence.presence})"
    return f"{known}: {skills}" if skills else known
