"""From whom a supervisor takes a conversation, he stays to advise who gets it (B 16.2)."""

import pytest

from agents.actions.edit_agent import edit_agent
from routing import service
from routing.models import AgentLoad
from routing.permissions import may_read
from routing.queries.desk_consults import advised_items, consults_of
from routing.queries.item_timeline import item_timeline
from routing.sweeps import miss_offers, recount_capacity, release_consults
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import arrive, choose_presence, in_conversation, offered
from workstreams.models import Consult, ServiceConfiguration
from workstreams.terms import ConsultState, ItemState

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(workstream, agent, now):
    return in_conversation(workstream, agent, now)


@pytest.fixture
def taker(db):
    return make_agent("tom", queues=[make_queue("Others")])


def hand_to(item, taker, by, now):
    service.transfer(item_id=item.pk, by=by, agent=taker, now=now)


def held(agent, now):
    """By the counter; the recount must find no difference."""
    assert recount_capacity.sweep(now=now, limit=10) == 0
    return AgentLoad.objects.get(agent=agent).units_used


def test_the_agent_advises_at_once_and_goes_on_when_the_other_accepts(
    item, agent, taker, supervisor, now
):
    hand_to(item, taker, supervisor, now)
    service.accept(item_id=item.pk, by=taker, now=now)

    item.refresh_from_db()
    [consult] = Consult.objects.running()
    assert (item.agent, consult.asked_by, consult.agent) == (taker, taker, agent)
    assert consult.state == ConsultState.ADVISING
    assert may_read(agent.user, item)
    assert [each.agent for each in advised_items(agent)] == ["tom"]
    assert [each.may_add for each in consults_of(item, taker)] == [True]
    assert "alice, who had it, stays to advise tom" in [each.text for each in item_timeline(item)]


def test_both_talk_aside_and_the_primary_ends_it(item, agent, taker, supervisor, now):
    hand_to(item, taker, supervisor, now)
    service.accept(item_id=item.pk, by=taker, now=now)
    consult = Consult.objects.get()

    service.end_consult(consult_id=consult.pk, by=taker.user, now=now)

    item.refresh_from_db()
    assert not may_read(agent.user, item)
    assert not Consult.objects.running().exists()


def decline(item, taker, now):
    service.decline(item_id=item.pk, by=taker, now=now)


def miss(item, taker, now):
    later = taker.assignments.get(ended_at=None).deadline_at
    assert miss_offers.sweep(now=later, limit=10) == 1


@pytest.mark.parametrize("refuse", [decline, miss])
def test_it_is_over_when_the_other_does_not_take_it(item, taker, supervisor, now, refuse):
    hand_to(item, taker, supervisor, now)

    refuse(item, taker, now)

    item.refresh_from_db()
    assert item.state == ItemState.OPEN
    assert Consult.objects.get().state == ConsultState.ENDED


def test_handed_on_before_it_is_accepted_nobody_new_advises(item, taker, supervisor, now):
    hand_to(item, taker, supervisor, now)
    third = make_agent("tim", queues=[make_queue()])

    hand_to(item, third, supervisor, now)

    assert not Consult.objects.running().exists()


def test_force_close_of_the_offer_ends_it_too(item, taker, supervisor, now):
    hand_to(item, taker, supervisor, now)

    service.force_close(item_id=item.pk, by=supervisor, now=now)

    assert not Consult.objects.running().exists()


def test_an_agent_who_transfers_takes_no_further_part(item, agent, taker, now):
    hand_to(item, taker, agent.user, now)

    assert not Consult.objects.exists()


def disable(agent, now):
    edit_agent(agent=agent, by=None, now=now, is_enabled=False)


def go_home(agent, now):
    choose_presence(agent, "offline", now)


@pytest.mark.parametrize("is_gone", [disable, go_home])
def test_who_is_not_there_advises_nobody(item, agent, taker, supervisor, now, is_gone):
    is_gone(agent, now)

    hand_to(item, taker, supervisor, now)

    assert not Consult.objects.exists()


def test_to_a_queue_and_from_an_offer_nobody_stays(workstream, agent, taker, supervisor, now):
    item = offered(workstream, now)
    hand_to(item, taker, supervisor, now)
    other = in_conversation(workstream, agent, now)
    service.transfer(item_id=other.pk, by=supervisor, queue=taker.queues.get(), now=now)

    assert not Consult.objects.exists()


def test_waiting_work_has_no_agent_who_could_stay(queue, agent, taker, supervisor, now):
    sms = make_workstream("SMS", queue=queue, channel="sms", auto_close_after_minutes=60)
    item = in_conversation(sms, agent, now)
    service.close(item_id=item.pk, by=agent, now=now)

    hand_to(item, taker, supervisor, now)

    assert not Consult.objects.exists()


@pytest.mark.parametrize(("holds", "units"), [(False, 0), (True, 1)])
def test_it_holds_capacity_where_advice_does(item, agent, taker, supervisor, now, holds, units):
    ServiceConfiguration.objects.update_or_create(
        pk=1, defaults={"agent_consults_hold_capacity": holds}
    )

    hand_to(item, taker, supervisor, now)
    assert held(agent, now) == units
    service.decline(item_id=item.pk, by=taker, now=now)
    release_consults.sweep(now=now, limit=10)

    assert held(agent, now) == 0


def test_who_is_past_his_limit_is_let_go(workstream, agent, taker, supervisor, now):
    ServiceConfiguration.objects.update_or_create(
        pk=1, defaults={"agent_consults_hold_capacity": True}
    )
    item = in_conversation(workstream, agent, now)
    for _ in range(3):
        more = arrive(workstream, now)
        service.assign(item_id=more.pk, agent=agent, by=supervisor, override=True, now=now)

    hand_to(item, taker, supervisor, now)

    assert not Consult.objects.exists()
    assert held(agent, now) == 3
