"""The lists of the desk, each as a fragment that fetches itself anew."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.models import Agent
from agents.permissions import agent_of, get_own_agent
from agents.views.desk import shown
from config.pages import ToastKind, client_event, go_to, toast, wants_fragment
from config.request import AppRequest
from config.row_ids import row_id
from routing.queries.desk_offers import MISSED_AND_BACK, opened_by_itself, settled_offers
from routing.terms import Outcome

# An address of so many numbers is still short enough to be asked for.
MOST_OFFERS: Final = 500
MOST_NAMED: Final = 20
# By this status htmx asks no more.
STOP_POLLING: Final = 286
Part = Callable[[Agent, int], dict[str, Any]]


@require_safe
def offers(request: AppRequest) -> HttpResponse:
    """Offers with their countdowns. One that opens by itself does so once its countdown has
    given it to the agent, wherever that was noticed first; but ``?elsewhere=1``, where the agent is
    at something else, it is only told. There requests for advice come along."""
    if request.GET.get("elsewhere"):
        return _elsewhere(request)
    opened = _opened(request)
    if opened:
        return go_to(request, reverse("agents:desk-item", args=[opened]))
    return _with_the_settled(request, _list(request, "offers", shown.offers))


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


def _elsewhere(request: AppRequest) -> HttpResponse:
    """All that calls an agent, where the desk's other lists are not. Who is none any more is asked
    no further."""
    agent = agent_of(request.user)
    if agent is None:
        return HttpResponse(status=STOP_POLLING)
    if not wants_fragment(request):
        return redirect("agents:desk")
    found = {**shown.offers(agent), **shown.asked(agent), "elsewhere": True}
    response = render(request, "agents/desk/_offers.html", found)
    _announce(request, response, found, shown="offers", asked="requests")
    return _with_the_settled(request, response)


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
            toast(response, words.format(_named(names)), kind=kind, everywhere=True)
    return response


def _named(names: list[str]) -> str:
    more = [f"and {len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return ", ".join([*names[:MOST_NAMED], *more])


def _ids(request: AppRequest, name: str) -> list[int]:
    given = request.GET.get(name, "").split("-")[:MOST_OFFERS]
    return [each for each in map(row_id, given) if each]


def _list(request: AppRequest, name: str, part: Part) -> HttpResponse:
    """The list; a screen reader is told when its length is another than the page shows, or when
    something new takes the place of what calls the agent."""
    agent = get_own_agent(request.user)
    if not wants_fragment(request):
        return redirect("agents:desk")
    context = part(agent, shown.selected_id(request))
    response = render(request, f"agents/desk/_{name}.html", context)
    _announce(request, response, context, shown=name)
    return response


def _announce(
    request: AppRequest, response: HttpResponse, context: dict[str, Any], **lists: str
) -> None:
    """Tell a screen reader of lists that are others than the page shows: each by the parameter
    that says how long it is there."""
    told = []
    for parameter, name in lists.items():
        if name not in ANNOUNCED:
            continue
        count = len(context[name])
        is_other = request.GET.get(parameter, str(count)) != str(count)
        if is_other or _has_new(request, context, name):
            one, many = ANNOUNCED[name]
            new = "" if is_other else "New: "
            told.append(f"{new}{count or 'No'} {one if count == 1 else many}")
    if told:
        client_event(response, "announce", {"text": ", ".join(told)})


def _has_new(request: AppRequest, context: dict[str, Any], name: str) -> bool:
    """Whether something came that the page does not show yet, if it says what it does."""
    parameter = SHOWN_IDS.get(name)
    if parameter is None:
        return False
    was = request.GET.get(parameter, "")
    return bool(was) and not set(filter(None, context[parameter].split("-"))) <= set(was.split("-"))


SETTLED: Final[dict[str, tuple[str, ToastKind]]] = {
    MISSED_AND_BACK: ("Missed, and back in its queue: {}.", "danger"),
    Outcome.MISSED: ("Missed: {}.", "danger"),
    Outcome.WITHDRAWN: ("No longer offered to you: {}.", "info"),
    Outcome.ACCEPTED: ("Yours now, as the countdown has ended: {}.", "info"),
}
# The parameter that says which of them the page shows.
SHOWN_IDS: Final = {"offers": "was", "requests": "asked_was"}
ANNOUNCED = {
    "offers": ("offer is waiting for your answer", "offers are waiting for your answer"),
    "requests": ("request for advice", "requests for advice"),
    "open_items": ("open work item", "open work items"),
}
