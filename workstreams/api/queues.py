"""/queues: where work items wait, and who serves there."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from ninja import Query, Router, Status
from pydantic import Field
from typing_extensions import TypedDict

from agents.models import Agent, OperatingHours
from agents.permissions import CONFIGURERS_ONLY, may_configure
from config.api.auth import CONFIGURERS, READERS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named
from config.api.problems import Invalid
from config.api.schema import Body, Flag, LongName, Name, Username, number, optional
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.copy_queue import copy_queue
from workstreams.actions.create_queue import create_queue
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.set_queue_members import set_queue_members
from workstreams.api.workstream_bodies import Type
from workstreams.models import OverflowRule, Queue, QueueMembership

router = Router(auth=READERS, tags=["queues"])

Priority = Annotated[int, number(1, 1_000_000)]
MOST_MEMBERS = 10_000
MEMBERS_ONLY = f"Of a queue, supervisors change only the members. {CONFIGURERS_ONLY}"


class OverflowPairBody(Body):
    """When the queue overflows, and what happens then. ``threshold`` counts work items, or
    seconds; operating hours have none. ``queue`` is where a transfer goes."""

    condition: Literal["out_of_operating_hours", "work_item_limit", "average_wait", "waiting_time"]
    threshold: Annotated[int, number(1, 172_800)] | None = None
    action: Literal["assign_anyway", "transfer", "end"]
    queue: LongName | None = None


Overflow = Annotated[list[OverflowPairBody], Field(max_length=20)]
Seconds = Annotated[int, number(1, 86_400)]


class QueueIn(Body):
    """A new queue; ``members`` are usernames. One that does not distribute is
    basic: its work is only picked. Distributing cannot be switched off again.
    ``assignment_method`` left out: least_active for voice, else highest_capacity."""

    name: LongName
    type: Type
    priority: Priority = optional()
    assignment_method: Name = optional()
    operating_hours: Name | None = optional()
    distributes: Flag = optional()
    service_level_seconds: Seconds | None = optional()
    short_abandoned_seconds: Seconds | None = optional()
    overflow: Overflow = optional()
    members: list[Username] = optional(max_length=MOST_MEMBERS)


class QueueChanges(Body):
    """What to change; a field left out stays. ``members`` replaces all members, ``overflow`` all
    pairs."""

    name: LongName = optional()
    type: Type = optional()
    priority: Priority = optional()
    assignment_method: Name = optional()
    operating_hours: Name | None = optional()
    distributes: Flag = optional()
    service_level_seconds: Seconds | None = optional()
    short_abandoned_seconds: Seconds | None = optional()
    overflow: Overflow = optional()
    members: list[Username] = optional(max_length=MOST_MEMBERS)
    revision: Annotated[int, number(1, 2**31 - 1)] = optional()


class QueueCopy(Body):
    """The name of the copy, else "Copy of ...", and whether its members serve it too."""

    name: LongName = optional()
    with_members: Flag = optional()


class WhereTo(Body):
    """The queue of the same type that takes the unfinished work."""

    move_to: LongName | None = None


class QueueDocument(TypedDict):
    """A queue; the members stand in the order of joining, overflow pairs in their defined order."""

    id: int
    name: str
    type: str
    priority: int
    assignment_method: str
    operating_hours: str | None
    distributes: bool
    service_level_seconds: int | None
    short_abandoned_seconds: int | None
    overflow: list[OverflowPairBody]
    members: list[str]
    is_default: bool
    revision: int


@router.get("/queues", response=PageOf[QueueDocument], summary="List queues")
def list_queues(request: AppRequest, page: Query[PageQuery]) -> PageOf[QueueDocument]:
    return page_of(_rows(), page, _documents)


@router.post("/queues", auth=CONFIGURERS, response={201: QueueDocument}, summary="Create a queue")
def create_a_queue(request: AppRequest, body: QueueIn) -> Status[QueueDocument]:
    values = _with_hours(body.given())
    members = values.pop("members", None)
    with transaction.atomic():
        queue = create_queue(by=request.user, now=database_now(), **values)
        _set_members(request, queue, members)
    return Status(201, _shown(queue.pk))


@router.get("/queues/{int:queue_id}", response=QueueDocument, summary="Show a queue")
def show_queue(request: AppRequest, queue_id: int) -> QueueDocument:
    return _shown(queue_id)


@router.patch(
    "/queues/{int:queue_id}",
    response=QueueDocument,
    summary="Change a queue; supervisors its members only",
)
def change_queue(request: AppRequest, queue_id: int, body: QueueChanges) -> QueueDocument:
    queue, given = _load(queue_id), body.given()
    if not may_configure(request.user) and set(given) - {"members"}:
        raise PermissionDenied(MEMBERS_ONLY)
    values = _with_hours(given)
    members = values.pop("members", None)
    with transaction.atomic():
        if values:
            edit_queue(queue=queue, by=request.user, now=database_now(), **values)
        _set_members(request, queue, members)
    return _shown(queue_id)


@router.delete(
    "/queues/{int:queue_id}",
    auth=CONFIGURERS,
    response={204: None},
    summary="Delete a queue that nothing depends on",
)
def delete_a_queue(request: AppRequest, queue_id: int, where: Query[WhereTo]) -> Status[None]:
    """Unfinished work stands against it, unless ``move_to`` names the queue that takes it."""
    place = None if where.move_to is None else named(Queue, "move_to", where.move_to)
    delete_queue(queue=_load(queue_id), by=request.user, now=database_now(), move_to=place)
    return Status(204, None)


@router.post(
    "/queues/{int:queue_id}/copy",
    auth=CONFIGURERS,
    response={201: QueueDocument},
    summary="Copy a queue with its settings and overflow",
)
def copy_a_queue(
    request: AppRequest, queue_id: int, body: QueueCopy | None = None
) -> Status[QueueDocument]:
    values = body.given() if body else {}
    copy = copy_queue(queue=_load(queue_id), by=request.user, now=database_now(), **values)
    return Status(201, _shown(copy.pk))


def _rows() -> "QuerySet[Queue]":
    """Four queries, however many queues."""
    memberships = QueueMembership.objects.select_related("agent__user").order_by("pk")
    return Queue.objects.select_related("operating_hours", "custom_method").prefetch_related(
        Prefetch("memberships", memberships),
        Prefetch("overflow_rules", OverflowRule.objects.select_related("to_queue")),
    )


def _documents(queues: Sequence[Queue]) -> list[QueueDocument]:
    return [_document(queue) for queue in queues]


def _document(queue: Queue) -> QueueDocument:
    hours = queue.operating_hours
    return QueueDocument(
        id=queue.pk,
        name=queue.name,
        type=queue.type,
        priority=queue.priority,
        assignment_method=queue.method_name,
        operating_hours=hours.name if hours else None,
        distributes=queue.distributes,
        service_level_seconds=queue.service_level_seconds,
        short_abandoned_seconds=queue.short_abandoned_seconds,
        overflow=[OverflowPairBody(**pair.document()) for pair in queue.overflow_rules.all()],
        members=[membership.agent.username for membership in queue.memberships.all()],
        is_default=queue.is_default,
        revision=queue.revision,
    )


def _load(queue_id: int) -> Queue:
    queue = Queue.objects.filter(pk=queue_id).first()
    if queue is None:
        raise Http404
    return queue


def _shown(queue_id: int) -> QueueDocument:
    queue = _rows().filter(pk=queue_id).first()
    if queue is None:
        raise Http404
    return _document(queue)


def _with_hours(values: dict[str, Any]) -> dict[str, Any]:
    if "operating_hours" in values:
        name = values["operating_hours"]
        values["operating_hours"] = named(OperatingHours, "operating_hours", name)
    if "overflow" in values:
        values["overflow"] = [pair.model_dump() for pair in values["overflow"]]
    return values


def _set_members(request: AppRequest, queue: Queue, usernames: list[str] | None) -> None:
    if usernames is None:
        return
    agents = {
        agent.user.username: agent
        for agent in Agent.objects.select_related("user").filter(user__username__in=usernames)
    }
    for index, username in enumerate(usernames):
        if username not in agents:
            raise Invalid(f"members.{index}", f"There is no agent {username!r}.")
    wanted = [agents[username] for username in dict.fromkeys(usernames)]
    set_queue_members(queue=queue, agents=wanted, by=request.user, now=database_now())
