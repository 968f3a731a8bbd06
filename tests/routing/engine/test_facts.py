"""What the engine is told about agents and items, and how it changes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from agents.terms import BasePresence
from routing.engine.facts import AgentFacts, Membership, changed
from tests.routing.engine.situations import an_item, required


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


def test_who_waits_behind_an_item_has_its_facts_but_for_its_own_age_and_number():
    skills = required("French", rating=3)
    front = an_item(1, waits=9, skills=skills, fields={"customer": {"tier": 1}})
    since = front.waiting_since + timedelta(minutes=1)
    first = replace(front, behind=((since, 2), (since, 3)))

    found = first.like(since, 2)

    assert found == replace(front, waiting_since=since, id=2)
    assert [each.id for each in first.one_by_one()] == [1, 2, 3]
    assert first.behind
