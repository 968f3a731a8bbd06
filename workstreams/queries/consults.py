"""Who is in a conversation beside the agent who has it."""

from agents.models import Agent
from workstreams.models import Consult, WorkItem
from workstreams.terms import ConsultState


def is_joined(item: WorkItem, agent: Agent) -> bool:
    """Whether the agent talks to the customer too; one query."""
    joined = Consult.objects.filter(item=item, agent=agent, state=ConsultState.JOINED)
    return joined.exists()
