"""While cycles follow each other all that waits has its turn, and so have duties."""

import math
from collections.abc import Callable
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from agents.models import Agent
from config.clock import database_now
from routing import configuration, service
from routing.dispatcher.cycle import CycleResult
from routing.models import Assignment
from routing.router import Router
from tests.factories import make_agent, make_method, make_queue, make_workstream
from tests.routing.engine.methods import a_rule, row
from workstreams.actions.take_in import take_in
from workstreams.models import Queue, WorkItem, Workstream

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

ROUNDS = 3


@pytest.fixture
def a_cycle_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where each takes seconds."""
    monkeypatch.setattr("routing.router.MAXIMUM_SECONDS_IN_A_ROW", 0.0)


def arrives(workstream: Workstream, **fields: Any) -> WorkItem:
    return take_in(workstream=workstream, title="Help", now=database_now(), **fields)


def before_each_cycle(monkeypatch: pytest.MonkeyPatch, happen: Callable[[], Any]) -> None:
    run_cycle = service.run_cycle

    def after_it_happened(**given: Any) -> CycleResult:
        happen()
        return run_cycle(**given)

    monkeypatch.setattr(service, "run_cycle", after_it_happened)


def test_a_router_that_decides_slowly_comes_to_the_end_of_the_order(
    a_cycle_a_round: None, agent: Agent, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = a_rule("Own", row("agent.username", "equals", item="context.number"))
    method = make_method(rulesets=[{"name": "All", "rules": [rule]}])
    slow = make_workstream(queue=make_queue(custom_method=method, priority=queue.priority + 1))
    last = make_workstream(queue=make_queue(priority=queue.priority + 2))
    urgent = make_workstream(queue=queue)
    make_agent(queues=[slow.fallback_queue, last.fallback_queue])
    configuration.publish(by=None, now=database_now())
    for number in range(10):
        arrives(slow, context={"number": f"{number}"})
    item = arrives(last)
    # Each look takes a third of a second.
    clock = SimpleNamespace(monotonic=count(1, 1 / 3).__next__)
    monkeypatch.setattr("routing.dispatcher.enough.time", clock)
    before_each_cycle(monkeypatch, lambda: arrives(urgent))
    router, offers = Router(), []

    for _ in range(ROUNDS):
        router.step()
        offers.append(Assignment.objects.filter(item=item).exists())

    assert offers == [False, False, True]


def test_duties_are_done_between_and_nothing_that_woke_the_router_is_forgotten(
    a_cycle_a_round: None,
    workstream: Workstream,
    agent: Agent,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = []

    def duty(**_: Any) -> int:
        given.append(Assignment.objects.count())
        return 0

    monkeypatch.setenv("ROUTER_BATCH_SIZE", "1")
    monkeypatch.setattr("routing.router.DUTIES", ((duty, 0.0),))
    configuration.publish(by=None, now=database_now())
    router = Router()
    router.step()
    router.full_cycle_at = math.inf
    for _ in range(ROUNDS):
        arrives(workstream)

    for _ in range(ROUNDS):
        router.step()

    assert given == [0, 0, 1, 2]
    assert Assignment.objects.count() == ROUNDS
