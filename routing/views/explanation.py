"""Why a work item is where it is: decisions, blockers, events, messages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from agents.models import Agent
from agents.permissions import agent_of, is_supervisor
from config.pages import page_or_fragment
from config.request import AppRequest
from routing.models import Assignment
from routing.permissions import may_hear
from routing.queries.explanation import explanation
from routing.queries.item_timeline import item_timeline
from workstreams.models import QueueMembership, WorkItem
from workstreams.terms import ItemState

MESSAGES_SHOWN = 500
NO_AGENT = "Only agents and supervisors see work items."


@require_GET
def work_item_explanation(request: AppRequest, work_item_id: int) -> HttpResponse:
    """Everything about one item; its live part for htmx."""
    item = get_item_for(request.user, work_item_id)
    context = {
        "title": item.title,
        "item": item,
        "is_open": item.state == ItemState.OPEN,
        "is_supervisor": is_supervisor(request.user),
        "explained": explanation(item.pk),
        "timeline": item_timeline(item),
        "conversation": item.messages.select_related("agent__user")[:MESSAGES_SHOWN],
        "live_topics": _topics(request.user, item),
    }
    page, fragment = "work_item_explanation.html", "_work_item_explanation.html"
    folder = "routing/explanation"
    return page_or_fragment(request, f"{folder}/{page}", f"{folder}/{fragment}", context)


def get_item_for(user: Any, work_item_id: int) -> WorkItem:
    """Supervisors see every item, agents those of their queues and those they have or had."""
    agent = None if is_supervisor(user) else agent_of(user)
    if agent is None and not is_supervisor(user):
        raise PermissionDenied(NO_AGENT)
    rows = WorkItem.objects.select_related(
        "workstream", "queue", "agent__user", "contact", "channel_instance", "record"
    )
    item = get_object_or_404(rows, pk=work_item_id)
    if agent is not None and not _concerns(item, agent):
        raise Http404
    return item


def _concerns(item: WorkItem, agent: Agent) -> bool:
    return (
        agent.pk in (item.agent_id, item.last_agent_id)
        or QueueMembership.objects.filter(agent=agent, queue_id=item.queue_id).exists()
        or Assignment.objects.filter(agent=agent, item=item).exists()
    )


def _topics(user: Any, item: WorkItem) -> list[str]:
    """What the page listens to; one topic too many and the whole ticket would be refused."""
    topics = [f"item-{item.pk}", f"queue-{item.queue_id}"]
    return [topic for topic in topics if may_hear(user, [topic])]
