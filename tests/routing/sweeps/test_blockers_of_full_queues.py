"""Who works on a queue that is full goes on when other profiles are full."""

from datetime import datetime, timedelta

import pytest

from agents.models import Agent, CapacityProfile, User
from config.models import Event
from routing import configuration, service
from routing.models import Blocker, ProfileLoad
from routing.queries.blockers import blockers
from routing.sweeps import note_blockers
from tests.factories import make_agent, make_item, make_profile
from workstreams.models import Queue, WorkItem, Workstream

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SORTS = ("Chats", "VIP", "Total")


@pytest.fixture
def wanda(queue: Queue, now: datetime) -> Agent:
    """She may have one item of each profile, and serves the queue alone."""
    profiles = [make_profile(name, limit=1, blocks=name == "Total") for name in SORTS]
    wanda = make_agent("wanda", queues=[queue], profiles=profiles)
    configuration.publish(by=None, now=now)
    return wanda


def fill(agent: Agent, name: str) -> None:
    profile = CapacityProfile.objects.get(name=name)
    ProfileLoad.objects.create(agent=agent, profile=profile, used=1)


def wait(workstream: Workstream, now: datetime, *names: str) -> None:
    wanted = [CapacityProfile.objects.get(name=name).pk for name in names]
    key = "+".join(names)
    make_item(workstream, at=now - 15 * MINUTE, required_profiles=wanted, requirement_key=key)


def noted(now: datetime) -> list[tuple[str, str]]:
    note_blockers.sweep(now=now, limit=100)
    return [(row.cause, row.detail) for row in Blocker.objects.order_by("detail")]


def work_on_it(by: User, now: datetime) -> Blocker:
    return service.work_on_blocker(blocker_id=Blocker.objects.get().pk, minutes=60, by=by, now=now)


def test_who_works_on_it_goes_on_when_more_is_full(
    workstream: Workstream, wanda: Agent, supervisor: User, now: datetime
) -> None:
    fill(wanda, "Chats")
    wait(workstream, now, "Chats", "VIP")
    assert noted(now) == [("full", "Chats")]
    row = work_on_it(supervisor, now)

    fill(wanda, "VIP")

    assert noted(now + MINUTE) == [("full", "Chats, VIP")]
    alarming, [known] = blockers(now + MINUTE)
    assert (alarming, known.row.pk, known.row.acknowledged_by) == ([], row.pk, "sven")
    assert Event.objects.filter(kind="blocker-noted").count() == 1


def test_who_works_on_it_goes_on_when_less_is_full(
    workstream: Workstream, wanda: Agent, supervisor: User, now: datetime
) -> None:
    fill(wanda, "Chats")
    fill(wanda, "VIP")
    wait(workstream, now, "Chats", "VIP")
    assert noted(now) == [("full", "Chats, VIP")]
    row = work_on_it(supervisor, now)

    ProfileLoad.objects.filter(profile__name="Chats").update(used=0)

    assert noted(now + MINUTE) == [("full", "VIP")]
    alarming, [known] = blockers(now + MINUTE)
    assert (alarming, known.row.pk) == ([], row.pk)


def test_who_works_on_it_does_not_work_on_what_is_full_by_others(
    workstream: Workstream, wanda: Agent, supervisor: User, now: datetime
) -> None:
    fill(wanda, "Chats")
    wait(workstream, now, "Chats")
    assert noted(now) == [("full", "Chats")]
    work_on_it(supervisor, now)
    WorkItem.objects.all().delete()

    fill(wanda, "VIP")
    wait(workstream, now, "VIP")

    assert noted(now + MINUTE) == [("full", "VIP")]
    [alarming], known = blockers(now + MINUTE)
    assert (alarming.row.detail, alarming.row.noted_at, known) == ("VIP", now + MINUTE, [])
    assert Event.objects.filter(kind="blocker-noted").count() == 2


def test_where_more_than_one_comes_all_are_noted_anew(
    workstream: Workstream, wanda: Agent, supervisor: User, now: datetime
) -> None:
    fill(wanda, "Chats")
    wait(workstream, now, "Chats")
    wait(workstream, now, "VIP")
    assert noted(now) == [("full", "Chats")]
    work_on_it(supervisor, now)

    fill(wanda, "Total")

    assert noted(now + MINUTE) == [("full", "Chats, Total"), ("full", "Total")]
    assert len(blockers(now + MINUTE)[0]) == 2
