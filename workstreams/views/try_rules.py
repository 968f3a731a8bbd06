"""Try it: what rules would do with something, published and edited ones beside each other."""

from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from agents.permissions import reader_required
from config.clock import database_now
from config.request import AppRequest
from config.row_ids import row_id
from routing.permissions import visible_items
from routing.queries.as_it_arrived import as_it_arrived
from routing.queries.try_rules import (
    TestRecord,
    Trial,
    has_draft,
    try_item,
    try_record,
)
from routing.queries.would_route import TestItem
from workstreams.forms.test_item import TestItemForm
from workstreams.forms.try_rules import ChooseForm, TestRecordForm
from workstreams.models import RecordType, WorkItem, Workstream

ITEMS_FOUND: Final = 20


@require_http_methods(["GET", "POST"])
@reader_required
def try_rules(request: AppRequest) -> HttpResponse:
    """The choice, then the form of what was chosen, then what rules would do."""
    chosen = _chosen(request)
    form, trial = chosen.pop("form", None), chosen.pop("trial", None)
    if trial is None and form is not None and form.is_bound and form.is_valid():
        trial = _tried(form, chosen)
    status = 422 if form is not None and form.is_bound and trial is None else 200
    context = {
        "title": "Try it",
        "choose": ChooseForm(initial=request.GET.dict()),
        "found": _found(request),
        "has_draft": has_draft(),
        "form": form,
        "trial": trial,
        **chosen,
    }
    return render(request, "workstreams/try/try.html", context, status=status)


def _chosen(request: AppRequest) -> dict[str, Any]:
    """What the address names, with its form or at once with the answer."""
    data = request.POST if request.method == "POST" else None
    if (id_ := request.GET.get("item")) and not request.GET.get("q"):
        item = get_object_or_404(_items(request), pk=row_id(id_))
        return {"item": item, "trial": try_item(as_it_arrived(item), now=database_now())}
    if id_ := request.GET.get("workstream"):
        rows = Workstream.objects.select_related("fallback_queue", "record_type", "bot")
        workstream = get_object_or_404(rows, pk=row_id(id_))
        return {"workstream": workstream, "form": TestItemForm(data, workstream=workstream)}
    if name := request.GET.get("record_type"):
        record_type = get_object_or_404(RecordType, name=name[:100].replace("\0", ""))
        return {"record_type": record_type, "form": TestRecordForm(data)}
    return {}


def _tried(form: Any, chosen: dict[str, Any]) -> Trial:
    if record_type := chosen.get("record_type"):
        test = TestRecord(record_type=record_type, **form.settings())
        return try_record(test, now=database_now())
    own = TestItem(workstream=chosen["workstream"], **form.settings())
    return try_item(own, now=database_now())


def _found(request: AppRequest) -> list[WorkItem] | None:
    """Past items with these words or this number; None where nothing was looked for."""
    words = request.GET.get("q", "").strip()[:200].replace("\0", "")
    if not words:
        return None
    items = _items(request).select_related("workstream").order_by("-pk")
    number = row_id(words.removeprefix("#"))
    if number is not None:
        return list(items.filter(pk=number))
    return list(items.filter(title__icontains=words)[:ITEMS_FOUND])


def _items(request: AppRequest) -> QuerySet[WorkItem, WorkItem]:
    return visible_items(request.user)
