"""/work-items/{id}/consults and /consults/{id}."""

import pytest

from agents.models import Agent
from routing import service
from tests.api.conftest import Caller
from tests.factories import make_agent, make_workstream
from tests.scenarios import arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(queue, agent, now):
    item = arrive(make_workstream("Picked", mode="pick", queue=queue), now)
    service.pick(item_id=item.pk, by=agent)
    return item


@pytest.fixture
def path(item):
    return f"/work-items/{item.pk}/consults"


@pytest.fixture
def consult(item, agent, second_agent):
    return service.consult(item_id=item.pk, by=agent, agent=second_agent)


def test_an_agent_asks_another_one(as_agent, second_agent, path):
    answer = as_agent.post(path, {"agent": "bob", "question": "Is it covered?"})

    assert answer.status_code == 201
    assert answer.json()["agent"] == "bob"
    assert (answer.json()["state"], answer.json()["question"]) == ("asked", "Is it covered?")


def test_an_agent_asks_a_queue(as_agent, second_agent, queue, path):
    asked = as_agent.post(path, {"queue": queue.name}).json()

    assert (asked["agent"], asked["queue"]) == (None, "Support")


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 422), ({"agent": "nobody"}, 422), ({"agent": "alice"}, 409), ({"question": 3}, 422)],
)
def test_a_bad_request_is_refused(as_agent, path, body, status):
    assert as_agent.post(path, body).status_code == status


def test_the_whole_way_of_advice(as_agent, as_second_agent, consult, path):
    one = f"/consults/{consult.pk}"

    accepted = as_second_agent.post(f"{one}/accept", {}).json()
    written = as_second_agent.post(f"{one}/notes", {"text": "Yes"})
    joined = as_agent.post(f"{one}/join", {}).json()
    ended = as_second_agent.post(f"{one}/end", {}).json()

    assert [each["state"] for each in (accepted, joined, ended)] == ["advising", "joined", "ended"]
    assert written.status_code == 201
    assert [note["text"] for note in as_agent.get(f"{one}/notes").json()["items"]] == ["Yes"]
    assert [each["state"] for each in as_agent.get(path).json()["items"]] == ["ended"]


def test_strangers_know_nothing_of_it(as_second_agent, item, agent):
    consult = service.consult(item_id=item.pk, by=agent, agent=make_agent("eva"))

    for verb in ("accept", "decline", "join", "end"):
        assert as_second_agent.post(f"/consults/{consult.pk}/{verb}", {}).status_code == 404
    assert as_second_agent.get(f"/consults/{consult.pk}/notes").status_code == 404
    assert as_second_agent.post(f"/consults/{consult.pk}/notes", {"text": "x"}).status_code == 404
    assert as_second_agent.get(f"/work-items/{item.pk}/consults").status_code == 404


def test_an_adviser_is_listed_his_own_advice_alone(as_second_agent, consult, item, agent, path):
    service.consult(item_id=item.pk, by=agent, agent=make_agent("eva"))

    listed = as_second_agent.get(path).json()["items"]

    assert [each["id"] for each in listed] == [consult.pk]


def test_who_is_asked_for_advice_hears_that_the_work_is_somebodys(
    as_stranger, agent, agent_of_another_queue, item
):
    service.consult(item_id=item.pk, by=agent, agent=agent_of_another_queue)

    answer = as_stranger.post(f"/work-items/{item.pk}/pick")

    assert (answer.status_code, answer.json()["type"]) == (409, "already-taken")


@pytest.mark.parametrize("who", ["as_stranger", "as_agent"])
def test_what_a_queue_is_asked_its_other_members_answer(
    request, as_agent, second_agent, queue, path, who
):
    """Neither those who do not serve it nor the one who asks."""
    consult = as_agent.post(path, {"queue": queue.name}).json()
    caller = request.getfixturevalue(who)

    answers = [
        caller.post(f"/consults/{consult['id']}/{verb}", {}) for verb in ("accept", "decline")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert as_agent.get(path).json()["items"] == [consult]


def test_supervisors_read_everything_and_write_nothing(as_supervisor, consult, path):
    assert len(as_supervisor.get(path).json()["items"]) == 1
    assert as_supervisor.get(f"/consults/{consult.pk}/notes").status_code == 200
    assert as_supervisor.post(f"/consults/{consult.pk}/notes", {"text": "x"}).status_code == 403


def test_a_supervisor_watches_and_one_without_an_agent_does_not_join(as_supervisor, item):
    assert as_supervisor.post(f"/work-items/{item.pk}/monitor", {}).status_code == 200
    assert as_supervisor.post(f"/work-items/{item.pk}/join", {}).status_code == 403


def test_agents_do_not_watch(as_second_agent, item):
    assert as_second_agent.post(f"/work-items/{item.pk}/monitor", {}).status_code == 403


def test_members_find_what_their_queue_is_asked(
    as_agent, as_second_agent, as_stranger, item, queue, path
):
    consult = as_agent.post(path, {"queue": queue.name, "question": "Is it covered?"}).json()

    (request,) = as_second_agent.get("/agents/me").json()["requests"]

    assert (request["id"], request["item_id"]) == (consult["id"], item.pk)
    assert (request["queue"], request["question"]) == ("Support", "Is it covered?")
    assert as_second_agent.get(f"/work-items/{request['item_id']}").status_code == 200
    assert as_second_agent.get(path).json()["items"] == [consult]
    assert as_second_agent.get(f"/work-items/{item.pk}/messages").status_code == 403
    for caller in (as_agent, as_stranger):
        assert caller.get("/agents/me").json()["requests"] == []


def test_members_know_of_it_no_more_once_one_of_them_came(
    as_agent, as_second_agent, item, queue, path
):
    make_agent("eva", queues=[queue])
    consult = as_agent.post(path, {"queue": queue.name}).json()

    service.accept_consult(consult_id=consult["id"], by=Agent.objects.get(user__username="eva"))

    assert as_second_agent.get("/agents/me").json()["requests"] == []
    assert as_second_agent.get(path).status_code == 404
    answer = as_second_agent.post(f"/consults/{consult['id']}/accept", {})
    assert answer.json()["detail"] == "eva advises on this work item already."


def test_the_desk_lists_what_one_advises_on(as_second_agent, consult, item):
    as_second_agent.post(f"/consults/{consult.pk}/accept", {})

    desk = as_second_agent.get("/agents/me").json()

    assert [advised["item_id"] for advised in desk["advised"]] == [item.pk]
    assert desk["requests"] == []


def test_what_ones_queue_is_asked_too_is_asked_by_name_alone(
    as_agent, as_second_agent, consult, queue, path
):
    make_agent("eva", queues=[queue])
    as_agent.post(path, {"queue": queue.name})

    requests = as_second_agent.get("/agents/me").json()["requests"]

    assert [request["id"] for request in requests] == [consult.pk]


def test_the_adviser_writes_to_the_customer_once_he_joined(
    as_agent, as_second_agent, consult, item
):
    messages = f"/work-items/{item.pk}/messages"
    as_second_agent.post(f"/consults/{consult.pk}/accept", {})
    before = as_second_agent.post(messages, {"text": "Hello"})

    as_agent.post(f"/consults/{consult.pk}/join", {})
    after = as_second_agent.post(messages, {"text": "Hello"})

    assert (before.status_code, after.status_code) == (409, 201)
    assert after.json()["agent"] == "bob"


def test_a_supervisor_who_joined_writes_under_his_own_name(item):
    as_sue = Caller(make_agent("sue", role="supervisor").user)
    before = as_sue.post(f"/work-items/{item.pk}/messages", {"text": "Hello"})

    as_sue.post(f"/work-items/{item.pk}/join", {})
    after = as_sue.post(f"/work-items/{item.pk}/messages", {"text": "Hello"})

    assert (before.status_code, after.status_code) == (403, 201)
    assert after.json()["agent"] == "sue"
