"""What keeps work waiting on the floor, and who works on it."""

from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agents.permissions import supervisor_required
from config.clock import shown_now
from config.pages import go_to, toast, wants_fragment
from config.request import AppRequest
from routing import service
from routing.models import Blocker
from routing.queries.blockers import blockers, sentence_of

MINUTES: Final = ((15, "for 15 minutes"), (60, "for an hour"), (240, "for 4 hours"))


class AcknowledgeForm(forms.Form):
    """For how long somebody works on it."""

    minutes = forms.TypedChoiceField(choices=MINUTES, coerce=int)
    seen = forms.CharField(required=False)


def shown(request: AppRequest) -> dict[str, Any]:
    """The block; 1 query while nothing is blocked."""
    alarming, worked_on = blockers(shown_now())
    return {
        "alarming": alarming,
        "worked_on": worked_on,
        "number_of_items": sum(each.row.number_of_items for each in alarming),
        "is_at_least": any(each.row.is_at_least for each in alarming),
        "minutes": MINUTES,
        "updated_at": shown_now(),
        "address": request.GET.urlencode(),
    }


@require_safe
@supervisor_required
def block(request: AppRequest) -> HttpResponse:
    """The block alone."""
    if not wants_fragment(request):
        return redirect(f"{reverse('routing:floor')}?{request.GET.urlencode()}#floor-blockers")
    return render(request, "routing/floor/_blockers.html", {"block": shown(request)})


@require_POST
@supervisor_required
def acknowledge(request: AppRequest, blocker_id: int) -> HttpResponse:
    """Say that one works on it."""
    form = AcknowledgeForm(request.POST)
    if not form.is_valid():
        get_object_or_404(Blocker, pk=blocker_id)
        return HttpResponse("Say for how long you work on it.", status=400)
    row = service.work_on_blocker(blocker_id=blocker_id, by=request.user, **form.cleaned_data)
    until = timezone.localtime(row.acknowledged_until)
    text = f"You are working on it until {until:%H:%M %Z}: {sentence_of(row)}"
    if not wants_fragment(request):
        return go_to(request, reverse("routing:floor"), text=text)
    return toast(render(request, "routing/floor/_blockers.html", {"block": shown(request)}), text)
