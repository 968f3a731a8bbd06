"""What looks after preferred agents sees who got a customer in their place."""

from datetime import datetime

import pytest
from django.db import connection

from agents.models import Agent
from config.clock import database_now
from tests.promises.preferences import broken_preferences
from tests.scenarios import offered
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.models import Contact, ServiceConfiguration, WorkItem, Workstream


@pytest.fixture
def now(db: None) -> datetime:
    """The database's own."""
    return database_now()


@pytest.fixture
def _given(workstream: Workstream, agent: Agent, second_agent: Agent, now: datetime) -> WorkItem:
    """The work of a customer who waits for the one agent whom he prefers."""
    switches = {"preferred_agents": True, "waits_for_preferred_agent": True}
    ServiceConfiguration.objects.update_or_create(pk=1, defaults=switches)
    customer = Contact.objects.create(name=f"{agent.user.username} somebody")
    set_preferred_agents(contact_id=customer.pk, agents=[agent], now=now)
    item = offered(workstream, now, contact=customer)
    assert broken_preferences(connection.connection) == []
    return item


@pytest.mark.usefixtures("_given")
@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE workstreams_contact SET name = 'somebody'", "I3: somebody whom the customer"),
        (
            'UPDATE routing_routingdecision SET document = document || \'{"how": "push"}\'',
            "I4: who waits for preferred agents alone",
        ),
    ],
)
def test_who_took_the_place_of_a_preferred_agent_is_found(statement: str, sentence: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)

    [found] = broken_preferences(connection.connection)

    assert found.startswith(sentence)
