"""Many records routed by one command, and what became of each."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agents.permissions import supervisor_required
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from config.row_ids import row_id
from routing import service
from routing.exceptions import NoRecords, TooManyRecords
from routing.models import RecordBatch
from routing.queries.record_batches import batch_progress, batch_rows
from routing.terms import BatchResult
from workstreams.models import Record
from workstreams.queries.customers import records

TITLE: Final = "Apply routing rule"
NONE_SELECTED: Final = "Select records first."
SHOWN: Final = 200
ROWS_A_PAGE: Final = 100
UNPROCESSABLE: Final = 422


@require_http_methods(["GET", "POST"])
@supervisor_required
def records_route(request: AppRequest) -> HttpResponse:
    """The records that are ticked in the list, or all that fit its filter; three queries."""
    if request.GET.get("which") == "some" and not request.GET.getlist("records"):
        back = reverse("workstreams:record-list")
        return go_to(request, back, text=NONE_SELECTED, kind="warning")
    fitting = _fitting(request.GET)
    error = ""
    if request.method == "POST":
        try:
            batch = service.route_records(records=_chosen(request, fitting), by=request.user)
        except (NoRecords, TooManyRecords) as refusal:
            error = str(refusal)
        else:
            page = reverse("workstreams:record-batch", args=[batch.pk])
            return go_to(request, page, text=f"{batch.total} records are being routed.")
    context = {
        "title": TITLE,
        "count": fitting.count(),
        "records": fitting[:SHOWN],
        "shown_most": SHOWN,
        "error": error,
        "is_selected": request.GET.get("which") == "some",
        "back_url": _list_url(request.GET),
    }
    status = UNPROCESSABLE if error else 200
    return render(request, "workstreams/customers/route_records.html", context, status=status)


@require_safe
@supervisor_required
def record_batch(request: AppRequest, batch_id: int) -> HttpResponse:
    """How far it is, and a page of results; five queries."""
    batch = get_object_or_404(RecordBatch.objects.select_related("by"), pk=batch_id)
    result = request.GET.get("result", "")
    page = Paginator(batch_rows(batch, result), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": f"{TITLE}: {batch}",
        "progress": batch_progress(batch),
        "page": page,
        "result": result,
        "results": [(each.value, RESULT_WORDS[each]) for each in BatchResult],
        "query": f"result={result}" if result in list(BatchResult) else "",
        "fragment_url": request.get_full_path(),
    }
    return page_or_fragment(
        request,
        "workstreams/customers/record_batch.html",
        "workstreams/customers/_record_batch.html",
        context,
    )


RESULT_WORDS: Final = {
    BatchResult.WAITING: "Still to do",
    BatchResult.ROUTED: "Routed",
    BatchResult.UNROUTED: "Unrouted",
    BatchResult.REFUSED: "Not done",
}


def _fitting(query: QueryDict) -> "QuerySet[Record]":
    """Active records of the list's filter, or those ticked there: others are not routed."""
    found = records(
        query.get("q", "").strip(), query.get("type", ""), is_unrouted="unrouted" in query
    )
    if query.get("which") == "some":
        found = found.filter(pk__in=_ids(query))
    return found.filter(is_active=True)


def _list_url(query: QueryDict) -> str:
    """The list with its filter."""
    given = query.copy()
    for name in set(given) - {"q", "type", "unrouted"}:
        given.pop(name)
    return f"{reverse('workstreams:record-list')}?{given.urlencode()}"


def _ids(sent: QueryDict) -> list[int]:
    return [pk for text in sent.getlist("records") if (pk := row_id(text)) is not None]


def _chosen(request: AppRequest, fitting: "QuerySet[Record]") -> Any:
    if request.POST.get("which") == "all":
        return fitting
    return Record.objects.filter(pk__in=_ids(request.POST), is_active=True).order_by("pk")
