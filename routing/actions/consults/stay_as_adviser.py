"""From whom a supervisor took a conversation, he stays to advise who gets it (B 16.2)."""

from datetime import datetime

from agents.models import Agent, AgentPresence
from agents.terms import BasePresence
from routing.actions.consults.hold_for_advice import hold_for_advice, holds_capacity
from routing.actions.room import excess_of
from workstreams.actions.end_consults import record_consult
from workstreams.models import Consult, WorkItem
from workstreams.terms import ConsultState


def stay_as_adviser(*, item: WorkItem, adviser: Agent, of: Agent, now: datetime, by: str) -> bool:
    """Begin advice on a locked item that was just offered to another agent; it is over when he
    does not take it.

    Who is disabled, or not signed in, cannot be asked for advice, and is let go: False. So is,
    where advice holds capacity, who is past his limit even without the work. Both agents' loads
    are locked already.
    """
    there = AgentPresence.objects.filter(agent=adviser, agent__is_enabled=True)
    if not there.exclude(base=BasePresence.OFFLINE).exists():
        return False
    consult = Consult(
        item=item,
        asked_by=of,
        agent=adviser,
        state=ConsultState.ADVISING,
        asked_at=now,
        answered_at=now,
        deadline_at=now,
    )
    if holds_capacity(consult) and excess_of(item, adviser):
        return False

    consult.save()
    hold_for_advice(item=item, consult=consult, now=now)
    record_consult(consult, kind="consult-stayed", item=item, now=now, by=by)
    return True
