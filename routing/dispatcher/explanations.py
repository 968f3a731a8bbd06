"""Why each agent of a batch was chosen, as stored documents."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from routing import configuration
from routing.dispatcher.load import Group, Situation
from routing.engine.decisions import BatchDecision, Proposal
from routing.engine.explain import MAXIMUM_BYTES, assignment_document, considered, fit
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
    staff = situation.staff
    looked_at: dict[Group, str] = {}
    documents = []
    for each in kept:
        group = (each.queue_id, each.requirement_key, situation.lots[each.item_id])
        is_personal = each.how in (How.AFFINITY, How.PREFERRED)
        if not is_personal and group not in looked_at:
            seen = considered(
                published.compiled, items[each.item_id], staff.members(each.queue_id), now=now
            )
            looked_at[group] = json.dumps(fit(seen, GROUP_BYTES), default=str)
        agent = staff.get(each.agent_id)
        assert agent is not None
        own = assignment_document(
            each,
            agent=agent.username,
            looked_at={},
            configuration_version=decision.configuration_version,
        )
        shared = "{}" if is_personal else looked_at[group]
        documents.append(_joined(json.dumps(own, default=str), shared))
    return documents


def _joined(own: str, shared: str) -> str:
    """Two JSON objects as one."""
    return own if shared == "{}" else f"{own[:-1]}, {shared[1:]}"
