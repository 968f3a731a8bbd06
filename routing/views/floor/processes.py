"""That no router or no worker runs, above all else on the floor."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.permissions import supervisor_required
from config.health import silent_processes
from config.pages import wants_fragment
from config.request import AppRequest


def shown(request: AppRequest) -> dict[str, Any]:
    """The block; 1 query."""
    silent = silent_processes()
    return {
        "has_router": "router" not in silent,
        "has_worker": "worker" not in silent,
        "address": request.GET.urlencode(),
    }


@require_safe
@supervisor_required
def block(request: AppRequest) -> HttpResponse:
    """The block alone."""
    if not wants_fragment(request):
        return redirect(f"{reverse('routing:floor')}?{request.GET.urlencode()}#floor-processes")
    return render(request, "routing/floor/_processes.html", {"block": shown(request)})
