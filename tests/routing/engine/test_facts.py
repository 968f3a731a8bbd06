"""What the engine is told about agents, and how it changes."""

from dataclasses import replace
from typing import Any

from agents.terms import BasePresence
from routing.engine.facts import AgentFacts, Membership, changed


def test_an_agent_with_other_values_is_the_agent_in_all_else():
    agent = AgentFacts(id=1, username="amira", name="Amira", units_limit=5, skills={"French": 3})
    changes: dict[str, Any] = {
        "units_used": 2,
        "base_presence": BasePresence.BUSY,
        "memberships": {7: Membership(position=1)},
    }

    found = changed(agent, changes)

    assert found == replace(agent, **changes)
    assert changed(agent, {}) == agent
    assert agent.units_used == 0
