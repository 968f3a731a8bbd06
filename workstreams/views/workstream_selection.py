"""Commands on the workstreams that are selected in the list."""

from typing import Final

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from agents.permissions import configurer_required
from config.pages import NO_CONTENT, go_to, toast, wants_fragment
from config.request import AppRequest
from config.row_ids import row_id
from workstreams.models import Workstream

MOST: Final = 200
# The page of one workstream that each command leads to.
FOR_ONE: Final = {
    "edit": "workstreams:workstream-detail",
    "copy": "workstreams:workstream-copy",
    "fallback-queue": "workstreams:workstream-fallback-queue",
    "delete": "workstreams:workstream-delete",
}
FOR_SEVERAL: Final = {
    "copy": "workstreams:workstream-selection-copy",
    "delete": "workstreams:workstream-selection-delete",
}
NONE_SELECTED: Final = "Select a workstream first."
ONE_ONLY: Final = "Select one workstream only: several can be copied or deleted at once."


@require_GET
@configurer_required
def workstream_selection(request: AppRequest) -> HttpResponse:
    """Lead to the page of the command, or say what to select."""
    command, chosen = request.GET.get("command", ""), selected(request.GET)
    if not chosen or command not in FOR_ONE:
        return _told(request, NONE_SELECTED)
    if len(chosen) == 1:
        page = reverse(FOR_ONE[command], args=[chosen[0].pk])
        # The other pages have a form for the dialog.
        return go_to(request, page) if command == "edit" else HttpResponseRedirect(page)
    if command not in FOR_SEVERAL:
        return _told(request, ONE_ONLY)
    ids = [("workstream", workstream.pk) for workstream in chosen]
    return HttpResponseRedirect(f"{reverse(FOR_SEVERAL[command])}?{urlencode(ids)}")


def selected(values: QueryDict) -> list[Workstream]:
    """The selected workstreams that are still there, by name."""
    ids = [row_id(text) for text in values.getlist("workstream")[:MOST]]
    return list(Workstream.objects.filter(pk__in=[each for each in ids if each is not None]))


def _told(request: AppRequest, text: str) -> HttpResponse:
    if wants_fragment(request):
        return toast(HttpResponse(status=NO_CONTENT), text, kind="warning")
    return go_to(request, "workstreams:workstream-list", text=text, kind="warning")
