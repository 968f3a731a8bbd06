"""What is with somebody else is neither shown nor moved from one's own desk."""

from typing import Any, Final
from uuid import uuid4

import pytest
from django.urls import reverse

from agents.urls_desk import desk_urls
from config.models import Event
from routing import service
from routing.models import Assignment
from tests.factories import make_agent
from tests.scenarios import in_conversation
from workstreams.models import WorkItem

pytestmark = pytest.mark.django_db
HTMX: Final = {"HX-Request": "true"}
PLACES: Final = {
    each.name: str(each.pattern)
    for each in desk_urls
    if str(each.pattern).startswith("desk/<int:item_id>/")
}


@pytest.fixture
def item(workstream, agent, now):
    workstream.may_be_picked = True
    workstream.save()
    return in_conversation(workstream, agent, now, title="Lost card")


def all_there_is() -> Any:
    return (
        list(WorkItem.objects.values()),
        list(Assignment.objects.values()),
        list(Event.objects.values_list("pk", flat=True)),
    )


@pytest.mark.parametrize("who", ["second_agent", "agent_of_another_queue"])
@pytest.mark.parametrize("place", PLACES)
def test_no_address_of_the_desk_shows_or_moves_it(client, request, item, agent, queue, place, who):
    person = request.getfixturevalue(who)
    client.force_login(person.user)
    said = {"text": "Hi", "client_key": uuid4(), "question": "Why?", "message": 1}
    data = {**said, "to": "agent", "agent": person.pk, "queue": queue.pk}
    address = "/" + PLACES[place].replace("<int:item_id>", str(item.pk))
    address = address.replace("<int:suggestion_id>", "1")
    before = all_there_is()

    shown = [client.get(address, headers=headers) for headers in ({}, HTMX)]
    moved = [client.post(address, data, headers=headers) for headers in ({}, HTMX)]

    assert {answer.status_code for answer in moved} <= {404, 405, 409}
    assert not [answer for answer in (*shown, *moved) if b"Lost card" in answer.content]
    assert all_there_is() == before


def test_an_item_that_left_the_desk_has_a_place_for_what_was_typed_in_ones_own_advice_alone(
    client, item, agent
):
    eva, adam = make_agent("eva"), make_agent("adam")
    own, other = [service.consult(item_id=item.pk, by=agent, agent=each) for each in (eva, adam)]
    for each in (own, other):
        service.end_consult(consult_id=each.pk, by=agent.user)
    client.force_login(eva.user)

    gone = client.get(reverse("agents:desk-side", args=[item.pk]), headers=HTMX).content.decode()

    assert f'data-unsent="note-{own.pk}-{eva.user.pk}"' in gone
    assert f"note-{other.pk}-" not in gone
