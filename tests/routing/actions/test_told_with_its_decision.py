"""Nobody has work without the decision that says why, and nothing is said of what was not done."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.db.models import Model

from agents.models import Agent
from routing import configuration, service
from routing.actions.overflow_item import overflow_item
from routing.models import AgentLoad, Assignment, RoutingDecision
from tests.factories import (
    make_agent,
    make_overflow,
    make_queue,
    make_route,
    make_user,
    make_workstream,
)
from tests.scenarios import arrive, in_conversation
from workstreams.models import Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import Channel, DistributionMode, OverflowCondition

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

Move = Callable[[], object]
PICK: Final = DistributionMode.PICK
TABLES: Final = ("routing_routingdecision", "config_event")
MODELS: Final[tuple[type[Model], ...]] = (
    WorkItem,
    Assignment,
    AgentLoad,
    RoutingDecision,
    WorkItemEvent,
)


def an_offer_of_the_router(queue: Queue, agent: Agent, now: datetime) -> Move:
    arrive(make_workstream(queue=queue), now)
    return lambda: service.run_cycle(now=now)


def a_pick(queue: Queue, agent: Agent, now: datetime) -> Move:
    item = arrive(make_workstream(queue=queue, mode=PICK), now)
    return lambda: service.pick(item_id=item.pk, by=agent, now=now)


def an_assignment(queue: Queue, agent: Agent, now: datetime) -> Move:
    item = arrive(make_workstream(queue=queue), now)
    by = make_user("sven", "supervisor")
    return lambda: service.assign(item_id=item.pk, agent=agent, by=by, now=now)


def a_transfer(queue: Queue, agent: Agent, now: datetime) -> Move:
    item = in_conversation(make_workstream(queue=queue), agent, now)
    to = make_agent("dora", queues=[queue])
    return lambda: service.transfer(item_id=item.pk, by=agent.user, agent=to, now=now)


def a_reopening(queue: Queue, agent: Agent, now: datetime) -> Move:
    texts: Workstream = make_workstream(queue=queue, channel=Channel.SMS)
    item = in_conversation(texts, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)
    return lambda: service.reopen(item_id=item.pk, by=agent, now=now)


def an_overflow(queue: Queue, agent: Agent, now: datetime) -> Move:
    make_overflow(queue, OverflowCondition.WAITING_TIME, threshold=60, to=make_queue("Spare"))
    workstream = make_workstream(queue=queue, mode=PICK)
    make_route(workstream)
    item = arrive(workstream, now)
    return lambda: overflow_item(item_id=item.pk, now=now + timedelta(minutes=2))


def rows() -> list[Any]:
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


@pytest.fixture(params=TABLES)
def refused(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Move]:
    """Has the database refuse from then on what is written of items into a table."""
    trigger = (
        f"CREATE TRIGGER refuse BEFORE INSERT ON {request.param} FOR EACH ROW"
        " WHEN (NEW.work_item_id IS NOT NULL) EXECUTE FUNCTION refuse()"
    )
    function = (
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RAISE 'The disk is full'; END $$"
    )

    def begin() -> None:
        with connection.cursor() as cursor:
            cursor.execute(function)
            cursor.execute(trigger)

    yield begin
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION refuse CASCADE")


@pytest.mark.parametrize(
    "prepare",
    [an_offer_of_the_router, a_pick, an_assignment, a_transfer, a_reopening, an_overflow],
)
def test_a_move_is_written_with_its_decision_and_its_event_or_not_at_all(
    queue: Queue,
    agent: Agent,
    refused: Move,
    prepare: Callable[[Queue, Agent, datetime], Move],
    now: datetime,
) -> None:
    move = prepare(queue, agent, now)
    configuration.publish(by=None, now=now)
    before = rows()

    refused()
    with pytest.raises((DatabaseError, psycopg.DatabaseError), match="The disk is full"):
        move()

    assert rows() == before
