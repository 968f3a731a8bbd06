"""/queues."""

from tests.factories import make_agent, make_queue, make_workstream


def test_creating_takes_members_in_their_order(as_administrator):
    make_agent("zoe")
    make_agent("anna")

    response = as_administrator.post(
        "/queues", {"name": "Refunds", "type": "messaging", "members": ["zoe", "anna"]}
    )

    assert response.status_code == 201
    assert set(response.json()["members"]) == {"zoe", "anna"}
    assert response.json()["assignment_method"] == "highest_capacity"


def test_an_unknown_member_gets_422_and_makes_no_queue(as_administrator):
    body = {"name": "Refunds", "type": "messaging", "members": ["nobody"]}

    response = as_administrator.post("/queues", body)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "members.0"
    names = [queue["name"] for queue in as_administrator.get("/queues").json()["items"]]
    assert "Refunds" not in names


def test_changing_replaces_members(as_administrator, queue, agent, second_agent):
    response = as_administrator.patch(f"/queues/{queue.pk}", {"members": ["bob"], "priority": 3})

    assert response.json()["members"] == ["bob"]
    assert response.json()["priority"] == 3


def test_wrong_values_get_422(as_administrator, queue):
    path = f"/queues/{queue.pk}"

    for change in ({"priority": 0}, {"priority": 10**12}, {"name": None}, {"type": "voice"}):
        assert as_administrator.patch(path, change).status_code == 422, change


def test_a_queue_in_use_stays(as_administrator, queue):
    make_workstream("Chat", queue=queue)

    response = as_administrator.delete(f"/queues/{queue.pk}")

    assert response.status_code == 409
    assert response.json()["dependencies"][0]["name"] == "Chat"


def test_an_unused_queue_goes(as_administrator):
    assert as_administrator.delete(f"/queues/{make_queue().pk}").status_code == 204


def test_agents_may_not_read_queues(as_agent, queue):
    assert as_agent.get(f"/queues/{queue.pk}").status_code == 403
