"""Review the records of a model, and import some."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agents.permissions import administrator_required, is_administrator, supervisor_required
from config.clock import database_now
from config.crud.listing import without
from config.forms import explain_refusal
from config.pages import go_to, page_or_fragment, redirect_or_event
from config.refusal import Refusal
from config.request import AppRequest
from config.row_ids import row_id
from routing.actions.import_records import import_records
from routing.actions.review_records import approve_records, delete_records, edit_record
from routing.exceptions import InvalidFiles
from routing.forms.models import ImportRecordsForm, TrainingRecordForm
from routing.models import LearnedModel, TrainingRecord
from routing.queries.training_records import STATES, chosen_records, record_page

UNPROCESSABLE: Final = 422
NOTHING_CHOSEN: Final = "Select records first."


@require_safe
@supervisor_required
def training_record_list(request: AppRequest, model_id: int) -> HttpResponse:
    """Search, state and page are in the address."""
    model = get_object_or_404(LearnedModel, pk=model_id)
    search, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    page, lines = record_page(model, search=search, state=state, page=request.GET.get("page", ""))
    context = {
        "title": "Records",
        "model": model,
        "page": page,
        "lines": lines,
        "query": without(request.GET, "page"),
        "search": search,
        "state": state,
        "states": STATES,
        "can_write": is_administrator(request.user),
        "fragment_url": request.get_full_path(),
    }
    return page_or_fragment(
        request, "routing/models/record_list.html", "routing/models/_record_list.html", context
    )


@require_POST
@administrator_required
def training_record_review(request: AppRequest, model_id: int) -> HttpResponse:
    """Approve, take back or delete the selected records, or all that the search found."""
    model = get_object_or_404(LearnedModel, pk=model_id)
    search, state = request.POST.get("q", "").strip(), request.POST.get("state", "")
    records = chosen_records(model, search=search, state=state)
    if request.POST.get("which") != "all":
        ids = [row_id(each) for each in request.POST.getlist("selected")]
        records = records.filter(pk__in=[each for each in ids if each is not None])
    text = _review(request.POST.get("do", ""), model, records)
    back = reverse("routing:training-record-list", args=[model_id])
    query = request.POST.copy()
    for name in set(query) - {"q", "state", "page"}:
        query.pop(name)
    return go_to(request, f"{back}?{query.urlencode()}", text=text)


def _review(verb: str, model: LearnedModel, records: Any) -> str:
    if verb == "delete":
        return f"{delete_records(model=model, records=records)} records deleted."
    if verb == "withdraw":
        return f"{approve_records(records=records, is_approved=False)} records to review again."
    if verb == "approve":
        return f"{approve_records(records=records)} records approved."
    return NOTHING_CHOSEN


@require_http_methods(["GET", "POST"])
@administrator_required
def training_record_edit(
    request: AppRequest, model_id: int, training_record_id: int
) -> HttpResponse:
    """Put right what the model is to learn from one text."""
    record = get_object_or_404(
        TrainingRecord.objects.select_related("model"), pk=training_record_id, model=model_id
    )
    form = TrainingRecordForm(record, request.POST if request.method == "POST" else None)
    list_url = reverse("routing:training-record-list", args=[model_id])
    if request.method == "POST" and form.is_valid():
        try:
            edit_record(record=record, **form.cleaned_data)
        except Refusal as refusal:
            explain_refusal(form, refusal)
        else:
            return redirect_or_event(
                request, list_url, event="training-record-saved", text=f"“{record}” saved."
            )
    context = {
        "title": "Edit record",
        "record": record,
        "model": record.model,
        "form": form,
        "action": request.get_full_path(),
        "list_url": list_url,
        "submit_label": "Save",
    }
    return page_or_fragment(
        request,
        "routing/models/record_form.html",
        "routing/models/_record_form.html",
        context,
        status=UNPROCESSABLE if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@administrator_required
def training_record_import(request: AppRequest) -> HttpResponse:
    """Records and their skills from two files; the first names the models."""
    is_sent = request.method == "POST"
    form = ImportRecordsForm(request.POST, request.FILES) if is_sent else ImportRecordsForm()
    faults: list[str] = []
    if is_sent and form.is_valid():
        try:
            count = import_records(**form.cleaned_data, now=database_now())
        except InvalidFiles as refusal:
            faults = refusal.faults
        else:
            text = f"{count} records imported. Review and approve them."
            return go_to(request, reverse("routing:model-list"), text=text)
    context = {"title": "Import records", "form": form, "faults": faults}
    return page_or_fragment(
        request,
        "routing/models/import.html",
        "routing/models/_import.html",
        context,
        status=UNPROCESSABLE if form.errors or faults else 200,
    )
