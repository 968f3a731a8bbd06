"""Where to transfer one's work."""

from typing import Any, Final

from django import forms
from django.db.models import QuerySet

from agents.forms.agent_choice import TO_AGENT, TO_QUEUE, AgentChoiceForm
from agents.models import Agent
from config.clock import shown_now
from routing.actions.check_reach import REACHABLE
from routing.queries.floor_agents import presence_rank
from routing.queries.in_force import presences_of
from routing.queries.queue_hours import closed_queues
from routing.queries.reach import agents_within, queues_within
from routing.queries.skill_fit import fit_in_words, with_fit
from workstreams.models import Queue, WorkItem
from workstreams.queries.service_configuration import service_configuration

OPEN_QUEUES: Final = "Queues of this type that are open and that somebody serves."


class TransferForm(AgentChoiceForm):
    """To one queue, or to one agent; those who have the skills it needs come first (B 15.7)."""

    to = forms.ChoiceField(
        label="Transfer to",
        choices=[(TO_QUEUE, "A queue"), (TO_AGENT, "An agent")],
        widget=forms.RadioSelect,
        initial=TO_QUEUE,
    )
    fieldsets = (("", ("to", "named", "queue", ("find", "serves"), "agent")),)
    nobody = "Nobody who is available or busy fits."
    everybody = (
        "Agents who are available or busy, those with the skills it needs first. The work item is"
        " offered to the one you choose."
    )

    def __init__(self, *args: Any, item: WorkItem, by: Agent, fetches: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._needed = item.required_skills
        service = service_configuration()
        within = queues_within(service.transfer_queues, item=item, by=by.user)
        self.fields["queue"].help_text = OPEN_QUEUES
        self.offer(
            agents=self._agents_for(
                agents_within(service.transfer_agents, item=item, by=by.user), item, by
            ),
            queues=_queues_for(within, item),
            fetches=fetches,
        )
        if not (service.transfers_to_agents or by.user.is_supervisor):
            self.leave_out("find", "serves", "agent")

    def described(self, agent: Agent) -> str:
        """With how many of the skills it needs the agent has."""
        fit = fit_in_words(agent, self._needed)
        return " - ".join(filter(None, [super().described(agent), fit]))

    def _agents_for(
        self, agents: "QuerySet[Agent]", item: WorkItem, by: Agent
    ) -> "QuerySet[Agent]":
        bases = [base for base in REACHABLE if base in presences_of(item)]
        there = agents.filter(presence__base__in=bases).exclude(pk=by.pk)
        ordered = with_fit(there, self._needed).order_by("-fit", presence_rank(), "user__username")
        known = ordered.select_related("user", "presence__presence")
        return known.prefetch_related("skills__skill")


def _queues_for(queues: "QuerySet[Queue]", item: WorkItem) -> "QuerySet[Queue]":
    served = queues.filter(type=item.workstream.type, members__is_enabled=True)
    there = served.exclude(pk=item.queue_id).exclude(pk__in=closed_queues(now=shown_now()))
    return there.distinct()
