"""Who may hear of what: the rule behind tickets for the live stream."""

from collections.abc import Sequence

from agents.models import Agent
from agents.permissions import agent_of, is_supervisor
from workstreams.models import QueueMembership, WorkItem
from workstreams.terms import ItemState


def may_hear(user: object, topics: Sequence[str]) -> bool:
    """Whether all topics concern this person; at most three statements.

    Supervisors hear everything. Agents hear of themselves, of their queues, and of the
    work items they have or had, or that are open in their queues.
    """
    if is_supervisor(user):
        return True
    agent = agent_of(user)
    if agent is None:
        return False
    return set(topics) <= _allowed(agent, topics)


def _allowed(agent: Agent, topics: Sequence[str]) -> set[str]:
    queues = set(QueueMembership.objects.filter(agent=agent).values_list("queue_id", flat=True))
    asked = [int(topic.removeprefix("item-")) for topic in topics if topic.startswith("item-")]
    items = _items_of(agent, queues, asked) if asked else set()
    return {
        f"agent-{agent.pk}",
        *(f"queue-{queue}" for queue in queues),
        *(f"item-{item}" for item in items),
    }


def _items_of(agent: Agent, queues: set[int], asked: Sequence[int]) -> set[int]:
    rows = WorkItem.objects.filter(pk__in=asked).values_list(
        "pk", "agent_id", "last_agent_id", "state", "queue_id"
    )
    return {
        pk
        for pk, holder, last_holder, state, queue in rows
        if agent.pk in (holder, last_holder) or (state == ItemState.OPEN and queue in queues)
    }
