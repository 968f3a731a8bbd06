"""One's own filters of the floor: saved, begun with, and given up."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from agents.permissions import supervisor_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from routing.actions.save_floor_default import save_floor_default
from routing.floor_filters import CHOSEN, kept
from routing.queries.floor_default import floor_default


def way_to_default(request: AppRequest) -> HttpResponseRedirect | None:
    """To one's own filters, when the address asks for nothing at all."""
    if request.GET:
        return None
    default = floor_default(request.user)
    return HttpResponseRedirect(_floor(default)) if default else None


def shown(request: AppRequest) -> dict[str, Any]:
    """What can be saved, and whether there is something to give up; 1 query."""
    # Without a question there is none: ``way_to_default`` has looked.
    default = floor_default(request.user) if request.GET else {}
    here = kept(request.GET)
    return {
        "default_filters": default,
        "is_default": bool(default) and here == default,
        "filters_to_save": here if here != default else {},
        "default_url": _floor(default),
    }


@require_POST
@supervisor_required
def save(request: AppRequest) -> HttpResponse:
    """The filters sent become one's own."""
    chosen = save_floor_default(by=request.user, filters=request.POST, now=database_now())
    text = "The floor begins with these filters." if chosen else "The floor shows everything."
    return go_to(request, _floor(chosen), text=text)


@require_POST
@supervisor_required
def reset(request: AppRequest) -> HttpResponse:
    """Begin with everything again."""
    save_floor_default(by=request.user, filters={}, now=database_now())
    return go_to(request, reverse("routing:floor"), text="The floor shows everything.")


def _floor(filters: dict[str, str]) -> str:
    return f"{reverse('routing:floor')}?{urlencode({CHOSEN: '1', **filters})}"
