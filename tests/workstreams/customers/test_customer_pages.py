"""The pages of contacts, accounts and records."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_item, make_workstream
from workstreams.models import Account, Contact, Record, RecordType

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_supervisor(supervisor) -> Client:
    browser = Client()
    browser.force_login(supervisor)
    return browser


@pytest.fixture
def ada() -> Contact:
    contoso = Account.objects.create(name="Contoso")
    return Contact.objects.create(
        name="Ada Lovelace",
        email="ada@example.org",
        phone="+44 20 7946",
        account=contoso,
        data={"tier": "gold", "age": 36, "list": [1, "a"], "zip": "0123"},
    )


@pytest.fixture
def case(ada) -> Record:
    kind = RecordType.objects.get(name="case")
    return Record.objects.create(record_type=kind, number="C-1", title="Late parcel", contact=ada)


@pytest.mark.parametrize("words", ["love", "ada lovel", "ADA@example.org", "+44 (20) 7946", "ada@"])
def test_a_contact_is_found_by(words, as_supervisor, ada):
    Contact.objects.create(name="Somebody else", email="else@example.org")

    content = as_supervisor.get("/contacts/", {"q": words}).content.decode()

    assert "Ada Lovelace" in content
    assert "Somebody else" not in content


@pytest.mark.parametrize("words", ["'", "\\", "& | !", "')) OR 1=1 --", "a:* <-> b", "💥", "%"])
def test_strange_words_find_nobody(words, as_supervisor, ada):
    response = as_supervisor.get("/contacts/", {"q": words})

    assert response.status_code == 200
    assert "Ada Lovelace" not in response.content.decode()


@pytest.mark.parametrize("address", ["/contacts/", "/accounts/", "/records/"])
def test_a_list_costs_the_same_however_long_it_is(
    address, as_supervisor, ada, django_assert_max_num_queries
):
    kind = RecordType.objects.get(name="case")
    for number in range(20):
        Contact.objects.create(name=f"Contact {number}", account=ada.account)
        Account.objects.create(name=f"Account {number}")
        Record.objects.create(record_type=kind, title=f"Case {number}", contact=ada)

    with django_assert_max_num_queries(7):
        as_supervisor.get(address)


def test_a_contact_is_created_with_account_and_further_fields(as_supervisor, ada):
    typed = {
        "name": "Grace Hopper",
        "email": "grace@example.org",
        "phone": "+1 555 0100",
        "account": "Contoso",
        "is_active": "on",
        "data": "tier: silver\nage: 85\n",
    }

    response = as_supervisor.post("/contacts/new/", typed)

    grace = Contact.objects.get(name="Grace Hopper")
    assert (response.status_code, response.url) == (303, f"/contacts/{grace.pk}/")
    assert (grace.account, grace.data) == (ada.account, {"tier": "silver", "age": 85})


@pytest.mark.parametrize(
    "typed", [r'"\u0000"', r'"\ud800"', "[1e999]", r'{"a": ["\u0000"]}', r'{"\udfff": 1}', "1e999"]
)
@pytest.mark.parametrize("noun", ["contact", "account", "record"])
def test_a_further_field_that_cannot_be_stored_as_json_stays_text(typed, noun, as_supervisor):
    kind = RecordType.objects.get(name="case")
    entries = {"name": "Ada", "record_type": kind.pk, "title": "Ada", "data": f"odd: {typed}"}

    response = as_supervisor.post(f"/{noun}s/new/", entries)

    model: Any = {"contact": Contact, "account": Account, "record": Record}[noun]
    assert response.status_code == 303
    assert model._default_manager.get().data == {"odd": typed}


def test_an_edit_that_changes_nothing_keeps_everything(as_supervisor, ada):
    form = as_supervisor.get(f"/contacts/{ada.pk}/edit/").context["form"]
    shown = {name: form[name].value() for name in form.fields}

    response = as_supervisor.post(f"/contacts/{ada.pk}/edit/", shown)

    before = ada.data
    ada.refresh_from_db()
    assert response.status_code == 303
    assert (ada.data, ada.account.name) == (before, "Contoso")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("account", "Nobody", "There is no account “Nobody”."),
        ("account", "#999999999999999999", "There is no account"),
        ("phone", "call me", "This is no telephone number."),
        ("data", "no colon", "has no name before a colon."),
        ("email", "x", "Enter a valid email address."),
        ("name", "", "This field is required."),
    ],
)
def test_a_wrong_value_is_named_at_its_field(field, value, sentence, as_supervisor):
    response = as_supervisor.post("/contacts/new/", {"name": "Ada", field: value})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Contact.objects.exists()


def test_two_accounts_of_one_name_are_told_apart_by_number(as_supervisor, ada):
    twin = Account.objects.create(name="Contoso")

    refused = as_supervisor.post("/contacts/new/", {"name": "Bob", "account": "Contoso"})
    as_supervisor.post("/contacts/new/", {"name": "Bob", "account": f"Contoso (#{twin.pk})"})

    assert "Several fit" in refused.content.decode()
    assert Contact.objects.get(name="Bob").account == twin


def test_a_deleted_contact_leaves_its_conversations(as_supervisor, workstream, ada):
    item = make_item(workstream, contact=ada)

    asked = as_supervisor.get(f"/contacts/{ada.pk}/delete/").content.decode()
    as_supervisor.post(f"/contacts/{ada.pk}/delete/")

    item.refresh_from_db()
    assert "are no longer linked to it" in asked
    assert item.contact is None
    assert not Contact.objects.exists()


def test_a_deleted_record_closes_its_work(as_supervisor, case):
    item = make_item(make_workstream(type="record"), record=case, title="Parcel case")

    response = as_supervisor.post(f"/records/{case.pk}/delete/")

    item.refresh_from_db()
    assert response.status_code == 303
    assert (item.state, item.record) == ("closed", None)
    assert not Record.objects.filter(pk=case.pk).exists()


def test_a_number_names_one_record_of_its_type(as_supervisor, case):
    typed = {"record_type": case.record_type_id, "number": "C-1", "title": "Another"}

    response = as_supervisor.post("/records/new/", typed)

    assert response.status_code == 422
    assert "number" in response.context["form"].errors


def test_records_are_listed_by_type(as_supervisor, case):
    kind = RecordType.objects.get(name="email")
    Record.objects.create(record_type=kind, title="Letter")

    content = as_supervisor.get("/records/", {"type": "email"}).content.decode()

    assert "Letter" in content
    assert "Late parcel" not in content


def test_further_fields_may_be_called_as_they_like(as_supervisor, ada):
    ada.data = {"items": 3, "keys": "two"}
    ada.save()

    content = as_supervisor.get(f"/contacts/{ada.pk}/").content.decode()

    assert "<dt>items</dt>" in content


def test_strange_words_in_the_address_of_the_records_do_no_harm(as_supervisor, case):
    content = as_supervisor.get("/records/", {"items": "abc"}).content.decode()

    assert '<input type="hidden" name="items" value="abc">' in content


def test_the_page_of_a_contact_shows_what_belongs_to_it(
    as_supervisor, workstream, ada, case, django_assert_max_num_queries
):
    for number in range(10):
        make_item(workstream, contact=ada, title=f"Talk {number}")

    with django_assert_max_num_queries(9):
        content = as_supervisor.get(f"/contacts/{ada.pk}/").content.decode()

    for words in ("Contoso", "Late parcel", "Talk 9", "gold"):
        assert words in content


@pytest.mark.parametrize("noun", ["account", "record"])
def test_the_other_pages_show_theirs(noun, as_supervisor, ada, case):
    found = {"account": ada.account, "record": case}[noun]

    assert "Ada Lovelace" in as_supervisor.get(f"/{noun}s/{found.pk}/").content.decode()


def test_agents_do_not_manage_customers(agent, ada):
    browser = Client()
    browser.force_login(agent.user)

    for address in ("/contacts/", f"/contacts/{ada.pk}/", "/accounts/new/", "/records/"):
        assert browser.get(address).status_code == 403
