"""What happens between a router's reading of wake-ups and its cycles, and between two of these."""

import math
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import OperationalError, connection

from agents.models import Agent
from config.clock import database_now
from routing import configuration, service
from routing.dispatcher.cycle import CycleResult
from routing.models import Assignment
from routing.queries.waiting_items import Waiting, load_items
from routing.router import Router
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import in_wrap_up
from workstreams.actions.take_in import take_in
from workstreams.models import Queue, WorkItem, Workstream

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

Meanwhile = Callable[[int, Callable[[], Any]], None]


@pytest.fixture
def mail() -> Workstream:
    return make_workstream(queue=make_queue("E-mail", priority=50))


@pytest.fixture
def vip() -> Workstream:
    return make_workstream(queue=make_queue("VIP", priority=1))


@pytest.fixture
def expert(mail: Workstream, vip: Workstream) -> Agent:
    """Serves both queues, and has room for one."""
    return make_agent(queues=[mail.fallback_queue, vip.fallback_queue], units=1)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Has something happen right before the cycle of that number."""

    def have(number: int, happen: Callable[[], Any]) -> None:
        run_cycle, numbers = service.run_cycle, count(1)

        def after_it_happened(**given: Any) -> CycleResult:
            if next(numbers) == number:
                happen()
            return run_cycle(**given)

        monkeypatch.setattr(service, "run_cycle", after_it_happened)

    return have


def router_at_rest() -> Router:
    """Has done all there was to do, and looks only at what it is told of from now on."""
    router = Router()
    router.step()
    router.full_cycle_at = math.inf
    return router


def arrives(workstream: Workstream) -> WorkItem:
    return take_in(workstream=workstream, title="Help", now=database_now())


def queues_in_order() -> list[str]:
    """Of all that was offered, in the order in which it was."""
    offers = Assignment.objects.order_by("offered_at")
    return [Queue.objects.get(pk=each.queue_id).name for each in offers]


def test_who_becomes_free_meanwhile_gets_the_most_urgent_of_what_waits_in_his_queues(
    expert: Agent, mail: Workstream, vip: Workstream, meanwhile: Meanwhile
) -> None:
    chat = in_wrap_up(mail, expert, database_now())
    arrives(vip)
    router = router_at_rest()
    arrives(mail)
    meanwhile(1, lambda: service.close(item_id=chat.pk, by=expert))

    router.step()

    assert queues_in_order() == ["E-mail", "VIP"]


def test_what_arrives_while_cycles_follow_each_other_has_its_turn_in_the_next(
    expert: Agent,
    mail: Workstream,
    vip: Workstream,
    meanwhile: Meanwhile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ROUTER_BATCH_SIZE", "1")
    Agent.objects.update(capacity_units=9)
    configuration.publish(by=None, now=database_now())
    router = router_at_rest()
    for _ in range(3):
        arrives(mail)
    meanwhile(2, lambda: arrives(vip))

    router.step()

    assert queues_in_order() == ["E-mail", "VIP", "E-mail", "E-mail"]


def test_a_queue_that_was_added_is_looked_at_where_the_cycle_fails(
    expert: Agent,
    mail: Workstream,
    vip: Workstream,
    meanwhile: Meanwhile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    configuration.publish(by=None, now=database_now())
    router = router_at_rest()
    arrives(mail)
    meanwhile(1, lambda: arrives(vip))
    monkeypatch.setattr("routing.dispatcher.load.load_items", fails_with(mail.fallback_queue))

    router.step()

    assert queues_in_order() == ["VIP"]


def test_what_woke_a_router_that_lost_the_database_is_looked_at_when_it_is_back(
    expert: Agent, mail: Workstream, meanwhile: Meanwhile, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration.publish(by=None, now=database_now())
    rounds = count(1)

    def ends_in_the_fourth_round(**_: Any) -> int:
        if next(rounds) == 4:
            router.stop()
        return 0

    monkeypatch.setattr("routing.router.DUTIES", ((ends_in_the_fourth_round, 0.0),))
    router = router_at_rest()
    arrives(mail)
    meanwhile(1, loses_the_database)

    router.run()

    assert queues_in_order() == ["E-mail"]


def loses_the_database() -> None:
    connection.close()
    raise OperationalError


@pytest.mark.parametrize("is_full", [False, True], ids=["woken", "a full cycle"])
def test_queues_that_are_tried_one_by_one_come_in_their_order(
    is_full: bool,
    expert: Agent,
    mail: Workstream,
    vip: Workstream,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = make_workstream()
    configuration.publish(by=None, now=database_now())
    router = router_at_rest()
    for workstream in (mail, vip, bad):
        arrives(workstream)
    monkeypatch.setattr("routing.dispatcher.load.load_items", fails_with(bad.fallback_queue))
    router.full_cycle_at = 0.0 if is_full else math.inf

    router.step()

    assert queues_in_order() == ["VIP"]


def test_of_queues_of_one_priority_the_one_that_waits_longest_is_tried_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail, orders = (make_workstream(queue=make_queue(name)) for name in ("E-mail", "Orders"))
    make_agent(queues=[mail.fallback_queue, orders.fallback_queue], units=1)
    bad = make_workstream()
    configuration.publish(by=None, now=database_now())
    router = router_at_rest()
    take_in(workstream=orders, title="Help", now=database_now() - timedelta(hours=1))
    for workstream in (mail, bad):
        arrives(workstream)
    monkeypatch.setattr("routing.dispatcher.load.load_items", fails_with(bad.fallback_queue))
    router.full_cycle_at = 0.0

    router.step()

    assert queues_in_order() == ["Orders"]


def test_queues_of_a_priority_in_which_none_fails_go_by_age_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail, orders = (make_workstream(queue=make_queue(name)) for name in ("E-mail", "Orders"))
    make_agent(queues=[mail.fallback_queue, orders.fallback_queue], units=2)
    bad = make_workstream(queue=make_queue("Bad", priority=50))
    configuration.publish(by=None, now=database_now())
    router = router_at_rest()
    for workstream in (orders, mail, orders, bad):
        arrives(workstream)
    monkeypatch.setattr("routing.dispatcher.load.load_items", fails_with(bad.fallback_queue))
    router.full_cycle_at = 0.0

    router.step()

    assert sorted(queues_in_order()) == ["E-mail", "Orders"]


def test_a_priority_that_is_not_published_does_not_change_their_order(
    expert: Agent, mail: Workstream, vip: Workstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = make_workstream()
    configuration.publish(by=None, now=database_now())
    Queue.objects.filter(pk=vip.fallback_queue_id).update(priority=99)
    router = router_at_rest()
    for workstream in (mail, vip, bad):
        arrives(workstream)
    monkeypatch.setattr("routing.dispatcher.load.load_items", fails_with(bad.fallback_queue))
    router.full_cycle_at = 0.0

    router.step()

    assert queues_in_order() == ["VIP"]


def fails_with(queue: Queue) -> Callable[..., Waiting]:
    """As if one bad item waited in the queue."""

    def load(*, queue_ids: list[int] | None, **rest: Any) -> Waiting:
        if queue_ids is None or queue.pk in queue_ids:
            raise ValueError
        return load_items(queue_ids=queue_ids, **rest)

    return load
