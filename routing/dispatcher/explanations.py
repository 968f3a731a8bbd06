"""Why each agent of a batch was chosen, as stored documents."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from routing import configuration
from routing.dispatcher.load import Group, Situation
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import BatchDecision, Proposal
from routing.engine.explain import (
    MAXIMUM_BYTES,
    assignment_document,
    considered,
    fit,
    with_seen,
)
from routing.engine.facts import ItemFacts
from routing.engine.staff import Staff
from routing.engine.what_was_seen import Given, what_was_read_of, what_was_seen
from routing.terms import How

# What is left for the proposal's own part of an explanation.
OWN_BYTES: Final = 1024
GROUP_BYTES: Final = MAXIMUM_BYTES - OWN_BYTES


def documents_of(
    kept: Sequence[Proposal],
    decision: BatchDecision,
    situation: Situation,
    published: configuration.Published,
    now: datetime,
) -> list[str]:
    """One explanation a proposal, as JSON.

    Who was considered holds for a whole group, so it is worked out and written out
    once a group; most of a batch's bytes are these.
    """
    items = {item.id: item for item in situation.items}
    staff, compiled = situation.staff, published.compiled
    looked_at: dict[Group, str] = {}
    lost = _lost(kept, decision)
    documents = []
    for place, each in enumerate(kept):
        item = items[each.item_id]
        group = (each.queue_id, each.requirement_key, situation.lots[each.item_id])
        is_personal = each.how in (How.AFFINITY, How.PREFERRED)
        if not is_personal and group not in looked_at:
            members = list(staff.members(each.queue_id))
            seen = fit(considered(compiled, item, members, now=now), GROUP_BYTES)
            remembered = what_was_seen(compiled, item, members)
            looked_at[group] = json.dumps(with_seen(seen, remembered, GROUP_BYTES), default=str)
        agent = staff.get(each.agent_id)
        assert agent is not None
        before = [
            (after, given)
            for after, given in lost
            if after <= place and _serves(staff, given.agent_id, each.queue_id)
        ]
        own = assignment_document(
            each,
            agent=agent.username,
            looked_at=_of_persons(compiled, item, situation) if is_personal else {},
            configuration_version=decision.configuration_version,
            read=what_was_read_of(item, place=place, lost=before),
        )
        shared = "{}" if is_personal else looked_at[group]
        documents.append(_joined(json.dumps(own, default=str), shared))
    return documents


def _lost(kept: Sequence[Proposal], decision: BatchDecision) -> list[tuple[int, Given]]:
    """What the batch decided in vain, each with how many were kept before it: what came after
    reckoned with it."""
    if len(kept) == len(decision.assignments):
        return []
    found: list[tuple[int, Given]] = []
    there = {each.item_id for each in kept}
    after = 0
    for each in decision.assignments:
        if each.item_id in there:
            after += 1
        else:
            given = Given(
                agent_id=each.agent_id,
                queue_id=each.queue_id,
                units=each.units,
                profiles=each.profiles,
            )
            found.append((after, given))
    return found


def _serves(staff: Staff, agent_id: int, queue_id: int) -> bool:
    agent = staff.get(agent_id)
    return agent is not None and queue_id in agent.memberships


def _of_persons(
    compiled: CompiledConfiguration, item: ItemFacts, situation: Situation
) -> dict[str, Any]:
    """The agent it goes back to, and those whom its customer prefers: nobody else was asked."""
    ids = dict.fromkeys([item.affinity_agent_id, *(id for id, _ in item.preferred)])
    agents = [agent for id in ids if id and (agent := situation.staff.get(id))]
    return {"seen": what_was_seen(compiled, item, agents)}


def _joined(own: str, shared: str) -> str:
    """Two JSON objects as one."""
    return own if shared == "{}" else f"{own[:-1]}, {shared[1:]}"
