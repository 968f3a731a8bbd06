"""What looks for broken promises sees them: each sort of broken row is found, and named."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import pytest
from django.db import connection

from agents.actions.edit_agent import edit_agent
from agents.models import Agent, User
from config.clock import database_now
from routing import service
from tests.factories import make_agent, make_profile
from tests.factories.bots import make_bot, with_bot
from tests.promises.breaches import BREACHES
from tests.promises.checker import breaches
from tests.promises.watch import Watch
from tests.scenarios import arrive, in_conversation
from workstreams.models import WorkItem, Workstream

ITEM: Final = "UPDATE workstreams_workitem SET"
RECEIPT: Final = "UPDATE routing_assignment SET"
GONE: Final = "UPDATE workstreams_queue SET deleted_at = now()"
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
# What the database itself refuses is broken behind its back.
TWICE: Final = """
    DROP INDEX routing_assignment_one_open;
    CREATE TEMP TABLE second ON COMMIT DROP AS SELECT * FROM routing_assignment;
    UPDATE second SET id = id + 1000;
    INSERT INTO routing_assignment SELECT * FROM second
"""


def in_talk(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """With an agent who accepted it."""
    return in_conversation(workstream, agent, now)


def in_talk_with_advice(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """The agent has asked somebody for advice."""
    item = in_conversation(workstream, agent, now)
    adviser = make_agent("adviser", presence="busy")
    service.consult(item_id=item.pk, by=agent, agent=adviser, now=now)
    return item


def in_talk_with_bot(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """A bot has it."""
    with_bot(workstream, make_bot("Helper"))
    return arrive(workstream, now, first_message="hello")


def in_talk_by_profile(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """It holds the one unit of a profile that its agent has."""
    profile = make_profile(limit=1)
    agent.capacity_profiles.create(profile=profile)
    Workstream.objects.filter(pk=workstream.pk).update(capacity_format="profile")
    workstream.capacity_profiles.add(profile)
    return in_conversation(workstream, agent, now)


# An override came before it.
FORCED: Final = """
    CREATE TEMP TABLE earlier ON COMMIT DROP AS SELECT * FROM routing_assignment;
    UPDATE earlier
    SET id = id - 1000, how = 'pick', is_override = true, units = 1000, ended_at = now();
    INSERT INTO routing_assignment SELECT * FROM earlier
"""

Prepare = Callable[[Workstream, Agent, datetime], WorkItem]
# The promise, by its whole sentence; what breaks it, and in which situation.
BREAKS: Final[tuple[tuple[str, str, Prepare], ...]] = (
    ("I2: an item has two open assignments", TWICE, in_talk),
    (
        "I2: an item was taken up again before it was given up",
        TOLD.format("('work-item-picked', 'active')"),
        in_talk,
    ),
    (
        "I2: acceptances and accepted receipts differ in number",
        TOLD.format("('work-item-picked', 'active')"),
        in_talk,
    ),
    (
        "I2: acceptances and accepted receipts differ in number",
        f"{RECEIPT} outcome = 'pending', decided_at = NULL",
        in_talk,
    ),
    (
        "I3: an agent's load is not the sum of the receipts",
        "UPDATE routing_agentload SET units_used = units_used + 1",
        in_talk,
    ),
    (
        "I3: an agent's load is not the sum of the receipts",
        f"{RECEIPT} capacity_released_at = now()",
        in_talk,
    ),
    (
        "I3: a profile's load is not the number of its receipts",
        "UPDATE routing_profileload SET used = 0",
        in_talk_by_profile,
    ),
    (
        "I3: an agent is over the limit without an override",
        "UPDATE agents_agent SET capacity_units = 0",
        in_talk,
    ),
    (
        "I3: work was pushed to an agent who had no room beside all that he held",
        f"{RECEIPT} how = 'push'; {FORCED}",
        in_talk,
    ),
    (
        "I3: an agent is over a profile's limit without an override",
        "UPDATE agents_capacityprofile SET work_item_limit = 0",
        in_talk_by_profile,
    ),
    (
        "I4: an open, waiting or closed item is still assigned",
        f"{ITEM} state = 'waiting'",
        in_talk,
    ),
    (
        "I4: an active item or one in wrap-up is not assigned to its agent",
        f"{RECEIPT} ended_at = now()",
        in_talk,
    ),
    (
        "I4: with a bot and in a bot's conversation do not go together",
        "UPDATE workstreams_botconversation SET outcome = 'left', ended_at = now()",
        in_talk_with_bot,
    ),
    (
        "I4: with a bot and in a bot's conversation do not go together",
        f"{ITEM} bot_id = NULL, state = 'open', reason = 'awaiting_agent_assignment'",
        in_talk_with_bot,
    ),
    (
        "I4: offered and pending do not go together",
        f"{ITEM} reason = 'awaiting_agent_acceptance'",
        in_talk,
    ),
    (
        "I4: an unfinished item has no queue, or an open one has an agent",
        f"ALTER TABLE workstreams_workitem ALTER queue_id DROP NOT NULL; {ITEM} queue_id = NULL",
        in_talk,
    ),
    (
        "I4: an open item waits in a queue that is gone",
        f"{ITEM} state = 'open', agent_id = NULL; {GONE}",
        in_talk,
    ),
    (
        "I4: advice goes on where the one who asked has the item no more",
        f"{ITEM} agent_id = (SELECT agent_id FROM workstreams_consult)",
        in_talk_with_advice,
    ),
    (
        "I4: advice goes on where the one who asked has the item no more",
        f"{ITEM} state = 'wrap_up', reason = 'conversation_wrap_up'",
        in_talk_with_advice,
    ),
    (
        "I4: a work in hand ended without giving its capacity back",
        f"{RECEIPT} ended_at = now()",
        in_talk,
    ),
    (
        "I4: an item was closed more than once",
        TOLD.format(", ".join(["('work-item-closed', 'closed')"] * 2)),
        in_talk,
    ),
    (
        "I5: a decision names no published version",
        "UPDATE routing_routingdecision SET version = 99",
        in_talk,
    ),
    (
        "I5: an item was routed by no published version",
        f"{ITEM} configuration_version = 99",
        in_talk,
    ),
    ("I6: the last event of an item is not its state", f"{ITEM} state = 'wrap_up'", in_talk),
    (
        "I6: the last event of an agent's presence is not his presence",
        "UPDATE agents_agentpresence SET base = 'away'",
        in_talk,
    ),
    ("I6: an event tells of the future", TOLD_LATER.format("10 minutes"), in_talk),
    (
        "I6: the events of an item go back in time",
        TOLD_LATER.format("-10 minutes"),
        in_talk,
    ),
    (
        "I6: the events of an item tell of a move that there is not",
        TOLD.format("('again', 'closed'), ('again', 'open')"),
        in_talk,
    ),
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


def test_every_promise_of_the_checker_is_broken_once() -> None:
    assert {sentence for sentence, _, _ in BREAKS} == {sentence for sentence, _ in BREACHES}


@pytest.mark.parametrize(("sentence", "statement", "prepare"), BREAKS)
def test_a_broken_row_is_found(
    sentence: str,
    statement: str,
    prepare: Prepare,
    workstream: Workstream,
    agent: Agent,
    now: datetime,
) -> None:
    item = prepare(workstream, agent, now)
    assert found() == []

    with connection.cursor() as cursor:
        # Only what the database itself refuses cannot be broken here.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)

    for items in (None, [item.pk]):
        assert [each for each in found(items) if each.startswith(f"{sentence}: ")]


def test_a_limit_that_was_lowered_breaks_no_promise(
    item: WorkItem, agent: Agent, administrator: User, now: datetime
) -> None:
    edit_agent(agent=agent, by=administrator, now=now, capacity_units=0)

    assert found() == []


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
