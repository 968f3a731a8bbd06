"""Write down why an agent has an item when a person decided it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from agents.models import Agent
from config.prepared import insert_row
from routing import configuration
from routing.engine.excess import Excess
from routing.models import RoutingDecision
from routing.terms import LABELS, DecisionStage, How
from workstreams.models import WorkItem


def store_own_decision(
    *,
    item: WorkItem,
    agent: Agent,
    how: How,
    now: datetime,
    by: str = "",
    excess: Sequence[Excess] = (),
    version: int | None = None,
    sentence: str = "",
) -> None:
    """Store the decision of a pick, a supervisor or a transfer, in its transaction, with the
    limits that it passes, and the sentence where another one is true than that of ``how``. Nobody
    was compared with others. Without the version that was asked already it is the one in force."""
    document: dict[str, Any] = {
        "how": how.value,
        "sentence": sentence or LABELS[how],
        "by": by or agent.username,
        "agent": agent.username,
        "agents_considered": [],
    }
    if excess:
        document["excess"] = [each.document for each in excess]
    insert_row(
        RoutingDecision(
            work_item_id=item.pk,
            stage=DecisionStage.ASSIGNMENT,
            version=configuration.current().number if version is None else version,
            at=now,
            queue_id=item.queue_id,
            agent_id=agent.pk,
            document=document,
        )
    )
