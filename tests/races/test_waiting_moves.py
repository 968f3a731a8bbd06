"""A move that had to wait for an item sees the item as it is then, not as it was before."""

from datetime import datetime

import pytest

from agents.models import Agent, User
from routing import service
from tests.factories import make_agent, make_queue
from tests.races.together import queued_behind
from tests.scenarios import in_conversation, offered, units_used
from workstreams.models import WorkItem, WorkItemEvent, Workstream
from workstreams.terms import ItemState


def row(item: WorkItem):
    return WorkItem.objects.filter(pk=item.pk)


def test_an_item_that_is_transferred_meanwhile_is_closed_for_its_new_agent(
    workstream: Workstream, agent: Agent, second_agent: Agent, supervisor: User, now: datetime
) -> None:
    item = offered(workstream, now)
    other = second_agent if item.agent == agent else agent

    queued_behind(
        row(item),
        lambda: service.force_close(item_id=item.pk, by=supervisor),
        then=lambda: service.transfer(item_id=item.pk, by=supervisor, agent=other),
    )

    item.refresh_from_db()
    # It was only offered to him.
    assert (item.state, item.agent) == (ItemState.CLOSED, None)
    closed = WorkItemEvent.objects.get(work_item_id=item.pk, kind="work-item-closed")
    assert closed.data["from_agent_id"] == other.pk
    assert [units_used(each) for each in (agent, second_agent)] == [0, 0]


def test_an_acceptance_that_waited_keeps_the_agent_who_has_the_item_now(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    other = make_agent("dora", queues=[item.queue])

    queued_behind(
        row(item),
        lambda: service.accept(item_id=item.pk, by=other),
        then=lambda: service.transfer(item_id=item.pk, by=supervisor, agent=other),
    )

    item.refresh_from_db()
    assert (item.agent, item.last_agent) == (other, other)


@pytest.mark.parametrize("verb", ["leave", "force_close"])
def test_an_item_that_changes_its_queue_meanwhile_is_found(
    workstream: Workstream, agent: Agent, supervisor: User, now: datetime, verb: str
) -> None:
    queue = make_queue("Experts")
    make_agent("dora", queues=[queue])
    item = in_conversation(workstream, agent, now)
    given = {"by": supervisor} if verb == "force_close" else {}

    queued_behind(
        row(item),
        lambda: getattr(service, verb)(item_id=item.pk, **given),
        then=lambda: service.transfer(item_id=item.pk, by=supervisor, queue=queue),
    )

    item.refresh_from_db()
    assert (item.state, item.queue) == (ItemState.CLOSED, queue)
