"""When an agent had the last release, which *least active* goes by."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from agents.models import Agent
from routing import service
from routing.models import AgentLoad, Assignment
from routing.sweeps import miss_offers, release_wrap_up
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import arrive, in_conversation, in_wrap_up, offered
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import AssignmentMethodName, Channel, ItemState, WrapUpBlock

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


Lose = Callable[[WorkItem, Agent, datetime], Any]
LOSSES: dict[str, Lose] = {
    "declined": lambda item, agent, at: service.decline(item_id=item.pk, by=agent, now=at),
    "missed": lambda item, agent, at: miss_offers.sweep(now=at, limit=10),
    "its customer left": lambda item, agent, at: service.leave(item_id=item.pk, now=at),
}


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


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES.keys())
def test_an_offer_that_was_never_taken_is_no_release(
    workstream: Workstream, agent: Agent, now: datetime, lose: Lose
) -> None:
    """A 10 speaks of calls that ended: the agent has been without work since before."""
    at = now + 10 * MINUTE
    before = in_wrap_up(workstream, agent, now)
    service.close(item_id=before.pk, by=agent, now=now)
    item = offered(workstream, at)

    lose(item, agent, at + 3 * MINUTE)

    assert Assignment.objects.get(item=item).outcome not in ("pending", "accepted")
    assert released(agent) == now


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
