"""/contacts, /accounts and /records."""

import pytest

from tests.factories import make_agent, make_item, make_workstream
from workstreams.models import Account, Contact, Record


@pytest.fixture
def contoso(db):
    return Account.objects.create(name="Contoso")


def test_a_contact_is_created_shown_changed_and_deleted(as_supervisor, contoso):
    body = {"name": "Ada", "email": "ada@example.org", "account": contoso.pk, "data": {"tier": 1}}

    created = as_supervisor.post("/contacts", body)
    address = f"/contacts/{created.json()['id']}"
    changed = as_supervisor.patch(address, {"phone": "+44 20", "account": None})

    assert created.status_code == 201
    assert as_supervisor.get(address).json() == changed.json()
    assert changed.json()["account"] is None
    assert changed.json()["data"] == {"tier": 1}
    assert as_supervisor.delete(address).status_code == 204
    assert as_supervisor.get(address).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("email", "x"), ("account", 999), ("name", ""), ("shoe", 42)]
)
def test_a_wrong_value_is_named(field, value, as_supervisor):
    response = as_supervisor.post("/contacts", {"name": "Ada", field: value})

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field
    assert not Contact.objects.exists()


def test_lists_are_searched(as_supervisor, contoso):
    Account.objects.create(name="Fabrikam")

    found = as_supervisor.get("/accounts?q=contos").json()["items"]

    assert [each["name"] for each in found] == ["Contoso"]


def test_a_record_is_created_but_not_routed(as_supervisor, contoso):
    body = {"record_type": "case", "number": "C-1", "title": "Late", "account": contoso.pk}

    response = as_supervisor.post("/records", body)

    assert response.status_code == 201
    assert response.json()["record_type"] == "case"
    assert as_supervisor.post("/records", body).json()["errors"][0]["field"] == "number"
    assert as_supervisor.get("/work-items").json()["items"] == []


def test_a_deleted_record_takes_its_open_work_with_it(as_supervisor):
    created = as_supervisor.post("/records", {"record_type": "case", "title": "Late"}).json()
    record = Record.objects.get(pk=created["id"])
    item = make_item(make_workstream(type="record"), record=record)

    response = as_supervisor.delete(f"/records/{record.pk}")

    item.refresh_from_db()
    assert response.status_code == 204
    assert (item.state, item.record) == ("closed", None)


def test_agents_may_not(as_agent):
    assert as_agent.get("/contacts").status_code == 403
    assert as_agent.post("/records", {"record_type": "case", "title": "x"}).status_code == 403


def test_preferred_agents_are_replaced_in_their_order(as_supervisor, as_agent):
    contact = Contact.objects.create(name="Grace")
    for name in ("ann", "ben"):
        make_agent(name)
    address = f"/contacts/{contact.pk}/preferred-agents"

    assert as_supervisor.put(address, {"agents": ["ben", "ann"]}).json() == {
        "agents": ["ben", "ann"]
    }
    for wrong in (["ben", "ben"], ["nobody"], ["a", "b", "c", "d"]):
        assert as_supervisor.put(address, {"agents": wrong}).status_code == 422
    assert as_supervisor.get(address).json() == {"agents": ["ben", "ann"]}
    assert as_agent.get(address).status_code == 403
    assert as_supervisor.get("/contacts/999/preferred-agents").status_code == 404
