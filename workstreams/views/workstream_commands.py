"""What administrators do with a workstream: rename, edit, copy, delete, choose its queue."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import configurer_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from routing.queries.last_published import last_published
from workstreams.actions.copy_workstream import copy_workstream, free_copy_name
from workstreams.actions.delete_workstream import delete_workstream
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.actions.set_fallback_queue import set_fallback_queue
from workstreams.forms.fallback_queue import FallbackQueueForm
from workstreams.forms.work_distribution import WorkDistributionForm
from workstreams.forms.workstream_name import CopyWorkstreamForm, WorkstreamNameForm
from workstreams.models import Workstream
from workstreams.queries.dependencies import workstream_dependencies
from workstreams.views.answers import accepted, delete_answer, form_answer
from workstreams.views.workstream_history import history_answer, kept_history

LEFT_OUT = (
    "Everything is copied with the rules, except the channel instances: addresses and numbers exist"
    " once, so the copy gets its own."
)
STOP_INTAKE: Final = (
    "To stop new work, switch its channel instances off, and take away the intake rules that lead"
    " to it."
)
MEANWHILE: Final = (
    "{} saved this workstream {} while you were editing. Your entries are kept here: save again to"
    " put them on top."
)


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_rename(request: AppRequest, workstream_id: int) -> HttpResponse:
    """Another name."""
    workstream = get_object_or_404(Workstream, pk=workstream_id)
    initial = {"name": workstream.name, "revision": workstream.revision}
    form = WorkstreamNameForm(request.POST or None, initial=initial)
    return _edited(request, workstream, form, lambda: form.cleaned_data, "Rename the workstream")


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_distribution(request: AppRequest, workstream_id: int) -> HttpResponse:
    """The settings behind *See more*."""
    workstream = get_object_or_404(Workstream, pk=workstream_id)
    form = WorkDistributionForm(request.POST or None, workstream=workstream)
    return _edited(request, workstream, form, form.settings, "Work distribution")


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_fallback_queue(request: AppRequest, workstream_id: int) -> HttpResponse:
    """An existing queue, or a new one."""
    workstream = get_object_or_404(Workstream, pk=workstream_id)
    form = FallbackQueueForm(request.POST or None, workstream=workstream)

    def save() -> Workstream:
        return set_fallback_queue(
            workstream=workstream, **form.settings(), by=request.user, now=database_now()
        )

    return _saved_or_shown(request, workstream, form, save, f"Fallback queue of “{workstream}”")


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_copy(request: AppRequest, workstream_id: int) -> HttpResponse:
    """A copy under a name that can be changed beforehand."""
    workstream = get_object_or_404(Workstream, pk=workstream_id)
    initial = {"name": free_copy_name(workstream)}
    form = CopyWorkstreamForm(request.POST or None, initial=initial)
    copy = accepted(
        form,
        lambda: copy_workstream(
            workstream=workstream, **form.cleaned_data, by=request.user, now=database_now()
        ),
    )
    if copy:
        text = f"“{copy}” created. Channel instances were not copied: set up its own."
        return go_to(request, _page_of(copy), text=text)
    title = f"Copy “{workstream}”"
    return form_answer(request, form, title=title, text=LEFT_OUT, submit_label="Copy workstream")


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_delete(request: AppRequest, workstream_id: int) -> HttpResponse:
    """Named dependencies have to go first; looked for again at the moment of deletion."""
    workstream = get_object_or_404(Workstream, pk=workstream_id)
    workstreams = reverse("workstreams:workstream-list")
    if kept := kept_history(workstream_dependencies(workstream)):
        return history_answer(
            request,
            noun="workstream",
            name=workstream.name,
            kept=kept,
            advice=STOP_INTAKE,
            back=workstreams,
        )
    return delete_answer(
        request,
        noun="workstream",
        name=workstream.name,
        text="Its rules and settings are deleted with it. This cannot be undone.",
        look=lambda: workstream_dependencies(workstream),
        delete=lambda: delete_workstream(
            workstream=workstream, by=request.user, now=database_now()
        ),
        back=workstreams,
        done=workstreams,
    )


def _edited(
    request: AppRequest,
    workstream: Workstream,
    form: forms.Form,
    settings: Callable[[], dict[str, Any]],
    title: str,
) -> HttpResponse:
    def save() -> Workstream:
        return edit_workstream(
            workstream=workstream, by=request.user, now=database_now(), **settings()
        )

    return _saved_or_shown(request, workstream, form, save, title)


def _saved_or_shown(
    request: AppRequest,
    workstream: Workstream,
    form: forms.Form,
    save: Callable[[], Workstream],
    title: str,
) -> HttpResponse:
    if form.is_bound:
        form.full_clean()
        if form.cleaned_data.get("revision") not in (None, workstream.revision):
            _keep_entries(request, form, workstream)
        saved = accepted(form, save)
        if saved is not None:
            return go_to(request, _page_of(saved), text=f"Workstream “{saved}” saved.")
    page = _page_of(workstream)
    return form_answer(request, form, title=title, list_url=page, area=workstream.name)


def _keep_entries(request: AppRequest, form: forms.Form, workstream: Workstream) -> None:
    """Say who saved meanwhile, and let the next save go on top of that."""
    change = last_published("workstream", workstream.pk)
    who, at = (change.by, f"at {change.at:%H:%M} UTC") if change else ("Somebody else", "meanwhile")
    form.add_error(None, MEANWHILE.format(who, at))
    entries = request.POST.copy()
    entries["revision"] = str(workstream.revision)
    form.data = entries


def _page_of(workstream: Workstream) -> str:
    return reverse("workstreams:workstream-detail", args=[workstream.pk])
