"""A queue is deleted, and its work moved, while people and customers go on."""

from datetime import datetime

import pytest

from agents.models import Agent, User
from config.refusal import Refusal
from routing import configuration, service
from routing.models import Assignment
from tests.factories import make_agent, make_item, make_queue, make_user, make_workstream
from tests.races.together import queued_behind, together
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.record_event import record_event
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.take_in import take_in
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import DistributionMode, ItemState


@pytest.fixture
def ada(transactional_db: None) -> User:
    return make_user("ada", "administrator")


@pytest.fixture
def old(transactional_db: None, agent: Agent) -> Queue:
    """A queue that agents pick from, with work in it; nothing refers to it."""
    queue = make_queue("Old")
    queue.memberships.create(agent=agent)
    return queue


@pytest.fixture
def item(old: Queue, queue: Queue, now: datetime) -> WorkItem:
    workstream = make_workstream("Mail", mode=DistributionMode.PICK, queue=queue)
    item = make_item(workstream, queue=old)
    configuration.publish(by=None, now=now)
    return item


def test_a_pick_that_came_first_keeps_the_item_and_its_queue_is_the_new_one(
    old: Queue, queue: Queue, item: WorkItem, agent: Agent, ada: User, now: datetime
) -> None:
    [outcome] = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: delete_queue(queue=old, move_to=queue, by=ada, now=now),
        then=lambda: service.pick(item_id=item.pk, by=agent, now=now),
    )

    item.refresh_from_db()
    assert not isinstance(outcome, Refusal)
    assert (item.agent, item.queue, item.state) == (agent, queue, ItemState.ACTIVE)
    assert not Queue.objects.filter(pk=old.pk).exists()


def test_picks_and_the_deletion_at_once_lose_no_item(
    old: Queue, queue: Queue, agent: Agent, ada: User, now: datetime
) -> None:
    workstream = make_workstream("Mail", mode=DistributionMode.PICK, queue=queue)
    items = [make_item(workstream, queue=old) for _ in range(6)]
    configuration.publish(by=None, now=now)

    together(
        lambda: delete_queue(queue=old, move_to=queue, by=ada, now=now),
        *[lambda pk=each.pk: service.pick(item_id=pk, by=agent, now=now) for each in items],
    )

    found = WorkItem.objects.filter(pk__in=[each.pk for each in items])
    assert {each.queue_id for each in found} == {queue.pk}
    assert Assignment.objects.count() == found.filter(state=ItemState.ACTIVE).count()
    assert not Queue.objects.filter(pk=old.pk).exists()


def test_work_that_came_meanwhile_is_moved_too(
    old: Queue, queue: Queue, item: WorkItem, ada: User, now: datetime
) -> None:
    agents = make_agent(queues=[old])
    workstream = make_workstream("More", queue=queue)

    [outcome] = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: delete_queue(queue=old, move_to=queue, by=ada, now=now),
        then=lambda: make_item(workstream, queue=old),
    )

    assert not isinstance(outcome, Refusal)
    assert set(WorkItem.objects.values_list("queue_id", flat=True)) == {queue.pk}
    assert not agents.memberships.exists()


def test_an_arrival_on_its_way_to_the_queue_is_routed_elsewhere(
    workstream: Workstream, queue: Queue, ada: User, now: datetime, rule_to_old: Queue
) -> None:
    """The arrival has read the rules when queue and rule go; it waits, and decides again."""
    rule = rule_to_old.rule_targets.get().rule

    def go() -> None:
        rule.delete()
        delete_queue(queue=rule_to_old, by=ada, now=now)

    [item] = queued_behind(
        Queue.objects.filter(pk=rule_to_old.pk),
        lambda: take_in(workstream=workstream, now=now),
        then=go,
    )

    assert (item.queue, item.state) == (queue, ItemState.OPEN)


@pytest.fixture
def rule_to_old(old: Queue, workstream: Workstream, now: datetime) -> Queue:
    from routing.models import Rule, RuleQueue, Ruleset

    ruleset = Ruleset.objects.create(kind="route_to_queue", workstream=workstream, name="Route")
    RuleQueue.objects.create(rule=Rule.objects.create(ruleset=ruleset, name="all"), queue=old)
    configuration.publish(by=None, now=now)
    return old


def test_a_queue_that_gets_its_work_does_not_overflow_into_it(
    old: Queue, item: WorkItem, ada: User, now: datetime
) -> None:
    place = make_queue("Place")
    make_agent(queues=[place])
    configuration.publish(by=None, now=now)
    back = {"condition": "work_item_limit", "threshold": 5, "action": "transfer", "queue": "Old"}

    deleted, edited = queued_behind(
        Queue.objects.filter(pk=old.pk),
        lambda: delete_queue(queue=old, move_to=place, by=ada, now=now),
        lambda: edit_queue(queue=place, overflow=[back], by=ada, now=now),
    )

    item.refresh_from_db()
    assert (deleted, type(edited), item.queue) == (None, InvalidSettings, place)


def test_of_two_queues_that_are_to_take_each_others_work_one_stays(
    old: Queue, queue: Queue, item: WorkItem, ada: User, now: datetime
) -> None:
    other = make_queue("Other")
    make_agent(queues=[other])
    second = make_item(make_workstream("Second", queue=queue), queue=other)
    for each in (item, second):
        record_event(kind="work-item-queued", item=each, now=now)
    configuration.publish(by=None, now=now)

    together(
        lambda: delete_queue(queue=old, move_to=other, by=ada, now=now),
        lambda: delete_queue(queue=other, move_to=old, by=ada, now=now),
    )

    [left] = Queue.objects.filter(pk__in=[old.pk, other.pk])
    found = WorkItem.objects.filter(pk__in=[item.pk, second.pk])
    assert {each.queue_id for each in found} == {left.pk}
