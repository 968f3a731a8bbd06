"""In which order a cycle gives work out, whatever it has read of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from agents.models import Agent, User
from routing import configuration, service
from routing.dispatcher.cycle import run_cycle
from routing.engine.order import Group, in_order
from routing.models import Assignment
from tests.factories import make_agent, make_item, make_queue, make_workstream
from tests.scenarios import arrive, in_conversation, offered
from workstreams.actions.send_message import send_message
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import Author, Channel

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def assigned_in_order() -> list[int]:
    return list(Assignment.objects.order_by("pk").values_list("item", flat=True))


def test_the_queue_of_the_smaller_number_goes_first(now: datetime) -> None:
    queues = [make_queue(priority=priority) for priority in (3, 1, 2)]
    items = [make_item(make_workstream(queue=queue), at=now) for queue in queues]
    make_agent(units=2, queues=queues)
    configuration.publish(by=None, now=now)

    assert service.run_cycle(now=now).assigned == 2
    assert assigned_in_order() == [items[1].pk, items[2].pk]


def test_within_a_queue_who_waits_longest_goes_first_whatever_he_needs(
    queue: Queue, now: datetime
) -> None:
    chats, mails = make_workstream(queue=queue), make_workstream(queue=queue)
    items = [
        make_item(workstream, at=now - SECOND * age)
        for workstream, age in ((chats, 1), (mails, 4), (chats, 3), (mails, 2))
    ]
    make_agent(units=3, queues=[queue])
    configuration.publish(by=None, now=now)

    service.run_cycle(now=now)

    assert assigned_in_order() == [items[1].pk, items[2].pk, items[3].pk]


@pytest.fixture
def texts(queue: Queue) -> Workstream:
    return make_workstream(queue=queue, channel=Channel.SMS, keep_same_agent=False)


def writes(item: WorkItem, at: datetime) -> None:
    send_message(item_id=item.pk, author=Author.CUSTOMER, text="Are you there?", now=at)


def test_a_customer_who_writes_again_while_he_waits_keeps_his_place(
    texts: Workstream, queue: Queue, now: datetime
) -> None:
    first, second = (arrive(texts, now + SECOND * age) for age in (0, 1))
    writes(first, now + SECOND * 2)
    make_agent(units=2, queues=[queue])

    service.run_cycle(now=now + SECOND * 3)

    assert assigned_in_order() == [first.pk, second.pk]


def test_what_comes_back_from_work_goes_by_what_its_customer_wrote_last(
    texts: Workstream, queue: Queue, now: datetime
) -> None:
    agent = make_agent(units=3, queues=[queue])
    back = in_conversation(texts, agent, now)
    service.close(item_id=back.pk, by=agent, now=now)
    before = arrive(texts, now + SECOND)
    writes(back, now + SECOND * 2)
    after = arrive(texts, now + SECOND * 3)
    # Again, and it keeps that place.
    writes(back, now + SECOND * 4)

    service.run_cycle(now=now + SECOND * 5)

    assert assigned_in_order() == [back.pk, before.pk, back.pk, after.pk]


def test_capacity_that_comes_back_goes_to_the_oldest_item(
    workstream: Workstream, queue: Queue, now: datetime
) -> None:
    agent = make_agent(units=1, queues=[queue])
    first = offered(workstream, now)
    young, old = make_item(workstream, at=now), make_item(workstream, at=now - SECOND)
    service.accept(item_id=first.pk, by=agent, now=now)
    service.end(item_id=first.pk, by=agent, now=now)
    service.close(item_id=first.pk, by=agent, now=now)

    service.run_cycle(now=now)

    assert assigned_in_order() == [first.pk, old.pk]
    assert young.pk != old.pk


def test_items_nobody_can_take_hold_up_nobody(
    workstream: Workstream, agent: Agent, looks: list[Group], now: datetime
) -> None:
    """There are more of them than are read of a queue."""
    for age in range(150):
        make_item(
            workstream,
            at=now - timedelta(hours=1, seconds=age),
            required_units=99,
            requirement_key="too big",
        )
    last = make_item(workstream, at=now)
    configuration.publish(by=None, now=now)

    assert run_cycle(now=now, limit=30).assigned == 1
    assert assigned_in_order() == [last.pk]
    assert len(looks) == 2


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Group]:
    """The groups in the order they are looked at; it would go on for ever where one that nobody
    can take came up again."""
    seen: list[Group] = []

    def bounded(work: Iterable[tuple[Any, Group]]) -> Iterator[Group]:
        for group in in_order(work):
            assert len(seen) < 99, "A group is looked at again and again."
            seen.append(group)
            yield group

    monkeypatch.setattr(import_module("routing.engine.assign.decide"), "in_order", bounded)
    return seen


def test_no_item_is_overtaken_because_it_was_not_read(queue: Queue, now: datetime) -> None:
    """Fifteen of each of four groups are read; the oldest group has twenty."""
    old, young, *others = [make_workstream(queue=queue) for _ in range(4)]
    for age in range(20):
        make_item(old, at=now - timedelta(hours=2, seconds=age))
        make_item(young, at=now - timedelta(hours=1, seconds=age))
    for workstream in others:
        make_item(workstream, at=now)
    make_agent(units=42, is_manual=True, queues=[queue])
    configuration.publish(by=None, now=now)

    first = run_cycle(now=now, limit=30)

    assert (first.assigned, first.has_more) == (15, True)
    while run_cycle(now=now, limit=30).has_more:
        pass
    in_order = WorkItem.objects.order_by("waiting_since", "pk").values_list("pk", flat=True)
    assert assigned_in_order() == list(in_order)


def test_a_cycle_over_some_queues_leaves_the_others_alone(now: datetime) -> None:
    mine, other = make_queue(), make_queue()
    make_agent(queues=[mine, other])
    items = [make_item(make_workstream(queue=queue), at=now) for queue in (mine, other)]
    configuration.publish(by=None, now=now)

    assert service.run_cycle(queue_ids=[mine.pk], now=now).assigned == 1
    assert assigned_in_order() == [items[0].pk]


def test_a_limit_that_ends_a_batch_asks_for_another(
    workstream: Workstream, queue: Queue, now: datetime
) -> None:
    make_agent(units=5, queues=[queue])
    for _ in range(5):
        make_item(workstream, at=now)
    configuration.publish(by=None, now=now)

    results = [run_cycle(now=now, limit=2) for _ in range(4)]

    assert [each.assigned for each in results] == [2, 2, 1, 0]
    assert results[0].has_more
    assert not results[3].has_more


def test_who_is_transferred_keeps_his_age_among_those_who_wait_there(
    workstream: Workstream, supervisor: User, now: datetime
) -> None:
    elsewhere = make_queue()
    others = make_workstream(queue=elsewhere)
    agent = make_agent(units=1, queues=[elsewhere])
    old = make_item(workstream, at=now - SECOND * 60)
    young = make_item(others, at=now - SECOND)
    configuration.publish(by=None, now=now)

    service.transfer(item_id=old.pk, by=supervisor, now=now, queue=elsewhere)
    service.run_cycle(now=now)

    assert assigned_in_order() == [old.pk]
    assert not Assignment.objects.filter(item=young).exists()
    assert agent.pk == Assignment.objects.get().agent_id
