"""Named situations for tests: published configuration and work on its way."""

from datetime import datetime
from typing import Any

from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentPresence, Presence
from routing import configuration, service
from routing.models import AgentLoad, Assignment
from workstreams.actions.take_in import take_in
from workstreams.models import WorkItem, Workstream


def arrive(workstream: Workstream, now: datetime, **fields: Any) -> WorkItem:
    """An item that has just arrived, under the configuration as it stands."""
    configuration.publish(by=None, now=now)
    return take_in(workstream=workstream, title=fields.pop("title", "Help"), now=now, **fields)


def offered(workstream: Workstream, now: datetime, **fields: Any) -> WorkItem:
    """An item that the router has just offered to somebody."""
    item = arrive(workstream, now, **fields)
    service.run_cycle(now=now)
    item.refresh_from_db()
    assert item.agent is not None, "nobody could take it"
    return item


def in_conversation(workstream: Workstream, agent: Agent, now: datetime, **fields: Any) -> WorkItem:
    """An item that the agent has accepted."""
    item = offered(workstream, now, **fields)
    service.accept(item_id=item.pk, by=agent, now=now)
    item.refresh_from_db()
    return item


def in_wrap_up(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """An item whose conversation the agent has ended."""
    item = in_conversation(workstream, agent, now)
    service.end(item_id=item.pk, by=agent, now=now)
    item.refresh_from_db()
    return item


def units_used(agent: Agent) -> int:
    """What the agent holds by the counter; the receipts must say the same."""
    counted = AgentLoad.objects.get(agent=agent).units_used
    held = Assignment.objects.filter(agent=agent, capacity_released_at__isnull=True)
    assert counted == sum(each.units for each in held), "load and receipts differ"
    return counted


def presence_of(agent: Agent) -> tuple[str, bool]:
    """Its base, and whether somebody chose it."""
    row = AgentPresence.objects.get(agent=agent)
    return row.base, row.is_manual


def choose_presence(agent: Agent, name: str, now: datetime) -> None:
    """The agent's own choice."""
    set_presence(agent=agent, presence=Presence.objects.get(name=name), by=agent.user, now=now)
