"""When an agent had the last release, which *least active* goes by."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from routing import service
from routing.models import AgentLoad, Assignment
from routing.sweeps import release_wrap_up
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import arrive, in_conversation, in_wrap_up
from workstreams.models import Queue
from workstreams.terms import AssignmentMethodName, Channel, ItemState, WrapUpBlock

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def released(agent: Agent) -> datetime | None:
    return AgentLoad.objects.get(agent=agent).last_released_at


def test_the_end_of_a_blocking_wrap_up_is_the_release(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, wrap_up_block=WrapUpBlock.CUSTOM, wrap_up_seconds=60)
    in_wrap_up(workstream, agent, now)
    before = released(agent)

    release_wrap_up.sweep(now=now + MINUTE, limit=10)

    assert (before, released(agent)) == (None, now + MINUTE)


def test_a_conversation_that_waits_for_its_customer_is_a_release(
    queue: Queue, agent: Agent, now: datetime
) -> None:
    workstream = make_workstream(queue=queue, channel=Channel.SMS)
    item = in_conversation(workstream, agent, now)

    service.close(item_id=item.pk, by=agent, now=now + MINUTE)

    item.refresh_from_db()
    assert (item.state, released(agent)) == (ItemState.WAITING, now + MINUTE)


def test_a_release_in_another_queue_counts_as_in_the_example(now: datetime) -> None:
    """A was released at 13:15, B at 13:10 in another queue: the call of 13:20 goes to B."""
    calls = make_queue("Calls", assignment_method=AssignmentMethodName.LEAST_ACTIVE)
    other = make_queue("Other")
    in_calls, in_other = make_workstream(queue=calls), make_workstream(queue=other)
    a, b = make_agent("a", queues=[calls]), make_agent("b", queues=[calls, other])
    for workstream, agent, at in ((in_other, b, now), (in_calls, a, now + 5 * MINUTE)):
        item = in_conversation(workstream, agent, at)
        service.end(item_id=item.pk, by=agent, now=at)
        service.close(item_id=item.pk, by=agent, now=at)
    item = arrive(in_calls, now + 10 * MINUTE)

    service.run_cycle(now=now + 10 * MINUTE)

    assert Assignment.objects.get(item=item).agent == b
