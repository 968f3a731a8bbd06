"""Closed work names the agent who had it last, and nobody who was only offered it (B 14.5)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from agents.models import Agent, User
from routing import configuration, service
from routing.permissions import may_read
from routing.queries.desk import closed_items
from routing.sweeps import close_inactive
from tests.factories import (
    make_agent,
    make_intake_rule,
    make_queue,
    make_record,
    make_workstream,
)
from tests.scenarios import in_conversation, offered, units_used
from workstreams.actions.end_record import end_record
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import Channel, ItemState, RecordEnd

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=31)
Close = Callable[[WorkItem, User, datetime], object]


@pytest.fixture
def texting(queue: Queue) -> Workstream:
    """Its conversations may rest."""
    return make_workstream(queue=queue, channel=Channel.SMS, auto_close_after_minutes=60)


def leave(item: WorkItem, by: User, now: datetime) -> None:
    service.leave(item_id=item.pk, now=now)


def force(item: WorkItem, by: User, now: datetime) -> None:
    service.force_close(item_id=item.pk, by=by, now=now)


def wait_long(item: WorkItem, by: User, now: datetime) -> None:
    assert close_inactive.sweep(now=now + DAYS, limit=10) == 1


@pytest.mark.parametrize("close", [leave, force, wait_long])
def test_who_was_only_offered_it_never_had_it(
    texting: Workstream, agent: Agent, supervisor: User, now: datetime, close: Close
) -> None:
    item = offered(texting, now)

    close(item, supervisor, now)

    item.refresh_from_db()
    assert (item.state, item.agent, units_used(agent)) == (ItemState.CLOSED, None, 0)
    assert not may_read(agent.user, item)


@pytest.mark.parametrize("close", [leave, force, wait_long])
def test_who_set_it_to_wait_had_it(
    texting: Workstream, agent: Agent, supervisor: User, now: datetime, close: Close
) -> None:
    item = in_conversation(texting, agent, now)
    assert service.close(item_id=item.pk, by=agent, now=now) == ItemState.WAITING

    close(item, supervisor, now)

    item.refresh_from_db()
    assert (item.state, item.agent) == (ItemState.CLOSED, agent)
    assert [each.id for each in closed_items(agent, since=now)] == [item.pk]


@pytest.mark.usefixtures("record_routing")
@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_record_that_is_resolved_was_with_the_one_who_took_it(
    supervisor: User, now: datetime, is_accepted: bool
) -> None:
    queue = make_queue("Cases", type="record")
    agent = make_agent("alice", queues=[queue])
    make_intake_rule(make_workstream(type="record", queue=queue))
    configuration.publish(by=None, now=now)
    record = make_record("Late parcel")
    service.route_record(record_id=record.pk, by=supervisor, now=now)
    service.run_cycle(now=now)
    item = WorkItem.objects.get(record=record)
    if is_accepted:
        service.accept(item_id=item.pk, by=agent, now=now)

    end_record(record_id=record.pk, how=RecordEnd.RESOLVED, by=supervisor, now=now)

    item.refresh_from_db()
    assert (item.state, item.agent) == (ItemState.CLOSED, agent if is_accepted else None)
