"""Send a test item: where it would go and why; no work is created."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from agents.permissions import reader_required
from config.clock import database_now
from config.pages import client_event, page_or_fragment
from config.refusal import Refusal
from config.request import AppRequest
from routing.queries.would_route import TestItem, would_route
from workstreams.actions.mark_tested import mark_tested
from workstreams.forms.test_item import TestItemForm
from workstreams.models import Workstream


@require_http_methods(["GET", "POST"])
@reader_required
def workstream_test_item(request: AppRequest, workstream_id: int) -> HttpResponse:
    """The form, and below it what routing would do."""
    workstreams = Workstream.objects.select_related("fallback_queue", "record_type", "bot")
    workstream = get_object_or_404(workstreams, pk=workstream_id)
    form = TestItemForm(request.POST if request.method == "POST" else None, workstream=workstream)
    explained = _explained(form, workstream) if form.is_valid() else None
    context = {
        "title": f"Send a test item to {workstream}",
        "workstream": workstream,
        "form": form,
        "explained": explained,
    }
    status = 422 if form.is_bound and explained is None else 200
    response = page_or_fragment(
        request,
        "workstreams/test_item.html",
        "workstreams/_test_item.html",
        context,
        status=status,
    )
    if explained:
        text = f"It would go to the queue {explained['queue']}."
        client_event(response, "announce", {"text": text})
    return response


def _explained(form: TestItemForm, workstream: Workstream) -> dict[str, Any] | None:
    now = database_now()
    try:
        explained = would_route(TestItem(workstream=workstream, **form.settings()), now=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    mark_tested(workstream=workstream, now=now)
    return explained
