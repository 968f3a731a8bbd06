"""A transaction that is left open holds rows that the router wants: it costs neither much time nor
the lease."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from agents.models import Agent
from config.clock import database_now
from routing import service
from routing.actions.end_offer import end_offer
from routing.models import AgentLoad, Assignment, RouterLease
from routing.router import LONG_AGO, STANDBY_SECONDS, Router
from routing.sweeps import each, miss_offers
from routing.terms import Outcome
from tests.factories import make_agent
from tests.scenarios import arrive
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import ItemState

HOUR = timedelta(hours=1)


def patience() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        (time,) = cursor.fetchone()
    return str(time)


@pytest.fixture
def offers(workstream: Workstream, queue: Queue, now: datetime) -> list[WorkItem]:
    """Three that ran out, for a router that waits as it does, in less time."""
    make_agent(queues=[queue], units=9)
    items = [arrive(workstream, now - HOUR) for _ in range(3)]
    service.run_cycle(now=now - HOUR)
    return items


@pytest.fixture
def hasty(transactional_db: None) -> Iterator[None]:
    """A connection that waits as the router's does, in less time."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")


def holding(rows: Sequence[Model], work: Callable[[], Any]) -> Any:
    """What comes of the work while somebody else holds the rows, which are of one table."""
    model = rows[0]._meta
    other: Any = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            row = f"{model.db_table} WHERE {model.pk.column}"
            cursor.execute(f"SELECT FROM {row} = ANY(%s) FOR UPDATE", [[each.pk for each in rows]])
        return work()
    finally:
        other.rollback()
        other.close()


def test_after_the_first_row_that_is_held_the_others_are_hardly_waited_for(
    hasty: None, offers: list[WorkItem], monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    waited, attempt = [], each._attempt

    def noting(*given: Any) -> int:
        waited.append(patience())
        return attempt(*given)

    monkeypatch.setattr(each, "_attempt", noting)
    done = holding(offers[:2], lambda: miss_offers.sweep(now=now, limit=9))

    assert (done, waited) == (1, ["100ms", each.HARDLY, each.HARDLY])
    assert patience() == "100ms"
    assert miss_offers.sweep(now=now, limit=9) == 2
    assert WorkItem.objects.filter(state=ItemState.OPEN).count() == 3


def test_cycles_in_a_row_wait_once_for_an_agent_who_is_held(
    hasty: None, workstream: Workstream, agent: Agent, now: datetime
) -> None:
    load, _ = AgentLoad.objects.get_or_create(agent=agent)
    item, router = arrive(workstream, now), Router()

    with CaptureQueriesContext(connection) as asked:
        holding([load], router.step)

    waits = [each for each in asked if each["sql"].rstrip().endswith("FOR UPDATE OF load")]
    does_not_wait = [each for each in asked if "OF load SKIP LOCKED" in each["sql"]]
    assert (len(waits), len(does_not_wait)) == (1, 2)
    router.full_cycle_at = 0.0
    router.step()
    assert Assignment.objects.get().item == item


def outlast_the_lease(router: Router, **taken: Any) -> int:
    """A duty that takes so long; ``taken`` by another router meanwhile."""
    router.renewed = LONG_AGO
    over = database_now() + (HOUR if taken else -HOUR)
    RouterLease.objects.update(expires_at=over, **taken)
    return 0


@pytest.mark.parametrize(
    ("taken", "done"), [({}, 3), ({"holder": "another", "epoch": 2}, 1)], ids=["own", "lost"]
)
def test_the_lease_is_held_on_to_between_rows_or_the_others_are_left_to_the_next_router(
    offers: list[WorkItem], monkeypatch: pytest.MonkeyPatch, taken: dict[str, Any], done: int
) -> None:
    router, held = Router(), []

    def end_slowly(**given: Any) -> int:
        held.append(RouterLease.objects.get().expires_at > database_now())
        ended = end_offer(**given)
        return ended + outlast_the_lease(router, **taken)

    monkeypatch.setattr(miss_offers, "end_offer", end_slowly)
    monkeypatch.setattr("routing.router.DUTIES", ((miss_offers.sweep, 3600.0),))

    pause = router.step()

    assert held == [True] * done
    assert (pause == STANDBY_SECONDS, router.epoch) == ((True, None) if taken else (False, 1))
    assert Assignment.objects.filter(outcome=Outcome.MISSED).count() == done


@pytest.mark.parametrize(
    ("taken", "held"), [({}, [True]), ({"holder": "another", "epoch": 2}, [])], ids=["own", "lost"]
)
def test_the_lease_is_held_on_to_between_duties_or_the_router_stands_by(
    now: datetime, monkeypatch: pytest.MonkeyPatch, taken: dict[str, Any], held: list[bool]
) -> None:
    router, seen = Router(), []

    def next_duty(**_: Any) -> int:
        seen.append(RouterLease.objects.get().expires_at > database_now())
        return 0

    duties = ((lambda **_: outlast_the_lease(router, **taken), 1.0), (next_duty, 1.0))
    monkeypatch.setattr("routing.router.DUTIES", duties)
    router.duties_at = dict.fromkeys(range(len(duties)), 0.0)

    pause = router.step()

    assert seen == held
    assert (pause == STANDBY_SECONDS, router.epoch) == ((False, 1) if held else (True, None))
