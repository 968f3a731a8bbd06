"""Whom agents may choose: set under /service-configuration, refused where they act."""

import pytest

from routing import service
from tests.factories import make_agent, make_queue, make_workstream
from tests.scenarios import arrive

pytestmark = pytest.mark.django_db
URL = "/service-configuration"


@pytest.fixture
def item(queue, agent, now):
    item = arrive(make_workstream("Picked", mode="pick", queue=queue), now)
    service.pick(item_id=item.pk, by=agent)
    return item


def test_an_administrator_sets_and_everybody_who_may_reads(as_administrator, as_supervisor):
    changes = {
        "transfers_to_agents": False,
        "asks_queues": False,
        "transfer_queues": "own",
        "transfer_agents": "colleagues",
        "consult_queues": "related",
        "consult_agents": "queue",
        "voice_search_seconds": 30,
        "missed_presence_name": "Not answering",
        "missed_presence_description": "Tell your team lead.",
        "declined_presence_name": "Said no",
        "declined_presence_description": "",
    }

    assert as_administrator.patch(URL, changes).status_code == 200
    read = as_supervisor.get(URL).json()
    assert changes.items() <= read.items()
    assert as_administrator.patch(URL, {"voice_search_seconds": None}).status_code == 200
    assert as_supervisor.get(URL).json()["voice_search_seconds"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"transfer_agents": "friends"},
        {"transfer_agents": None},
        {"messaging_search_seconds": 4},
        {"asks_queues": None},
        {"missed_presence_name": "x" * 101},
        {"declined_presence_description": None},
    ],
)
def test_what_is_no_setting_is_refused(as_administrator, body):
    assert as_administrator.patch(URL, body).status_code == 422


def test_a_choice_that_is_hidden_is_refused(as_administrator, as_agent, as_supervisor, item):
    make_agent("stan", queues=[make_queue("Far away")])
    reach = {"transfer_agents": "queue", "consult_agents": "queue", "transfer_queues": "own"}
    as_administrator.patch(URL, reach)
    transfer, consults = f"/work-items/{item.pk}/transfer", f"/work-items/{item.pk}/consults"

    answers = [
        as_agent.post(transfer, {"agent": "stan"}),
        as_agent.post(transfer, {"queue": "Far away"}),
        as_agent.post(consults, {"agent": "stan"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert {answer.json()["type"] for answer in answers} == {"out-of-reach"}
    assert "stan may not be chosen" in answers[0].json()["detail"]
    assert as_supervisor.post(transfer, {"agent": "stan"}).status_code == 200


def test_what_is_switched_off_is_refused(as_administrator, as_agent, second_agent, queue, item):
    as_administrator.patch(URL, {"transfers_to_agents": False, "asks_queues": False})

    moved = as_agent.post(f"/work-items/{item.pk}/transfer", {"agent": "bob"})
    asked = as_agent.post(f"/work-items/{item.pk}/consults", {"queue": queue.name})

    assert (moved.status_code, moved.json()["type"]) == (403, "only-to-queues")
    assert (asked.status_code, asked.json()["type"]) == (403, "queues-are-not-asked")
