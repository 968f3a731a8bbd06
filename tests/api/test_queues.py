"""/queues."""

from tests.factories import make_agent, make_item, make_queue, make_workstream


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


LIMIT = {"condition": "work_item_limit", "threshold": 3, "action": "transfer", "queue": "Spare"}


def test_a_copy_has_settings_overflow_and_on_request_members(as_administrator, agent):
    make_queue("Spare")
    fields = {"priority": 4, "service_level_seconds": 30, "overflow": [LIMIT], "members": ["alice"]}
    source = as_administrator.post("/queues", {"name": "Refunds", "type": "messaging", **fields})
    path = f"/queues/{source.json()['id']}/copy"

    plain = as_administrator.post(path)
    named = as_administrator.post(path, {"name": "Returns", "with_members": True})

    assert (plain.status_code, named.status_code) == (201, 201)
    assert plain.json()["name"] == "Copy of Refunds"
    assert plain.json()["members"] == []
    assert named.json() == source.json() | {"id": named.json()["id"], "name": "Returns"}
    assert as_administrator.post(path, {"name": "returns"}).status_code == 422


def test_only_who_configures_copies_and_deletes(as_supervisor, queue):
    assert as_supervisor.post(f"/queues/{queue.pk}/copy").status_code == 403
    assert as_supervisor.delete(f"/queues/{queue.pk}?move_to=Other").status_code == 403


def test_unfinished_work_moves_to_the_named_queue(as_administrator, agent, queue):
    old = make_queue("Old")
    item = make_item(make_workstream(), queue=old)
    path = f"/queues/{old.pk}"

    refused = as_administrator.delete(path)
    unknown = as_administrator.delete(f"{path}?move_to=Nowhere")
    itself = as_administrator.delete(f"{path}?move_to=Old")
    empty = as_administrator.delete(f"{path}?move_to={make_queue('Empty').name}")
    done = as_administrator.delete(f"{path}?move_to=Support")

    item.refresh_from_db()
    assert (refused.status_code, refused.json()["type"]) == (409, "in-use")
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "move_to")
    assert {itself.status_code, empty.status_code} <= {409, 422}
    assert (done.status_code, item.queue) == (204, queue)
    assert as_administrator.get(path).status_code == 404
