"""The floor and its blocks; each block fetches itself anew when something changed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.permissions import supervisor_required
from config.pages import wants_fragment
from config.request import AppRequest
from routing.views.floor import alarms, blockers, default, demo_traffic, processes, shown

Part = Callable[[AppRequest], dict[str, Any]]


@require_safe
@supervisor_required
def floor(request: AppRequest) -> HttpResponse:
    """Queues, agents and unfinished work, live; without a question by one's own filters."""
    if way := default.way_to_default(request):
        return way
    context = {
        "title": "Queues live",
        "live_topics": ["floor"],
        **shown.everything(request),
        "processes_block": processes.shown(request),
        "alarms_block": alarms.shown(request),
        "blockers_block": blockers.shown(request),
        **demo_traffic.shown(),
        **default.shown(request),
    }
    return render(request, "routing/floor/index.html", context)


@require_safe
@supervisor_required
def tiles(request: AppRequest) -> HttpResponse:
    """The numbers on top."""
    return _block(request, "tiles", shown.tiles)


@require_safe
@supervisor_required
def queues(request: AppRequest) -> HttpResponse:
    """The queues table."""
    return _block(request, "queues", shown.queues)


@require_safe
@supervisor_required
def agents(request: AppRequest) -> HttpResponse:
    """The agents table."""
    return _block(request, "agents", shown.agents)


@require_safe
@supervisor_required
def items(request: AppRequest) -> HttpResponse:
    """The table of unfinished work."""
    return _block(request, "items", shown.items)


def _block(request: AppRequest, name: str, part: Part) -> HttpResponse:
    if not wants_fragment(request):
        query = request.GET.urlencode()
        return redirect(f"{reverse('routing:floor')}?{query}#floor-{name}")
    return render(request, f"routing/floor/_{name}.html", {"block": part(request)})
