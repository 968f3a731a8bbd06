"""Service configuration: the switches of the whole service."""

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
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.forms.service_configuration import ServiceConfigurationForm
from workstreams.models import ServiceConfiguration
from workstreams.queries.service_configuration import service_configuration
from workstreams.switches import REACHES, SEARCHES, SWITCHES, WORDS
from workstreams.terms import LABELS
from workstreams.views.conflict import attempt_to_save

TITLE: Final = "Service configuration"
UNPROCESSABLE: Final = 422


@require_http_methods(["GET", "POST"])
@reader_required
def service_configuration_page(request: AppRequest) -> HttpResponse:
    """Everybody who reads the configuration sees the switches; configurers change them."""
    can_write = may_configure(request.user)
    if request.method == "POST" and not can_write:
        raise PermissionDenied(CONFIGURERS_ONLY)

    def form_of(data: Any, service: ServiceConfiguration) -> ServiceConfigurationForm:
        return ServiceConfigurationForm(data, service=service)

    def save(service: ServiceConfiguration, form: ServiceConfigurationForm) -> ServiceConfiguration:
        return save_service_configuration(**form.settings(), by=request.user, now=database_now())

    attempt = attempt_to_save(
        request,
        load=service_configuration,
        form_of=form_of,
        save=save,
        noun="service configuration",
    )
    if attempt.saved:
        page = reverse("workstreams:service-configuration")
        return go_to(request, page, text="Service configuration saved.")
    context = {
        "title": TITLE,
        "form": attempt.form,
        "service": attempt.row,
        "switches": [(each.label, getattr(attempt.row, each.name)) for each in SWITCHES],
        "reaches": [
            (each.label, LABELS[each.terms(getattr(attempt.row, each.name))]) for each in REACHES
        ],
        "searches": [(each.label, getattr(attempt.row, each.name)) for each in SEARCHES],
        "words": [(each.label, getattr(attempt.row, each.name)) for each in WORDS],
        "conflict": attempt.conflict,
        "can_write": can_write,
        "submit_label": "Apply mine" if attempt.conflict else "Save",
    }
    status = UNPROCESSABLE if attempt.form.is_bound else 200
    return render(request, "workstreams/service_configuration.html", context, status=status)
