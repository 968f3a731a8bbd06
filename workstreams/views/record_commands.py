"""What is done to one record: routed, ended, taken up again, given to an agent."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agents.permissions import supervisor_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from routing import service
from workstreams.actions.end_record import end_record, reactivate_record
from workstreams.forms.record_work import WorkedByForm
from workstreams.models import Record
from workstreams.queries.customers import work_of
from workstreams.terms import RecordEnd, RecordRouting
from workstreams.views.answers import accepted, form_answer


@require_POST
@supervisor_required
def record_route(request: AppRequest, record_id: int) -> HttpResponse:
    """By its intake rules, once more; ``takes_back`` it from who has it."""
    done = service.route_record(
        record_id=record_id, by=request.user, takes_back="takes_back" in request.POST
    )
    is_routed = done.result == RecordRouting.ROUTED
    return go_to(
        request,
        _page(record_id),
        text=done.sentence,
        kind="success" if is_routed else "warning",
    )


@require_POST
@supervisor_required
def record_end(request: AppRequest, record_id: int) -> HttpResponse:
    """Resolved, cancelled or deactivated, by the button."""
    how = request.POST.get("how", "")
    how = how if how in list(RecordEnd) else RecordEnd.DEACTIVATED
    record = end_record(
        record_id=record_id, how=RecordEnd(how), by=request.user, now=database_now()
    )
    text = f"{record.record_type} “{record}” {record.get_closed_as_display().lower()}."
    return go_to(request, _page(record_id), text=text)


@require_POST
@supervisor_required
def record_reactivate(request: AppRequest, record_id: int) -> HttpResponse:
    """Active again, without a work item."""
    record = reactivate_record(record_id=record_id, by=request.user, now=database_now())
    return go_to(request, _page(record_id), text=f"“{record}” is active again. Route it next.")


@require_http_methods(["GET", "POST"])
@supervisor_required
def record_assign(request: AppRequest, record_id: int) -> HttpResponse:
    """Who works on it from now on."""
    record = get_object_or_404(Record, pk=record_id)
    item = work_of(record)
    form = WorkedByForm.of(
        request.POST if request.method == "POST" else None, item.agent if item else None
    )

    def assign() -> bool:
        agent = form.cleaned_data["agent"]
        service.assign_record(record_id=record_id, agent=agent, by=request.user)
        return True

    if accepted(form, assign):
        agent = form.cleaned_data["agent"]
        text = f"{agent} works on “{record}” now." if agent else f"“{record}” waits in its queue."
        return go_to(request, _page(record_id), text=text)
    return form_answer(
        request,
        form,
        title=f"Who works on “{record}”?",
        text="Capacity moves with it, past a limit too. Nobody is asked.",
        list_url=_page(record_id),
        area="Record",
    )


def _page(record_id: int) -> str:
    return reverse("workstreams:record-detail", args=[record_id])
