"""/work-items/{id}/customer."""

import pytest

from routing import service
from tests.factories import make_item, make_workstream
from tests.scenarios import offered
from workstreams.models import Contact


@pytest.fixture
def ada(db):
    return Contact.objects.create(name="Ada")


@pytest.fixture
def held(queue, agent):
    item = make_item(make_workstream("Pick", mode="pick", queue=queue))
    service.pick(item_id=item.pk, by=agent)
    return item


def test_the_agent_who_has_it_links_and_unlinks(as_agent, held, ada):
    address = f"/work-items/{held.pk}/customer"

    assert as_agent.patch(address, {"contact": ada.pk}).json()["contact"] == ada.pk
    assert as_agent.patch(address, {"contact": None}).json()["contact"] is None


def test_supervisors_may_too_and_others_not(as_supervisor, as_stranger, held, ada):
    address = f"/work-items/{held.pk}/customer"

    assert as_supervisor.patch(address, {"contact": ada.pk}).status_code == 200
    assert as_stranger.patch(address, {"contact": ada.pk}).status_code == 404


def test_who_could_pick_it_may_not_yet(as_agent, queue, agent, ada):
    item = make_item(make_workstream("Pick", mode="pick", queue=queue))

    assert as_agent.patch(f"/work-items/{item.pk}/customer", {"contact": ada.pk}).status_code == 409


def test_who_was_only_offered_it_may_not_yet(as_agent, workstream, agent, ada, now):
    address = f"/work-items/{offered(workstream, now).pk}/customer"

    assert as_agent.patch(address, {"contact": ada.pk}).status_code == 409
    assert as_agent.get(address.removesuffix("/customer")).json()["contact"] is None


def test_an_unknown_row_is_named(as_supervisor, held):
    response = as_supervisor.patch(f"/work-items/{held.pk}/customer", {"case": 999})

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "case"
