"""Whom to ask for advice."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from agents.models import Agent
from agents.terms import BasePresence
from config.forms import AppForm
from routing.queries.floor_agents import people, presence_rank
from workstreams.models import QUESTION_LENGTH, Queue, QueueMembership, WorkItem

TO_AGENT, TO_QUEUE = "agent", "queue"
AGENTS_SHOWN: Final = 50
CHOOSE: Final = "Choose an agent"
NARROWING: Final = {"find": "input changed delay:300ms, search", "serves": "change"}


class ConsultForm(AppForm):
    """One agent, or the first of a queue who comes. ``find`` and ``serves`` narrow the agents to
    choose from: a dialog ``fetches`` itself anew with them, a page has a button for it."""

    to = forms.ChoiceField(
        label="Ask",
        choices=[(TO_AGENT, "An agent"), (TO_QUEUE, "A queue")],
        widget=forms.RadioSelect,
        initial=TO_AGENT,
    )
    find = forms.CharField(label="Name or skill", max_length=100, required=False)
    serves = forms.ModelChoiceField(
        label="Serves the queue", queryset=Queue.objects.none(), required=False, empty_label="Any"
    )
    agent = forms.ModelChoiceField(queryset=Agent.objects.none(), empty_label=CHOOSE)
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
    fieldsets = (("", ("to", ("find", "serves"), "agent", "queue", "question")),)
    shown_when = {
        "find": f"to={TO_AGENT}",
        "serves": f"to={TO_AGENT}",
        "agent": f"to={TO_AGENT}",
        "queue": f"to={TO_QUEUE}",
    }

    def __init__(self, *args: Any, item: WorkItem, by: Agent, fetches: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        queues = _queues_for(by)
        _choose(self.fields["queue"], queues)
        _choose(self.fields["serves"], queues)
        self._narrow(by)
        for name, when in NARROWING.items() if fetches else ():
            self.fields[name].widget.attrs |= {
                "hx-get": fetches,
                "hx-trigger": when,
                "hx-include": "closest form",
                "hx-params": "not csrfmiddlewaretoken",
                "hx-target": "#dialog-content",
                "hx-swap": "outerHTML",
            }

    def _narrow(self, by: Agent) -> None:
        """The first of those that fit, and whoever is chosen already; anybody may be sent."""
        given = self.data if self.is_bound else self.initial
        found = _agents_for(by)
        field = _choose(self.fields["agent"], found)
        fitting = list(_fitting(found, given)[: AGENTS_SHOWN + 1])
        shown = fitting[:AGENTS_SHOWN]
        chosen = str(given.get("agent") or "")
        if chosen.isdecimal() and not any(str(agent.pk) == chosen for agent in shown):
            shown += found.filter(pk=int(chosen) % 2**63)[:1]
        field.choices = [("", CHOOSE), *((agent.pk, _described(agent)) for agent in shown)]
        field.help_text = _help(len(fitting))


def _help(count: int) -> str:
    if not count:
        return "Nobody who is signed in fits."
    if count > AGENTS_SHOWN:
        return f"The first {AGENTS_SHOWN} who are signed in; narrow them by name, skill or queue."
    return "Everybody who is signed in and fits, those with time first."


def _choose(field: forms.Field, rows: "QuerySet[Any, Any]") -> "forms.ModelChoiceField[Any]":
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    return field


def _agents_for(by: Agent) -> "QuerySet[Agent]":
    there = Agent.objects.filter(is_enabled=True).exclude(presence__base=BasePresence.OFFLINE)
    known = there.exclude(presence__isnull=True).exclude(pk=by.pk)
    ordered = known.order_by(presence_rank(), "user__username")
    return ordered.select_related("user", "presence__presence").prefetch_related("skills__skill")


def _fitting(agents: "QuerySet[Agent]", given: Mapping[str, Any]) -> "QuerySet[Agent]":
    search, serves = str(given.get("find") or "").strip()[:100], str(given.get("serves") or "")
    if search:
        by_skill = Agent.objects.filter(
            skills__skill__name__icontains=search, skills__is_active=True
        )
        agents = agents.filter(people(search) | Q(pk__in=by_skill.values("pk")))
    if serves.isdecimal():
        agents = agents.filter(queues=int(serves) % 2**63)
    return agents


def _queues_for(by: Agent) -> "QuerySet[Queue]":
    members = QueueMembership.objects.filter(queue=OuterRef("pk"), agent__is_enabled=True)
    there = members.exclude(agent=by).exclude(agent__presence__base=BasePresence.OFFLINE)
    return Queue.objects.filter(Exists(there.exclude(agent__presence__isnull=True)))


def _described(agent: Agent) -> str:
    skills = ", ".join(each.skill.name for each in agent.skills.all())
    known = f"{agent} ({agent.presence.presence})"
    return f"{known}: {skills}" if skills else known
