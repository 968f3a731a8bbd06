"""/bulk-changes/agents."""

import pytest

from agents.models import Agent
from tests.factories import make_agent, make_attribute, make_profile, make_queue, make_skill

ADDRESS = "/bulk-changes/agents"


@pytest.fixture
def people(db):
    make_queue("Sales")
    make_profile("Chats")
    return [make_agent("amira", skills={"French": 3}), make_agent("bruno")]


def test_agents_by_name_are_changed_and_each_has_a_result(as_administrator, people):
    changes = {
        "skills": [{"skill": "French", "rating": 5}],
        "queues_joined": ["Sales"],
        "capacity_profiles": [{"profile": "Chats", "limit": 9}],
        "presence": "away",
        "default_presence": None,
    }

    answer = as_administrator.post(
        ADDRESS, {"agents": ["amira", "bruno", "nobody"], "changes": changes}
    ).json()

    assert [each["result"] for each in answer["results"]] == ["changed", "changed"]
    assert answer["results"][0]["changes"][0] == "skill French: 5 instead of 3"
    assert answer["missing"] == ["nobody"]
    shown = as_administrator.get("/agents/bruno").json()
    assert shown["skills"] == [{"skill": "French", "rating": 5}]
    assert shown["capacity_profiles"] == [{"profile": "Chats", "limit": 9}]
    assert (shown["queues"], shown["presence"]) == (["Sales"], "away")


def test_attributes_are_set_and_taken_away_with_a_result_each(as_administrator, people):
    for name in ("Level", "Shoe"):
        make_attribute(name, "number")
    amira = {"attributes": {"Level": 3, "Shoe": 40}}
    as_administrator.patch("/agents/amira", amira)
    body = {"agents": ["amira", "bruno"], "changes": {"attributes": {"Level": 4.0, "Shoe": None}}}

    preview = as_administrator.post(ADDRESS, body | {"preview": True}).json()
    answer = as_administrator.post(ADDRESS, body).json()

    assert preview["results"] == answer["results"]
    assert [each["changes"] for each in answer["results"]] == [
        ["Level: 4 instead of 3", "no Shoe"],
        ["Level: 4"],
    ]
    assert as_administrator.get("/agents/amira").json()["attributes"] == {"Level": 4}
    refused = as_administrator.post(ADDRESS, body | {"changes": {"attributes": {"Level": "high"}}})
    assert refused.status_code == 422


def test_a_preview_of_all_that_match_writes_nothing(as_administrator, people):
    body = {
        "filter": {"skill": "French", "enabled": True},
        "changes": {"skills_removed": ["French"]},
        "preview": True,
    }

    answer = as_administrator.post(ADDRESS, body).json()

    assert answer["results"] == [
        {
            "username": "amira",
            "result": "changed",
            "changes": ["no skill French"],
            "refused": [],
        }
    ]
    assert people[0].skills.exists()


def test_what_cannot_be_done_is_said(as_administrator, people):
    body = {"agents": ["bruno"], "changes": {"skills_deactivated": ["French"]}}

    (result,) = as_administrator.post(ADDRESS, body).json()["results"]

    assert (result["result"], result["refused"]) == ("refused", ["has no skill French"])


def test_five_hundred_agents_in_one_go(as_administrator, people):
    for number in range(500):
        make_agent(f"agent-{number}")
    changes = {"skills": [{"skill": "French", "rating": 2}]}

    answer = as_administrator.post(ADDRESS, {"filter": {}, "changes": changes}).json()

    assert len(answer["results"]) == Agent.objects.count()
    assert make_skill("French").holders.filter(rating=2).count() == Agent.objects.count()


@pytest.mark.parametrize(
    "body",
    [
        {"changes": {}},
        {"agents": ["amira"], "filter": {}, "changes": {}},
        {"agents": ["amira"], "changes": {"skills": [{"skill": "Nothing", "rating": 1}]}},
        {"agents": ["amira"], "changes": {"skills": [{"skill": "French", "rating": 99}]}},
        {"agents": ["amira"], "changes": {"presence": "inactive"}},
        {"agents": ["amira"], "changes": {"queues_joined": ["Sales"], "queues_left": ["Sales"]}},
        {"filter": {"skill": "Nothing"}, "changes": {}},
        {"agents": ["amira"], "changes": {"wishes": []}},
    ],
)
def test_what_makes_no_sense_is_refused_as_a_whole(as_administrator, people, body):
    answer = as_administrator.post(ADDRESS, body)

    assert answer.status_code in (409, 422)
    assert people[0].skills.get().rating == 3


def test_supervisors_change_capacity_presence_and_queues(as_supervisor, as_agent, people):
    changes = {"queues_joined": ["Sales"], "capacity_profiles": [{"profile": "Chats"}]}
    body = {"agents": ["amira"], "changes": changes}

    foreign = as_supervisor.post(ADDRESS, body | {"changes": changes | {"skills_removed": []}})

    assert foreign.status_code == 403
    assert foreign.json()["detail"] == (
        "Of an agent, supervisors change only capacity, presence and queues, not: skills_removed."
    )
    assert as_supervisor.post(ADDRESS, body).json()["results"][0]["result"] == "changed"
    assert as_agent.post(ADDRESS, body).status_code == 403
