"""Random batches for comparing ways of assigning: queues of one method, agents and items."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from agents.terms import BasePresence
from routing.engine.configuration import CompiledConfiguration, assemble, compile_piece
from routing.engine.facts import AgentFacts, ItemFacts, Membership, RequiredSkill
from workstreams.terms import ItemKind

Document = dict[str, Any]

GREEDY: Final = "highest_capacity"
BEST: Final = "Best"
NOW: Final = datetime(2025, 3, 3, 12, tzinfo=UTC)
SKILLS: Final = ("French", "Latin", "Sewing", "Welding")
# As many items as agents have room for, half of them with a skill.
ITEMS: Final = 1_000
AGENTS: Final = 1_000


def match_configuration(
    method: str, *priorities: int, matching: str = "exact", own: Document | None = None
) -> CompiledConfiguration:
    """A queue of the method, or one for each of these priorities; ``own`` is a method of that name
    beside the built-in ones and the best overall match."""
    pieces: list[tuple[str, Document]] = [
        (
            "workstream",
            {
                "name": "Chat",
                "type": "messaging",
                "capacity": {"format": "unit", "units": 1},
                "allowed_presences": ["available"],
                "skill_matching": matching,
            },
        ),
        ("assignment_method", {"name": BEST, "kind": "best_match"}),
        ("rating_model", {"name": "Stars", "min": 1, "max": 5}),
        *(("skill", {"name": name, "rating_model": "Stars"}) for name in SKILLS),
    ]
    queues = [
        compile_piece(
            "queue",
            {"name": f"Queue {id:02}", "assignment_method": method, "priority": priority},
            id=id,
        )
        for id, priority in enumerate(priorities or (1,), start=1)
    ]
    pieces += [("assignment_method", own)] if own else []
    pieces_of_all = [compile_piece(kind, document, id=1) for kind, document in pieces]
    return assemble(1, [*pieces_of_all, *queues])


def some_agents(chance: Random, count: int = AGENTS) -> list[AgentFacts]:
    return [
        AgentFacts(
            id=id,
            username=f"agent{id}",
            base_presence=BasePresence.AVAILABLE,
            units_limit=1,
            skills={skill: chance.randint(1, 5) for skill in SKILLS if chance.random() < 0.3},
            memberships={1: Membership(position=id)},
        )
        for id in range(1, count + 1)
    ]


def some_items(chance: Random) -> list[ItemFacts]:
    found = []
    for id in range(1, ITEMS + 1):
        since = NOW - timedelta(seconds=chance.randint(1, 3600))
        skill = chance.choice(SKILLS) if chance.random() < 0.5 else ""
        rating = chance.randint(1, 4)
        found.append(
            ItemFacts(
                id=id,
                workstream_id=1,
                queue_id=1,
                kind=ItemKind.CONVERSATION,
                channel="live_chat",
                title=f"Item {id}",
                created_at=since,
                waiting_since=since,
                requirement_key=f"{skill} {rating if skill else ''}",
                skills=(RequiredSkill(skill=skill, rating=rating),) if skill else (),
                capacity_units=1,
            )
        )
    return found
