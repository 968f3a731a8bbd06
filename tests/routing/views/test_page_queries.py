"""Pages take as many queries however much there is: all that the benchmark opens."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.clock import database_now
from routing import configuration
from routing.bench.pages.visits import DESK_PAGES, DESK_PARTS, FLOOR_PAGES, FLOOR_PARTS, PART
from routing.models import Alarm
from routing.sweeps import note_blockers
from routing.terms import AlarmKind
from tests.factories import (
    make_agent,
    make_item,
    make_profile,
    make_queue,
    make_skill,
    make_workstream,
)
from tests.routing.queries.test_desk import make_offer
from workstreams.actions.send_message import send_message
from workstreams.models import Contact, QueueMembership
from workstreams.terms import Author, Reason

pytestmark = pytest.mark.django_db
DESK = [(path, False) for path in DESK_PAGES] + [(path, True) for path in DESK_PARTS]
FLOOR = [(path, False) for path in FLOOR_PAGES] + [(path, True) for path in FLOOR_PARTS]


@pytest.fixture
def contact(db):
    return Contact.objects.create(name="Ann")


@pytest.fixture
def talk(workstream, agent, contact):
    """The conversation that is open on the desk."""
    return make_item(workstream, contact=contact, **held_by(agent))


@pytest.fixture
def enlarge(agent, contact, talk, now):
    """Adds so many of all that pages list."""

    def add(count):
        for _ in range(count):
            add_people(agent, now)
            add_work(agent, contact, now)
            send_message(item_id=talk.pk, author=Author.CUSTOMER, text="Hello?", now=now)
        configuration.publish(by=None, now=now)
        note_blockers.sweep(now=database_now(), limit=100)

    return add


def add_people(agent, now):
    """A colleague who holds work in a queue that the agent serves, too; and a queue of nobody."""
    queue = make_queue()
    colleague = make_agent(queues=[queue], profiles=[make_profile()])
    QueueMembership.objects.create(queue=queue, agent=agent)
    workstream = make_workstream(queue=queue)
    make_item(workstream, **held_by(colleague))
    make_item(workstream, required_skills=[[make_skill().pk, 3]])
    make_item(make_workstream())
    Alarm.objects.create(kind=next(iter(AlarmKind)), at=now, queue_id=queue.pk)


def add_work(agent, contact, now):
    """One work item of the agent's in each list."""
    workstream = make_workstream()
    make_item(workstream, **held_by(agent))
    make_offer(make_item(workstream), agent, now)
    over: dict[str, Any] = {"agent": agent, "contact": contact, "closed_at": database_now()}
    make_item(workstream, state="closed", reason=Reason.ENDED_BY_AGENT, **over)


def held_by(agent) -> dict[str, Any]:
    return {"state": "active", "reason": Reason.IN_CONVERSATION, "agent": agent}


def queries(browser, path, is_part):
    browser.get(path, headers=PART if is_part else {})
    with CaptureQueriesContext(connection) as found:
        response = browser.get(path, headers=PART if is_part else {})
    assert response.status_code == 200
    return len(found)


@pytest.mark.parametrize(("path", "is_part"), DESK)
def test_a_desk_takes_as_many_queries_however_much_there_is(
    client, agent, talk, enlarge, path, is_part
):
    client.force_login(agent.user)
    path = path.format(item=talk.pk)
    enlarge(2)
    few = queries(client, path, is_part)

    enlarge(6)

    assert queries(client, path, is_part) == few


@pytest.mark.parametrize(("path", "is_part"), FLOOR)
def test_a_floor_takes_as_many_queries_however_much_there_is(
    client, supervisor, enlarge, path, is_part
):
    client.force_login(supervisor)
    enlarge(2)
    few = queries(client, path, is_part)

    enlarge(6)

    assert queries(client, path, is_part) == few
