"""A record that is routed again has the customer that it has by then."""

from datetime import datetime

import pytest

from agents.models import User
from config.models import Event
from routing import configuration
from routing.actions.route_record import route_record
from tests.factories import make_intake_rule, make_record, make_workstream
from workstreams.actions.change_customer import change_customer
from workstreams.models import Account, Contact, Record, WorkItem, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def contoso() -> Account:
    return Account.objects.create(name="Contoso", email="office@contoso.example")


@pytest.fixture
def ada(contoso: Account) -> Contact:
    return Contact.objects.create(
        name="Ada", email="ada@example.org", phone="+44 1", account=contoso
    )


@pytest.fixture
def bob() -> Contact:
    return Contact.objects.create(name="Bob", email="bob@example.org")


@pytest.fixture(autouse=True)
def cases(record_routing: None, now: datetime) -> Workstream:
    cases = make_workstream("Cases", type="record")
    make_intake_rule(cases)
    configuration.publish(by=None, now=now)
    return cases


def routed(record: Record, now: datetime) -> WorkItem:
    route_record(record_id=record.pk, now=now)
    return WorkItem.objects.get(record=record)


@pytest.mark.parametrize("is_told", [True, False], ids=["events tell", "events are purged"])
def test_another_contact_of_the_record_brings_his_own_data(
    is_told: bool, ada: Contact, bob: Contact, now: datetime
) -> None:
    record = make_record(contact=ada)
    assert routed(record, now).customer["phone"] == ada.phone
    if not is_told:
        Event.objects.all().delete()

    Record.objects.update(contact=bob)
    item = routed(record, now)

    assert (item.contact, item.account) == (bob, None)
    assert item.customer == {"name": "Bob", "email": "bob@example.org"}


def test_a_record_without_a_contact_by_then_is_called_by_its_account(
    ada: Contact, contoso: Account, now: datetime
) -> None:
    record = make_record(contact=ada)
    routed(record, now)

    Record.objects.update(contact=None, account=contoso)
    item = routed(record, now)

    assert item.customer == {"name": contoso.name, "email": contoso.email}


def test_what_the_record_itself_said_of_its_customer_stays(
    ada: Contact, bob: Contact, now: datetime
) -> None:
    record = make_record(contact=ada)
    item = routed(record, now)
    WorkItem.objects.update(customer={**item.customer, "tier": "gold"})

    Record.objects.update(contact=bob)

    assert routed(record, now).customer["tier"] == "gold"


def test_the_same_contact_keeps_his_account(ada: Contact, contoso: Account, now: datetime) -> None:
    record = make_record(contact=ada)
    before = routed(record, now)
    assert before.account == contoso

    item = routed(record, now)

    assert (item.account, item.customer) == (contoso, before.customer)


def test_a_correction_goes_by_who_the_record_brought_last(
    ada: Contact, bob: Contact, supervisor: User, now: datetime
) -> None:
    record = make_record(contact=ada)
    routed(record, now)
    Record.objects.update(contact=bob)
    item = routed(record, now)

    links = {"contact": None, "account": None}
    change_customer(item_id=item.pk, links=links, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.customer == {}


def test_whom_somebody_linked_stays_while_the_record_brings_nobody_else(
    bob: Contact, ada: Contact, supervisor: User, now: datetime
) -> None:
    unnamed, adas = make_record(), make_record(contact=ada)
    for record in (unnamed, adas):
        item = routed(record, now)
        change_customer(item_id=item.pk, links={"contact": bob.pk}, by=supervisor, now=now)

        item = routed(record, now)

        assert (item.contact, item.customer) == (bob, {"name": "Bob", "email": "bob@example.org"})


def test_a_record_that_names_nobody_any_more_takes_away_whom_it_brought(
    ada: Contact, now: datetime
) -> None:
    record = make_record(contact=ada)
    routed(record, now)

    Record.objects.update(contact=None)
    item = routed(record, now)

    assert (item.contact, item.customer) == (None, {})
