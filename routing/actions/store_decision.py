"""Write down why an agent has an item when a person decided it."""

from datetime import datetime
from typing import Any

from agents.models import Agent
from routing import configuration
from routing.models import RoutingDecision
from routing.terms import LABELS, DecisionStage, How
from workstreams.models import WorkItem


def store_own_decision(
    *, item: WorkItem, agent: Agent, how: How, now: datetime, by: str = ""
) -> None:
    """Store the decision of a pick, a supervisor or a transfer, in its transaction."""
    document: dict[str, Any] = {
        "how": how.value,
        "sentence": LABELS[how],
        "by": by or agent.username,
        "agents_considered": [
            {
                "agent": agent.username,
                "eligible": True,
                "failed_test": None,
                "numbers": {},
                "rank": 1,
            }
        ],
    }
    RoutingDecision.objects.create(
        work_item_id=item.pk,
        stage=DecisionStage.ASSIGNMENT,
        version=configuration.current().number,
        at=now,
        queue_id=item.queue_id,
        agent_id=agent.pk,
        document=document,
    )
