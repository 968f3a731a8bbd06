"""Copying and deleting a queue, after the question."""

from typing import Any, Final

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import configurer_required
from config.clock import database_now
from config.pages import go_to, page_or_fragment, wants_fragment
from config.request import AppRequest
from workstreams.actions.check_queue import MAXIMUM_NAME
from workstreams.actions.copy_queue import copy_queue
from workstreams.actions.copy_workstream import free_copy_name
from workstreams.actions.delete_queue import delete_queue
from workstreams.exceptions import InUse
from workstreams.forms.queue_commands import CopyQueueForm, MoveWorkForm
from workstreams.models import Queue
from workstreams.queries.dependencies import queue_dependencies
from workstreams.terms import ItemState
from workstreams.views.answers import accepted, form_answer, in_words

COPIED: Final = "All settings and the overflow are copied. Work stays where it is."
BUILT_IN: Final = "It is built in: work of its type falls back to it by default"
UNPROCESSABLE: Final = 422
CONFLICT: Final = 409


@require_http_methods(["GET", "POST"])
@configurer_required
def queue_copy(request: AppRequest, queue_id: int) -> HttpResponse:
    """A copy under a name that can be changed beforehand, with the members or without."""
    queue = get_object_or_404(Queue, pk=queue_id)
    name = free_copy_name(queue, longest=MAXIMUM_NAME)
    form = CopyQueueForm(request.POST or None, initial={"name": name, "with_members": True})
    copy = accepted(
        form,
        lambda: copy_queue(queue=queue, **form.cleaned_data, by=request.user, now=database_now()),
    )
    if copy:
        page = reverse("workstreams:queue-detail", args=[copy.pk])
        return go_to(request, page, text=f"“{copy}” created.")
    title = f"Copy “{queue}”"
    return form_answer(
        request,
        form,
        title=title,
        text=COPIED,
        submit_label="Copy queue",
        list_url=reverse("workstreams:queue-list"),
        area="Queues",
    )


@require_http_methods(["GET", "POST"])
@configurer_required
def queue_delete(request: AppRequest, queue_id: int) -> HttpResponse:
    """What depends on it has to go first; unfinished work goes to a queue that is chosen here."""
    queue = get_object_or_404(Queue, pk=queue_id)
    dependencies, work = _dependencies(queue), _unfinished(queue)
    sent = request.POST if request.method == "POST" else None
    form = MoveWorkForm(sent, queue=queue) if work["all"] else None
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE if wants_fragment(request) else CONFLICT
        if not dependencies and _deleted(request, queue, form):
            return go_to(
                request, reverse("workstreams:queue-list"), text=f"Queue “{queue}” deleted."
            )
        # Something may have come up after the look above.
        dependencies, work = _dependencies(queue), _unfinished(queue)
        if form is not None and form.errors:
            status = UNPROCESSABLE
        elif form is None and work["all"]:
            form = MoveWorkForm(queue=queue)
    context: dict[str, Any] = {
        "title": f"Delete queue “{queue}”?",
        "queue": queue,
        "dependencies": dependencies,
        "work": work,
        "form": form,
        "action": request.get_full_path(),
        "list_url": reverse("workstreams:queue-list"),
    }
    return page_or_fragment(
        request,
        "workstreams/queue_delete.html",
        "workstreams/_queue_delete.html",
        context,
        status=status,
    )


def _deleted(request: AppRequest, queue: Queue, form: MoveWorkForm | None) -> bool:
    """Whether it is gone; what was chosen is asked for only while there is work."""
    if form is None:
        try:
            delete_queue(queue=queue, by=request.user, now=database_now())
        except InUse:
            return False
        return True

    def delete() -> bool:
        delete_queue(queue=queue, by=request.user, now=database_now(), **form.cleaned_data)
        return True

    return bool(accepted(form, delete))


def _dependencies(queue: Queue) -> list[dict[str, str]]:
    built_in = [{"label": BUILT_IN, "url": ""}] if queue.is_default else []
    return [*built_in, *(in_words(each) for each in queue_dependencies(queue, with_work=False))]


def _unfinished(queue: Queue) -> dict[str, int]:
    return queue.items.exclude(state=ItemState.CLOSED).aggregate(
        all=Count("pk"), waiting=Count("pk", filter=Q(state=ItemState.OPEN))
    )
