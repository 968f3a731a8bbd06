"""Names of customers that fit what is typed as a value of a condition."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agents.permissions import configurer_required
from config.request import AppRequest
from routing.catalogue import Lookup
from routing.forms.conditions.values import last_of, listed
from routing.queries.condition_names import found_names


@require_GET
@configurer_required
def rule_names(request: AppRequest, lookup: str, row: str) -> HttpResponse:
    """The list below a value; of ``several`` values the last one is looked for."""
    if lookup not in list(Lookup):
        raise Http404
    typed = request.GET.get(f"{row}-value", "")
    is_list = "several" in request.GET
    before, last = last_of(typed) if is_list else ("", typed)
    found = found_names(Lookup(lookup), last)
    names = [before + listed([name]) for name in found] if is_list else found
    context = {"id": f"{row}-names", "names": names}
    return render(request, "routing/rules/_names.html", context)
