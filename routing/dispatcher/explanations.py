"""Why each agent of a batch was chosen, as stored documents."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from routing import configuration
from routing.dispatcher.load import Situation
from routing.engine.decisions import BatchDecision, Proposal
from routing.engine.explain import assignment_document, considered
from routing.engine.facts import AgentFacts
from routing.terms import How

Document = dict[str, Any]


def documents_of(
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
        if each.how == How.AFFINITY:
            looked_at[group] = {}
        elif group not in looked_at:
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
