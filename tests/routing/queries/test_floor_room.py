"""Whom the floor counts for a queue is whom the router would give its work."""

from datetime import datetime
from typing import Any

import pytest

from agents.models import Agent
from agents.terms import BasePresence
from routing import configuration, service
from routing.models import AgentLoad
from routing.queries.floor import QueueRow, Tiles, counts_by_queue, queue_rows, tiles, with_room
from routing.queries.waiting import waiting_because
from tests.factories import make_agent, make_item, make_method, make_queue, make_workstream
from tests.scenarios import arrive
from workstreams.models import Queue, Workstream

pytestmark = pytest.mark.django_db
ALLOWED = (
    ["available"],
    ["busy"],
    ["available", "busy"],
    ["away"],
    ["busy_dnd", "offline"],
    list(BasePresence),
)


def row_of(queue: Queue) -> QueueRow:
    rows = with_room(queue_rows(counts_by_queue()))
    return next(row for row in rows if row.id == queue.pk)


def tiles_at(now: datetime) -> Tiles:
    return tiles(counts_by_queue(), today=now)


def asks_presence(value: str, op: str = "equals") -> dict[str, Any]:
    when = {"all": [{"field": "agent.presence", "op": op, "value": value}]}
    rule = {"name": "There", "when": when, "order_by": [{"by": "capacity"}]}
    return {"rulesets": [{"name": "All", "rules": [rule]}]}


@pytest.mark.parametrize("allowed", ALLOWED, ids=",".join)
@pytest.mark.parametrize("presence", BasePresence)
def test_the_floor_counts_whom_the_router_finds(
    queue: Queue, now: datetime, presence: str, allowed: list[str]
) -> None:
    make_agent(presence=presence, queues=[queue])
    item = arrive(make_workstream(queue=queue, allowed_presences=allowed), now)
    row, shown = row_of(queue), tiles_at(now)

    service.run_cycle(now=now)

    item.refresh_from_db()
    is_given = item.agent is not None
    assert (row.taking, row.with_room) == (is_given, is_given)
    assert (not row.alarm, not shown.alarm) == (is_given, is_given)


def test_who_has_work_by_himself_is_busy_to_the_floor_too(queue: Queue, now: datetime) -> None:
    AgentLoad.objects.filter(agent=make_agent(queues=[queue])).update(units_used=1)
    item = arrive(make_workstream(queue=queue, allowed_presences=["available"]), now)
    row = row_of(queue)

    service.run_cycle(now=now)

    item.refresh_from_db()
    assert (item.agent, row.taking, row.with_room) == (None, 0, 0)


def test_who_is_offered_as_many_as_one_may_have_open_is_left_alone_by_all(
    queue: Queue, now: datetime
) -> None:
    agent = make_agent(units=50, queues=[queue])
    workstream = make_workstream(queue=queue)
    for _ in range(12):
        last = arrive(workstream, now)

    service.run_cycle(now=now)

    row = row_of(queue)
    assert AgentLoad.objects.get(agent=agent).items_held == 10
    assert (row.counts.waiting, row.taking, row.with_room) == (2, 0, 0)
    assert [each["blocker"] for each in waiting_because(last)] == ["has_a_session_left"]


def test_only_what_waits_for_these_presences_needs_room(queue: Queue, now: datetime) -> None:
    make_agent(units=1, presence="away", queues=[queue])
    small = make_workstream(queue=queue, capacity_units=1)
    large = make_workstream(queue=queue, capacity_units=3, allowed_presences=["away"])
    configuration.publish(by=None, now=now)
    make_item(small)
    make_item(large)

    row = row_of(queue)

    assert (row.taking, row.with_room) == (1, 0)


@pytest.mark.parametrize(("presence", "number"), [("away", 1), ("available", 0)])
def test_where_nothing_waits_it_goes_by_what_is_sent_there(
    queue: Queue, now: datetime, presence: str, number: int
) -> None:
    make_agent(presence=presence, queues=[queue])
    make_workstream(queue=queue, allowed_presences=["away"])
    configuration.publish(by=None, now=now)

    row = row_of(queue)

    assert (row.taking, row.with_room) == (number, number)


def test_a_queue_that_nothing_is_sent_to_goes_by_the_usual_presences(now: datetime) -> None:
    spare = make_queue()
    for presence in BasePresence:
        make_agent(presence=presence, queues=[spare])

    assert row_of(spare).taking == 2


@pytest.mark.parametrize(("presence", "is_there"), [("away", True), ("available", False)])
def test_rules_of_ones_own_say_which_presences_they_want(
    queue: Queue, now: datetime, presence: str, is_there: bool
) -> None:
    method = make_method(**asks_presence("away"))
    Queue.objects.filter(pk=queue.pk).update(custom_method=method)
    make_agent(presence=presence, queues=[queue])
    item = arrive(make_workstream(queue=queue), now)
    row, shown = row_of(queue), tiles_at(now)

    service.run_cycle(now=now)

    item.refresh_from_db()
    assert (item.agent is not None, row.taking, not shown.alarm) == (is_there, is_there, is_there)


def test_the_tile_asks_for_what_waits_alone(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    make_workstream(allowed_presences=["away"])
    configuration.publish(by=None, now=now)
    make_item(workstream)

    assert not tiles_at(now).alarm


def test_the_tile_alarms_where_those_who_are_there_are_not_wanted(
    agent: Agent, now: datetime
) -> None:
    wanting = make_workstream(allowed_presences=["away"])
    configuration.publish(by=None, now=now)
    make_item(wanting)

    assert tiles_at(now).alarm == "No agent is available"
