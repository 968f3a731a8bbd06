"""Whose work an item is, or once was."""

from agents.models import Agent
from routing.models import Assignment
from routing.terms import Outcome
from workstreams.models import WorkItem


def has_had(agent: Agent | None, item: WorkItem) -> bool:
    """Whether the agent has the item, or had it at any time before; to be offered it is not to
    have it. 1 query at most."""
    taken = Assignment.objects.filter(item=item, agent=agent, outcome=Outcome.ACCEPTED)
    return agent is not None and taken.exists()
