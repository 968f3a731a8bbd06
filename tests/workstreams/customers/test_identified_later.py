"""What becomes known of the customer only after the work has arrived (B 10.3)."""

from datetime import datetime

import pytest

from agents.models import User
from config.models import Event
from tests.factories import make_record
from tests.scenarios import arrive
from workstreams.actions.change_customer import change_customer
from workstreams.actions.identify_customer import identify_customer
from workstreams.models import Account, Contact, WorkItemEvent, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def contoso() -> Account:
    return Account.objects.create(name="Contoso", email="office@contoso.example", phone="+49 30 1")


@pytest.fixture
def ada(contoso: Account) -> Contact:
    return Contact.objects.create(
        name="Ada Lovelace", email="Ada@example.org", phone="+44 (20) 7946", account=contoso
    )


def test_asking_again_changes_nothing(ada: Contact, workstream: Workstream, now: datetime) -> None:
    item = arrive(workstream, now, context={"Email": ada.email})

    assert not identify_customer(item, now)
    assert WorkItemEvent.objects.filter(kind="customer-identified").count() == 1


def test_what_became_known_since_is_linked_later(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    item = arrive(workstream, now, context={"topic": "parcel"})
    item.context["Email"] = ada.email

    assert identify_customer(item, now)

    item.refresh_from_db()
    assert (item.contact, item.customer["name"]) == (ada, "Ada Lovelace")


@pytest.mark.parametrize("said", [{}, {"name": "The Countess"}], ids=["nothing", "a name"])
def test_a_contact_who_is_known_later_is_named_instead_of_the_account(
    said: dict[str, str], ada: Contact, contoso: Account, workstream: Workstream, now: datetime
) -> None:
    item = arrive(workstream, now, customer={"account_id": contoso.pk, **said})
    assert item.customer["email"] == contoso.email

    item.context["Email"] = ada.email
    assert identify_customer(item, now)

    item.refresh_from_db()
    assert (item.contact, item.account) == (ada, contoso)
    row = {"name": ada.name, "email": ada.email, "phone": ada.phone}
    assert item.customer == {"account_id": contoso.pk, **row, **said}


def test_an_account_that_is_known_later_leaves_the_name_of_the_contact(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    Contact.objects.update(account=None)
    contoso = Account.objects.get()
    item = arrive(workstream, now, context={"Email": ada.email})

    item.customer["account_id"] = contoso.pk
    assert identify_customer(item, now)

    item.refresh_from_db()
    assert (item.account, item.customer["name"]) == (contoso, ada.name)


@pytest.mark.parametrize("is_purged", [False, True])
def test_a_case_alone_leaves_nothing_of_the_contact_where_he_is_corrected(
    is_purged: bool,
    ada: Contact,
    workstream: Workstream,
    supervisor: User,
    now: datetime,
) -> None:
    Contact.objects.update(email="")
    item = arrive(workstream, now, customer={"phone": "+44207946"})
    assert item.contact == ada
    Contact.objects.update(email="ada@example.org")
    if is_purged:
        Event.objects.filter(work_item_id=item.pk).delete()
    item.refresh_from_db()
    item.context["CaseNumber"] = make_record(contact=ada, number="C-7").number
    assert identify_customer(item, now)

    bob = Contact.objects.create(name="Bob")
    change_customer(item_id=item.pk, links={"contact": bob.pk}, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.customer == {"phone": "+44207946", "name": "Bob"}
