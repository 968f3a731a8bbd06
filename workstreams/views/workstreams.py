"""The list of workstreams, and the dialog that creates one."""

from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from agents.permissions import configurer_required, may_configure, reader_required
from config.clock import database_now
from config.crud import Column
from config.crud.keyset import keyset_listing
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from routing import configuration
from workstreams.actions.create_workstream import create_workstream
from workstreams.forms.new_workstream import NewWorkstreamForm
from workstreams.queries.workstream_list import SORT_KEYS, found_workstreams, with_counts
from workstreams.terms import Channel, DistributionMode, WorkstreamType, choices
from workstreams.views.answers import accepted, form_answer

PAGE_SIZE: Final = 50
COLUMNS: Final = (
    Column(label="Name", value="name", sort="name"),
    Column(label="Type", value="type", sort="type"),
    Column(label="Channel", value="channel", sort="channel"),
    Column(label="Mode", value="distribution_mode", sort="distribution_mode"),
    Column(label="Fallback queue", value="fallback_queue.name", sort="fallback_queue"),
    Column(
        label="Channel instances", value="instance_count", sort="instance_count", is_number=True
    ),
    Column(label="Waiting now", value="waiting_count", sort="waiting_count", is_number=True),
    Column(label="Changed", value="changed_at", sort="changed_at"),
)
FILTERS: Final = (
    ("type", "Type", "All types", choices(WorkstreamType)),
    ("channel", "Channel", "All channels", choices(Channel)),
    ("mode", "Mode", "Both modes", choices(DistributionMode)),
)


@require_GET
@reader_required
def workstream_list_page(request: AppRequest) -> HttpResponse:
    """Search, filters, sorting and place are in the address."""
    chosen = {name: request.GET.get(name, "") for name, *_ in FILTERS}
    shown = keyset_listing(
        found_workstreams(search=request.GET.get("q", "").strip(), **chosen),
        request.GET,
        columns=COLUMNS,
        keys=SORT_KEYS,
        default="name",
        page_size=PAGE_SIZE,
    )
    with_counts(shown.rows)
    context = {
        "title": "Workstreams",
        "listing": shown,
        "filters": [
            {"name": name, "label": label, "all": every, "options": options, "chosen": chosen[name]}
            for name, label, every, options in FILTERS
        ],
        "published": configuration.current().compiled.workstreams,
        "is_filtered": bool(shown.search or any(chosen.values())),
        "can_write": may_configure(request.user),
        "fragment_url": request.get_full_path(),
        "live_topics": ["floor"],
    }
    return page_or_fragment(
        request, "workstreams/workstream_list.html", "workstreams/_workstream_list.html", context
    )


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_create(request: AppRequest) -> HttpResponse:
    """Create a workstream, and go to its page, where its channel is set up."""
    form = NewWorkstreamForm(request.POST or None)
    workstream = accepted(
        form, lambda: create_workstream(**form.settings(), by=request.user, now=database_now())
    )
    if workstream:
        page = reverse("workstreams:workstream-detail", args=[workstream.pk])
        return go_to(request, page, text=f"Workstream “{workstream}” created.")
    return form_answer(request, form, title="Create a workstream", submit_label="Create workstream")
