"""Lock a work item and its open assignment, in the order all moves keep."""

from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateTimeField, Exists, Func
from django.http import Http404

from agents.models import Agent
from config.prepared import Prepared
from routing.exceptions import NotYourItem
from routing.models import Assignment
from workstreams.models import Consult, WorkItem
from workstreams.queries.automated_texts import rows_that_stand_in

# All of the item, and of where it is what verbs ask: each column costs at each plan and row.
READ: Final = [
    *(field.name for field in WorkItem._meta.concrete_fields),
    "workstream__name",
    "workstream__type",
    "workstream__persistent_chat",
    "workstream__fallback_queue",
    "workstream__bot",
    "workstream__may_be_picked",
    "queue__name",
    "queue__type",
    "queue__distributes",
]
# What a person signs in with is no matter of his work.
OF_SIGNING_IN: Final = [
    "password",
    "last_login",
    "is_superuser",
    "is_staff",
    "date_joined",
    "may_change_secure_columns",
    "shares_username",
]
LOCKED_ITEM: Final = Prepared(
    lambda item_id: (
        WorkItem.objects.select_for_update(of=("self",))
        .select_related("workstream", "queue")
        .only(*READ)
        .filter(pk=item_id)
    ),
    "item_id",
)


def _read_along(item_id: int, instance_id: int, channel: str) -> dict[str, Any]:
    """What else verbs look up: the item is locked by then, so all of it is behind the lock."""
    reworded = rows_that_stand_in(channel, instance_id).order_by().values("trigger")
    return {
        "read_at": Func(function="clock_timestamp", output_field=DateTimeField()),
        "is_consulted": Exists(Consult.objects.running().filter(item_id=item_id)),
        "reworded": ArraySubquery(reworded),
    }


OPEN_ASSIGNMENT: Final = Prepared(
    lambda item_id, instance_id, channel: (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("agent__user")
        .defer(*(f"agent__user__{name}" for name in OF_SIGNING_IN))
        .annotate(**_read_along(item_id, instance_id, channel))
        .filter(item_id=item_id, ended_at__isnull=True)
    ),
    "item_id",
    "instance_id",
    words=["channel"],
)


def lock_item(item_id: int) -> WorkItem:
    """The item, locked, with its workstream and queue; Http404 when there is none.

    A statement that waited for the lock joins the item as it is now with the queue that it had
    before: where it has another one by then, nothing is found. The second look, behind the lock,
    finds it.
    """
    item = LOCKED_ITEM.first(item_id=item_id) or LOCKED_ITEM.first(item_id=item_id)
    if item is None:
        raise Http404("There is no such work item.")
    return item


def lock_open_assignment(item: WorkItem) -> Assignment | None:
    """The one open assignment of a locked item, locked, with what was read along."""
    instance_id = item.channel_instance_id or 0
    return OPEN_ASSIGNMENT.first(item_id=item.pk, instance_id=instance_id, channel=item.channel)


def lock_own_work(item_id: int, by: Agent) -> tuple[WorkItem, Assignment]:
    """An item that ``by`` has accepted, with its assignment; else refuses NotYourItem."""
    item = lock_item(item_id)
    return item, lock_own_assignment(item, by)


def lock_own_assignment(item: WorkItem, by: Agent) -> Assignment:
    """The same for an item that is locked already."""
    assignment = lock_open_assignment(item)
    if assignment is None or assignment.agent_id != by.pk or assignment.decided_at is None:
        raise NotYourItem
    return assignment
