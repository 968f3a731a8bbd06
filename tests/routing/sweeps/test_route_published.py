"""Work that came before its workstream was published is routed by its rules once it is."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent, User
from config.clock import database_now
from routing import configuration, service
from routing.models import Rule, Ruleset
from routing.router import Router
from routing.sweeps import route_published
from tests.factories import make_agent, make_queue, make_route, make_workstream
from tests.history import FEW, copy_many, look_again, rows_read
from tests.scenarios import arrive
from workstreams.actions.take_in import take_in
from workstreams.models import Queue, WorkItem, Workstream
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + timedelta(hours=1)


@pytest.fixture
def vip(db: None) -> Queue:
    return make_queue("VIP")


@pytest.fixture
def drafted(workstream: Workstream, vip: Queue, now: datetime) -> Workstream:
    """A workstream with rules of both kinds that is in no version yet."""
    configuration.publish(by=None, now=now)
    drafted = make_workstream("Shop", queue=make_queue("Shop"))
    triage = Ruleset.objects.create(kind="classification", workstream=drafted, name="Triage")
    Rule.objects.create(ruleset=triage, name="Urgent", then={"priority": 5})
    make_route(drafted, vip)
    return drafted


@pytest.fixture
def early(drafted: Workstream, now: datetime) -> WorkItem:
    """What a program handed in for it."""
    return take_in(workstream=drafted, title="Help", now=now)


def test_it_goes_by_the_rules_and_keeps_its_age(
    early: WorkItem, vip: Queue, now: datetime, later: datetime
) -> None:
    before = early.queue.name, early.fell_back
    unpublished = route_published.sweep(now=later, limit=10)
    configuration.publish(by=None, now=later)

    swept = [route_published.sweep(now=later, limit=10) for _ in range(2)]

    early.refresh_from_db()
    assert (before, unpublished, swept) == (("Shop", True), 0, [1, 0])
    assert (early.queue, early.priority, early.fell_back) == (vip, 5, False)
    assert (early.waiting_since, early.queued_at) == (now, later)


def test_an_agent_is_offered_it_then(early: WorkItem, vip: Queue, later: datetime) -> None:
    agent = make_agent("vera", queues=[vip])
    configuration.publish(by=None, now=later)
    route_published.sweep(now=later, limit=10)

    service.run_cycle(now=later)

    early.refresh_from_db()
    assert (early.state, early.agent) == (ItemState.ACTIVE, agent)


def test_what_a_person_moved_meanwhile_stays_there(
    early: WorkItem, supervisor: User, agent: Agent, queue: Queue, now: datetime, later: datetime
) -> None:
    service.transfer(item_id=early.pk, by=supervisor, queue=queue, now=now)
    configuration.publish(by=None, now=later)

    assert route_published.sweep(now=later, limit=10) == 0
    early.refresh_from_db()
    assert early.queue == queue


def test_what_its_rules_let_fall_back_is_not_routed_again(
    workstream: Workstream, now: datetime, later: datetime
) -> None:
    item = arrive(workstream, now)
    make_route(workstream, make_queue("Other"))
    configuration.publish(by=None, now=later)

    assert item.fell_back
    assert route_published.sweep(now=later, limit=10) == 0


def test_what_was_just_arriving_is_found_a_minute_later(
    early: WorkItem, vip: Queue, later: datetime
) -> None:
    version = early.configuration_version
    WorkItem.objects.update(configuration_version=None)
    configuration.publish(by=None, now=later)

    first = [route_published.sweep(now=later, limit=10) for _ in range(2)]
    WorkItem.objects.update(configuration_version=version)
    then = [route_published.sweep(now=later + MINUTE, limit=10) for _ in range(2)]

    assert (first, then) == ([0, 0], [1, 0])


def test_while_nothing_is_published_one_query_is_asked(
    workstream: Workstream, now: datetime, django_assert_num_queries
) -> None:
    arrive(workstream, now)
    route_published.sweep(now=now + MINUTE, limit=10)

    with django_assert_num_queries(1):
        route_published.sweep(now=now + MINUTE, limit=10)


def test_a_version_without_new_workstreams_reads_nothing_of_what_waits(
    workstream: Workstream, now: datetime, later: datetime
) -> None:
    copy_many(arrive(workstream, now))
    route_published.sweep(now=later, limit=10)
    Workstream.objects.update(name="Other")
    configuration.publish(by=None, now=later)
    look_again()
    before = rows_read()

    route_published.sweep(now=later, limit=10)

    assert rows_read() == before


def test_the_first_cycle_of_a_version_offers_it_where_its_rules_send_it(
    drafted: Workstream, vip: Queue
) -> None:
    early = take_in(workstream=drafted, title="Help", now=database_now())
    make_agent("sam", queues=[early.queue])
    vera = make_agent("vera", queues=[vip])
    router = Router()
    router.step()
    configuration.publish(by=None, now=database_now())

    router.step()

    early.refresh_from_db()
    assert (early.queue, early.agent) == (vip, vera)


def test_what_was_on_offer_goes_by_the_rules_once_it_comes_back(
    early: WorkItem, vip: Queue, supervisor: User, now: datetime, later: datetime
) -> None:
    configuration.publish(by=None, now=later)
    sam = make_agent("sam", queues=[early.queue])
    service.run_cycle(now=later)
    old = later + MINUTE * 2
    looked = [route_published.sweep(now=at, limit=10) for at in (later, old)]
    service.decline(item_id=early.pk, by=sam, now=later)

    then = route_published.sweep(now=old, limit=10)

    early.refresh_from_db()
    assert (looked, then, early.queue) == ([0, 0], 1, vip)


def test_a_router_that_starts_reads_nothing_of_what_is_closed(
    workstream: Workstream, now: datetime, later: datetime
) -> None:
    item = arrive(workstream, now)
    WorkItem.objects.update(state=ItemState.CLOSED, closed_at=now)
    item.refresh_from_db()
    copy_many(item)
    look_again()
    before = rows_read()

    route_published.sweep(now=later, limit=10)

    assert rows_read() - before < FEW
