"""What administrators do with a workstream: rename, edit, choose its queue."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import configurer_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.actions.set_fallback_queue import set_fallback_queue
from workstreams.forms.fallback_queue import FallbackQueueForm
from workstreams.forms.work_distribution import WorkDistributionForm
from workstreams.forms.workstream_name import WorkstreamNameForm
from workstreams.models import Workstream
from workstreams.views.conflict import attempt_answer, attempt_to_save


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_rename(request: AppRequest, workstream_id: int) -> HttpResponse:
    """Another name."""

    def form_of(data: Any, workstream: Workstream) -> WorkstreamNameForm:
        initial = {"name": workstream.name, "revision": workstream.revision}
        return WorkstreamNameForm(data, initial=initial)

    return _edited(request, workstream_id, form_of, "Rename the workstream")


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_distribution(request: AppRequest, workstream_id: int) -> HttpResponse:
    """The settings behind *See more*."""

    def form_of(data: Any, workstream: Workstream) -> WorkDistributionForm:
        return WorkDistributionForm(data, workstream=workstream)

    return _edited(request, workstream_id, form_of, "Work distribution")


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_fallback_queue(request: AppRequest, workstream_id: int) -> HttpResponse:
    """An existing queue, or a new one."""

    def form_of(data: Any, workstream: Workstream) -> FallbackQueueForm:
        return FallbackQueueForm(data, workstream=workstream)

    def save(workstream: Workstream, form: FallbackQueueForm) -> Workstream:
        return set_fallback_queue(
            workstream=workstream, **form.settings(), by=request.user, now=database_now()
        )

    return _saved_or_shown(request, workstream_id, form_of, save, "Fallback queue")


def _edited(
    request: AppRequest, workstream_id: int, form_of: Callable[[Any, Workstream], Any], title: str
) -> HttpResponse:
    def save(workstream: Workstream, form: Any) -> Workstream:
        return edit_workstream(
            workstream=workstream, by=request.user, now=database_now(), **form.settings()
        )

    return _saved_or_shown(request, workstream_id, form_of, save, title)


def _saved_or_shown(
    request: AppRequest,
    workstream_id: int,
    form_of: Callable[[Any, Workstream], Any],
    save: Callable[[Workstream, Any], Workstream],
    title: str,
) -> HttpResponse:
    attempt = attempt_to_save(
        request,
        load=lambda: get_object_or_404(Workstream, pk=workstream_id),
        form_of=form_of,
        save=save,
        noun="workstream",
    )
    page = _page_of(attempt.row)
    if attempt.saved:
        return go_to(request, page, text=f"Workstream “{attempt.saved}” saved.")
    return attempt_answer(request, attempt, title=title, list_url=page, area=attempt.row.name)


def _page_of(workstream: Workstream) -> str:
    return reverse("workstreams:workstream-detail", args=[workstream.pk])
