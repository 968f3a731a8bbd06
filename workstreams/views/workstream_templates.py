"""Which templates a workstream's work opens with and is offered with."""

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
from workstreams.forms.chosen_templates import NotificationChoicesForm, SessionChoiceForm
from workstreams.models import Workstream
from workstreams.views.conflict import attempt_answer, attempt_to_save

AnyForm = type[SessionChoiceForm] | type[NotificationChoicesForm]


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_session(request: AppRequest, workstream_id: int) -> HttpResponse:
    """The default session template."""
    return _edited(request, workstream_id, SessionChoiceForm, "Sessions", "sessions")


@require_http_methods(["GET", "POST"])
@configurer_required
def workstream_notifications(request: AppRequest, workstream_id: int) -> HttpResponse:
    """A notification template for each occasion."""
    return _edited(
        request, workstream_id, NotificationChoicesForm, "Agent notifications", "notifications"
    )


def _edited(
    request: AppRequest, workstream_id: int, form_class: AnyForm, title: str, anchor: str
) -> HttpResponse:
    def form_of(data: Any, workstream: Workstream) -> Any:
        return form_class(data, workstream=workstream)

    def save(workstream: Workstream, form: Any) -> Workstream:
        return edit_workstream(
            workstream=workstream, by=request.user, now=database_now(), **form.settings()
        )

    attempt = attempt_to_save(
        request,
        load=lambda: get_object_or_404(Workstream, pk=workstream_id),
        form_of=form_of,
        save=save,
        noun="workstream",
    )
    page = reverse("workstreams:workstream-detail", args=[attempt.row.pk]) + f"#{anchor}"
    if attempt.saved:
        return go_to(request, page, text=f"{title} of “{attempt.saved}” saved.")
    return attempt_answer(request, attempt, title=title, list_url=page, area=attempt.row.name)
