"""While cycles follow each other duties have their turn."""

import math
from typing import Any

import pytest

from agents.models import Agent
from config.clock import database_now
from routing import configuration
from routing.models import Assignment
from routing.router import Router
from workstreams.actions.take_in import take_in
from workstreams.models import WorkItem, Workstream

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
