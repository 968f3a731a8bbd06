"""After how long without activity conversations are closed: a table of the whole service."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.permissions import CONFIGURERS_ONLY, may_configure, reader_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from workstreams.actions.save_auto_close import save_auto_close
from workstreams.forms.auto_close import AutoCloseForm
from workstreams.models import ServiceConfiguration
from workstreams.queries.auto_close_times import auto_close_times
from workstreams.queries.service_configuration import service_configuration
from workstreams.views.conflict import attempt_to_save

TITLE: Final = "Auto-close times"
UNPROCESSABLE: Final = 422


@require_http_methods(["GET", "POST"])
@reader_required
def auto_close(request: AppRequest) -> HttpResponse:
    """Everybody who reads the configuration sees the table; configurers change it."""
    can_write = may_configure(request.user)
    if request.method == "POST" and not can_write:
        raise PermissionDenied(CONFIGURERS_ONLY)

    def form_of(data: Any, service: ServiceConfiguration) -> AutoCloseForm:
        return AutoCloseForm(data, service=service, times=auto_close_times())

    def save(service: ServiceConfiguration, form: AutoCloseForm) -> ServiceConfiguration:
        return save_auto_close(
            times=form.times(),
            revision=form.cleaned_data["revision"],
            by=request.user,
            now=database_now(),
        )

    attempt = attempt_to_save(
        request,
        load=service_configuration,
        form_of=form_of,
        save=save,
        noun="service configuration",
    )
    if attempt.saved:
        return go_to(request, reverse("workstreams:auto-close"), text="Auto-close times saved.")
    context = {
        "title": TITLE,
        "form": attempt.form,
        "conflict": attempt.conflict,
        "can_write": can_write,
        "submit_label": "Apply mine" if attempt.conflict else "Save",
    }
    status = UNPROCESSABLE if attempt.form.is_bound else 200
    return render(request, "workstreams/auto_close.html", context, status=status)
