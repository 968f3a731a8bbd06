"""When a queue overflows, and what happens then."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import configurer_required
from config.clock import database_now
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from config.row_ids import row_id
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_overflow import overflow_of
from workstreams.exceptions import SavedMeanwhile
from workstreams.forms.queue_overflow import OverflowForm
from workstreams.models import Queue
from workstreams.overflow import conditions_of

UNPROCESSABLE: Final = 422
MEANWHILE: Final = (
    "Somebody else saved this queue while you were editing. Your entries are kept here: save again"
    " to put them in place of what is there now."
)


@require_http_methods(["GET", "POST"])
@configurer_required
def queue_overflow(request: AppRequest, queue_id: int) -> HttpResponse:
    """All pairs of the queue in one form; a button asks for one row more or less."""
    queue = get_object_or_404(Queue.objects.select_related("operating_hours"), pk=queue_id)
    form = OverflowForm(queue, overflow_of(queue), request.POST or None)
    status = 200
    if request.method == "POST" and not _changed_rows(request, form):
        if _saved(request, queue, form):
            page = reverse("workstreams:queue-detail", args=[queue.pk])
            return go_to(request, page, text=f"Overflow of “{queue}” saved.")
        form.mark_errors()
        status = UNPROCESSABLE
    context: dict[str, Any] = {
        "title": f"Overflow of “{queue}”",
        "queue": queue,
        "form": form,
        "hours_apply": conditions_of(queue.type, before_queueing=True),
        "action": request.get_full_path(),
        "back_url": reverse("workstreams:queue-detail", args=[queue.pk]),
        "revision": queue.revision,
    }
    return page_or_fragment(
        request,
        "workstreams/queue_overflow.html",
        "workstreams/_queue_overflow_form.html",
        context,
        status=status,
    )


def _changed_rows(request: AppRequest, form: OverflowForm) -> bool:
    add, remove = request.POST.get("add_row", ""), request.POST.get("remove_row", "")
    if add or remove:
        form.change_rows(add=add, remove=remove)
    return bool(add or remove)


def _saved(request: AppRequest, queue: Queue, form: OverflowForm) -> bool:
    """Whether it is saved; if not, the form says why and keeps what was typed."""
    if not form.is_valid():
        return False
    revision = row_id(request.POST.get("revision", "")) or 0
    try:
        edit_queue(
            queue=queue,
            by=request.user,
            now=database_now(),
            revision=revision,
            overflow=form.pairs(),
        )
    except InvalidSettings as refusal:
        form.refuse(refusal.errors)
        return False
    except SavedMeanwhile:
        form.head_errors.append(MEANWHILE)
        return False
    return True
