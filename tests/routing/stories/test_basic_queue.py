"""A basic queue: its work is never offered, and its members pick it on their desks (A 20)."""

import pytest

from agents.actions.set_presence import set_presence
from agents.models import Presence
from routing import configuration, service
from routing.exceptions import NotAMember
from routing.models import Assignment
from routing.queries.desk import open_items
from routing.queries.desk_item import find_on_desk
from routing.queries.waiting import waiting_because
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import arrive
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db


@pytest.fixture
def basic():
    """A queue whose work is only picked."""
    return make_queue("Letters", distributes=False)


@pytest.fixture
def reader(basic, now):
    """A member who is there and has room."""
    agent = make_agent("reader", queues=[basic])
    set_presence(agent=agent, presence=Presence.objects.get(name="available"), by=None, now=now)
    return agent


@pytest.fixture
def letter(basic, reader, now):
    """A pushed item that waits there."""
    workstream = make_workstream("Letters", queue=basic)
    configuration.publish(by=None, now=now)
    return arrive(workstream, now)


def test_the_router_offers_nothing_and_says_why(letter, now):
    service.run_cycle(now=now)

    letter.refresh_from_db()
    assert letter.state == ItemState.OPEN
    assert not Assignment.objects.exists()
    assert "basic" in str(waiting_because(letter)).lower()


def test_a_member_picks_it_on_the_desk(letter, reader, now):
    [row], _ = open_items(reader)
    service.pick(item_id=letter.pk, by=reader, now=now)

    letter.refresh_from_db()
    assert (row.id, row.is_pushed, row.may_be_picked) == (letter.pk, False, True)
    assert (letter.state, letter.agent) == (ItemState.ACTIVE, reader)
    assert open_items(reader) == ([], 0)


def test_others_do_not_see_it_and_cannot_pick_it(letter, now):
    stranger = make_agent("stranger", queues=[make_queue("Other")])

    assert open_items(stranger) == ([], 0)
    with pytest.raises(NotAMember):
        service.pick(item_id=letter.pk, by=stranger, now=now)


def test_switched_to_distribute_it_offers_what_waits(letter, basic, reader, administrator, now):
    edit_queue(queue=basic, distributes=True, by=administrator, now=now)
    configuration.publish(by=None, now=now)

    service.run_cycle(now=now)

    letter.refresh_from_db()
    assert (letter.state, letter.agent) == (ItemState.ACTIVE, reader)


def test_while_its_switch_waits_for_review_what_is_there_is_picked_as_before(
    letter, basic, reader, administrator, now
):
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    edit_queue(queue=basic, distributes=True, by=administrator, now=now)
    service.run_cycle(now=now)

    [row], _ = open_items(reader)
    page = find_on_desk(letter.pk, reader)
    service.pick(item_id=letter.pk, by=reader, now=now)

    letter.refresh_from_db()
    assert (row.is_pushed, row.may_be_picked) == (False, True)
    assert page is not None
    assert page.may_pick
    assert (letter.state, letter.agent) == (ItemState.ACTIVE, reader)
