"""What keeps an item waiting, for every kind of obstacle: who with which counts, and what would
help."""

from datetime import timedelta
from typing import Any

import pytest

from agents.terms import BasePresence
from routing.engine.configuration import compile_piece
from routing.engine.explain import blockers_of, waiting_because
from routing.engine.facts import ProfileRoom, RequiredSkill
from tests.routing.engine.situations import (
    NOW,
    a_configuration,
    a_queue,
    a_workstream,
    an_agent,
    an_item,
    required,
)

AWAY, BUSY, OFFLINE = BasePresence.AWAY, BasePresence.BUSY, BasePresence.OFFLINE
DND = BasePresence.BUSY_DND
GERMAN = (RequiredSkill(skill="German", rating=3),)
FULL = ProfileRoom(limit=2, used=2)
WAITS = compile_piece(
    "service",
    {"name": "Service", "preferred_agents": True, "waits_for_preferred_agent": True},
    id=1,
)
DAY = compile_piece("capacity_profile", {"name": "Chats", "limit": 2, "reset": "end_of_day"}, id=1)
CHATS = an_item(capacity_units=0, capacity_profiles=("Chats",))
IN_TURN = {1: NOW + timedelta(seconds=40), 2: NOW + timedelta(seconds=50)}

# The item, its agents and pieces of the configuration; each obstacle, and what would help.
CASES: dict[str, tuple[Any, list[Any], list[Any], list[tuple[str, str, str]]]] = {
    "presence": (
        an_item(),
        [an_agent(id, base_presence=base) for id, base in ((1, AWAY), (2, BUSY), (3, AWAY))],
        [a_workstream(allowed_presences=["available", "busy_dnd"])],
        [("presence_is_allowed",
          "3 of 3 members have a presence that the workstream does not allow: 2 away, 1 busy.",
          "An agent becomes available or busy dnd, or the workstream allows more presences.")],
    ),
    "presence that nobody knows": (
        an_item(),
        [an_agent(base_presence=None)],
        [],
        [("presence_is_allowed",
          "1 of 1 member has a presence that the workstream does not allow: 1 unknown.",
          "An agent becomes available, or the workstream allows more presences.")],
    ),
    "full in units": (
        an_item(),
        [an_agent(1, units_used=1), an_agent(2, units_used=1)],
        [],
        [("has_room", "2 of 2 members are full.",
          "An agent finishes work, or is given more capacity.")],
    ),
    "too little room": (
        an_item(capacity_units=3),
        [an_agent(units_limit=2)],
        [],
        [("has_room", "1 of 1 member has less than the 3 units free that it needs.",
          "An agent finishes work, or is given more capacity.")],
    ),
    "no unit capacity": (
        an_item(),
        [an_agent(units_limit=None)],
        [],
        [("has_room", "1 of 1 member has no unit capacity.", "Give an agent units of capacity.")],
    ),
    "a profile that nobody has": (
        CHATS,
        [an_agent(1), an_agent(2)],
        [],
        [("has_room", "2 of 2 members lack the capacity profile Chats.",
          "Give an agent the capacity profile Chats.")],
    ),
    "full in a profile": (
        CHATS,
        [an_agent(profiles={"Chats": FULL})],
        [],
        [("has_room", "1 of 1 member is full in the capacity profile Chats.",
          "An agent finishes work, or is given a higher limit.")],
    ),
    "assignment blocking": (
        CHATS,
        [an_agent(profiles={"Chats": ProfileRoom(limit=9),
                            "Calls": ProfileRoom(limit=1, used=1, blocks=True)})],
        [],
        [("has_room",
          "1 of 1 member is held back by the full profile Calls, which blocks other work.",
          "An agent finishes work of Calls.")],
    ),
    "no room for several reasons": (
        CHATS,
        [an_agent(1, profiles={"Chats": FULL}), an_agent(2, profiles={"Chats": FULL}), an_agent(3)],
        [],
        [("has_room",
          "3 of 3 members have no room: 2 are full in the capacity profile Chats,"
          " 1 lacks the capacity profile Chats.",
          "An agent finishes work, or is given a higher limit."
          " Give an agent the capacity profile Chats.")],
    ),
    "a workstream without capacity": (
        an_item(),
        [an_agent()],
        [a_workstream(capacity=None)],
        [("has_room",
          "1 of 1 member has no room, because the workstream says nothing of capacity.",
          "Give the workstream a capacity.")],
    ),
    "skills that are matched exactly": (
        an_item(skills=GERMAN),
        [an_agent(1, skills={"German": 2}), an_agent(2),
         an_agent(3, skills={"German": 4}, units_used=1)],
        [],
        [("has_every_skill", "2 of 3 members lack German (3 or better).",
          "Give an agent German (3 or better), or use closest matching."),
         ("has_room", "1 of 3 members is full.",
          "An agent finishes work, or is given more capacity.")],
    ),
    "several skills": (
        an_item(skills=required("German", "Law")),
        [an_agent(1, skills={"Law": 1}), an_agent(2)],
        [],
        [("has_every_skill", "2 of 2 members lack a required skill: German 2, Law 1.",
          "Give an agent German and Law, or use closest matching.")],
    ),
    "closest skills keep nobody out": (
        an_item(skills=GERMAN),
        [an_agent()],
        [a_workstream(skill_matching="closest")],
        [("eligible", "1 of 1 member could take it now.",
          "Nothing: the next assignment cycle offers it.")],
    ),
    "affinity": (
        an_item(affinity_agent_id=7),
        [an_agent(1, units_used=1), an_agent(7, queues=(), base_presence=OFFLINE)],
        [],
        [("goes_back_to_its_agent",
          "It goes back to the agent who had it, whatever his room and presence.",
          "Nothing: the next assignment cycle does it.")],
    ),
    "affinity to who declined it": (
        an_item(affinity_agent_id=1, declined={1: 3}),
        [an_agent(1), an_agent(2, units_used=1)],
        [],
        [("has_room", "1 of 2 members is full.",
          "An agent finishes work, or is given more capacity."),
         ("has_not_declined_too_often",
          "1 of 2 members has declined it 3 times, as often as one is asked.",
          "Another member becomes able to take it, or it is assigned by hand.")],
    ),
    "a preferred agent who is there": (
        an_item(preferred=((1, "agent1"), (2, "agent2"))),
        [an_agent(1, base_presence=AWAY), an_agent(2, units_used=1)],
        [],
        [("goes_to_a_preferred_agent",
          "A preferred agent of its customer gets it: agent2 could take it now.",
          "Nothing: the next assignment cycle does it.")],
    ),
    "a preferred agent who is not there": (
        an_item(preferred=((1, "agent1"),)),
        [an_agent(1, base_presence=AWAY), an_agent(2)],
        [WAITS],
        [("waits_for_preferred_agent",
          "It waits for a preferred agent of its customer: agent1 has a presence that the"
          " workstream does not allow.",
          "A preferred agent becomes available, or the service stops waiting for preferred agents."
          )],
    ),
    "declined by all, and a cool-down": (
        an_item(declined={1: 3, 2: 3}, cooling_down=frozenset({1, 2}), offered_again_at=IN_TURN),
        [an_agent(1), an_agent(2)],
        [],
        [("has_not_declined_too_often",
          "Declined by all 2 members; offered again at 12:00:40 UTC.",
          "Wait until the cool-down is over, or assign it by hand.")],
    ),
    "declined by who is there, and a cool-down of somebody who is not": (
        an_item(declined={1: 3, 2: 1}, cooling_down=frozenset({1, 2}), offered_again_at=IN_TURN),
        [an_agent(1), an_agent(2, base_presence=AWAY)],
        [],
        [("presence_is_allowed",
          "1 of 2 members has a presence that the workstream does not allow: 1 away, and has"
          " declined it.",
          "An agent becomes available, or the workstream allows more presences. That alone is not"
          " enough: Wait until the cool-down is over, or assign it by hand."),
         ("has_not_declined_too_often",
          "1 of 2 members has declined it 3 times, as often as one is asked.",
          "Another member becomes able to take it, or it is assigned by hand.")],
    ),
    "cool-downs of who is there, and before it of who is full": (
        an_item(declined={1: 1, 2: 1}, cooling_down=frozenset({1, 2}), offered_again_at=IN_TURN),
        [an_agent(1, units_used=1), an_agent(2)],
        [],
        [("has_room", "1 of 2 members is full, and has declined it.",
          "An agent finishes work, or is given more capacity. That alone is not enough: Wait until"
          " the cool-down is over, or assign it by hand."),
         ("has_not_declined_too_often",
          "1 of 2 members has declined it; offered again at 12:00:50 UTC.",
          "Wait until the cool-down is over, or assign it by hand.")],
    ),
    "who is disabled": (
        an_item(),
        [an_agent(is_enabled=False)],
        [],
        [("is_enabled", "1 of 1 member is disabled.", "Enable agents for routing.")],
    ),
    "a queue without members": (
        an_item(),
        [],
        [],
        [("queue_has_no_members", "The queue has no members.", "Add agents to the queue.")],
    ),
    "a basic queue": (
        an_item(),
        [an_agent()],
        [a_queue(distributes=False)],
        [("queue_is_to_pick_from", "The queue is basic: agents pick its items themselves.",
          "An agent picks it, or the queue's automatic distribution is switched on.")],
    ),
    "work to pick": (
        an_item(),
        [an_agent()],
        [a_workstream(distribution_mode="pick")],
        [("workstream_is_to_pick_from", "Agents pick the items of this workstream themselves.",
          "An agent picks it.")],
    ),
    "work to pick that nobody serves": (
        an_item(),
        [],
        [a_workstream(distribution_mode="pick")],
        [("queue_has_no_members", "The queue has no members.", "Add agents to the queue.")],
    ),
    "a basic queue whose members are all disabled": (
        an_item(),
        [an_agent(is_enabled=False)],
        [a_queue(distributes=False)],
        [("is_enabled", "1 of 1 member is disabled.", "Enable agents for routing.")],
    ),
    "a queue that is not published": (
        an_item(queue_id=9),
        [],
        [],
        [("queue_is_unknown", "The item is in no published queue.",
          "Route it again, or publish its queue.")],
    ),
    "presence by work": (
        an_item(),
        [an_agent(1, base_presence=DND, presence_follows=True, units_used=1),
         an_agent(2, base_presence=DND),
         an_agent(3, base_presence=BUSY, presence_follows=True, units_limit=9)],
        [],
        [("presence_is_allowed",
          "2 of 3 members have a presence that the workstream does not allow: 1 busy dnd, 1 busy.",
          "An agent becomes available, or the workstream allows more presences."
          " Whose presence follows from his work becomes available when he is done."),
         ("has_room", "1 of 3 members is full.",
          "An agent finishes work, or is given more capacity.")],
    ),
    "several for the same members": (
        an_item(skills=GERMAN),
        [an_agent(1, units_used=1), an_agent(2, units_used=1),
         an_agent(3, base_presence=AWAY, skills={"German": 5})],
        [],
        [("has_room", "2 of 3 members are full; 2 of them lack German (3 or better).",
          "An agent finishes work, or is given more capacity. That alone is not enough:"
          " Give an agent German (3 or better), or use closest matching."),
         ("presence_is_allowed",
          "1 of 3 members has a presence that the workstream does not allow: 1 away.",
          "An agent becomes available, or the workstream allows more presences.")],
    ),
    "several for some of the members": (
        an_item(skills=GERMAN),
        [an_agent(1, units_used=1), an_agent(2, units_used=1, skills={"German": 5})],
        [],
        [("has_room", "2 of 2 members are full; 1 of them lacks German (3 or better).",
          "An agent finishes work, or is given more capacity.")],
    ),
    "a profile of the day": (
        CHATS,
        [an_agent(profiles={"Chats": FULL})],
        [DAY],
        [("has_room", "1 of 1 member is full in the capacity profile Chats.",
          "The day of an agent ends, which gives Chats back, or he is given a higher limit.")],
    ),
    "many members": (
        an_item(skills=GERMAN),
        [an_agent(id) for id in range(1, 81)],
        [],
        [("has_every_skill", "80 of 80 members lack German (3 or better).",
          "Give an agent German (3 or better), or use closest matching.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("item", "agents", "pieces", "said"), CASES.values(), ids=CASES.keys())
def test_every_obstacle_says_what_it_is_and_what_would_help(item, agents, pieces, said):
    blockers = blockers_of(a_configuration(*pieces), item, agents, now=NOW)

    found = waiting_because(blockers)

    assert [(each["blocker"], each["sentence"], each["would_help"]) for each in found] == said
