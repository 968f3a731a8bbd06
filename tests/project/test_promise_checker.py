"""What looks for broken promises sees them: each sort of broken row is found, and named."""

from datetime import datetime
from typing import Final

import pytest
from django.db import connection

from agents.actions.edit_agent import edit_agent
from agents.models import Agent, User
from config.clock import database_now
from routing import service
from tests.factories import make_profile, make_workstream
from tests.promises.checker import breaches
from tests.promises.watch import Watch
from tests.scenarios import in_conversation, offered
from workstreams.models import Queue, WorkItem, Workstream

ITEM: Final = "UPDATE workstreams_workitem SET"
RECEIPT: Final = "UPDATE routing_assignment SET"
GONE: Final = "UPDATE workstreams_queue SET deleted_at = now()"
NOT_COUNTED: Final = "UPDATE routing_profileload SET used = 0"
NO_ROOM: Final = "UPDATE agents_capacityprofile SET work_item_limit = 0"
TOLD: Final = """
    INSERT INTO config_event (kind, state, reason, work_item_id, queue_id, agent_id)
    SELECT told.kind, told.state, 'again', item.id, item.queue_id, item.agent_id
    FROM workstreams_workitem AS item, (VALUES {}) AS told (kind, state)
"""
TOLD_LATER: Final = """
    INSERT INTO config_event (kind, state, reason, work_item_id, queue_id, agent_id, at)
    SELECT 'again', state, reason, id, queue_id, agent_id, now() + interval '{}'
    FROM workstreams_workitem
"""
BREAKS: Final = (
    ("I2: an item was taken up again", TOLD.format("('work-item-picked', 'active')")),
    ("I2: acceptances", TOLD.format("('work-item-picked', 'active')")),
    ("I2: acceptances", f"{RECEIPT} outcome = 'pending', decided_at = NULL"),
    ("I3: an agent's load", "UPDATE routing_agentload SET units_used = units_used + 1"),
    ("I3: an agent's load", f"{RECEIPT} capacity_released_at = now()"),
    ("I3: an agent is over", "UPDATE agents_agent SET capacity_units = 0"),
    ("I4: an open, waiting", f"{ITEM} state = 'waiting'"),
    ("I4: an active item", f"{RECEIPT} ended_at = now()"),
    ("I4: offered and pending", f"{ITEM} reason = 'awaiting_agent_acceptance'"),
    ("I4: an open item waits", f"{ITEM} state = 'open', agent_id = NULL; {GONE}"),
    ("I4: a work in hand", f"{RECEIPT} ended_at = now()"),
    ("I4: an item was closed", TOLD.format(", ".join(["('work-item-closed', 'closed')"] * 2))),
    ("I5: a decision", "UPDATE routing_routingdecision SET version = 99"),
    ("I5: an item", f"{ITEM} configuration_version = 99"),
    ("I6: the last event", f"{ITEM} state = 'wrap_up'"),
    ("I6: an event tells of the future", TOLD_LATER.format("10 minutes")),
    ("I6: the events of an item go back in time", TOLD_LATER.format("-10 minutes")),
    ("I6: the events", TOLD.format("('again', 'closed'), ('again', 'open')")),
)


@pytest.fixture
def now(db: None) -> datetime:
    """The database's own: what is told of must not lie in the future."""
    return database_now()


def found(items: list[int] | None = None) -> list[str]:
    return breaches(connection.connection, items)


@pytest.fixture
def item(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    return in_conversation(workstream, agent, now)


@pytest.mark.parametrize(("sentence", "statement"), BREAKS)
def test_a_broken_row_is_found(item: WorkItem, sentence: str, statement: str) -> None:
    assert found() == []

    with connection.cursor() as cursor:
        # Only what the database itself refuses cannot be broken here.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)

    for items in (None, [item.pk]):
        assert [each for each in found(items) if each.startswith(sentence)]


def test_a_limit_that_was_lowered_breaks_no_promise(
    item: WorkItem, agent: Agent, administrator: User, now: datetime
) -> None:
    edit_agent(agent=agent, by=administrator, now=now, capacity_units=0)

    assert found() == []


def test_a_profile_that_is_counted_wrongly_is_found(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    profile = make_profile(limit=1)
    agent.capacity_profiles.create(profile=profile)
    workstream = make_workstream(queue=queue, capacity_format="profile")
    workstream.capacity_profiles.add(profile)
    offered(workstream, now)
    assert found() == []

    with connection.cursor() as cursor:
        cursor.execute(f"{NOT_COUNTED}; {NO_ROOM}")

    assert [each for each in found() if each.startswith("I3: a profile's load")]
    assert [each for each in found() if each.startswith("I3: an agent is over a profile's limit")]


@pytest.mark.django_db(transaction=True)
def test_a_look_asks_about_what_changed_and_remembers_the_past(
    item: WorkItem, agent: Agent, now: datetime
) -> None:
    watch = Watch(connection=connection.connection)

    assert watch.look() == []
    assert watch.items_looked_at == 1
    service.end(item_id=item.pk, by=agent, now=now)
    assert watch.look() == []
    assert watch.rewritten() == []
