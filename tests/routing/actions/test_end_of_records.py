"""What ends a record, or says who works on it, moves its work item and capacity with it."""

from datetime import datetime

import pytest

from agents.models import Agent, AgentPresence
from routing import configuration, service
from routing.exceptions import AgentDisabled, RecordHasNoWork
from tests.factories import make_agent, make_intake_rule, make_queue, make_record, make_workstream
from tests.scenarios import units_used
from workstreams.actions.delete_customer import delete_customer
from workstreams.actions.end_record import end_record, reactivate_record
from workstreams.actions.save_customer import save_customer
from workstreams.models import Record, ServiceConfiguration, WorkItem
from workstreams.queries.customers import records
from workstreams.terms import ItemState, Reason, RecordEnd, RecordRouting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record_routing")]


@pytest.fixture
def clerk(db: None) -> Agent:
    return make_agent("carol", queues=[make_queue("Case desk", type="record")], units=1)


@pytest.fixture
def record(clerk: Agent, now: datetime, supervisor) -> Record:
    """A case that the clerk works on."""
    queue = clerk.queues.get()
    make_intake_rule(make_workstream("Cases", type="record", queue=queue))
    configuration.publish(by=None, now=now)
    record = make_record("Late parcel")
    service.route_record(record_id=record.pk, by=supervisor, now=now)
    service.run_cycle(now=now)
    service.accept(item_id=item_of(record).pk, by=clerk, now=now)
    return record


def item_of(record: Record) -> WorkItem:
    return WorkItem.objects.get(record=record)


@pytest.mark.parametrize("how", list(RecordEnd))
def test_its_work_item_closes_with_it(record, clerk, supervisor, now, how):
    end_record(record_id=record.pk, how=how, by=supervisor, now=now)

    record.refresh_from_db()
    item = item_of(record)
    assert (record.is_active, record.closed_as) == (False, how)
    assert (item.state, item.reason) == (ItemState.CLOSED, Reason.CLOSED_WITH_RECORD)
    assert units_used(clerk) == 0


def test_saving_it_as_not_active_is_the_same(record, clerk, supervisor, now):
    saved = save_customer(row=record, is_active=False, by=supervisor, now=now)

    assert item_of(record).state == ItemState.CLOSED
    assert (saved.closed_as, units_used(clerk)) == (RecordEnd.DEACTIVATED, 0)


def test_ending_it_twice_closes_one_item(record, supervisor, now):
    for _ in range(2):
        end_record(record_id=record.pk, how=RecordEnd.RESOLVED, by=supervisor, now=now)

    assert item_of(record).state == ItemState.CLOSED


def test_taken_up_again_it_gets_a_new_item_when_it_is_routed(record, supervisor, now):
    end_record(record_id=record.pk, how=RecordEnd.RESOLVED, by=supervisor, now=now)

    reactivate_record(record_id=record.pk, by=supervisor, now=now)
    assert WorkItem.objects.count() == 1
    service.route_record(record_id=record.pk, by=supervisor, now=now)

    assert [each.state for each in WorkItem.objects.order_by("pk")] == ["closed", "open"]


def save_active(record, by, now):
    save_customer(row=record, is_active=True, by=by, now=now)


def reactivate(record, by, now):
    reactivate_record(record_id=record.pk, by=by, now=now)


@pytest.mark.parametrize("take_up", [reactivate, save_active])
def test_taken_up_again_it_is_one_of_those_not_routed(record, supervisor, now, take_up):
    end_record(record_id=record.pk, how=RecordEnd.RESOLVED, by=supervisor, now=now)

    take_up(record, supervisor, now)

    assert list(records(is_unrouted=True)) == [record]
    record.refresh_from_db()
    assert (record.routing, record.intake) == (RecordRouting.NOT_ASKED, {})


@pytest.mark.parametrize("take_up", [reactivate, save_active])
def test_what_goes_on_anyway_stays_routed(record, supervisor, now, take_up):
    take_up(record, supervisor, now)

    assert not records(is_unrouted=True).exists()


def test_deleting_it_closes_its_work_and_keeps_the_history(record, clerk, supervisor, now):
    delete_customer(row=record, by=supervisor, now=now)

    item = WorkItem.objects.get()
    assert (item.record, item.state, item.title) == (None, ItemState.CLOSED, "Late parcel")
    assert units_used(clerk) == 0


def test_giving_it_to_another_agent_moves_the_capacity(record, clerk, supervisor, now):
    other = make_agent("dora", units=0)

    service.assign_record(record_id=record.pk, agent=other, by=supervisor, now=now)

    item = item_of(record)
    assert (item.agent, item.state, item.reason) == (
        other,
        ItemState.ACTIVE,
        Reason.ASSIGNED_BY_SUPERVISOR,
    )
    assert (units_used(clerk), units_used(other)) == (0, 1)
    assert item.assignments.get(agent=other).is_override


def test_the_presence_of_both_follows(record, clerk, supervisor, now):
    other = make_agent("dora", units=2)
    service.assign_record(record_id=record.pk, agent=other, by=supervisor, now=now)

    bases = AgentPresence.objects.values_list("agent__user__username", "base")
    assert dict(bases) == {"carol": "available", "dora": "busy"}


def test_giving_it_to_who_has_it_changes_nothing(record, clerk, supervisor, now):
    service.assign_record(record_id=record.pk, agent=clerk, by=supervisor, now=now)

    assert item_of(record).assignments.count() == 1


def test_putting_it_back_frees_the_agent(record, clerk, supervisor, now):
    service.assign_record(record_id=record.pk, agent=None, by=supervisor, now=now)

    assert (item_of(record).state, units_used(clerk)) == (ItemState.OPEN, 0)


def test_a_record_without_work_cannot_be_given_to_anybody(clerk, supervisor, now):
    with pytest.raises(RecordHasNoWork):
        service.assign_record(record_id=make_record().pk, agent=clerk, by=supervisor, now=now)


def test_a_disabled_agent_gets_none(record, supervisor, now):
    other = make_agent("dora")
    Agent.objects.filter(pk=other.pk).update(is_enabled=False)

    with pytest.raises(AgentDisabled):
        service.assign_record(record_id=record.pk, agent=other, by=supervisor, now=now)


def test_after_its_end_nobody_is_given_it(record, clerk, supervisor, now):
    service.end(item_id=item_of(record).pk, by=clerk, now=now)

    with pytest.raises(RecordHasNoWork):
        service.assign_record(record_id=record.pk, agent=make_agent(), by=supervisor, now=now)


def test_who_is_given_the_record_on_which_he_advises_holds_it_once(record, clerk, supervisor, now):
    ServiceConfiguration.objects.update(agent_consults_hold_capacity=True)
    adviser = make_agent("eva", queues=[clerk.queues.get()], units=1)
    asked = service.consult(item_id=item_of(record).pk, by=clerk, agent=adviser, now=now)
    service.accept_consult(consult_id=asked.pk, by=adviser, now=now)

    item = service.assign_record(record_id=record.pk, agent=adviser, by=supervisor, now=now)

    given = item.assignments.get(ended_at=None)
    assert (given.agent, given.is_override, units_used(adviser)) == (adviser, False, 1)
