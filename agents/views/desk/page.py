"""The desk itself: the lists, and the conversation of one work item beside them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agents.models import Agent
from agents.permissions import get_own_agent
from agents.views.desk import shown
from agents.views.desk.replies import inserted
from agents.views.desk.suggestions import suggested
from config.live import reader
from config.request import AppRequest


@require_safe
def desk(request: AppRequest) -> HttpResponse:
    """Offers, my work items, open work items, closed today."""
    agent = get_own_agent(request.user)
    return render(request, "agents/desk/index.html", _page(request, agent))


@require_safe
def desk_item(request: AppRequest, item_id: int) -> HttpResponse:
    """The desk with one work item open."""
    agent = get_own_agent(request.user)
    after = str(reader.latest())
    found = shown.get_on_desk(item_id, agent)
    context = {
        **_page(request, agent, item_id),
        **shown.panel(found, agent, request.GET),
        "live_after": after,
    }
    context["live_topics"].append(f"item-{item_id}")
    if found.may_write:
        context["text"] = inserted(request, item_id, agent) or suggested(request, item_id, agent)
    return render(request, "agents/desk/index.html", context)


def _page(request: AppRequest, agent: Agent, selected: int = 0) -> dict[str, Any]:
    """The place in the feed is taken before anything is read, so that nothing is missed."""
    after = str(reader.latest())
    return {
        "title": "My desk",
        "live_topics": shown.topics_of(agent),
        "live_after": after,
        **shown.lists(agent, selected, request.GET.get("order", "")),
    }
