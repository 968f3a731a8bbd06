"""Names of customers that fit what is typed as a value of a condition."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agents.permissions import configurer_required
from config.request import AppRequest
from routing.catalogue import Lookup
from routing.queries.condition_names import found_names


@require_GET
@configurer_required
def rule_names(request: AppRequest, lookup: str, row: str) -> HttpResponse:
    """The list below a value; what is typed is the one thing that is sent."""
    if lookup not in list(Lookup):
        raise Http404
    typed = next((str(value) for value in request.GET.values()), "")
    context = {"id": f"{row}-names", "names": found_names(Lookup(lookup), typed)}
    return render(request, "routing/rules/_names.html", context)
