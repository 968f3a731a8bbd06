"""Trying a stored item names whom the router chooses, where its customer prefers somebody."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agents.models import Agent, AgentPresence, User
from routing import service
from routing.queries.as_it_arrived import as_it_arrived
from routing.queries.try_rules import try_item
from tests.scenarios import arrive
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.models import Contact, ServiceConfiguration, WorkItem, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(agent: Agent, second_agent: Agent, now: datetime) -> Contact:
    """Prefers ``agent``, who has no room; ``second_agent`` has."""
    Agent.objects.filter(pk=agent.pk).update(capacity_units=0)
    customer = Contact.objects.create(name="Grace")
    set_preferred_agents(contact_id=customer.pk, agents=[agent], now=now)
    return customer


def tried(item: WorkItem, now: datetime) -> dict[str, Any]:
    [side] = try_item(as_it_arrived(item), now=now).sides
    assert side.explained is not None
    return side.explained


@pytest.mark.parametrize(
    ("is_on", "waits", "base", "expected"),
    [
        pytest.param(True, True, "available", "alice", id="she is there"),
        pytest.param(True, False, "away", "bob", id="while she is away others may have it"),
        pytest.param(True, True, "away", None, id="it is kept for her"),
        pytest.param(False, True, "available", "bob", id="nobody is preferred"),
    ],
)
def test_the_agent_named_is_the_one_who_gets_it(
    workstream: Workstream,
    agent: Agent,
    customer: Contact,
    now: datetime,
    is_on: bool,
    waits: bool,
    base: str,
    expected: str | None,
) -> None:
    asked = {"preferred_agents": is_on, "waits_for_preferred_agent": waits}
    ServiceConfiguration.objects.update_or_create(pk=1, defaults=asked)
    AgentPresence.objects.filter(agent=agent).update(base=base)
    item = arrive(workstream, now, contact=customer)

    named = tried(item, now)["would_be_offered_to"]
    service.run_cycle(now=now)

    item.refresh_from_db()
    assert named == (item.agent.user.username if item.agent else None) == expected


def test_it_says_that_a_preferred_agent_is_waited_for(
    workstream: Workstream, agent: Agent, customer: Contact, now: datetime
) -> None:
    asked = {"preferred_agents": True, "waits_for_preferred_agent": True}
    ServiceConfiguration.objects.update_or_create(pk=1, defaults=asked)
    AgentPresence.objects.filter(agent=agent).update(base="away")
    item = arrive(workstream, now, contact=customer)

    [because] = tried(item, now)["waiting_because"]

    assert because["blocker"] == "waits_for_preferred_agent"


@pytest.mark.parametrize("base", ["available", "away"])
def test_nobody_is_compared_where_a_preferred_agent_gets_it_or_is_waited_for(
    client: Client,
    administrator: User,
    workstream: Workstream,
    agent: Agent,
    customer: Contact,
    now: datetime,
    base: str,
) -> None:
    asked = {"preferred_agents": True, "waits_for_preferred_agent": True}
    ServiceConfiguration.objects.update_or_create(pk=1, defaults=asked)
    AgentPresence.objects.filter(agent=agent).update(base=base)
    item = arrive(workstream, now, contact=customer)
    client.force_login(administrator)

    page = client.get(reverse("workstreams:try"), {"item": item.pk}).content.decode()

    assert tried(item, now)["agents_considered"] == []
    assert "Nobody is compared now" in page
    assert "What stands above says why." in page
    assert "Eligible" not in page
