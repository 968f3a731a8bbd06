"""Who works on a record is said only as far as supervisors may assign and transfer (B 16.1)."""

from datetime import datetime

import pytest
from django.test import Client

from agents.models import Agent, User
from agents.terms import Role
from routing import configuration, service
from routing.exceptions import NotForSupervisors, RecordInWork
from tests.factories import make_agent, make_intake_rule, make_queue, make_record, make_workstream
from workstreams.models import Record, ServiceConfiguration, WorkItem
from workstreams.terms import Reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record_routing")]
BUTTONS = {"assign/", "route/"}


@pytest.fixture
def clerk(db: None) -> Agent:
    return make_agent("carol", queues=[make_queue("Case desk", type="record")])


@pytest.fixture
def record(clerk: Agent, now: datetime, supervisor: User) -> Record:
    """A case that waits."""
    queue = clerk.queues.get()
    make_intake_rule(make_workstream("Cases", type="record", mode="pick", queue=queue))
    configuration.publish(by=None, now=now)
    record = make_record("Late parcel")
    service.route_record(record_id=record.pk, by=supervisor, now=now)
    return record


@pytest.fixture
def held(record: Record, clerk: Agent, now: datetime) -> Record:
    """The same with the clerk."""
    service.pick(item_id=item_of(record).pk, by=clerk, now=now)
    return record


def item_of(record: Record) -> WorkItem:
    return WorkItem.objects.get(record=record)


def switch_off(name: str) -> None:
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={f"supervisors_{name}": False})


def buttons_of(record: Record, by: User) -> set[str]:
    client = Client()
    client.force_login(by)
    page = client.get(f"/records/{record.pk}/").content.decode()
    return {button for button in BUTTONS if f"/records/{record.pk}/{button}" in page}


def test_what_waits_is_given_to_nobody_where_supervisors_do_not_assign(
    record: Record, clerk: Agent, supervisor: User, now: datetime
) -> None:
    switch_off("assign")

    with pytest.raises(NotForSupervisors, match="Supervisors assign"):
        service.assign_record(record_id=record.pk, agent=clerk, by=supervisor, now=now)

    service.pick(item_id=item_of(record).pk, by=clerk, now=now)
    service.assign_record(record_id=record.pk, agent=None, by=supervisor, now=now)
    assert item_of(record).agent is None


@pytest.mark.parametrize("to_nobody", [False, True])
def test_what_an_agent_has_stays_where_supervisors_do_not_transfer(
    held: Record, clerk: Agent, supervisor: User, now: datetime, to_nobody: bool
) -> None:
    switch_off("transfer")
    other = None if to_nobody else make_agent("dora")

    with pytest.raises(NotForSupervisors, match="Supervisors transfer"):
        service.assign_record(record_id=held.pk, agent=other, by=supervisor, now=now)

    assert item_of(held).agent == clerk


def test_nor_is_it_taken_back_to_be_routed_again(
    held: Record, clerk: Agent, supervisor: User, now: datetime
) -> None:
    switch_off("transfer")

    with pytest.raises(RecordInWork):
        service.route_record(record_id=held.pk, by=supervisor, now=now)
    with pytest.raises(NotForSupervisors):
        service.route_record(record_id=held.pk, by=supervisor, takes_back=True, now=now)

    assert item_of(held).agent == clerk


def test_what_waits_is_routed_again_all_the_same(
    record: Record, supervisor: User, now: datetime
) -> None:
    switch_off("assign")
    switch_off("transfer")

    again = service.route_record(record_id=record.pk, by=supervisor, takes_back=True, now=now)

    assert again.item == item_of(record)


@pytest.mark.parametrize("verb", ["give", "route"])
def test_ones_own_is_given_away_all_the_same(held: Record, clerk: Agent, verb: str) -> None:
    switch_off("transfer")

    if verb == "give":
        service.assign_record(record_id=held.pk, agent=make_agent("dora"), by=clerk.user)
    else:
        service.route_record(record_id=held.pk, by=clerk.user, takes_back=True)

    assert item_of(held).agent != clerk


@pytest.mark.parametrize(
    ("switch", "is_held", "left"), [("assign", False, {"route/"}), ("transfer", True, set())]
)
def test_the_buttons_go_with_the_switches(
    record: Record, clerk: Agent, supervisor: User, switch: str, is_held: bool, left: set[str]
) -> None:
    if is_held:
        service.pick(item_id=item_of(record).pk, by=clerk)
    before = buttons_of(record, supervisor)
    switch_off(switch)

    assert (before, buttons_of(record, supervisor)) == (BUTTONS, left)


def test_what_one_is_offered_is_not_ones_own_yet(now: datetime) -> None:
    boss = make_agent("bea", role=Role.SUPERVISOR, queues=[make_queue(type="record")])
    make_intake_rule(make_workstream("Cases", type="record", queue=boss.queues.get()))
    configuration.publish(by=None, now=now)
    record = make_record("Late parcel")
    service.route_record(record_id=record.pk, by=boss.user, now=now)
    service.run_cycle(now=now)
    assert item_of(record).reason == Reason.AWAITING_AGENT_ACCEPTANCE
    before = buttons_of(record, boss.user)
    switch_off("transfer")

    assert (before, buttons_of(record, boss.user)) == (BUTTONS, {"route/"})
    with pytest.raises(NotForSupervisors, match="Supervisors transfer"):
        service.assign_record(record_id=record.pk, agent=None, by=boss.user, now=now)
