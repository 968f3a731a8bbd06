"""The linked case goes by whose it is when the customer is corrected."""

from datetime import datetime

import pytest

from agents.models import User
from tests.factories import make_record
from tests.scenarios import arrive
from workstreams.actions.change_customer import change_customer
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


def test_a_case_that_is_added_leaves_the_customer_as_he_is(
    ada: Contact, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    item = arrive(workstream, now, context={"Email": ada.email})
    customer = item.customer

    links = {"case": make_record(contact=ada).pk}
    change_customer(item_id=item.pk, links=links, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.case is not None
    assert item.customer == customer


@pytest.fixture
def fabrikam() -> Account:
    return Account.objects.create(name="Fabrikam")


@pytest.mark.parametrize("links", [{}, {"contact": None}], ids=["account", "account alone"])
def test_another_account_leaves_no_case_of_the_former_contact(
    links: dict[str, int | None],
    bob: Contact,
    fabrikam: Account,
    workstream: Workstream,
    supervisor: User,
    now: datetime,
) -> None:
    make_record(contact=bob)
    item = arrive(workstream, now, context={"Email": bob.email})
    assert item.case_id is not None

    links = {**links, "account": fabrikam.pk}
    change_customer(item_id=item.pk, links=links, by=supervisor, now=now)

    item.refresh_from_db()
    assert (item.contact, item.account, item.case) == (None, fabrikam, None)


def test_another_account_leaves_no_case_of_the_former_one(
    contoso: Account, fabrikam: Account, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    make_record(account=contoso)
    item = arrive(workstream, now, customer={"email": contoso.email})
    assert item.case_id is not None

    change_customer(item_id=item.pk, links={"account": fabrikam.pk}, by=supervisor, now=now)

    item.refresh_from_db()
    assert (item.account, item.case) == (fabrikam, None)


@pytest.mark.parametrize(
    ("links", "is_left"),
    [({"contact": None}, True), ({"contact": None, "account": None}, True), ({}, False)],
)
def test_who_is_taken_away_takes_his_case_along(
    links: dict[str, int | None],
    is_left: bool,
    ada: Contact,
    workstream: Workstream,
    supervisor: User,
    now: datetime,
) -> None:
    case = make_record(contact=ada)
    item = arrive(workstream, now, context={"Email": ada.email})
    assert item.case == case

    change_customer(item_id=item.pk, links=links, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.case == (None if is_left else case)


@pytest.mark.parametrize(("entity", "is_left"), [("account", True), ("contact", False)])
def test_the_case_of_an_account_goes_with_the_account_alone(
    entity: str,
    is_left: bool,
    contoso: Account,
    workstream: Workstream,
    supervisor: User,
    now: datetime,
) -> None:
    case = make_record(account=contoso)
    item = arrive(workstream, now, customer={"email": contoso.email})
    assert item.case == case

    change_customer(item_id=item.pk, links={entity: None}, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.case == (None if is_left else case)


def test_a_case_that_is_named_anew_stays_without_its_contact(
    ada: Contact, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    case = make_record(contact=ada)
    item = arrive(workstream, now, context={"Email": ada.email})

    links = {"contact": None, "case": case.pk}
    change_customer(item_id=item.pk, links=links, by=supervisor, now=now)

    item.refresh_from_db()
    assert (item.contact, item.case) == (None, case)


def test_a_case_that_is_of_the_named_account_stays(
    ada: Contact, contoso: Account, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    case = make_record(contact=ada)
    item = arrive(workstream, now, context={"Email": ada.email})

    links = {"contact": ada.pk, "account": None}
    change_customer(item_id=item.pk, links=links, by=supervisor, now=now)
    change_customer(item_id=item.pk, links={"account": contoso.pk}, by=supervisor, now=now)

    item.refresh_from_db()
    assert (item.contact, item.account, item.case) == (ada, contoso, case)


def test_a_case_is_named_for_whomever_it_is(
    ada: Contact, fabrikam: Account, workstream: Workstream, supervisor: User, now: datetime
) -> None:
    case = make_record(contact=ada)
    item = arrive(workstream, now)

    links = {"account": fabrikam.pk, "case": case.pk}
    change_customer(item_id=item.pk, links=links, by=supervisor, now=now)

    item.refresh_from_db()
    assert item.case == case
