"""Put back into its queue what an agent has who is not there."""

from datetime import datetime

from agents.models import AgentPresence
from agents.terms import BasePresence
from routing.actions.end_assignment import end_assignment
from routing.actions.return_item import return_item
from routing.models import Assignment
from workstreams.models import WorkItem


def return_from_absent(
    *,
    item: WorkItem,
    assignment: Assignment,
    kind: str,
    now: datetime,
    keeps_agent: bool = False,
) -> None:
    """End a locked assignment and open its locked item again. Whom somebody else gave a presence
    while he was gone the router takes to be there: he is not asked first again. Who is offline
    needs no sparing, and his work stays like that of others, however many go at once.
    """
    presences = AgentPresence.objects.filter(agent=assignment.agent_id)
    is_taken_for_there = presences.exclude(base=BasePresence.OFFLINE).exists()
    end_assignment(assignment=assignment, now=now)
    return_item(
        item=item, kind=kind, now=now, keeps_agent=keeps_agent, spares_agent=is_taken_for_there
    )
