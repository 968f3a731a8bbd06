"""The agent corrects who the customer is, and what it is about."""

import pytest
from django.urls import reverse

from routing import service
from tests.factories import make_item, make_workstream
from workstreams.models import Account, Contact, Record, RecordType, WorkItemEvent

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(client, agent):
    client.force_login(agent.user)
    return client


@pytest.fixture
def held(queue, agent):
    """A conversation that the agent has picked."""
    item = make_item(make_workstream("Pick", mode="pick", queue=queue))
    service.pick(item_id=item.pk, by=agent)
    item.refresh_from_db()
    return item


@pytest.fixture
def address(held) -> str:
    return reverse("agents:desk-customer", args=[held.pk])


@pytest.fixture
def ada() -> Contact:
    contoso = Account.objects.create(name="Contoso")
    return Contact.objects.create(name="Ada Lovelace", email="ada@example.org", account=contoso)


def make_case(**fields) -> Record:
    kind = RecordType.objects.get(name="case")
    return Record.objects.create(record_type=kind, title="Late parcel", **fields)


def test_somebody_is_found_and_linked_with_what_belongs_to_her(desk, held, address, ada):
    case = make_case(number="C-1", contact=ada)

    found = desk.get(address, {"q": "lovel"}).content.decode()
    response = desk.post(address, {"contact": ada.pk})

    held.refresh_from_db()
    assert "Ada Lovelace" in found
    assert (response.status_code, response.url) == (303, f"/desk/{held.pk}/")
    assert (held.contact, held.account, held.case) == (ada, ada.account, case)
    event = WorkItemEvent.objects.get(work_item_id=held.pk, kind="customer-changed")
    assert "linked Ada Lovelace, Contoso, Late parcel" in event.data["sentences"][0]


def test_a_case_brings_its_customer(desk, held, address, ada):
    case = make_case(number="C-1", contact=ada)

    desk.post(address, {"case": case.pk})

    held.refresh_from_db()
    assert (held.case, held.contact) == (case, ada)


def test_a_wrong_link_is_taken_away(desk, held, address, ada):
    desk.post(address, {"contact": ada.pk})

    response = desk.post(address, {"contact": ""}, headers=HTMX)

    held.refresh_from_db()
    assert response.status_code == 204
    assert held.contact is None


@pytest.mark.parametrize("number", ["999999", "x", "9" * 50, "-1"])
def test_nobody_is_linked_by_a_number_that_is_not_there(number, desk, held, address):
    response = desk.post(address, {"contact": number}, headers=HTMX)

    held.refresh_from_db()
    assert response.status_code == 422
    assert held.contact is None


def test_who_has_not_the_item_may_not(client, second_agent, held, address, ada):
    client.force_login(second_agent.user)

    assert client.post(address, {"contact": ada.pk}).status_code == 404


def test_the_customer_stands_beside_the_conversation(desk, held, ada):
    held.attributes = {"survey": [{"name": "agreed", "question": "Agree?", "answer": True}]}
    held.contact = ada
    held.save()

    page = desk.get(f"/desk/{held.pk}/?tab=customer").content.decode()

    for words in ("Ada Lovelace", "Change customer or case", "Pre-chat survey", "Agree?"):
        assert words in page


@pytest.mark.parametrize(
    "survey",
    [3, "yes", {"items": 3}, [7], [{"question": "Agree?"}], [{"question": 1, "answer": "x"}]],
)
def test_an_attribute_that_is_no_survey_harms_no_desk(survey, desk, held):
    held.attributes = {"survey": survey}
    held.save()

    answer = desk.get(f"/desk/{held.pk}/")

    assert answer.status_code == 200
    assert "Pre-chat survey" not in answer.content.decode()


def test_the_fragment_has_one_root(desk, address):
    content = desk.get(address, headers=HTMX).content.decode().strip()

    assert content.startswith('<div class="dialog__content" id="dialog-content">')
