"""The lists of the desk, each as a fragment that fetches itself anew."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.models import Agent
from agents.permissions import get_own_agent
from agents.views.desk import shown
from config.pages import ToastKind, client_event, go_to, toast, wants_fragment
from config.request import AppRequest
from config.row_ids import row_id
from routing.queries.desk_consults import consult_requests
from routing.queries.desk_offers import opened_by_itself, settled_offers
from routing.terms import Outcome

MOST_OFFERS = 20
Part = Callable[[Agent, int], dict[str, Any]]


@require_safe
def offers(request: AppRequest) -> HttpResponse:
    """Offers with their countdowns. One that opens by itself does so once its countdown has
    given it to the agent, wherever that was noticed first; but ``?elsewhere=1``, where the agent is
    at something else, it is only told. There requests for advice come along."""
    elsewhere = bool(request.GET.get("elsewhere"))
    opened = None if elsewhere else _opened(request)
    if opened:
        return go_to(request, reverse("agents:desk-item", args=[opened]))
    part = _elsewhere if elsewhere else shown.offers
    found = _list(request, "offers", part)
    return _with_the_settled(request, found)


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


def _elsewhere(agent: Agent, selected: int) -> dict[str, Any]:
    """All that calls an agent, where the desk's other lists are not."""
    asked = consult_requests(agent)
    return {**shown.offers(agent, selected), "requests": asked, "elsewhere": True}


def _opened(request: AppRequest) -> int | None:
    """Of the offers that the page shows as opening by themselves (``?opening=12-13``)."""
    shown_ids = [each for each in _ids(request, "opening") if each != shown.selected_id(request)]
    return opened_by_itself(get_own_agent(request.user), shown_ids) if shown_ids else None


def _with_the_settled(request: AppRequest, response: HttpResponse) -> HttpResponse:
    """What became of offers that the page still shows (``?was=12-13``): one that was missed is
    told until somebody has seen it."""
    was = _ids(request, "was")
    settled = settled_offers(get_own_agent(request.user), was) if was else {}
    for outcome, (words, kind) in SETTLED.items():
        if names := settled.get(outcome):
            toast(response, words.format(", ".join(names)), kind=kind)
    return response


def _ids(request: AppRequest, name: str) -> list[int]:
    given = request.GET.get(name, "").split("-")[:MOST_OFFERS]
    return [each for each in map(row_id, given) if each]


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
        text = f"{count or 'No'} {one if count == 1 else many}"
        return client_event(response, "announce", {"text": text})
    return response


SETTLED: Final[dict[str, tuple[str, ToastKind]]] = {
    Outcome.MISSED: ("Missed, and back in its queue: {}.", "danger"),
    Outcome.WITHDRAWN: ("No longer offered to you: {}.", "info"),
    Outcome.ACCEPTED: ("Yours now, as the countdown has ended: {}.", "info"),
}
ANNOUNCED = {
    "offers": ("offer is waiting for your answer", "offers are waiting for your answer"),
    "requests": ("request for advice", "requests for advice"),
    "open_items": ("open work item", "open work items"),
}
