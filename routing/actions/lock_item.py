"""Lock a work item and its open assignment, in the order all moves keep."""

from django.http import Http404

from agents.models import Agent
from routing.exceptions import NotYourItem
from routing.models import Assignment
from workstreams.models import WorkItem


def lock_item(item_id: int) -> WorkItem:
    """The item, locked; Http404 when there is none.

    Locked first and read then: a statement that waits for the lock would join the item as
    it is now with the queue and the agent that it had before.
    """
    if not WorkItem.objects.select_for_update().filter(pk=item_id).values_list("pk"):
        raise Http404("There is no such work item.")
    return WorkItem.objects.select_related("workstream", "queue", "agent__user").get(pk=item_id)


def lock_open_assignment(item: WorkItem) -> Assignment | None:
    """The one open assignment of a locked item, locked."""
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("agent__user")
        .filter(item=item, ended_at__isnull=True)
        .first()
    )


def lock_own_work(item_id: int, by: Agent) -> tuple[WorkItem, Assignment]:
    """An item that ``by`` has accepted, with its assignment; else refuses NotYourItem."""
    item = lock_item(item_id)
    assignment = lock_open_assignment(item)
    if assignment is None or assignment.agent_id != by.pk or assignment.decided_at is None:
        raise NotYourItem
    return item, assignment
