import json
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import reverse

from config.live.tickets import topics_of_ticket
from config.live.topics import LARGEST_NUMBER_OF_TOPICS, topics_of
from config.live.views import ticket
from routing.permissions import heard_by
from tests.factories import make_item, make_queue, make_user
from workstreams.models import QueueMembership

pytestmark = pytest.mark.django_db


def ask(user, topics):
    request = RequestFactory().get("/live/ticket", {"topics": topics})
    request.user = user
    return ticket(request)


def test_a_supervisor_hears_everything(supervisor):
    response = ask(supervisor, "floor,queue-99")

    assert response.status_code == 200
    assert b"ticket" in response.content
    assert "no-store" in response["Cache-Control"]


def test_the_ticket_admits_to_what_was_asked(supervisor):
    answer = json.loads(ask(supervisor, "floor,queue-99").content)

    assert topics_of_ticket(answer["ticket"]) == {"floor", "queue-99"}


def test_an_agent_hears_of_himself_and_his_queues(agent, queue):
    assert ask(agent.user, f"agent-{agent.pk},queue-{queue.pk}").status_code == 200


@pytest.mark.parametrize(
    "topic", ["floor", "queues", "agent-987654", "queue-987654", "item-987654"]
)
def test_an_agent_hears_nothing_else(agent, topic):
    with pytest.raises(PermissionDenied):
        ask(agent.user, topic)


def test_what_was_taken_away_meanwhile_does_not_silence_the_rest(
    agent, second_agent, queue, workstream
):
    gone = f"item-{make_item(workstream, state='active', agent=second_agent).pk}"
    left = f"agent-{agent.pk},queue-{queue.pk}"

    answer = json.loads(ask(agent.user, f"{left},queue-987654,{gone}").content)

    assert topics_of_ticket(answer["ticket"]) == set(left.split(","))


def test_the_pages_of_who_serves_very_many_queues_get_a_ticket_too(client, agent):
    queues = [make_queue(f"Line {number}") for number in range(LARGEST_NUMBER_OF_TOPICS + 1)]
    QueueMembership.objects.bulk_create(QueueMembership(agent=agent, queue=each) for each in queues)
    client.force_login(agent.user)
    page = client.get(reverse("agents:desk")).content.decode()
    [topics] = re.findall(r'name="live-topics"\s+content="([^"]*)"', page)
    [hears] = re.findall(r'id="desk-open"[^>]*hx-trigger="([^"]*)"', page)

    answer = json.loads(ask(agent.user, ",".join(topics.split())).content)

    told = topics_of({"kind": "work-item-arrived", "queue_id": queues[-1].pk})
    [heard] = topics_of_ticket(answer["ticket"]) & told
    assert f"{heard}-changed from:body" in hears


def test_a_request_without_topics_is_malformed(supervisor):
    assert ask(supervisor, "").status_code == 400
    assert ask(supervisor, "everything").status_code == 400


def test_an_agent_hears_of_open_items_of_his_queues_only(agent, agent_of_another_queue, workstream):
    topic = f"item-{make_item(workstream).pk}"

    assert heard_by(agent.user, [topic]) == [topic]
    assert heard_by(agent_of_another_queue.user, [topic]) == []


def test_an_agent_hears_of_the_item_he_holds_after_it_left_his_queues(
    agent_of_another_queue, agent, workstream
):
    holder = agent_of_another_queue
    topic = f"item-{make_item(workstream, state='active', agent=holder).pk}"

    assert heard_by(holder.user, [topic]) == [topic]
    assert heard_by(agent.user, [topic]) == []


def test_the_question_takes_three_statements(
    agent, workstream, queue, django_assert_max_num_queries
):
    topics = [f"agent-{agent.pk}", f"queue-{queue.pk}"]
    topics += [f"item-{make_item(workstream).pk}" for _ in range(5)]

    with django_assert_max_num_queries(3):
        assert heard_by(agent.user, topics) == topics


def test_a_person_who_is_no_agent_hears_nothing(db):
    assert heard_by(make_user(), ["queue-1"]) == []
