"""Alarms on the floor: what failed, and that somebody saw it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agents.permissions import supervisor_required
from config.clock import shown_now
from config.pages import go_to, toast, wants_fragment
from config.request import AppRequest
from routing import service
from routing.models import Alarm
from routing.queries.alarms import open_alarms, sentence_of


def shown(request: AppRequest) -> dict[str, Any]:
    """The block; 1 query while all is well."""
    return {
        "alarms": open_alarms(),
        "updated_at": shown_now(),
        "address": request.GET.urlencode(),
    }


@require_safe
@supervisor_required
def block(request: AppRequest) -> HttpResponse:
    """The block alone."""
    if not wants_fragment(request):
        return redirect(f"{reverse('routing:floor')}?{request.GET.urlencode()}#floor-alarms")
    return render(request, "routing/floor/_alarms.html", {"block": shown(request)})


@require_POST
@supervisor_required
def acknowledge(request: AppRequest, alarm_id: int) -> HttpResponse:
    """Close an alarm with the earlier ones of its sort."""
    alarm = get_object_or_404(Alarm, pk=alarm_id)
    service.acknowledge(alarm=alarm, by=request.user)
    text = f"The alarm is acknowledged: {sentence_of(alarm)}"
    if not wants_fragment(request):
        return go_to(request, reverse("routing:floor"), text=text)
    return toast(render(request, "routing/floor/_alarms.html", {"block": shown(request)}), text)
