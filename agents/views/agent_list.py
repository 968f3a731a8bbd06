"""The list of agents: filters, and the way to change those that match."""

from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from agents.forms.agent_filter import AgentFilterForm
from agents.permissions import is_administrator, is_supervisor, supervisor_required
from agents.queries.agent_filter import matching
from agents.views.agents import AgentPages
from config.crud.listing import listing
from config.pages import page_or_fragment
from config.request import AppRequest

PAGE_SIZE: Final = 50


@require_GET
@supervisor_required
def agent_list(request: AppRequest) -> HttpResponse:
    """Seven statements for the rows, and one for each filter that offers rows."""
    pages, filters = AgentPages(), AgentFilterForm(request.GET)
    shown = listing(
        matching(pages.queryset(request), filters.wanted()),
        request.GET,
        columns=pages.columns,
        search_fields=(),
        page_size=PAGE_SIZE,
    )
    context = {
        "pages": pages,
        "title": pages.title,
        "filters": filters,
        "given": filters.given(),
        "listing": shown,
        "rows": [pages.row(found) for found in shown.page],
        "can_write": is_administrator(request.user),
        "can_staff": is_supervisor(request.user),
        "create_url": pages.url("create"),
        "fragment_url": request.get_full_path(),
    }
    return page_or_fragment(request, "agents/agent/list.html", "agents/agent/_list.html", context)
