"""/agents, their presence, and the desk."""

import pytest

from agents.models import User
from config.models import Event
from routing.models import WakeUp
from tests.factories import (
    make_agent,
    make_attribute,
    make_item,
    make_profile,
    make_queue,
    make_skill,
    make_workstream,
)

NEW = {"username": "dora", "name": "Dora Long", "role": "agent", "capacity_units": 5}


def test_creating_takes_skills_profiles_and_queues(as_administrator):
    make_skill("French")
    make_profile("Chats", limit=3)
    make_queue("Refunds")
    lists = {
        "skills": [{"skill": "French", "rating": 7}],
        "capacity_profiles": [{"profile": "Chats", "limit": 2}],
        "queues": ["Refunds"],
    }

    response = as_administrator.post("/agents", NEW | lists | {"password": "a long password"})

    assert response.status_code == 201
    document = response.json()
    assert (NEW | lists).items() <= document.items()
    assert document["load"]["profiles"] == [{"profile": "Chats", "limit": 2, "used": 0}]
    assert "password" not in document
    assert User.objects.get(username="dora").check_password("a long password")


def test_attributes_are_given_changed_and_taken_away(as_administrator):
    make_attribute("Site")
    make_attribute("Level", "number")
    make_attribute("VIP", "boolean")
    as_administrator.post("/agents", NEW | {"attributes": {"Site": "Rome", "Level": 2}})

    response = as_administrator.patch(
        "/agents/dora", {"attributes": {"Level": None, "VIP": False}, "name": "Dora"}
    )

    assert response.json()["attributes"] == {"Site": "Rome", "VIP": False}
    assert as_administrator.get("/agents").json()["items"][0]["attributes"] == {
        "Site": "Rome",
        "VIP": False,
    }


@pytest.mark.parametrize(
    "attributes",
    [
        {"Shoe": 43},
        {"Site": 5},
        {"Site": ["Rome"]},
        {"Level": "2"},
        {"Level": 1e16},
        {"Team": "Green"},
        {"VIP": "yes"},
        {"Joined": "yesterday"},
        {"": "x"},
        "Rome",
    ],
    ids=str,
)
def test_an_attribute_that_is_none_gets_422_and_changes_nothing(
    as_administrator, agent, attributes
):
    for name, type_ in (("Site", "text"), ("Level", "number"), ("VIP", "boolean")):
        make_attribute(name, type_)
    make_attribute("Team", "choice", options=["Red"])
    make_attribute("Joined", "date")

    response = as_administrator.patch(
        f"/agents/{agent.username}", {"nickname": "Al", "attributes": attributes}
    )

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"].startswith("attributes")
    agent.refresh_from_db()
    assert (agent.nickname, agent.attributes.count()) == ("", 0)


@pytest.mark.parametrize(
    "change",
    [
        {"username": "alice"},
        {"username": "not a name"},
        {"capacity_units": -1},
        {"capacity_units": "5"},
        {"role": "king"},
        {"skills": [{"skill": "Klingon", "rating": 1}]},
        {"skills": [{"skill": "French", "rating": 99}]},
        {"skills": [{"skill": "French", "rating": 1}, {"skill": "French", "rating": 2}]},
        {"queues": ["Nowhere"]},
        {"default_presence": "asleep"},
        {"password": "short"},
        {"presence": "available"},
    ],
)
def test_wrong_values_get_422_and_create_nobody(as_administrator, agent, change):
    make_skill("French")

    response = as_administrator.post("/agents", NEW | change)

    assert response.status_code == 422
    assert not User.objects.filter(username="dora").exists()


def test_changing_leaves_the_rest(as_administrator, agent):
    make_queue("Refunds")

    response = as_administrator.patch(
        "/agents/alice", {"capacity_units": None, "queues": ["Refunds"], "enabled": False}
    )

    assert response.status_code == 200
    assert response.json()["capacity_units"] is None
    assert response.json()["queues"] == ["Refunds"]
    assert response.json()["enabled"] is False
    assert response.json()["username"] == "alice"


def test_an_agent_with_history_stays(as_administrator, workstream, agent):
    make_item(workstream, state="active", agent=agent, reason="in_conversation")

    response = as_administrator.delete("/agents/alice")

    assert response.status_code == 409
    assert response.json()["type"] == "agent-has-history"


def test_an_agent_without_history_goes(as_administrator, agent):
    assert as_administrator.delete("/agents/alice").status_code == 204
    assert as_administrator.get("/agents/alice").status_code == 404


def test_supervisors_change_what_work_an_agent_gets_and_the_router_hears(as_supervisor, agent):
    make_queue("Sales")
    WakeUp.objects.all().delete()

    answer = as_supervisor.patch(
        "/agents/alice", {"capacity_units": 7, "default_presence": "away", "queues": ["Sales"]}
    ).json()

    assert (answer["capacity_units"], answer["default_presence"]) == (7, "away")
    assert answer["queues"] == ["Sales"]
    assert set(WakeUp.objects.values_list("kind", "agent_id")) >= {("capacity", agent.pk)}
    assert WakeUp.objects.filter(kind="members").exists()
    said = Event.objects.filter(agent_id=agent.pk, data__by="sven")
    assert {each.kind for each in said} == {"agent-changed", "queue-members-changed"}


@pytest.mark.parametrize(
    "foreign", [{"name": "x"}, {"username": "x"}, {"role": "administrator"}, {"skills": []}]
)
def test_supervisors_change_nothing_else_of_an_agent(as_supervisor, agent, foreign):
    answer = as_supervisor.patch("/agents/alice", {"capacity_units": 7, **foreign})

    assert answer.status_code == 403
    assert next(iter(foreign)) in answer.json()["detail"]
    assert as_supervisor.get("/agents/alice").json()["capacity_units"] == 3


def test_agents_set_their_own_presence_only(as_agent, second_agent):
    own = as_agent.put("/agents/alice/presence", {"presence": "busy"})

    assert own.status_code == 200
    assert as_agent.get("/agents/alice/presence").json()["base_presence"] == "busy"
    assert as_agent.put("/agents/bob/presence", {"presence": "busy"}).status_code == 403
    assert as_agent.get("/agents/bob/presence").status_code == 403


def test_supervisors_set_everybodys_presence(as_supervisor, agent):
    response = as_supervisor.put("/agents/alice/presence", {"presence": "away"})

    assert response.json()["presence"] == "away"
    assert as_supervisor.put("/agents/nobody/presence", {"presence": "away"}).status_code == 404


def test_a_presence_that_was_chosen_is_reset(as_agent, as_supervisor, second_agent):
    as_agent.put("/agents/alice/presence", {"presence": "busy_dnd"})

    own = as_agent.post("/agents/alice/presence/reset")

    assert (own.status_code, own.json()["presence"]) == (200, "available")
    assert as_agent.post("/agents/bob/presence/reset").status_code == 403
    as_supervisor.put("/agents/alice/presence", {"presence": "away"})
    assert as_supervisor.post("/agents/alice/presence/reset").json()["presence"] == "available"
    told = Event.objects.filter(kind="presence-changed").order_by("id").values_list("data__by")
    assert [by for (by,) in told][-4:] == ["alice", "alice", "sven", "sven"]


def test_the_presence_of_who_is_offline_is_not_reset(as_supervisor, agent):
    as_supervisor.put("/agents/alice/presence", {"presence": "offline"})

    refused = as_supervisor.post("/agents/alice/presence/reset")

    assert (refused.status_code, refused.json()["type"]) == (409, "not-signed-in")


def test_a_system_presence_cannot_be_chosen(as_agent):
    response = as_agent.put("/agents/alice/presence", {"presence": "inactive"})

    assert response.status_code == 409
    assert response.json()["type"] == "presence-not-selectable"


def test_an_unknown_presence_gets_422(as_agent):
    assert as_agent.put("/agents/alice/presence", {"presence": "asleep"}).status_code == 422


def test_the_desk_shows_load_items_and_open_items(as_agent, queue, workstream, agent):
    make_item(workstream, title="Waiting")
    make_item(workstream, title="Mine", state="active", reason="in_conversation", agent=agent)
    make_item(make_workstream(), title="Elsewhere")

    desk = as_agent.get("/agents/me").json()

    assert [item["title"] for item in desk["items"]] == ["Mine"]
    assert [item["title"] for item in desk["open_items"]] == ["Waiting"]
    assert desk["load"]["units"] == {"limit": 3, "used": 0}
    assert desk["offers"] == []


def test_people_without_an_agent_have_no_desk(as_supervisor):
    assert as_supervisor.get("/agents/me").status_code == 403


def test_a_skill_that_does_not_count_is_kept_when_the_list_comes_back(as_administrator):
    agent = make_agent("amira", skills={"French": 4, "Repair": 2})
    agent.skills.filter(skill__name="French").update(is_active=False)

    shown = as_administrator.get("/agents/amira").json()["skills"]

    assert {"skill": "French", "rating": 4, "active": False} in shown
    again = [{"skill": each["skill"], "rating": each["rating"]} for each in shown]
    assert as_administrator.patch("/agents/amira", {"skills": again}).json()["skills"] == shown
    active = [{**each, "active": True} for each in again]
    assert as_administrator.patch("/agents/amira", {"skills": active}).json()["skills"] == again


def test_nobody_begins_with_a_presence_that_only_the_system_sets(as_administrator, agent):
    changed = as_administrator.patch(f"/agents/{agent}", {"default_presence": "inactive"})
    created = as_administrator.post("/agents", NEW | {"default_presence": "inactive"})

    assert (changed.status_code, created.status_code) == (409, 409)
    assert not User.objects.filter(username="dora").exists()
