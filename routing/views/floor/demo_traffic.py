"""The switch of the demo's traffic, where the demo organisation was created."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from agents.permissions import supervisor_required
from config.clock import database_now
from config.pages import go_to, toast, wants_fragment
from config.request import AppRequest
from routing.actions.switch_demo_traffic import switch_demo_traffic
from routing.models import DemoTraffic


def shown() -> dict[str, Any]:
    """The switch, if there is one; 1 query."""
    return {"demo_traffic": DemoTraffic.objects.first()}


@require_POST
@supervisor_required
def switch(request: AppRequest) -> HttpResponse:
    """Turn the traffic on (``is_on=1``) or off."""
    is_on = request.POST.get("is_on") == "1"
    row = switch_demo_traffic(is_on=is_on, by=request.user, now=database_now())
    text = "Demo traffic is on." if row.is_on else "Demo traffic is off."
    if not wants_fragment(request):
        return go_to(request, reverse("routing:floor"), text=text)
    context = {"demo_traffic": row}
    return toast(render(request, "routing/floor/_demo_traffic.html", context), text)
