"""Agents that fit what is typed as a name."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agents.permissions import supervisor_required
from agents.queries.agent_names import agents_named
from config.request import AppRequest

LONGEST_SEARCH = 150


@require_safe
@supervisor_required
def agent_names(request: AppRequest) -> HttpResponse:
    """The list below a name; what is typed is the one thing that is sent."""
    typed = next((str(value) for value in request.GET.values()), "")
    context = {"agents": agents_named(typed[:LONGEST_SEARCH])}
    return render(request, "agents/_agent_names.html", context)
