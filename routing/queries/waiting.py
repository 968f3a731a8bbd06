"""Why a work item is still waiting, worked out now."""

from typing import Any

from config.clock import database_now
from routing import configuration
from routing.engine.explain import blockers_of
from routing.engine.explain import waiting_because as in_words
from routing.queries.agent_facts import load_agents
from routing.queries.item_facts import load_named_items
from workstreams.models import WorkItem
from workstreams.terms import ItemState


def waiting_because(item: WorkItem) -> list[dict[str, Any]]:
    """The named blockers of an open item with counts and what would help; else nothing.

    Asks the same engine the router asks, with the facts of this moment; seven queries.
    """
    if item.state != ItemState.OPEN:
        return []
    published = configuration.current()
    now = database_now()
    facts = load_named_items(published=published, item_ids=[item.pk], now=now)
    if not facts:
        return []
    keeper = facts[0].affinity_agent_id
    agents = load_agents(
        published=published, queue_ids=[item.queue_id], agent_ids=[keeper] if keeper else []
    )
    return in_words(blockers_of(published.compiled, facts[0], agents, now=now))
