"""Write a batch of decided assignments, each guarded by the state it assumes."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from routing import configuration
from routing.dispatcher.lease import holds_epoch
from routing.dispatcher.load import Situation
from routing.engine.decisions import BatchDecision, Proposal
from routing.engine.explain import assignment_document, considered
from routing.engine.facts import AgentFacts, ItemFacts
from routing.sql import statement
from routing.terms import How

Document = dict[str, Any]

OFFER_SECONDS: Final = 120


@dataclass(kw_only=True)
class Room:
    """What is left of one agent's limits while the batch is checked; locked in the database."""

    base: str | None
    is_enabled: bool
    units: int
    profiles: dict[int, int]

    def takes(self, units: int, profiles: Sequence[int]) -> bool:
        """Whether the item fits; a profile the agent was never given has no room."""
        return (units == 0 or self.units >= units) and all(
            self.profiles.get(profile, 0) >= 1 for profile in profiles
        )

    def take(self, units: int, profiles: Sequence[int]) -> None:
        """Reduce what is left."""
        self.units -= units
        for profile in profiles:
            self.profiles[profile] = self.profiles.get(profile, 0) - 1


def commit(
    *,
    decision: BatchDecision,
    situation: Situation,
    published: configuration.Published,
    epoch: int,
    now: datetime,
) -> int:
    """Write what still holds and return how many assignments that were.

    1. Nothing, once another router has taken over (``epoch``).
    2. Lock the items that still wait in the same queue; others are somebody's work.
    3. Lock the agents' loads by id; drop proposals whose agent has gone or is full.
    4. Insert receipts, raise loads, move items, write events and explanations.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if epoch and not holds_epoch(cursor, epoch):
            return 0
        waiting = _lock_items(cursor, decision.assignments)
        candidates = [
            each for each in decision.assignments if waiting.get(each.item_id) is not None
        ]
        rooms = _lock_rooms(cursor, candidates, published)
        kept = [each for each in candidates if _fits(each, rooms, waiting, published)]
        if kept:
            _write(cursor, kept, decision, situation, published, epoch, now)
    return len(kept)


def _lock_items(cursor: Any, proposals: Iterable[Proposal]) -> dict[int, int]:
    """Workstream by item, of those that still wait where they were seen."""
    proposals = list(proposals)
    cursor.execute(
        statement("lock_waiting_items"),
        {
            "item_ids": [each.item_id for each in proposals],
            "queue_ids": [each.queue_id for each in proposals],
            "requirement_keys": [each.requirement_key for each in proposals],
        },
    )
    return dict(cursor.fetchall())


def _lock_rooms(
    cursor: Any, proposals: Sequence[Proposal], published: configuration.Published
) -> dict[int, Room]:
    """Present room by agent, with the loads locked by ascending id."""
    agent_ids = sorted({each.agent_id for each in proposals})
    cursor.execute(statement("make_loads"), {"agent_ids": agent_ids})
    cursor.execute(statement("lock_loads"), {"agent_ids": agent_ids})
    rooms = {
        agent_id: Room(base=base, is_enabled=is_enabled, units=units, profiles={})
        for agent_id, base, is_enabled, units in cursor.fetchall()
    }
    profiles = {id for each in proposals for id in _profile_ids(each, published)}
    if profiles:
        names = {"agent_ids": agent_ids, "profile_ids": sorted(profiles)}
        cursor.execute(statement("make_profile_loads"), names)
        cursor.execute(statement("lock_profile_loads"), names)
        for agent_id, profile_id, room in cursor.fetchall():
            rooms[agent_id].profiles[profile_id] = room
    return rooms


def _fits(
    proposal: Proposal,
    rooms: dict[int, Room],
    workstreams: dict[int, int],
    published: configuration.Published,
) -> bool:
    """Whether the agent may still have it; affinity asks for neither presence nor room."""
    room = rooms.get(proposal.agent_id)
    workstream = published.compiled.workstreams.get(workstreams[proposal.item_id])
    if room is None or workstream is None or not room.is_enabled:
        return False
    profiles = _profile_ids(proposal, published)
    if proposal.how != How.AFFINITY:
        allowed = room.base is not None and room.base in workstream.allowed_presences
        if not (allowed and room.takes(proposal.units, profiles)):
            return False
    room.take(proposal.units, profiles)
    return True


def _write(
    cursor: Any,
    kept: Sequence[Proposal],
    decision: BatchDecision,
    situation: Situation,
    published: configuration.Published,
    epoch: int,
    now: datetime,
) -> None:
    items = {item.id: item for item in situation.items}
    rows = {
        "now": now,
        "epoch": epoch,
        "item_ids": [each.item_id for each in kept],
        "agent_ids": [each.agent_id for each in kept],
        "queue_ids": [each.queue_id for each in kept],
        "units": [each.units for each in kept],
        "profiles": [json.dumps(_profile_ids(each, published)) for each in kept],
        "hows": [each.how.value for each in kept],
        "overrides": [each.how == How.AFFINITY for each in kept],
        "deadlines": [now + _offer_time(items[each.item_id], published) for each in kept],
        "version": decision.configuration_version,
        "documents": _documents(kept, decision, situation, published),
    }
    cursor.execute(statement("insert_offers"), rows)
    cursor.execute(statement("hold_units"), rows)
    if any(each.profiles for each in kept):
        cursor.execute(statement("hold_profiles"), rows)
    cursor.execute(statement("take_turns"), rows)
    cursor.execute(statement("move_offered_items"), rows)
    cursor.execute(statement("insert_assignment_decisions"), rows)


def _documents(
    kept: Sequence[Proposal],
    decision: BatchDecision,
    situation: Situation,
    published: configuration.Published,
) -> list[str]:
    """One explanation a proposal; who was considered is worked out once a group."""
    items = {item.id: item for item in situation.items}
    agents = {agent.id: agent for agent in situation.agents}
    members = _members(situation.agents)
    looked_at: dict[tuple[int, str], Document] = {}
    documents = []
    for each in kept:
        group = (each.queue_id, each.requirement_key)
        if group not in looked_at:
            looked_at[group] = considered(
                published.compiled, items[each.item_id], members[each.queue_id]
            )
        document = assignment_document(
            each,
            agent=agents[each.agent_id].username,
            looked_at=looked_at[group],
            configuration_version=decision.configuration_version,
        )
        documents.append(json.dumps(document, default=str))
    return documents


def _members(agents: Iterable[AgentFacts]) -> dict[int, list[AgentFacts]]:
    members: dict[int, list[AgentFacts]] = defaultdict(list)
    for agent in agents:
        for queue_id in agent.memberships:
            members[queue_id].append(agent)
    return members


def _profile_ids(proposal: Proposal, published: configuration.Published) -> list[int]:
    known = published.compiled.profiles
    return sorted(known[name].id for name in proposal.profiles if name in known)


def _offer_time(item: ItemFacts, published: configuration.Published) -> timedelta:
    workstream = published.compiled.workstreams[item.workstream_id]
    return timedelta(seconds=workstream.offer_seconds or OFFER_SECONDS)
