"""The lists of the desk, each as a fragment that fetches itself anew."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.models import Agent
from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.pages import client_event, go_to, wants_fragment
from config.request import AppRequest
from config.row_ids import row_id
from routing.queries.desk_offers import opened_by_itself

MOST_OPENING = 20
Part = Callable[[Agent, int], dict[str, Any]]


@require_safe
def offers(request: AppRequest) -> HttpResponse:
    """Offers with their countdowns. One that opens by itself does so once its countdown has
    given it to the agent, wherever that was noticed first."""
    opened = _opened(request)
    if opened:
        return go_to(request, reverse("agents:desk-item", args=[opened]))
    return _list(request, "offers", shown.offers)


@require_safe
def requests(request: AppRequest) -> HttpResponse:
    """What other agents ask me."""
    return _list(request, "requests", shown.requests)


@require_safe
def mine(request: AppRequest) -> HttpResponse:
    """My work items."""
    return _list(request, "mine", shown.mine)


@require_safe
def open_items(request: AppRequest) -> HttpResponse:
    """Open work items of my queues, in the order asked for (``?order=``)."""
    order = request.GET.get("order", "")
    return _list(
        request, "open_items", lambda agent, chosen: shown.open_items(agent, chosen, order)
    )


@require_safe
def closed(request: AppRequest) -> HttpResponse:
    """What I closed today."""
    return _list(request, "closed_items", shown.closed)


def _opened(request: AppRequest) -> int | None:
    """Of the offers that the page shows as opening by themselves (``?opening=12-13``)."""
    ids = [row_id(each) for each in request.GET.get("opening", "").split("-")[:MOST_OPENING]]
    shown_ids = [each for each in ids if each and each != shown.selected_id(request)]
    return opened_by_itself(get_own_agent(request.user), shown_ids) if shown_ids else None


def _list(request: AppRequest, name: str, part: Part) -> HttpResponse:
    """The list; a screen reader is told when its length is another than the page shows."""
    agent = get_own_agent(request.user)
    if not wants_fragment(request):
        return redirect("agents:desk")
    context = part(agent, shown.selected_id(request))
    response = render(request, f"agents/desk/_{name}.html", context)
    count = len(context[name])
    if request.GET.get("shown", str(count)) != str(count) and name in ANNOUNCED:
        one, many = ANNOUNCED[name]
        text = f"{count} {one if count == 1 else many}"
        return client_event(response, "announce", {"text": text})
    return response


ANNOUNCED = {
    "offers": ("offer is waiting for your answer", "offers are waiting for your answer"),
    "requests": ("request for advice", "requests for advice"),
    "open_items": ("open work item", "open work items"),
}
