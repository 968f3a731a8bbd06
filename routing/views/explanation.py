"""Why a work item is where it is: decisions, blockers, events, messages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from agents.permissions import agent_of, is_supervisor
from config.pages import page_or_fragment
from config.request import AppRequest
from routing.permissions import heard_by, may_be_watched, may_read, visible_items
from routing.queries.desk_consults import all_consults_of
from routing.queries.explanation import explanation_of
from routing.queries.item_timeline import item_timeline
from workstreams.models import Message, WorkItem
from workstreams.queries.required_skills import skill_names
from workstreams.queries.service_configuration import service_configuration
from workstreams.terms import ItemState

MESSAGES_SHOWN = 500
NO_AGENT = "Only agents and supervisors see work items."


@require_GET
def work_item_explanation(request: AppRequest, work_item_id: int) -> HttpResponse:
    """Everything about one item; its live part for htmx."""
    item = get_item_for(request.user, work_item_id)
    reads = may_read(request.user, item)
    context = {
        "title": item.title,
        "item": item,
        "is_open": item.state == ItemState.OPEN,
        "skills": skill_names(item.required_skills),
        "is_supervisor": is_supervisor(request.user),
        "explained": explanation_of(item, may_read=reads, tells_each=False),
        "timeline": item_timeline(item),
        "may_read": reads,
        "conversation": _conversation(request.user, item),
        **_advice(request.user, item),
        "live_topics": heard_by(request.user, [f"item-{item.pk}", f"queue-{item.queue_id}"]),
    }
    page, fragment = "work_item_explanation.html", "_work_item_explanation.html"
    folder = "routing/explanation"
    return page_or_fragment(request, f"{folder}/{page}", f"{folder}/{fragment}", context)


def get_item_for(user: Any, work_item_id: int) -> WorkItem:
    """An item the person may know of; 404 for any other."""
    if not is_supervisor(user) and agent_of(user) is None:
        raise PermissionDenied(NO_AGENT)
    rows = visible_items(user).select_related(
        "workstream",
        "queue",
        "agent__user",
        "bot",
        "contact",
        "account",
        "case",
        "channel_instance",
        "record",
    )
    return get_object_or_404(rows, pk=work_item_id)


def _conversation(user: Any, item: WorkItem) -> list[Message]:
    """The latest messages, in order."""
    if not may_read(user, item):
        return []
    latest = item.messages.select_related("agent__user", "bot").order_by("-pk")[:MESSAGES_SHOWN]
    return list(latest)[::-1]


def _advice(user: Any, item: WorkItem) -> dict[str, Any]:
    """The side talks are for their two people, and here for supervisors."""
    if not is_supervisor(user):
        return {"consults": [], "may_watch": False, "may_join": False}
    agent = agent_of(user)
    is_own = agent is not None and item.agent_id == agent.pk
    may_watch = may_be_watched(item) and not is_own
    may_watch = may_watch and service_configuration().supervisors_monitor
    may_join = may_watch and agent is not None and item.state == ItemState.ACTIVE
    return {"consults": all_consults_of(item), "may_watch": may_watch, "may_join": may_join}
