"""An agent dropped out of a live chat: somebody else goes on with it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from routing.actions.end_assignment import end_assignment
from routing.actions.lock_item import lock_item, lock_open_assignment
from routing.actions.return_item import return_item
from workstreams.actions.say_automatically import say_automatically
from workstreams.terms import MessageTrigger


def drop_chat(*, item_id: int, is_left_alone: Callable[[], bool], now: datetime) -> bool:
    """Put the chat back into its queue, with its age, and tell the customer; False when its agent
    is back, or it moved on, asked behind the lock.

    Not kept for the agent who is gone: a customer is waiting.
    """
    with transaction.atomic():
        item = lock_item(item_id)
        assignment = lock_open_assignment(item)
        if assignment is None or not is_left_alone():
            return False

        agent = assignment.agent
        end_assignment(assignment=assignment, now=now)
        return_item(item=item, kind="agent-dropped", now=now)
        left = MessageTrigger.AGENT_DISCONNECTED
        say_automatically(item, left, fact=assignment.pk, agent=agent, now=now)
    return True
