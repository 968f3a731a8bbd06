"""/work-items: taking work in, and reading it."""

from typing import Annotated, Any, Final, Literal

from django.db.models import Model, Q
from ninja import Query, Router, Status
from pydantic import Field

from agents.models import Agent, Skill, User
from config.api.auth import SUPERVISORS
from config.api.lists import PageOf, PageQuery, page_of, page_of_few
from config.api.named_rows import named, named_list
from config.api.problems import Invalid
from config.api.schema import Body, Name, Object, number, text_of
from config.clock import database_now
from config.request import AppRequest
from routing.api.item_document import (
    WorkItemDocument,
    complete,
    get_item_for,
    item_document,
    item_documents,
    shown_item,
)
from routing.permissions import may_read, visible_items_that
from routing.queries.explanation import explanation
from routing.queries.work_item_filters import queues_served_by, with_reason
from workstreams.actions.take_in import take_in
from workstreams.exceptions import ChannelClosed
from workstreams.lifecycle import UNFINISHED
from workstreams.models import ChannelInstance, Queue, WorkItem, Workstream
from workstreams.terms import ItemState, Reason

router = Router(tags=["work items"])

Text = Annotated[str, Field(max_length=200)]
NAMED: Final[dict[str, tuple[type[Model], str]]] = {
    "queue": (Queue, "name"),
    "agent": (Agent, "user__username"),
    "workstream": (Workstream, "name"),
}


class NeededSkill(Body):
    """A skill the work needs, with the least rating on its scale; without one any will do."""

    skill: Name
    rating: Annotated[int, number(0, 32767)] | None = None


class WorkItemIn(Body):
    """New work for a workstream, by name."""

    workstream: Name
    title: Annotated[str, text_of(300)] = ""
    customer: Object = {}
    context: Object = {}
    attributes: Object = {}
    skills: Annotated[list[NeededSkill], Field(max_length=50)] = []
    channel_instance: Annotated[str, text_of(60)] | None = None


class WorkItemFilters(PageQuery):
    """Narrows the list; queue and workstream by name, agent by username. ``my_queues`` leaves the
    queues that the caller serves. ``reason`` is this one alone: what a supervisor gave, which the
    pages list as in conversation, is ``assigned_by_supervisor``."""

    state: Literal["open", "active", "waiting", "wrap_up", "closed"] | None = None
    reason: Reason | None = None
    queue: Text | None = None
    my_queues: bool = False
    agent: Text | None = None
    workstream: Text | None = None


@router.post(
    "/work-items",
    auth=SUPERVISORS,
    response={201: WorkItemDocument},
    summary="Take a work item in",
)
def create_work_item(request: AppRequest, body: WorkItemIn) -> Status[WorkItemDocument]:
    workstream = named(Workstream, "workstream", body.workstream)
    assert workstream is not None
    rows = Skill.objects.select_related("rating_model")
    skills = named_list(rows, "skills", [one.skill for one in body.skills])
    item = take_in(
        workstream=workstream,
        now=database_now(),
        title=body.title,
        customer=body.customer,
        context=body.context,
        attributes=body.attributes,
        skills={skill: one.rating for skill, one in zip(skills, body.skills, strict=True)},
        channel_instance=_channel_instance(workstream, body.channel_instance),
    )
    return Status(201, shown_item(item.pk))


@router.get("/work-items", response=PageOf[WorkItemDocument], summary="List work items")
def list_work_items(request: AppRequest, query: Query[WorkItemFilters]) -> PageOf[WorkItemDocument]:
    """In the order of arrival. Agents see their own items and the open ones of their queues."""
    found = visible_items_that(request.user, _wanted(query, by=request.user))
    is_about_all = request.user.is_supervisor and not query.agent
    is_few = query.reason in UNFINISHED or query.state not in (None, ItemState.CLOSED)
    if is_about_all and not is_few:
        return page_of(complete(found), query, item_documents)
    return page_of_few(found, complete(WorkItem.objects.all()), query, item_documents)


@router.get("/work-items/{int:item_id}", response=WorkItemDocument, summary="Show a work item")
def show_work_item(request: AppRequest, item_id: int) -> WorkItemDocument:
    return item_document(get_item_for(request.user, item_id))


@router.get(
    "/work-items/{int:item_id}/explanation",
    response=dict[str, Any],
    summary="Explain what routing decided, and why the item waits",
)
def explain_work_item(request: AppRequest, item_id: int) -> dict[str, Any]:
    item = get_item_for(request.user, item_id)
    return explanation(item.pk, may_read=may_read(request.user, item))


def _channel_instance(workstream: Workstream, slug: str | None) -> ChannelInstance | None:
    if not slug:
        return None
    instance = ChannelInstance.objects.filter(slug=slug, workstream=workstream).first()
    if instance is None:
        raise Invalid("channel_instance", f"{workstream} has no channel instance {slug!r}.")
    if not instance.is_enabled:
        raise ChannelClosed
    return instance


def _wanted(query: WorkItemFilters, *, by: User) -> Q:
    """By ids: of a number the planner knows whether it is a rare one, of a name it does not."""
    wanted = Q(state=query.state) if query.state else Q()
    wanted &= with_reason(query.reason) if query.reason else Q()
    for field, (model, column) in NAMED.items():
        name = getattr(query, field)
        if name:
            rows = model._base_manager.filter(**{column: name})
            wanted &= Q(**{f"{field}__in": list(rows.values_list("pk", flat=True))})
    return wanted & Q(queue__in=queues_served_by(by.pk)) if query.my_queues else wanted
