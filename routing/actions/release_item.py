"""An agent puts a work item back into its queue."""

from datetime import datetime

from django.db import transaction

from agents.models import Agent
from routing.actions.end_assignment import end_assignment
from routing.actions.lock_item import lock_own_work
from routing.actions.return_item import return_item


def release_item(*, item_id: int, by: Agent, now: datetime) -> None:
    """The item waits in its queue again, with its age; capacity returns at once. Others are
    offered it first.

    Refuses NotYourItem, and IllegalMove once it has ended.
    """
    with transaction.atomic():
        item, assignment = lock_own_work(item_id, by)
        end_assignment(assignment=assignment, now=now)
        return_item(
            item=item, kind="work-item-released", now=now, by=by.username, spares_agent=True
        )
