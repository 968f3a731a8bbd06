"""Work that waited too long while it was offered overflows as it comes back: where the next agent
is asked at once, no sweep would ever find it waiting (A 8.4)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from routing import configuration, service
from routing.actions.end_offer import end_offer
from routing.models import RoutingDecision
from tests.factories import make_overflow, make_queue, make_route
from tests.scenarios import offered
from workstreams.models import Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import ItemState, OverflowAction, OverflowCondition, Reason

pytestmark = pytest.mark.django_db
LIMIT = 300
WAITING = OverflowCondition.WAITING_TIME


def decline(item: WorkItem, now: datetime) -> None:
    assert item.agent is not None
    service.decline(item_id=item.pk, by=item.agent, now=now)


def miss(item: WorkItem, now: datetime) -> None:
    end_offer(item_id=item.pk, assignment_id=item.assignments.get().pk, now=now)


Refuse = Callable[[WorkItem, datetime], None]
REFUSALS: dict[str, Refuse] = {"decline": decline, "miss": miss}


@pytest.fixture(params=REFUSALS)
def refuse(request: pytest.FixtureRequest) -> Refuse:
    return REFUSALS[request.param]


@pytest.fixture
def item(
    workstream: Workstream, queue: Queue, agent: Agent, second_agent: Agent, now: datetime
) -> WorkItem:
    """Offered to one of two agents."""
    make_overflow(queue, WAITING, "", threshold=LIMIT, to=make_queue("Spare"))
    make_route(workstream)
    configuration.publish(by=None, now=now)
    return offered(workstream, now)


def test_it_goes_on_instead_of_to_the_next_agent(
    item: WorkItem, now: datetime, refuse: Refuse
) -> None:
    later = now + timedelta(seconds=LIMIT)

    refuse(item, later)
    service.run_cycle(now=later)

    item.refresh_from_db()
    assert (item.queue.name, item.state, item.overflow_transfer_count) == ("Spare", "open", 1)
    kinds = WorkItemEvent.objects.filter(work_item_id=item.pk).order_by("-pk")
    assert kinds.values_list("kind", flat=True)[0] == "work-item-overflowed"
    assert RoutingDecision.objects.filter(work_item_id=item.pk, stage="overflow").exists()


def test_before_that_the_next_agent_is_asked(item: WorkItem, now: datetime, refuse: Refuse) -> None:
    before, first = now + timedelta(seconds=LIMIT - 1), item.agent

    refuse(item, before)
    service.run_cycle(now=before)

    item.refresh_from_db()
    assert (item.queue.name, item.state) == ("Support", ItemState.ACTIVE)
    assert item.agent not in (None, first)


def test_where_it_is_to_end_it_ends(
    item: WorkItem, queue: Queue, now: datetime, refuse: Refuse
) -> None:
    queue.overflow_rules.update(action=OverflowAction.END, to_queue=None)
    configuration.publish(by=None, now=now)

    refuse(item, now + timedelta(seconds=LIMIT))

    item.refresh_from_db()
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.CLOSED_DUE_TO_OVERFLOW)
