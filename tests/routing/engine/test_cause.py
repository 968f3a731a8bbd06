"""What the alarm list says keeps work in a queue of many members."""

from dataclasses import fields

from agents.terms import BasePresence
from routing.engine.explain.cause import PATIENCE, cause_of
from routing.engine.facts import AgentFacts
from tests.routing.engine.situations import NOW, a_configuration, an_agent, an_item


class Alone(AgentFacts):
    """An agent who is looked at, and never compared with another."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise AssertionError("members are compared with each other")


def alone(agent: AgentFacts) -> Alone:
    return Alone(**{each.name: getattr(agent, each.name) for each in fields(agent)})


def test_members_of_a_queue_are_not_compared_with_each_other():
    full = [an_agent(id, units_used=1) for id in (1, 2)]
    dnd = BasePresence.BUSY_DND
    at_work = [an_agent(id, base_presence=dnd, presence_follows=True) for id in (3, 4)]
    members = [alone(agent) for agent in (*full, *at_work)]

    found = cause_of(a_configuration(), an_item(waits=PATIENCE.total_seconds()), members, now=NOW)

    assert found is not None
    assert found.kind == "full"
