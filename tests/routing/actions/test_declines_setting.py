"""How often one agent may decline a work item, and that it never drops out silently."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from agents.models import Agent, User
from config.clock import database_now
from routing import configuration, service
from routing.queries.waiting import waiting_because
from tests.factories import make_agent
from tests.scenarios import arrive, choose_presence
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import Queue, ServiceConfiguration, WorkItem, Workstream

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def decline(item: WorkItem, now: datetime) -> None:
    """Whoever is offered it refuses."""
    item.refresh_from_db()
    assert item.agent is not None
    service.decline(item_id=item.pk, by=item.agent, now=now)


def decline_until_nobody_asks(item: WorkItem, now: datetime) -> list[str]:
    """Who was offered it, one after the other, until the first pause."""
    asked = []
    for number in range(20):
        at = now + number * MINUTE
        service.run_cycle(now=at)
        item.refresh_from_db()
        if item.agent is None:
            break
        asked.append(item.agent.username)
        service.decline(item_id=item.pk, by=item.agent, now=at)
    return asked


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5])
def test_one_agent_is_asked_as_often_as_is_set_while_another_could_take_it(
    workstream: Workstream,
    agent: Agent,
    now: datetime,
    administrator: User,
    queue: Queue,
    most: int,
) -> None:
    save_service_configuration(maximum_declines=most, by=administrator, now=now)
    # Could take it, and is away at the moment.
    make_agent("away", queues=[queue], presence="away")
    item = arrive(workstream, now)

    assert decline_until_nobody_asks(item, now) == [agent.username] * most


def test_who_is_asked_no_more_may_still_pick_it(
    workstream: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    Workstream.objects.filter(pk=workstream.pk).update(may_be_picked=True)
    workstream.refresh_from_db()
    make_agent("away", queues=[queue], presence="away")
    item = arrive(workstream, now)
    decline_until_nobody_asks(item, now)

    service.pick(item_id=item.pk, by=agent, now=now + 20 * MINUTE)

    item.refresh_from_db()
    assert (item.agent, item.state) == (agent, "active")


def test_who_was_asked_often_enough_picks_and_releases_it_and_is_not_asked_again(
    workstream: Workstream, agent: Agent, queue: Queue, now: datetime
) -> None:
    Workstream.objects.filter(pk=workstream.pk).update(may_be_picked=True)
    other = make_agent("other", queues=[queue], presence="away")
    item = arrive(workstream, now)
    decline_until_nobody_asks(item, now)
    service.pick(item_id=item.pk, by=agent, now=now + 20 * MINUTE)
    service.release(item_id=item.pk, by=agent, now=now + 21 * MINUTE)

    service.run_cycle(now=now + 25 * MINUTE)
    item.refresh_from_db()
    before = item.agent
    choose_presence(other, "available", now + 25 * MINUTE)
    service.run_cycle(now=now + 25 * MINUTE)
    item.refresh_from_db()

    assert (before, item.agent) == (None, other)


def test_the_original_asks_three_times(
    workstream: Workstream, agent: Agent, now: datetime, queue: Queue
) -> None:
    make_agent("away", queues=[queue], presence="away")

    assert len(decline_until_nobody_asks(arrive(workstream, now), now)) == 3


def test_once_everybody_declined_it_is_offered_to_them_again_after_the_cool_down(
    workstream: Workstream, agent: Agent, second_agent: Agent, now: datetime, administrator: User
) -> None:
    save_service_configuration(maximum_declines=1, by=administrator, now=now)
    item = arrive(workstream, now)
    for _ in range(2):
        service.run_cycle(now=now)
        decline(item, now)

    service.run_cycle(now=now + MINUTE - timedelta(seconds=1))
    item.refresh_from_db()
    early = item.agent
    service.run_cycle(now=now + MINUTE)
    item.refresh_from_db()

    assert early is None
    assert item.agent in (agent, second_agent)


def test_what_everybody_declined_says_when_it_is_offered_again(
    workstream: Workstream, agent: Agent, second_agent: Agent, administrator: User
) -> None:
    now = database_now()
    save_service_configuration(maximum_declines=1, by=administrator, now=now)
    item = arrive(workstream, now)
    for _ in range(2):
        service.run_cycle(now=now)
        decline(item, now)
    item.refresh_from_db()

    (because,) = waiting_because(item)

    at = now + MINUTE
    assert because["again_at"] == at.isoformat()
    assert because["sentence"] == f"Declined by all 2 members; offered again at {at:%H:%M:%S} UTC."


@pytest.mark.parametrize("number", [0, 6, -1])
def test_a_number_out_of_range_is_refused(administrator: User, now: datetime, number: int) -> None:
    with pytest.raises(InvalidSettings):
        save_service_configuration(maximum_declines=number, by=administrator, now=now)


@pytest.mark.parametrize("number", [0, 6])
def test_the_database_knows_the_range(number: int) -> None:
    with pytest.raises(IntegrityError):
        ServiceConfiguration.objects.update_or_create(pk=1, defaults={"maximum_declines": number})


def test_the_number_is_published_and_travels(administrator: User, now: datetime) -> None:
    save_service_configuration(maximum_declines=5, by=administrator, now=now)
    document = configuration.document()
    save_service_configuration(maximum_declines=2, by=administrator, now=now)

    configuration.import_document(document, by=administrator, now=now)

    assert configuration.current().compiled.service.maximum_declines == 5
    assert configuration.document() == document
