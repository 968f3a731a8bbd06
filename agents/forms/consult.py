"""Whom to ask for advice."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from agents.forms.agent_choice import TO_AGENT, TO_QUEUE, AgentChoiceForm, queues_of_others
from agents.models import Agent
from agents.terms import BasePresence
from routing.queries.floor_agents import presence_rank
from routing.queries.reach import agents_within, queues_within
from workstreams.models import QUESTION_LENGTH, WorkItem
from workstreams.queries.service_configuration import service_configuration


class ConsultForm(AgentChoiceForm):
    """One agent, or the first of a queue who comes."""

    to = forms.ChoiceField(
        label="Ask",
        choices=[(TO_AGENT, "An agent"), (TO_QUEUE, "A queue")],
        widget=forms.RadioSelect,
        initial=TO_AGENT,
    )
    question = forms.CharField(
        label="Your question",
        max_length=QUESTION_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whom you ask reads it before answering. The customer never does.",
    )
    fieldsets = (("", ("to", ("find", "serves"), "agent", "named", "queue", "question")),)
    nobody = "Nobody who is signed in fits."
    everybody = "Everybody who is signed in and fits, those with time first."

    def __init__(self, *args: Any, item: WorkItem, by: Agent, fetches: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = service_configuration()
        within = queues_within(service.consult_queues, item=item, by=by.user)
        self.fields["queue"].help_text = "The first of the queue's members who answers advises you."
        self.offer(
            agents=_agents_for(agents_within(service.consult_agents, item=item, by=by.user), by),
            queues=queues_of_others(by).filter(pk__in=within),
            fetches=fetches,
        )
        if not (service.asks_queues or by.user.is_supervisor):
            self.leave_out("named", "queue")


def _agents_for(agents: "QuerySet[Agent]", by: Agent) -> "QuerySet[Agent]":
    there = agents.exclude(presence__base=BasePresence.OFFLINE)
    known = there.exclude(presence__isnull=True).exclude(pk=by.pk)
    ordered = known.order_by(presence_rank(), "user__username")
    return ordered.select_related("user", "presence__presence").prefetch_related("skills__skill")
