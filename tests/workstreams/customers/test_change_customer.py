"""Correcting the customer puts one in the place of the other, whole."""

from datetime import datetime

import pytest

from agents.models import User
from tests.scenarios import arrive
from workstreams.actions.change_customer import change_customer
from workstreams.models import Account, Contact, Record, RecordType, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def contoso() -> Account:
    return Account.objects.create(name="Contoso", email="office@contoso.example")


@pytest.fixture
def ada(contoso: Account) -> Contact:
    return Contact.objects.create(
        name="Ada Lovelace", email="ada@example.org", phone="+44 20 7946", account=contoso
    )


@pytest.fixture
def bob() -> Contact:
    return Contact.objects.create(name="Bob", email="bob@example.org")


def test_another_contact_brings_his_own_data(
    ada: Contact, bob: Contact, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now, customer={"phone": ada.phone, "tier": "gold"})

    change_customer(item_id=item.pk, links={"contact": bob.pk}, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.customer == {"name": "Bob", "email": "bob@example.org", "tier": "gold"}


def test_what_the_customer_said_of_himself_stays(
    ada: Contact, bob: Contact, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    given = {"name": "The Countess", "phone": "+44207946"}
    item = arrive(workstream, now, customer=given)

    change_customer(item_id=item.pk, links={"contact": bob.pk}, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.customer == {**given, "email": "bob@example.org"}


@pytest.mark.parametrize(
    ("links", "customer"),
    [
        ({"contact": None}, {"name": "Contoso", "email": "office@contoso.example"}),
        ({"contact": None, "account": None}, {}),
    ],
)
def test_who_is_taken_away_takes_the_data_along(
    links: dict[str, int | None],
    customer: dict[str, str],
    ada: Contact,
    workstream: Workstream,
    supervisor: User,
    now: datetime,
) -> None:
    item = arrive(workstream, now, context={"Email": ada.email})

    change_customer(item_id=item.pk, links=links, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.customer == customer


def test_a_case_that_is_added_leaves_the_customer_as_he_is(
    ada: Contact, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now, context={"Email": ada.email})
    customer = item.customer

    links = {"case": make_case(contact=ada).pk}
    change_customer(item_id=item.pk, links=links, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.case is not None
    assert item.customer == customer


def make_case(**fields: Contact | Account) -> Record:
    case = RecordType.objects.get(name="case")
    return Record.objects.create(record_type=case, title="Late parcel", **fields)
