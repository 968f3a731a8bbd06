"""What supervisors do with a work item."""

import json
import re

import pytest
from django.urls import reverse

from agents.models import AgentPresence
from config.models import Event
from routing import configuration, service
from routing.models import AgentLoad, Assignment
from tests.factories import make_agent, make_item, make_queue
from tests.scenarios import choose_presence, in_conversation
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
VERBS = ("assign", "transfer", "close")


@pytest.fixture
def signed_in(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def item(workstream, agent, now):
    configuration.publish(by=None, now=now)
    return make_item(workstream, title="Lost card")


def address(verb, item):
    return reverse(f"routing:work-item-{verb}", args=[item.pk])


def events_of(response):
    return json.loads(response["HX-Trigger"])


@pytest.mark.parametrize("verb", [*VERBS, "candidates"])
def test_agents_may_not_steer(client, agent, item, verb):
    client.force_login(agent.user)

    response = (
        client.post(address(verb, item)) if verb in VERBS else client.get(address(verb, item))
    )

    item.refresh_from_db()
    assert (response.status_code in (403, 405), item.state) == (True, ItemState.OPEN)


@pytest.mark.parametrize("verb", VERBS)
def test_strangers_may_not_steer(client, item, verb):
    assert client.post(address(verb, item)).status_code == 302


@pytest.mark.parametrize("verb", VERBS)
def test_an_unknown_item_is_not_found(signed_in, verb):
    url = reverse(f"routing:work-item-{verb}", args=[987_654])

    assert signed_in.post(url).status_code == 404


@pytest.mark.parametrize("verb", VERBS)
def test_looking_at_a_dialog_changes_nothing(signed_in, item, verb):
    before = Event.objects.count()

    response = signed_in.get(address(verb, item), headers=HTMX)

    assert response.content.count(b'id="dialog-content"') == 1
    assert Event.objects.count() == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_dialog_is_a_page_without_javascript(signed_in, item, verb):
    response = signed_in.get(address(verb, item))

    assert b"<h1>" in response.content
    assert f'action="{address(verb, item)}"'.encode() in response.content


@pytest.mark.parametrize("verb", VERBS)
def test_other_methods_are_refused(signed_in, item, verb):
    assert signed_in.put(address(verb, item)).status_code == 405


def test_assigning_offers_the_item_and_leads_to_the_floor(signed_in, item, agent):
    response = signed_in.post(address("assign", item), {"agent": agent.pk})

    offer = Assignment.objects.get(item=item)
    assert (response.status_code, response["Location"]) == (303, "/floor/")
    assert (offer.agent, offer.how, offer.outcome) == (agent, "supervisor", "pending")


def test_assigning_in_the_dialog_closes_it_and_refreshes_the_floor(signed_in, item, agent):
    response = signed_in.post(address("assign", item), {"agent": agent.pk}, headers=HTMX)

    assert (response.status_code, response.content) == (204, b"")
    assert {"work-item-moved", "toast"} <= set(events_of(response))


def test_assigning_to_nobody_says_so_on_the_form(signed_in, item):
    response = signed_in.post(address("assign", item), {}, headers=HTMX)

    assert response.status_code == 422
    assert b"Choose an agent." in response.content


def test_an_agent_without_room_is_refused(signed_in, item, agent):
    AgentLoad.objects.filter(agent=agent).update(units_used=3)

    response = signed_in.post(address("assign", item), {"agent": agent.pk}, headers=HTMX)

    assert response.status_code == 422
    excess = b"Units: 3 of 3 before, 4 of 3 with it, 1 over"
    assert b"no room for this work item (" + excess + b")" in response.content


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "dialog"])
def test_an_item_somebody_was_faster_with_shows_where_it_is(
    signed_in, item, agent, second_agent, supervisor, headers
):
    service.assign(item_id=item.pk, agent=second_agent, by=supervisor, override=False)

    response = signed_in.post(address("assign", item), {"agent": agent.pk}, headers=headers)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Somebody else was faster and has this work item now." in page
    assert f"with {second_agent}" in page
    assert re.search(rf'value="{agent.pk}"\s+checked', page)


def test_a_presence_the_workstream_does_not_use_is_named(signed_in, item, agent):
    AgentPresence.objects.filter(agent=agent).update(base="away")

    response = signed_in.post(address("assign", item), {"agent": agent.pk}, headers=HTMX)

    assert response.status_code == 422
    assert (
        "alice&#x27;s presence is Appear away, and this workstream does not assign work in that "
        "presence."
    ) in response.content.decode()


def test_an_override_passes_the_limit_and_says_so_in_the_receipt(signed_in, item, agent):
    AgentLoad.objects.filter(agent=agent).update(units_used=3)

    signed_in.post(address("assign", item), {"agent": agent.pk, "override": "on"})

    assert Assignment.objects.get(item=item).is_override


def test_who_is_over_his_limit_already_is_shown_as_that(signed_in, item, agent):
    AgentLoad.objects.filter(agent=agent).update(units_used=5)

    page = signed_in.get(address("candidates", item), headers=HTMX).content.decode()

    assert "5 of 3 in use" in page
    assert " 2 over the limit" in page


def test_the_dialog_says_what_an_override_does_and_shows_the_excess(signed_in, item, agent):
    AgentLoad.objects.filter(agent=agent).update(units_used=3)

    text = signed_in.get(address("assign", item)).content.decode()

    assert "Override capacity and presence" in text
    assert "Units: 3 of 3 before, 4 of 3 with it, 1 over" in text


def test_agents_to_choose_from_are_searched(signed_in, item, agent, second_agent):
    response = signed_in.get(address("candidates", item) + "?q=bo", headers=HTMX)

    assert b"bob" in response.content
    assert b"alice" not in response.content
    assert response.content.count(b'id="candidates"') == 1


def test_a_transfer_offers_only_agents_in_an_allowed_presence(signed_in, item, queue):
    make_agent("omar", presence="offline", queues=[queue])

    assert b"omar" in signed_in.get(address("candidates", item)).content
    assert b"omar" not in signed_in.get(address("candidates", item) + "?for=transfer").content


def test_transferring_to_a_queue_moves_the_item(signed_in, item, now):
    other = make_queue("Second line")
    make_agent(queues=[other])
    configuration.publish(by=None, now=now)

    response = signed_in.post(address("transfer", item), {"to": "queue", "queue": other.pk})

    item.refresh_from_db()
    assert (response.status_code, item.queue) == (303, other)


def test_transferring_to_an_agent_offers_the_item(signed_in, item, agent):
    data = {"to": "agent", "agent": agent.pk}

    response = signed_in.post(address("transfer", item), data, headers=HTMX)

    assert response.status_code == 204
    assert Assignment.objects.get(item=item).how == "transfer"


def test_a_refused_transfer_is_told_on_the_form(signed_in, item, agent):
    AgentPresence.objects.filter(agent=agent).update(base="away")
    data = {"to": "agent", "agent": agent.pk}

    response = signed_in.post(address("transfer", item), data, headers=HTMX)

    assert response.status_code == 422
    assert b"s presence is Appear away" in response.content


@pytest.mark.parametrize(
    ("to", "sentence"), [("queue", b"Choose a queue."), ("agent", b"Choose an agent.")]
)
def test_a_transfer_needs_a_destination(signed_in, item, to, sentence):
    response = signed_in.post(address("transfer", item), {"to": to}, headers=HTMX)

    assert response.status_code == 422
    assert sentence in response.content


def test_queues_without_members_are_no_destination(signed_in, item):
    empty = make_queue("Empty")

    response = signed_in.post(address("transfer", item), {"to": "queue", "queue": empty.pk})

    item.refresh_from_db()
    assert (response.status_code, item.queue_id == empty.pk) == (422, False)


def test_closing_by_force_ends_the_item(signed_in, item):
    response = signed_in.post(address("close", item))

    item.refresh_from_db()
    assert (response.status_code, item.state) == (303, ItemState.CLOSED)
    assert item.reason == "force_closed_by_supervisor"


def test_closing_in_the_dialog_refreshes_the_floor(signed_in, item):
    response = signed_in.post(address("close", item), headers=HTMX)

    assert response.status_code == 204
    assert events_of(response)["toast"]["text"] == "“Lost card” is closed."


def test_a_supervisor_advises_nobody_to_whom_he_hands_his_own_conversation(
    client, workstream, queue, agent, now
):
    of_another = in_conversation(workstream, agent, now)
    choose_presence(agent, "busy_dnd", now)
    own = make_agent("sue", role="supervisor", queues=[queue])
    of_own = in_conversation(workstream, own, now)
    client.force_login(own.user)

    dialogs = [client.get(address("transfer", each)).content for each in (of_another, of_own)]

    assert [b"stays to advise" in each for each in dialogs] == [True, False]
