"""PATCH /agents/{username} with another username."""

from tests.factories import make_method

RENAMED = {"username": "alicia", "nickname": "Al"}


def test_a_renamed_agent_is_found_by_the_new_name(as_administrator, agent):
    renamed = as_administrator.patch("/agents/alice", RENAMED)

    assert renamed.status_code == 200
    assert RENAMED.items() <= renamed.json().items()
    assert as_administrator.get("/agents/alicia").json() == renamed.json()
    assert as_administrator.get("/agents/alice").status_code == 404


def test_an_agent_gets_no_name_of_somebody_else(as_administrator, agent, second_agent):
    taken = as_administrator.patch("/agents/alice", {"username": second_agent.username.upper()})

    assert (taken.status_code, taken.json()["errors"][0]["field"]) == (422, "username")


def test_an_agent_whom_rules_name_keeps_the_name(as_administrator, agent):
    when = {"field": "agent.username", "op": "equals", "value": "alice"}
    make_method("Ours", rulesets=[{"name": "All", "rules": [{"name": "Here", "when": when}]}])

    refused = as_administrator.patch("/agents/alice", RENAMED)

    assert (refused.status_code, refused.json()["type"]) == (409, "named-in-rules")
    assert as_administrator.get("/agents/alice").json()["nickname"] == ""
