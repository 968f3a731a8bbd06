"""The inbox: every work item of an agent and his queues, in views, searched and ordered."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from agents.forms.inbox import InboxFilterForm
from agents.models import Agent
from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.clock import shown_now
from config.live import reader
from config.pages import page_or_fragment
from config.request import AppRequest
from routing.queries.inbox import ITEMS_LISTED, LISTED_FOR, inbox_items
from routing.queries.inbox_order import View, narrowed
from routing.queries.inbox_views import views_of

LINES_SHOWN = 50


@require_safe
def inbox(request: AppRequest) -> HttpResponse:
    """One view (``?view=``), or its list alone as a fragment that fetches itself anew."""
    agent = get_own_agent(request.user)
    after = str(reader.latest())
    topics = shown.topics_of(agent)
    views = views_of(agent)
    asked = request.GET.get("view", "")
    view = next((each for each in views if each.name == asked), views[0])
    context = {
        "title": "Inbox",
        "live_topics": topics,
        "followed_topics": topics,
        "live_after": after,
        "views": views,
        "view": view,
        "agent": agent,
        "triggers": f"{shown.triggers(topics)}, inbox-changed from:body",
        **_listed(request, agent, view),
    }
    return page_or_fragment(request, "agents/inbox/index.html", "agents/inbox/_list.html", context)


def _listed(request: AppRequest, agent: Agent, view: View) -> dict[str, Any]:
    form = InboxFilterForm(request.GET.dict(), view=view)
    kinds = view.kinds or form.kinds
    items = inbox_items(agent, view.of, now=shown_now(), kinds=kinds)
    found = narrowed(narrowed(items, view.conditions), form.narrowing())
    given = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    query = urlencode({"view": view.name, **given})
    page = Paginator(found, LINES_SHOWN).get_page(request.GET.get("page"))
    return {
        "form": form,
        "page": page,
        "query": query,
        "address": f"{query}&page={page.number}",
        "is_cut": len(items) == ITEMS_LISTED,
        "most": ITEMS_LISTED,
        "days": LISTED_FOR.days,
    }
