"""Preferred agents while others change the same things."""

from datetime import datetime

import pytest

from agents.models import Agent, User
from routing import configuration, service
from tests.factories import make_agent
from tests.races.together import together
from tests.scenarios import units_used
from workstreams.actions.change_preferred_agents import add_preferred_agent, set_preferred_agents
from workstreams.actions.take_in import take_in
from workstreams.models import Contact, PreferredAgent, ServiceConfiguration, WorkItem, Workstream


@pytest.fixture
def grace(transactional_db: None) -> Contact:
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"preferred_agents": True})
    return Contact.objects.create(name="Grace")


@pytest.fixture
def item(workstream: Workstream, agent: Agent, grace: Contact, now: datetime) -> WorkItem:
    """Waits for its customer's preferred agent."""
    set_preferred_agents(contact_id=grace.pk, agents=[agent], now=now)
    configuration.publish(by=None, now=now)
    return take_in(workstream=workstream, contact=grace, title="Help", now=now)


def test_four_added_at_once_make_three(grace: Contact, now: datetime) -> None:
    agents = [make_agent() for _ in range(4)]

    together(
        *(
            lambda agent=agent: add_preferred_agent(contact_id=grace.pk, agent=agent, now=now)
            for agent in agents
        )
    )

    places = PreferredAgent.objects.filter(contact=grace).values_list("position", flat=True)
    assert list(places) == [1, 2, 3]


def test_two_cycles_at_once_offer_it_once(item: WorkItem, agent: Agent) -> None:
    together(service.run_cycle, service.run_cycle)

    assert units_used(agent) == 1


def test_a_supervisor_and_the_router_give_it_once(
    item: WorkItem, agent: Agent, second_agent: Agent, supervisor: User
) -> None:
    together(
        service.run_cycle,
        lambda: service.assign(item_id=item.pk, agent=second_agent, by=supervisor),
    )

    assert units_used(agent) + units_used(second_agent) == 1
