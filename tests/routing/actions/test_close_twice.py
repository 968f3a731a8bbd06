"""The X of a live conversation, clicked again."""

from datetime import datetime

import pytest

from agents.models import Agent
from routing import service
from routing.exceptions import NotYourItem
from tests.scenarios import in_conversation, units_used
from workstreams.models import WorkItem, Workstream
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(workstream: Workstream, agent: Agent, now: datetime) -> WorkItem:
    """A live chat that the agent has stepped away from."""
    item = in_conversation(workstream, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)
    return item


def test_it_stays_in_its_queue_and_that_is_said_again(
    closed: WorkItem, agent: Agent, now: datetime
) -> None:
    left = service.close(item_id=closed.pk, by=agent, now=now)

    closed.refresh_from_db()
    assert (left, closed.state, units_used(agent)) == (ItemState.OPEN, ItemState.OPEN, 0)


def test_others_had_nothing_of_it_to_close(
    closed: WorkItem, second_agent: Agent, now: datetime
) -> None:
    with pytest.raises(NotYourItem):
        service.close(item_id=closed.pk, by=second_agent, now=now)


def test_it_is_with_the_one_who_took_it_since(
    closed: WorkItem, agent: Agent, second_agent: Agent, now: datetime
) -> None:
    service.run_cycle(now=now)
    with pytest.raises(NotYourItem):
        service.close(item_id=closed.pk, by=agent, now=now)
    service.accept(item_id=closed.pk, by=second_agent, now=now)
    service.release(item_id=closed.pk, by=second_agent, now=now)

    with pytest.raises(NotYourItem):
        service.close(item_id=closed.pk, by=agent, now=now)


def test_what_was_transferred_to_another_queue_is_no_more_of_his(
    workstream: Workstream, agent: Agent, agent_of_another_queue: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    other = agent_of_another_queue.queues.get()
    service.transfer(item_id=item.pk, by=agent.user, queue=other, now=now)

    with pytest.raises(NotYourItem):
        service.close(item_id=item.pk, by=agent, now=now)
