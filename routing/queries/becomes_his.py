"""Whether an offer makes the work its agent's when its countdown ends without an answer."""

from agents.models import AgentPresence
from agents.terms import BasePresence
from routing.models import Assignment
from routing.queries.in_force import presences_of
from routing.terms import How
from workstreams.models import WorkItem


def becomes_his(item: WorkItem, assignment: Assignment) -> bool:
    """Only where it is assigned without asking; nothing is given to people who went home.

    Presence is not asked of those who get their own work back, or a supervisor's. Who was offline
    when it was offered is meant all the same: by his workstream, or the queue's rules.
    """
    agent = assignment.agent
    if not (assignment.auto_assign and agent.is_enabled):
        return False
    if assignment.how in (How.AFFINITY, How.SUPERVISOR):
        return True
    presence = AgentPresence.objects.filter(agent=agent).first()
    if presence is None or presence.base != BasePresence.OFFLINE:
        return presence is not None
    return presence.since < assignment.offered_at or presence.base in presences_of(item)
