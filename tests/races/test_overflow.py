"""Overflow and people, overflow and overflow: one of them gets the item, and limits hold."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent
from routing import configuration, service
from routing.models import Assignment, Rule, RuleQueue, Ruleset
from routing.sweeps import overflow_waiting
from routing.terms import RulesetKind
from tests.factories import make_agent, make_item, make_overflow, make_queue, make_workstream
from tests.races.together import queued_behind, together
from tests.scenarios import units_used
from workstreams.actions.take_in import take_in
from workstreams.models import Queue, WorkItem, WorkItemEvent, Workstream
from workstreams.terms import DistributionMode, ItemState, OverflowAction, OverflowCondition


@pytest.fixture
def spare(db: None) -> Queue:
    return make_queue("Spare")


@pytest.fixture
def overdue(queue: Queue, spare: Queue, now: datetime) -> WorkItem:
    """It has waited too long in a queue that agents pick from."""
    make_overflow(queue, OverflowCondition.WAITING_TIME, threshold=60, to=spare)
    workstream = make_workstream("Mail", mode=DistributionMode.PICK, queue=queue)
    item = make_item(workstream, at=now - timedelta(minutes=5))
    configuration.publish(by=None, now=now)
    return item


def row(item: WorkItem):
    return WorkItem.objects.filter(pk=item.pk)


def test_a_pick_that_came_first_keeps_the_item(
    overdue: WorkItem, queue: Queue, agent: Agent, now: datetime
) -> None:
    queued_behind(
        row(overdue),
        lambda: overflow_waiting.sweep(now=now, limit=20),
        then=lambda: service.pick(item_id=overdue.pk, by=agent, now=now),
    )

    overdue.refresh_from_db()
    assert (overdue.agent, overdue.queue) == (agent, queue)
    assert overdue.overflow_transfer_count == 0


def test_a_pick_and_the_sweep_at_once_leave_one_of_the_two(
    overdue: WorkItem, queue: Queue, spare: Queue, agent: Agent, now: datetime
) -> None:
    together(
        lambda: service.pick(item_id=overdue.pk, by=agent, now=now),
        lambda: overflow_waiting.sweep(now=now, limit=20),
    )

    overdue.refresh_from_db()
    outcomes = {(queue, agent, 0): 1, (spare, None, 1): 0}
    had = outcomes[(overdue.queue, overdue.agent, overdue.overflow_transfer_count)]
    assert Assignment.objects.filter(item=overdue).count() == had
    assert units_used(agent) == had


def test_two_sweeps_at_once_move_an_item_once(overdue: WorkItem, now: datetime) -> None:
    counts = together(*[lambda: overflow_waiting.sweep(now=now, limit=20)] * 2)

    overdue.refresh_from_db()
    assert sorted(counts) == [0, 1]
    assert overdue.overflow_transfer_count == 1
    moved = WorkItemEvent.objects.filter(work_item_id=overdue.pk, kind="work-item-overflowed")
    assert moved.count() == 1


def test_an_offer_that_is_accepted_meanwhile_keeps_the_item(
    workstream: Workstream, queue: Queue, spare: Queue, agent: Agent, now: datetime
) -> None:
    make_overflow(queue, OverflowCondition.WAITING_TIME, threshold=60, to=spare)
    item = make_item(workstream, at=now - timedelta(minutes=5))
    configuration.publish(by=None, now=now)

    def offer_and_accept() -> None:
        service.run_cycle(now=now)
        service.accept(item_id=item.pk, by=agent, now=now)

    queued_behind(
        row(item), lambda: overflow_waiting.sweep(now=now, limit=20), then=offer_and_accept
    )

    item.refresh_from_db()
    assert (item.state, item.agent, item.queue) == (ItemState.ACTIVE, agent, queue)


def test_arrivals_at_once_never_pass_the_limit(
    workstream: Workstream, spare: Queue, now: datetime
) -> None:
    full = make_queue("Full")
    make_agent(queues=[full], presence="offline")
    ruleset = Ruleset.objects.create(
        kind=RulesetKind.ROUTE_TO_QUEUE, workstream=workstream, name="Route"
    )
    RuleQueue.objects.create(rule=Rule.objects.create(ruleset=ruleset, name="all"), queue=full)
    make_overflow(full, OverflowCondition.ITEM_LIMIT, threshold=3, to=spare)
    configuration.publish(by=None, now=now)

    together(*[lambda: take_in(workstream=workstream, now=now)] * 6)

    waiting = WorkItem.objects.filter(state=ItemState.OPEN)
    assert [waiting.filter(queue=each).count() for each in (full, spare)] == [3, 3]
    assert OverflowAction.TRANSFER in full.overflow_rules.values_list("action", flat=True)
