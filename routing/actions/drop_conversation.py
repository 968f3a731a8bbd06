"""An agent dropped out of a live chat or call: it goes back to its queue."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from agents.models import AgentPresence
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.return_from_absent import return_from_absent
from routing.models import Assignment
from routing.queries.in_force import keeps_same_agent
from workstreams.actions.say_automatically import say_automatically
from workstreams.terms import Channel, MessageTrigger


def drop_conversation(*, item_id: int, is_left_alone: Callable[[], bool], now: datetime) -> bool:
    """Put it back into its queue, with its age, and tell the customer; False when its agent
    is back, or it moved on, asked behind the lock.

    Where the workstream keeps the agent he is asked first (user's document, "Agent affinity"), but
    only once: what was given to him while he was gone goes to others, as calls do (B 15.9).
    """
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if assignment is None or not is_left_alone():
            return False

        agent = assignment.agent
        keeps = item.channel != Channel.VOICE and keeps_same_agent(item)
        keeps = keeps and _had_it_before_he_left(assignment)
        return_from_absent(
            item=item, assignment=assignment, kind="agent-dropped", now=now, keeps_agent=keeps
        )
        left = MessageTrigger.AGENT_DISCONNECTED
        say_automatically(item, left, fact=assignment.pk, agent=agent, now=now)
    return True


def _had_it_before_he_left(assignment: Assignment) -> bool:
    decided_at = assignment.decided_at
    gone = AgentPresence.objects.filter(agent=assignment.agent_id, since__gt=decided_at)
    # That he was gone is noticed later than it is so.
    return gone.exclude(left_at__isnull=False, heard_at__lt=decided_at).exists()
