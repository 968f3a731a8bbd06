"""Who the customer is, by what is known of the conversation (B 10.3)."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from routing.queries.explanation import explanation
from routing.queries.item_fields import item_fields
from tests.factories import make_workstream
from tests.scenarios import arrive
from workstreams.models import (
    Account,
    Contact,
    IdentificationRule,
    Record,
    RecordType,
    WorkItem,
    WorkItemEvent,
    Workstream,
)
from workstreams.queries.identification import matches

pytestmark = pytest.mark.django_db


@pytest.fixture
def contoso() -> Account:
    return Account.objects.create(name="Contoso", email="office@contoso.example", phone="+49 30 1")


@pytest.fixture
def ada(contoso: Account) -> Contact:
    return Contact.objects.create(
        name="Ada Lovelace", email="Ada@example.org", phone="+44 (20) 7946", account=contoso
    )


def make_case(**fields: Any) -> Record:
    case = RecordType.objects.get(name="case")
    return Record.objects.create(record_type=case, title="Late parcel", **fields)


def events_of(item: WorkItem) -> list[WorkItemEvent]:
    return list(WorkItemEvent.objects.filter(work_item_id=item.pk, kind__startswith="customer-"))


FITTING: list[dict[str, Any]] = [
    {"context": {"Email": "ada@EXAMPLE.org"}},
    {"context": {"Phone": "+44 20 7946"}},
    {"context": {"Name": "Ada Lovelace"}},
    {"context": {"Name": "Ada Lovelace", "Email": "ada@example.org", "Phone": "+44207946"}},
    {"customer": {"email": "ada@example.org"}},
    {"customer": {"phone": "+44.20.7946"}},
    {"customer": {"name": "The Countess", "email": "ada@example.org"}},
    {"context": {"CustomerPhoneNumber": "+44207946"}},
]
STRANGE: list[dict[str, Any]] = [
    {},
    {"context": {"Email": "someone@example.org"}},
    {"context": {"Email": "ada@example.org", "Phone": "+1 555"}},
    {"context": {"Email": "ada@example.org", "Name": "Ada"}},
    {"context": {"email": "ada@example.org"}},
    {"context": {"Name": "ada lovelace"}},
    {"context": {"Phone": "()"}},
    {"context": {"Email": ""}},
    {"context": {"Email": True}},
    {"context": {"Name": "x" * 4000}},
]


@pytest.mark.parametrize("given", FITTING, ids=str)
def test_a_customer_is_known_by(
    given: dict[str, Any], ada: Contact, workstream: Workstream, now: datetime
) -> None:
    item = arrive(workstream, now, **given)

    assert (item.contact, item.account) == (ada, ada.account)
    assert "Identified as Ada Lovelace by" in events_of(item)[0].data["sentences"][0]


def test_what_a_program_says_of_a_known_customer_stays_where_it_says_no(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    given = {"email": ada.email, "is_vip": False, "orders": 0, "name": ""}

    item = arrive(workstream, now, customer=given)

    assert item.customer == {**given, "name": ada.name, "phone": ada.phone}


@pytest.mark.parametrize("given", STRANGE, ids=lambda given: str(given)[:60])
def test_nobody_is_linked_by(
    given: dict[str, Any], ada: Contact, workstream: Workstream, now: datetime
) -> None:
    item = arrive(workstream, now, **given)

    assert (item.contact, item.account, item.case) == (None, None, None)
    assert not events_of(item)


def test_two_who_fit_are_not_told_apart(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    Contact.objects.create(name="Ada's double", email="ADA@example.org")

    item = arrive(workstream, now, context={"Email": "ada@example.org"})

    assert item.contact is None
    [event] = events_of(item)
    assert event.data["sentences"] == ["More than one contact fits by e-mail, so none is linked"]


def test_inactive_ones_are_not_looked_at(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    Contact.objects.create(name="Ada's old row", email="ada@example.org", is_active=False)

    assert arrive(workstream, now, context={"Email": "ada@example.org"}).contact == ada


def test_an_account_is_known_by_its_number(
    contoso: Account, workstream: Workstream, now: datetime
) -> None:
    item = arrive(workstream, now, customer={"phone": "+49-30-1"})

    assert (item.contact, item.account, item.customer_name) == (None, contoso, "Contoso")


def test_the_only_active_case_comes_along(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    make_case(number="C-0", contact=ada, is_active=False)
    case = make_case(number="C-1", contact=ada)

    assert arrive(workstream, now, context={"Email": ada.email}).case == case


def test_of_two_active_cases_none_comes_along(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    make_case(number="C-1", contact=ada)
    make_case(number="C-2", contact=ada)

    assert arrive(workstream, now, context={"Email": ada.email}).case is None


def test_the_number_of_a_case_names_its_customer(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    case = make_case(number="C-7", contact=ada)
    make_case(number="C-8", contact=ada)

    item = arrive(workstream, now, context={"CaseNumber": "C-7"})

    assert (item.case, item.contact, item.account) == (case, ada, ada.account)


def test_a_case_of_somebody_else_is_not_linked(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    make_case(number="C-7", contact=Contact.objects.create(name="Bob"))

    item = arrive(workstream, now, context={"Email": ada.email, "CaseNumber": "C-7"})

    assert (item.contact, item.case) == (ada, None)
    assert events_of(item)[-1].data["sentences"] == [
        "Identified as Ada Lovelace by e-mail",
        "Case C-7 belongs to another customer, so it is not linked",
    ]


def test_nor_is_it_when_the_rule_of_cases_comes_first(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    IdentificationRule.objects.filter(entity="case").update(position=0)
    IdentificationRule.objects.exclude(entity="case").update(position=1)
    make_case(number="C-7", contact=Contact.objects.create(name="Bob"))

    item = arrive(workstream, now, context={"Email": ada.email, "CaseNumber": "C-7"})

    assert (item.contact, item.case) == (ada, None)


def test_a_case_of_another_account_is_not_linked(
    contoso: Account, workstream: Workstream, now: datetime
) -> None:
    make_case(number="C-7", account=Account.objects.create(name="Fabrikam"))

    item = arrive(workstream, now, context={"CaseNumber": "C-7"}, customer={"phone": "+49-30-1"})

    assert (item.account, item.case) == (contoso, None)


def test_a_case_of_the_same_customer_is_linked(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    case = make_case(number="C-7", contact=ada)
    make_case(number="C-8", contact=ada)

    item = arrive(workstream, now, context={"Email": ada.email, "CaseNumber": "C-7"})

    assert (item.contact, item.case) == (ada, case)


def test_rules_read_whom_and_what_is_linked(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    make_case(number="C-1", contact=ada)

    fields = item_fields(arrive(workstream, now, context={"Email": ada.email}))

    assert fields["contact"]["name"] == "Ada Lovelace"
    assert fields["account"]["name"] == "Contoso"
    assert fields["case"]["number"] == "C-1"


def test_the_explanation_says_how_the_customer_was_found(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    item = arrive(workstream, now, context={"Email": ada.email})

    assert explanation(item.pk)["identification"] == ["Identified as Ada Lovelace by e-mail"]


def test_rules_of_the_workstream_stand_in_for_those_of_the_organisation(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    IdentificationRule.objects.create(
        workstream=workstream, name="Own", entity="contact", keys={"Mail": "email"}
    )

    assert arrive(workstream, now, context={"Phone": ada.phone}).contact is None
    assert arrive(workstream, now, context={"Mail": ada.email}).contact == ada
    assert arrive(make_workstream(), now, context={"Phone": ada.phone}).contact == ada


def test_a_rule_that_is_off_finds_nobody(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    IdentificationRule.objects.update(is_enabled=False)

    assert arrive(workstream, now, context={"Email": ada.email}).contact is None


def test_programs_name_customers_by_number(
    ada: Contact, workstream: Workstream, now: datetime
) -> None:
    assert arrive(workstream, now, customer={"contact_id": ada.pk}).contact == ada
    assert arrive(workstream, now, customer={"contact_id": str(2**80)}).contact is None
    assert arrive(workstream, now, customer={"contact_id": f"{ada.pk:020}9"}).contact is None


@pytest.mark.parametrize(
    ("given", "index"),
    [
        ({"email": "a@b.example"}, "mail"),
        ({"digits": "+49301"}, "number"),
        ({"name": "Ada"}, "name"),
    ],
)
@pytest.mark.parametrize("entity", ["contact", "account"])
def test_every_lookup_has_its_index(entity: str, given: dict[str, str], index: str) -> None:
    given = {{"digits": "phone"}.get(name, name): value for name, value in given.items()}
    model: Any = {"contact": Contact, "account": Account}[entity]
    model.objects.bulk_create(
        model(name=f"Name {n}", email=f"{n}@b.example", phone=f"+49 30 {n}") for n in range(1000)
    )
    with connection.cursor() as cursor:
        # Of a few rows any index is as good as another.
        cursor.execute(f"ANALYZE {model._meta.db_table}")
        connection.force_debug_cursor = True
        try:
            matches(entity, given)
            sql = connection.queries_log[-1]["sql"]
        finally:
            connection.force_debug_cursor = False
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert f"workstreams_{entity}_{index}" in plan
