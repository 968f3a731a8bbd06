"""Supervisors close and transfer what they saw: work that moved since is shown once more."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from routing import configuration, service
from routing.models import Assignment
from tests.factories import make_agent, make_queue
from tests.scenarios import arrive, in_conversation, offered
from workstreams.terms import ItemState

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


class Dialog:
    """What a supervisor has before his eyes, and sends as it is there."""

    def __init__(self, client, verb, item):
        self.client, self.address = client, reverse(f"routing:work-item-{verb}", args=[item.pk])
        self.show(client.get(self.address, headers=HTMX))

    def show(self, response):
        self.status, self.form = response.status_code, response.context["form"]
        self.text = " ".join(unescape(strip_tags(response.content.decode())).split())

    def send(self, **chosen):
        data = {"seen": self.form["seen"].value(), **chosen}
        response = self.client.post(self.address, data, headers=HTMX)
        if response.status_code == 422:
            self.show(response)
        return response.status_code


@pytest.fixture
def signed_in(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def second_line(agent, workstream):
    """Another queue, published with the first arrival."""
    queue = make_queue("Second line")
    make_agent("bea", queues=[queue])
    return queue


def test_a_conversation_that_began_since_is_closed_by_the_second_press_alone(
    signed_in, workstream, agent, now
):
    item = arrive(workstream, now)
    dialog = Dialog(signed_in, "close", item)
    service.run_cycle(now=now)
    service.accept(item_id=item.pk, by=agent, now=now)

    first = dialog.send()
    item.refresh_from_db()

    assert (first, item.state) == (422, ItemState.ACTIVE)
    told = f"Meanwhile it is with alice, in conversation, in the queue {item.queue.name}."
    assert told in dialog.text
    assert "alice loses this work item at once" in dialog.text
    assert dialog.send() == 204
    item.refresh_from_db()
    assert item.state == ItemState.CLOSED


def test_an_offer_that_was_accepted_since_is_a_conversation_to_the_one_who_transfers(
    signed_in, workstream, agent, second_line, now
):
    item = offered(workstream, now)
    dialog = Dialog(signed_in, "transfer", item)
    service.accept(item_id=item.pk, by=agent, now=now)

    first = dialog.send(to="queue", queue=second_line.pk)
    item.refresh_from_db()

    assert (first, item.agent) == (422, agent)
    assert "Meanwhile it is with alice, in conversation" in dialog.text
    assert str(dialog.form["queue"].value()) == str(second_line.pk)
    assert dialog.send(to="queue", queue=second_line.pk) == 204
    item.refresh_from_db()
    assert item.queue == second_line


def test_of_two_supervisors_the_second_learns_where_the_first_has_sent_it(
    signed_in, workstream, agent, second_line, supervisor, now
):
    item = in_conversation(workstream, agent, now)
    third = make_agent("carl", queues=[second_line])
    configuration.publish(by=None, now=now)
    dialog = Dialog(signed_in, "transfer", item)
    service.transfer(item_id=item.pk, by=supervisor, queue=second_line)

    assert dialog.send(to="agent", agent=third.pk) == 422

    assert "Meanwhile it is in the queue Second line, waiting for an agent." in dialog.text
    assert not Assignment.objects.filter(agent=third).exists()


def test_an_offer_made_since_names_whom_it_is_offered_to(signed_in, workstream, agent, now):
    item = arrive(workstream, now)
    dialog = Dialog(signed_in, "close", item)
    service.run_cycle(now=now)

    dialog.send()

    assert f"Meanwhile it is offered to alice, in the queue {item.queue.name}." in dialog.text


def test_another_mistake_on_the_form_takes_nothing_of_the_warning(
    signed_in, workstream, agent, second_line, now
):
    item = offered(workstream, now)
    dialog = Dialog(signed_in, "transfer", item)
    service.accept(item_id=item.pk, by=agent, now=now)

    dialog.send(to="queue", queue="")
    assert "Choose a queue." in dialog.text
    dialog.send(to="queue", queue=second_line.pk)

    assert "Meanwhile it is with alice" in dialog.text


def test_work_that_went_to_another_queue_since_is_assigned_by_the_second_press_alone(
    signed_in, workstream, agent, second_line, supervisor, now
):
    item = arrive(workstream, now)
    dialog = Dialog(signed_in, "assign", item)
    service.transfer(item_id=item.pk, by=supervisor, queue=second_line)

    first = dialog.send(agent=agent.pk, override="on")
    item.refresh_from_db()

    assert (first, item.agent) == (422, None)
    assert "Meanwhile it is in the queue Second line, waiting for an agent." in dialog.text
    assert dialog.send(agent=agent.pk, override="on") == 204
    item.refresh_from_db()
    assert item.agent == agent


@pytest.mark.parametrize("verb", ["close", "transfer"])
def test_what_is_as_it_was_shown_takes_one_press(
    signed_in, workstream, agent, second_line, now, verb
):
    dialog = Dialog(signed_in, verb, in_conversation(workstream, agent, now))

    assert dialog.send(to="queue", queue=second_line.pk) == 204


def test_what_is_closed_already_stays_so_without_a_question(
    signed_in, workstream, agent, supervisor, now
):
    item = in_conversation(workstream, agent, now)
    dialog = Dialog(signed_in, "close", item)
    service.force_close(item_id=item.pk, by=supervisor)

    assert dialog.send() == 204
