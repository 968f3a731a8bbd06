"""Correcting the customer puts one in the place of the other, whole."""

from datetime import datetime

import pytest

from agents.models import User
from config.models import Event
from tests.factories import make_record
from tests.scenarios import arrive
from workstreams.actions.change_customer import change_customer
from workstreams.actions.take_in import take_in
from workstreams.models import Account, Contact, Workstream

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
    item = arrive(workstream, now, context={"Email": ada.email}, customer={"tier": "gold"})

    change_customer(item_id=item.pk, links={"contact": bob.pk}, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.customer == {"name": "Bob", "email": "bob@example.org", "tier": "gold"}


@pytest.mark.parametrize(
    "given",
    [
        {"name": "The Countess", "phone": "+44207946"},
        {"name": "Ada Lovelace", "phone": "+44 20 7946"},
    ],
    ids=["otherwise", "the same"],
)
def test_what_the_customer_said_of_himself_stays(
    given: dict[str, str],
    ada: Contact,
    bob: Contact,
    workstream: Workstream,
    supervisor: User,
    now: datetime,
) -> None:
    item = arrive(workstream, now, customer=given)
    assert item.contact == ada

    change_customer(item_id=item.pk, links={"contact": bob.pk}, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.customer == {**given, "email": "bob@example.org"}


def test_who_is_named_as_the_contact_leaves_what_the_customer_said(
    ada: Contact, bob: Contact, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    given = {"email": ada.email}
    item = take_in(workstream=workstream, contact=ada, customer=given, now=now)
    assert item.customer == {**given, "name": ada.name, "phone": ada.phone}

    change_customer(item_id=item.pk, links={"contact": bob.pk}, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.customer == {**given, "name": "Bob"}


def test_where_no_event_tells_what_was_filled_in_it_is_what_the_former_contact_has(
    ada: Contact, bob: Contact, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now, customer={"phone": "+44207946", "tier": "gold"})
    Event.objects.filter(work_item_id=item.pk).delete()

    change_customer(item_id=item.pk, links={"contact": bob.pk}, by=supervisor, now=now)

    item.refresh_from_db()
    said = {"phone": "+44207946", "tier": "gold"}
    assert item.customer == {**said, "name": "Bob", "email": "bob@example.org"}


def test_a_case_that_is_added_later_tells_nothing_of_what_was_filled_in(
    ada: Contact, bob: Contact, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now, customer={"phone": "+44207946"})
    Event.objects.filter(work_item_id=item.pk).delete()
    case = make_record(contact=ada)

    for links in ({"case": case.pk}, {"contact": bob.pk}):
        change_customer(item_id=item.pk, links=links, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.customer == {"phone": "+44207946", "name": "Bob", "email": "bob@example.org"}


def test_a_second_correction_takes_away_what_the_first_brought(
    ada: Contact, bob: Contact, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now, customer={"phone": ada.phone})

    for contact in (bob.pk, None):
        links = {"contact": contact, "account": None}
        change_customer(item_id=item.pk, links=links, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.customer == {"phone": ada.phone}


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
