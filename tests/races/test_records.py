"""Two people, or a person and a job, change the same record at once."""

from datetime import datetime

import pytest
from django.http import Http404
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.models import Agent, User
from routing import configuration, service
from routing.actions.route_batch import route_batch
from routing.actions.start_record_batch import start_record_batch
from routing.models import AgentLoad
from routing.tasks import route_records
from tests.factories import make_agent, make_intake_rule, make_queue, make_record, make_workstream
from tests.races.together import Elsewhere, queued_behind, together
from tests.scenarios import units_used
from workstreams.actions.delete_customer import delete_customer
from workstreams.actions.end_record import end_record
from workstreams.models import Contact, Record, WorkItem
from workstreams.terms import ItemState, RecordEnd


@pytest.fixture
def clerk(record_routing: None, transactional_db: None) -> Agent:
    return make_agent("carol", queues=[make_queue("Case desk", type="record")])


@pytest.fixture
def record(clerk: Agent, now: datetime) -> Record:
    queue = clerk.queues.get()
    make_intake_rule(make_workstream("Cases", type="record", queue=queue))
    configuration.publish(by=None, now=now)
    return make_record("Late parcel")


def unfinished(record: Record) -> list[WorkItem]:
    return list(WorkItem.objects.filter(record=record).exclude(state=ItemState.CLOSED))


def test_routed_twice_at_once_it_gets_one_item(record: Record, supervisor: User) -> None:
    together(*(lambda: service.route_record(record_id=record.pk, by=supervisor) for _ in range(4)))

    assert len(unfinished(record)) == 1


def test_two_workers_with_one_batch_do_each_record_once(
    record: Record, supervisor: User, now: datetime
) -> None:
    for number in range(3):
        make_record(f"Parcel {number}")
    batch = start_record_batch(records=Record.objects.all(), by=supervisor, now=now)

    done = together(*[lambda: route_batch(batch_id=batch.pk, now=now, limit=10) for _ in range(2)])

    assert sum(done) == 4
    assert WorkItem.objects.count() == WorkItem.objects.values("record").distinct().count() == 4
    batch.refresh_from_db()
    assert batch.finished_at == now


def test_a_record_that_a_stopped_worker_holds_is_done_by_a_later_job(
    record: Record, supervisor: User, now: datetime
) -> None:
    batch = start_record_batch(records=Record.objects.all(), by=supervisor, now=now)
    ProcrastinateJob.objects.all().delete()
    held = Elsewhere(lambda: list(batch.rows.select_for_update()))

    route_records(batch.pk)

    [later] = ProcrastinateJob.objects.all()
    held.commit()
    assert (later.task_name, later.args) == (route_records.name, {"batch_id": batch.pk})
    assert later.scheduled_at is not None
    route_records(batch.pk)
    assert ProcrastinateJob.objects.count() == 1
    batch.refresh_from_db()
    assert batch.finished_at is not None


def test_an_item_that_comes_while_the_record_is_waited_for_is_seen(
    record: Record, supervisor: User
) -> None:
    queued_behind(
        Record.objects.filter(pk=record.pk),
        lambda: service.route_record(record_id=record.pk, by=supervisor),
        then=lambda: service.route_record(record_id=record.pk, by=supervisor),
    )

    assert len(unfinished(record)) == 1


def test_resolved_while_it_is_routed_nothing_stays_open(record: Record, supervisor: User) -> None:
    now = record.created_at

    together(
        lambda: service.route_record(record_id=record.pk, by=supervisor),
        lambda: end_record(record_id=record.pk, how=RecordEnd.RESOLVED, by=supervisor, now=now),
    )

    assert unfinished(record) == []


def test_deleted_while_it_is_routed_nothing_stays_open(record: Record, supervisor: User) -> None:
    now = record.created_at

    together(
        lambda: _routed_or_gone(record, supervisor),
        lambda: delete_customer(row=record, by=supervisor, now=now),
    )

    assert not Record.objects.exists()
    assert not WorkItem.objects.exclude(state=ItemState.CLOSED).exists()


def _routed_or_gone(record: Record, supervisor: User) -> None:
    try:
        service.route_record(record_id=record.pk, by=supervisor)
    except Http404:
        return


def test_given_to_two_agents_at_once_one_has_it(
    record: Record, clerk: Agent, supervisor: User
) -> None:
    service.route_record(record_id=record.pk, by=supervisor)
    other = make_agent("dora")

    together(
        *(
            lambda agent=agent: service.assign_record(
                record_id=record.pk, agent=agent, by=supervisor
            )
            for agent in (clerk, other)
        )
    )

    assert sorted([units_used(clerk), units_used(other)]) == [0, 1]


def test_two_records_that_change_places_do_not_block_each_other(
    record: Record, clerk: Agent, supervisor: User
) -> None:
    people, records = [clerk, make_agent("dora")], [record, make_record("Lost parcel")]
    for each, agent in zip(records, people, strict=True):
        service.route_record(record_id=each.pk, by=supervisor)
        service.assign_record(record_id=each.pk, agent=agent, by=supervisor)

    queued_behind(
        AgentLoad.objects.filter(agent__in=people),
        lambda: service.assign_record(record_id=records[0].pk, agent=people[1], by=supervisor),
        lambda: service.assign_record(record_id=records[1].pk, agent=people[0], by=supervisor),
    )

    assert [unfinished(each)[0].agent for each in records] == people[::-1]
    assert [units_used(each) for each in people] == [1, 1]


def test_given_to_an_agent_while_the_router_offers_it(
    record: Record, clerk: Agent, supervisor: User
) -> None:
    service.route_record(record_id=record.pk, by=supervisor)
    other = make_agent("dora")

    together(
        lambda: service.run_cycle(),
        lambda: service.assign_record(record_id=record.pk, agent=other, by=supervisor),
    )

    [item] = unfinished(record)
    assert item.agent == other
    assert (units_used(clerk), units_used(other)) == (0, 1)


def test_a_customer_who_comes_while_the_record_is_waited_for_is_the_works(
    record: Record, supervisor: User
) -> None:
    bob = Contact.objects.create(name="Bob", email="bob@example.org")

    queued_behind(
        Record.objects.filter(pk=record.pk),
        lambda: service.route_record(record_id=record.pk, by=supervisor),
        then=lambda: Record.objects.filter(pk=record.pk).update(contact=bob),
    )

    [item] = unfinished(record)
    assert (item.contact, item.customer["name"]) == (bob, "Bob")
