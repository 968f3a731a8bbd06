"""The assignment method of a queue changes while its work is offered, declined and cooling down."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from agents.models import Agent, User
from routing import configuration, service
from routing.models import Assignment
from tests.factories import make_agent, make_method
from tests.scenarios import arrive
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import AssignmentMethod, Queue, WorkItem, Workstream

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
METHODS = ["advanced_round_robin", "least_active", "rules", "best_match"]


def a_best_match() -> AssignmentMethod:
    return make_method(kind="best_match", rulesets=[])


@pytest.fixture
def change(queue: Queue, now: datetime) -> Callable[[str], None]:
    """Let the queue give its work otherwise from now on."""

    def publish(method: str) -> None:
        own = {"rules": make_method, "best_match": a_best_match}.get(method)
        custom = own() if own else None
        built_in = method if custom is None else "highest_capacity"
        Queue.objects.filter(pk=queue.pk).update(assignment_method=built_in, custom_method=custom)
        configuration.publish(by=None, now=now)

    return publish


def asked(item: WorkItem, at: datetime) -> str | None:
    """Who is offered it by a cycle at that moment."""
    service.run_cycle(now=at)
    item.refresh_from_db()
    return item.agent.username if item.agent else None


@pytest.mark.parametrize("method", METHODS)
def test_who_declined_is_spared_for_the_rest_of_the_cool_down(
    workstream: Workstream, agent: Agent, now: datetime, change: Callable[[str], None], method: str
) -> None:
    item = arrive(workstream, now)
    asked(item, now)
    service.decline(item_id=item.pk, by=agent, now=now)

    change(method)

    assert asked(item, now + MINUTE - SECOND) is None
    assert asked(item, now + MINUTE) == agent.username


@pytest.mark.parametrize("method", METHODS)
def test_an_open_offer_stays_and_is_answered(
    workstream: Workstream, agent: Agent, now: datetime, change: Callable[[str], None], method: str
) -> None:
    item = arrive(workstream, now)
    asked(item, now)

    change(method)
    make_agent("idle", queues=[workstream.fallback_queue], units=100)

    assert asked(item, now + SECOND) == agent.username
    service.accept(item_id=item.pk, by=agent, now=now + SECOND)
    item.refresh_from_db()
    assert (item.state, Assignment.objects.filter(item=item).count()) == ("active", 1)


@pytest.mark.parametrize("method", METHODS)
def test_declines_of_before_count_on(
    workstream: Workstream,
    agent: Agent,
    administrator: User,
    now: datetime,
    change: Callable[[str], None],
    method: str,
) -> None:
    save_service_configuration(maximum_declines=2, by=administrator, now=now)
    make_agent("away", queues=[workstream.fallback_queue], presence="away")
    item = arrive(workstream, now)
    asked(item, now)
    service.decline(item_id=item.pk, by=agent, now=now)

    change(method)

    assert asked(item, now + MINUTE) == agent.username
    service.decline(item_id=item.pk, by=agent, now=now + MINUTE)
    assert asked(item, now + 5 * MINUTE) is None


@pytest.mark.parametrize("most", [2, 4, 5])
def test_who_declined_least_is_asked_first_by_any_method(
    workstream: Workstream,
    agent: Agent,
    second_agent: Agent,
    administrator: User,
    now: datetime,
    change: Callable[[str], None],
    most: int,
) -> None:
    save_service_configuration(maximum_declines=most, by=administrator, now=now)
    make_agent("away", queues=[workstream.fallback_queue], presence="away")
    item = arrive(workstream, now)
    rounds = []
    for number in range(most):
        if number == 1:
            change("advanced_round_robin")
        names = set()
        for _ in range(2):
            at = now + number * MINUTE
            names.add(asked(item, at))
            assert item.agent is not None
            service.decline(item_id=item.pk, by=item.agent, now=at)
        rounds.append(names)

    assert rounds == [{agent.username, second_agent.username}] * most
    assert asked(item, now + 20 * MINUTE) is None
