"""What the alarm list says keeps work in a queue of many members."""

from dataclasses import fields
from datetime import timedelta

import pytest

from agents.terms import BasePresence
from routing.engine.configuration import compile_piece
from routing.engine.explain.cause import PATIENCE, cause_of
from routing.engine.facts import AgentFacts
from tests.routing.engine.situations import NOW, a_configuration, a_queue, an_agent, an_item


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

    found = cause_of(a_configuration(), an_item(), members, since=NOW - PATIENCE, now=NOW)

    assert found is not None
    assert found.kind == "full"


AWAY, BUSY, DND = BasePresence.AWAY, BasePresence.BUSY, BasePresence.BUSY_DND
# Of him for whom alone it waits, who is asked for no room, and of another one.
PREFERRED = {
    "away": ({"base_presence": AWAY}, True),
    "never signed in": ({"base_presence": None}, True),
    "not to be disturbed by his own choice": ({"base_presence": DND}, True),
    "not to be disturbed by his work": ({"base_presence": DND, "presence_follows": True}, False),
    "busy by his work": ({"base_presence": BUSY, "presence_follows": True}, False),
    "away by himself": ({"base_presence": AWAY, "presence_follows": True}, True),
    "there and full": ({"units_used": 1}, False),
}


@pytest.mark.parametrize(("facts", "is_blocked"), PREFERRED.values(), ids=PREFERRED)
def test_what_waits_long_for_one_agent_alone_is_blocked_while_he_is(facts, is_blocked):
    switches = {"preferred_agents": True, "waits_for_preferred_agent": True}
    service = compile_piece("service", {"name": "Service"} | switches, id=1)
    members = [an_agent(1, **facts), an_agent(2)]
    item = an_item(preferred=((1, "agent1"),))

    early, late = (
        cause_of(a_configuration(service), item, members, since=since, now=NOW)
        for since in (NOW - timedelta(seconds=5), NOW - PATIENCE)
    )

    assert early is None
    assert (late is not None) is is_blocked


@pytest.mark.parametrize(
    ("start", "end", "is_blocked"),
    [
        ("11:51", "18:00", False),
        ("11:50", "18:00", True),
        ("09:00", "12:00", False),
        ("09:00", "12:01", True),
        ("00:00", "00:00", True),
    ],
)
def test_what_waited_outside_the_hours_has_its_patience_from_the_opening_on(start, end, is_blocked):
    periods = [{"weekday": NOW.weekday(), "start": start, "end": end}]
    office = {"name": "Office", "time_zone": "UTC", "periods": periods, "holidays": []}
    hours = compile_piece("operating_hours", office, id=1)
    configuration = a_configuration(a_queue(operating_hours="Office"), hours)
    away = an_agent(base_presence=AWAY)

    yesterday = NOW - timedelta(days=1)
    found = cause_of(configuration, an_item(), [away], since=yesterday, now=NOW)

    assert (found is not None) is is_blocked
