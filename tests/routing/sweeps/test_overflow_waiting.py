"""Overflow of work that waits: when, where to, in which order, and once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from agents.models import Agent
from routing import configuration, service
from routing.actions.overflow_item import MOST_COUNTED, overflow_item
from routing.models import RoutingDecision
from routing.queries.explanation import explanation
from routing.sweeps import miss_offers, overflow_waiting
from tests.factories import make_agent, make_item, make_overflow, make_queue, make_workstream
from workstreams.actions.move_item import move_item
from workstreams.models import Message, Queue, WorkItem, WorkItemEvent
from workstreams.terms import ItemState, OverflowAction, OverflowCondition, Reason

pytestmark = pytest.mark.django_db
WAITING = OverflowCondition.WAITING_TIME
MINUTE = timedelta(minutes=1)


def patient(name: str, *, seconds: int = 300, to: Queue | None = None, **fields: Any) -> Queue:
    """A queue whose work may wait so long."""
    queue = make_queue(name, **fields)
    make_overflow(queue, WAITING, "" if to else OverflowAction.END, threshold=seconds, to=to)
    return queue


def waiting(queue: Queue, since: datetime, **fields: Any) -> WorkItem:
    workstream = make_workstream(type=queue.type, queue=queue)
    return make_item(workstream, at=since, **fields)


def give_to(item: WorkItem, agent: Agent, now: datetime) -> None:
    """Offered by the router, and accepted."""
    configuration.publish(by=None, now=now)
    service.run_cycle(now=now)
    service.accept(item_id=item.pk, by=agent, now=now)


def swept(now: datetime, limit: int = 200) -> int:
    configuration.publish(by=None, now=now)
    return overflow_waiting.sweep(now=now, limit=limit)


def test_work_that_has_waited_too_long_goes_to_the_other_queue_with_its_age(now):
    spare = make_queue("Spare")
    item = waiting(patient("Short", to=spare), now - 5 * MINUTE)

    assert swept(now) == 1

    item.refresh_from_db()
    assert (item.queue, item.state, item.overflow_transfer_count) == (spare, ItemState.OPEN, 1)
    assert (item.waiting_since, item.queued_at) == (now - 5 * MINUTE, now)
    event = WorkItemEvent.objects.get(work_item_id=item.pk, kind="work-item-overflowed")
    assert event.data["from_queue_id"] == Queue.objects.get(name="Short").pk


def test_a_second_before_it_stays(now):
    waiting(patient("Short", to=make_queue("Spare")), now - timedelta(seconds=299))

    assert swept(now) == 0


def test_a_conversation_that_waited_too_long_is_ended_and_the_customer_told(now):
    item = waiting(patient("Short"), now - 6 * MINUTE)

    assert swept(now) == 1

    item.refresh_from_db()
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.CLOSED_DUE_TO_OVERFLOW)
    assert Message.objects.get(item=item).text.startswith("We cannot take your request")


@pytest.mark.parametrize(("type_", "seconds"), [("record", 180), ("voice", 60)])
def test_records_and_calls_overflow_too(now, record_routing, type_, seconds):
    spare = make_queue("Spare", type=type_)
    item = waiting(patient("Short", type=type_, seconds=seconds, to=spare), now - 3 * MINUTE)

    assert swept(now) == 1
    assert WorkItem.objects.get(pk=item.pk).queue == spare


def test_running_twice_changes_nothing_more(now):
    waiting(patient("Short", to=make_queue("Spare")), now - 5 * MINUTE)

    assert [swept(now), swept(now)] == [1, 0]


def test_one_queue_may_follow_another_each_after_its_own_time(now):
    last = make_queue("Last")
    middle = patient("Middle", seconds=120, to=last)
    item = waiting(patient("First", to=middle), now - 5 * MINUTE)

    moves = [swept(now + after * MINUTE) for after in (0, 1, 2)]

    item.refresh_from_db()
    assert (moves, item.queue, item.overflow_transfer_count) == ([1, 0, 1], last, 2)


def test_work_that_went_round_for_months_goes_on(now):
    item = waiting(patient("Short", to=make_queue("Spare")), now - 5 * MINUTE)
    WorkItem.objects.update(overflow_transfer_count=MOST_COUNTED)

    assert swept(now) == 1

    item.refresh_from_db()
    assert (item.queue.name, item.overflow_transfer_count) == ("Spare", MOST_COUNTED)


def test_what_was_transferred_in_waits_anew(now):
    queue = patient("Short", to=make_queue("Spare"))
    waiting(queue, now - 60 * MINUTE, queued_at=now - MINUTE)

    assert swept(now) == 0
    assert swept(now + 4 * MINUTE) == 1


def came_back(item: WorkItem, agent: Agent, now: datetime) -> None:
    WorkItem.objects.filter(pk=item.pk).update(queued_at=now - MINUTE)


def was_taken(item: WorkItem, agent: Agent, now: datetime) -> None:
    moved = {"state": ItemState.ACTIVE, "reason": Reason.AWAITING_AGENT_ACCEPTANCE, "agent": agent}
    WorkItem.objects.filter(pk=item.pk).update(**moved)


@pytest.mark.parametrize("meanwhile", [came_back, was_taken])
def test_what_had_waited_too_long_only_when_it_was_looked_for_stays(now, agent, meanwhile):
    item = waiting(patient("Short", to=make_queue("Spare")), now - 60 * MINUTE)
    configuration.publish(by=None, now=now)
    meanwhile(item, agent, now)

    assert not overflow_item(item_id=item.pk, now=now)
    assert WorkItem.objects.get(pk=item.pk).queue == item.queue


def test_an_offer_that_was_missed_does_not_begin_the_wait_anew(now):
    queue = patient("Short", to=make_queue("Spare"))
    item = waiting(queue, now - 5 * MINUTE)
    agent = make_agent(queues=[queue])
    offered, open_ = Reason.AWAITING_AGENT_ACCEPTANCE, Reason.AWAITING_AGENT_ASSIGNMENT
    move_item(
        item=item, to=ItemState.ACTIVE, reason=offered, kind="offer-made", agent=agent, now=now
    )
    move_item(item=item, to=ItemState.OPEN, reason=open_, kind="offer-missed", now=now)

    assert swept(now) == 1


def test_what_an_agent_had_and_released_waits_anew(now):
    queue = patient("Short", to=make_queue("Spare"))
    item = waiting(queue, now - 60 * MINUTE)
    agent = make_agent(queues=[queue])
    give_to(item, agent, now)
    service.release(item_id=item.pk, by=agent, now=now)

    assert swept(now + MINUTE) == 0


def test_what_an_agent_handed_to_one_who_missed_it_waits_from_then_on(now):
    queue = patient("Short")
    alice, bob = make_agent("alice", queues=[queue]), make_agent("bob", queues=[queue])
    item = waiting(queue, now - MINUTE)
    give_to(item, alice, now)
    later = now + 20 * MINUTE
    service.transfer(item_id=item.pk, by=alice.user, agent=bob, now=later)

    miss_offers.sweep(now=later + 2 * MINUTE, limit=10)

    assert swept(later + 2 * MINUTE) == 0
    assert swept(later + 5 * MINUTE) == 1


def test_more_than_twenty_go_in_batches_lower_waits_first_and_queues_in_turn(now):
    spare = make_queue("Spare")
    slow, low, also_low = (
        patient(name, seconds=seconds, to=spare)
        for name, seconds in (("Slow", 600), ("Low", 60), ("Also low", 60))
    )
    for queue, number in ((slow, 5), (low, 20), (also_low, 4)):
        for place in range(number):
            waiting(queue, now - 30 * MINUTE + place * timedelta(seconds=1))

    assert swept(now) == 20
    left = {
        queue.name: WorkItem.objects.filter(queue=queue).count() for queue in (slow, low, also_low)
    }
    assert left == {"Slow": 5, "Low": 4, "Also low": 0}
    assert [swept(now), swept(now)] == [9, 0]


def test_offered_and_accepted_work_stays(now):
    queue = patient("Short", to=make_queue("Spare"))
    waiting(queue, now - 60 * MINUTE, state=ItemState.ACTIVE, agent=make_agent(queues=[queue]))

    assert swept(now) == 0


def test_the_explanation_shows_what_fired_and_what_was_done(now):
    item = waiting(patient("Short", to=make_queue("Spare")), now - 5 * MINUTE)
    swept(now)

    assert RoutingDecision.objects.get(work_item_id=item.pk).stage == "overflow"
    [stage] = [each for each in explanation(item.pk)["stages"] if each["stage"] == "overflow"]
    assert stage["sentence"] == (
        "Waited 5 min in the queue, and the limit is 5 min: transferred to Spare."
    )


def test_work_that_can_go_nowhere_holds_up_nobody(now):
    """What is published leads to a queue that is gone."""
    gone, spare = make_queue("Gone"), make_queue("Spare")
    closed, short = patient("Closed", seconds=60, to=gone), patient("Short", to=spare)
    for _ in range(overflow_waiting.BATCH):
        waiting(closed, now - 30 * MINUTE)
    item = waiting(short, now - 30 * MINUTE)
    configuration.publish(by=None, now=now)
    closed.overflow_rules.all().delete()
    gone.delete()

    assert overflow_waiting.sweep(now=now, limit=200) == 1
    assert WorkItem.objects.get(pk=item.pk).queue == spare
