"""The smallest facts and configuration a test needs; everything else is an argument."""

from datetime import UTC, datetime, timedelta
from typing import Any

from agents.terms import BasePresence
from routing.engine.configuration import (
    CompiledConfiguration,
    OverflowPair,
    assemble,
    compile_piece,
)
from routing.engine.eligible import Rules
from routing.engine.facts import AgentFacts, ItemFacts, Membership, RequiredSkill
from routing.engine.overflow import Measures, OverflowView
from workstreams.terms import ItemKind, OverflowAction, OverflowCondition

NOW = datetime(2025, 3, 3, 12, tzinfo=UTC)
RULES = Rules(allowed_presences=frozenset({BasePresence.AVAILABLE}))


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def required(*skills: str, rating: float | None = None) -> tuple[RequiredSkill, ...]:
    return tuple(RequiredSkill(skill=skill, rating=rating) for skill in skills)


def an_item(id: int = 1, *, waits: float = 0, **facts: Any) -> ItemFacts:
    given: dict[str, Any] = {
        "workstream_id": 1,
        "queue_id": 1,
        "kind": ItemKind.CONVERSATION,
        "channel": "live_chat",
        "title": f"Item {id}",
        "created_at": ago(waits),
        "waiting_since": ago(waits),
        "requirement_key": "",
        "capacity_units": 1,
    }
    item = given | facts
    if not item["requirement_key"]:
        parts = ("skills", "capacity_units", "capacity_profiles", "workstream_id")
        item["requirement_key"] = repr([item.get(part) for part in parts])
    return ItemFacts(id=id, **item)


def an_agent(id: int = 1, *, queues: tuple[int, ...] = (1,), **facts: Any) -> AgentFacts:
    given: dict[str, Any] = {
        "username": f"agent{id}",
        "base_presence": BasePresence.AVAILABLE,
        "units_limit": 1,
        "memberships": {queue_id: Membership(position=id) for queue_id in queues},
    }
    return AgentFacts(id=id, **(given | facts))


def a_workstream(id: int = 1, **piece: Any) -> Any:
    given = {
        "name": f"Workstream {id}",
        "type": "messaging",
        "capacity": {"format": "unit", "units": 1},
        "allowed_presences": ["available"],
        "skill_matching": "exact",
    }
    return compile_piece("workstream", given | piece, id=id)


def a_queue(id: int = 1, **piece: Any) -> Any:
    return compile_piece("queue", {"name": f"Queue {id}", "priority": 1} | piece, id=id)


def a_configuration(*pieces: Any, number: int = 7) -> CompiledConfiguration:
    """The pieces, with workstream 1 and queue 1 unless they bring their own."""
    return assemble(number, [a_workstream(), a_queue(), *pieces])


def full(queues: str, openings: Any = None) -> OverflowView:
    """These queues hold as many items as they may."""
    limit = OverflowPair(
        condition=OverflowCondition.ITEM_LIMIT, action=OverflowAction.END, threshold=1
    )
    opens_at = (lambda name: NOW) if openings is None else openings
    return OverflowView(
        pairs_of=lambda name: [limit] if name in queues else [],
        measure=lambda wanted: {
            name: Measures(opens_at=opens_at(name), waiting=1 if wanted[name] else None)
            for name in wanted
        },
    )
