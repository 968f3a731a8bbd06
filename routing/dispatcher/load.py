"""Read the situation of a cycle: waiting items and the agents of their queues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from routing import configuration
from routing.engine.facts import AgentFacts, ItemFacts
from routing.queries.facts import load_agents, load_items


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything a cycle decides on, read at one moment."""

    items: list[ItemFacts]
    agents: list[AgentFacts]


def load(
    *,
    published: configuration.Published,
    queue_ids: Sequence[int] | None,
    now: datetime,
    limit: int,
) -> Situation:
    """The first waiting items of each (queue, requirement) and all members of those queues.

    Eight statements at most, however many items wait: a group nobody can take costs
    one look. ``queue_ids`` None means all queues.
    """
    items = load_items(published=published, queue_ids=queue_ids, now=now, limit=limit)
    if not items:
        return Situation(items=[], agents=[])
    queues = {item.queue_id for item in items if item.queue_id is not None}
    keepers = {item.affinity_agent_id for item in items if item.affinity_agent_id is not None}
    agents = load_agents(published=published, queue_ids=sorted(queues), agent_ids=sorted(keepers))
    return Situation(items=items, agents=agents)
