"""The list of all work items."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.permissions import supervisor_required
from config.pages import page_or_fragment
from config.request import AppRequest
from routing.floor_filters import MY_QUEUES, MY_QUEUES_LABEL
from routing.queries.work_item_filters import ItemFilters
from routing.queries.work_items import all_items
from workstreams.models import Queue, Workstream
from workstreams.terms import LABELS, Channel, ItemState, Reason


@require_safe
@supervisor_required
def work_item_list(request: AppRequest) -> HttpResponse:
    """Every work item, the newest first, to search and filter."""
    filters = ItemFilters.of(request.GET, by=request.user)
    page = all_items(filters)
    context = {
        "title": "Work items",
        "items": page,
        "item_filters": filters,
        "address": request.GET.urlencode(),
        "clear_url": reverse("routing:work-item-list"),
        "first_url": "" if page.is_first else _url(request, after=""),
        "next_url": page.next and _url(request, after=page.next),
        **_options(),
    }
    return page_or_fragment(
        request, "routing/work_items/list.html", "routing/work_items/_list.html", context
    )


def _options() -> dict[str, Any]:
    return {
        "item_queue_options": [
            (MY_QUEUES, MY_QUEUES_LABEL),
            *Queue.objects.values_list("pk", "name"),
        ],
        "workstream_options": Workstream.objects.values_list("pk", "name"),
        "state_options": [(state.value, LABELS[state]) for state in ItemState],
        "reason_options": [(reason.value, LABELS[reason]) for reason in Reason],
        "channel_options": [(channel.value, LABELS[channel]) for channel in Channel],
    }


def _url(request: AppRequest, *, after: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    if after:
        query["after"] = after
    return f"{reverse('routing:work-item-list')}?{query.urlencode()}"
