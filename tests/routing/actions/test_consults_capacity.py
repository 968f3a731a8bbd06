"""Advice is free, unless a switch says that it holds capacity."""

from datetime import timedelta

import pytest

from agents.models import Agent
from routing import service
from routing.exceptions import NoCapacityLeft
from routing.models import AgentLoad, ConsultReceipt
from routing.sweeps import recount_capacity, release_consults
from tests.factories import make_agent, make_queue
from tests.scenarios import choose_presence, in_conversation, presence_of
from workstreams.models import ServiceConfiguration

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def item(workstream, agent, adviser, now):
    return in_conversation(workstream, agent, now)


@pytest.fixture
def adviser(db):
    return make_agent("eva", queues=[make_queue("Experts")], units=1)


def switch(**switches):
    ServiceConfiguration.objects.update_or_create(pk=1, defaults=switches)


def advise(item, agent, adviser, now, *, by_queue=False):
    to = {"queue": adviser.queues.get()} if by_queue else {"agent": adviser}
    consult = service.consult(item_id=item.pk, by=agent, now=now, **to)
    return service.accept_consult(consult_id=consult.pk, by=adviser, now=now)


def held(adviser, now):
    """By the counter; the recount must find no difference."""
    assert recount_capacity.sweep(now=now, limit=10) == 0
    return AgentLoad.objects.get(agent=adviser).units_used


@pytest.mark.parametrize("by_queue", [False, True])
def test_advice_is_free_by_default(item, agent, adviser, now, by_queue):
    advise(item, agent, adviser, now, by_queue=by_queue)

    assert held(adviser, now) == 0


@pytest.mark.parametrize(
    ("switches", "by_queue", "units"),
    [
        ({"agent_consults_hold_capacity": True}, False, 1),
        ({"agent_consults_hold_capacity": True}, True, 0),
        ({"queue_consults_hold_capacity": True}, True, 1),
        ({"queue_consults_hold_capacity": True}, False, 0),
    ],
)
def test_a_switch_lets_advice_hold_capacity_while_it_goes_on(
    item, agent, adviser, now, switches, by_queue, units
):
    switch(**switches)

    advise(item, agent, adviser, now, by_queue=by_queue)

    assert held(adviser, now) == units
    adviser.presence.refresh_from_db()
    assert adviser.presence.base == ("busy_dnd" if units else "available")


def test_it_comes_back_once_when_the_advice_ends(item, agent, adviser, now):
    switch(agent_consults_hold_capacity=True)
    consult = advise(item, agent, adviser, now)
    service.end_consult(consult_id=consult.pk, by=agent.user, now=now)

    assert [release_consults.sweep(now=now, limit=10) for _ in range(2)] == [1, 0]

    assert held(adviser, now) == 0
    adviser.presence.refresh_from_db()
    assert adviser.presence.base == "available"


def test_a_chosen_presence_lasts_through_advice_that_holds_capacity(item, agent, adviser, now):
    switch(agent_consults_hold_capacity=True)
    choose_presence(adviser, "available", now)
    consult = advise(item, agent, adviser, now)
    during = presence_of(adviser)

    service.end_consult(consult_id=consult.pk, by=agent.user, now=now)
    release_consults.sweep(now=now, limit=10)

    assert during == presence_of(adviser) == ("available", True)


def test_the_end_of_the_work_gives_it_back_too(item, agent, adviser, now):
    switch(agent_consults_hold_capacity=True)
    advise(item, agent, adviser, now)

    service.end(item_id=item.pk, by=agent, now=now)
    release_consults.sweep(now=now, limit=10)

    assert held(adviser, now) == 0


def test_who_has_no_room_does_not_advise(item, agent, adviser, now):
    switch(agent_consults_hold_capacity=True)
    AgentLoad.objects.filter(agent=adviser).update(units_used=1)

    with pytest.raises(NoCapacityLeft, match="Units: 1 of 1 before"):
        advise(item, agent, adviser, now)

    assert not ConsultReceipt.objects.exists()


def test_who_is_handed_the_work_he_advises_on_holds_it_once(item, agent, adviser, now):
    switch(agent_consults_hold_capacity=True)
    advise(item, agent, adviser, now)

    service.transfer(item_id=item.pk, by=agent.user, agent=adviser, now=now)
    release_consults.sweep(now=now, limit=10)

    assert held(adviser, now) == 1


def test_advice_that_began_while_the_work_was_handed_over_gives_its_capacity_back(
    item, agent, adviser, now
):
    switch(agent_consults_hold_capacity=True)
    advise(item, agent, adviser, now + SECOND)

    service.transfer(item_id=item.pk, by=agent.user, agent=adviser, now=now)

    receipt = ConsultReceipt.objects.get()
    assert receipt.capacity_released_at == receipt.held_at
    assert held(adviser, now) == 1


def test_a_supervisor_who_joins_holds_nothing(item, supervisor, now):
    switch(agent_consults_hold_capacity=True)
    watcher = make_agent("vera")

    service.join(item_id=item.pk, by=watcher, now=now)

    assert held(watcher, now) == 0


def test_a_supervisor_who_was_asked_holds_it_as_he_joins(item, agent, adviser, supervisor, now):
    switch(agent_consults_hold_capacity=True)
    service.consult(item_id=item.pk, by=agent, agent=adviser, now=now)

    joined = [service.join(item_id=item.pk, by=adviser, now=now) for _ in range(2)]

    assert [each.by_supervisor for each in joined] == [False, False]
    assert held(adviser, now) == 1


def test_a_supervisor_who_advises_already_holds_it_once(item, agent, adviser, supervisor, now):
    switch(agent_consults_hold_capacity=True)
    advise(item, agent, adviser, now)

    consult = service.join(item_id=item.pk, by=adviser, now=now)

    assert (consult.by_supervisor, held(adviser, now)) == (False, 1)


def test_a_supervisor_without_room_joins_as_one_whom_nobody_asked(
    item, agent, adviser, supervisor, now
):
    switch(agent_consults_hold_capacity=True)
    asked = service.consult(item_id=item.pk, by=agent, agent=adviser, now=now)
    Agent.objects.filter(pk=adviser.pk).update(capacity_units=0)

    service.join(item_id=item.pk, by=adviser, now=now)

    asked.refresh_from_db()
    assert (asked.state, asked.by_supervisor) == ("joined", True)
    assert held(adviser, now) == 0
