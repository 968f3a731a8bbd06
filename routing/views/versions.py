"""What was published, by whom, and what it changed."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agents.permissions import supervisor_required
from config.request import AppRequest
from routing import configuration
from routing.models import ConfigurationVersion

VERSIONS_PER_PAGE = 50
DIFFERENCES_PER_PAGE = 100


@require_GET
@supervisor_required
def version_list(request: AppRequest) -> HttpResponse:
    """All versions, the newest first; 3 queries."""
    versions = ConfigurationVersion.objects.annotate(change_count=Count("changes"))
    page = Paginator(versions.order_by("-number"), VERSIONS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"title": "Versions", "page": page}
    return render(request, "routing/versions/version_list.html", context)


@require_GET
@supervisor_required
def version_detail(request: AppRequest, number: int) -> HttpResponse:
    """One version: what it changed compared with the one before it."""
    version = get_object_or_404(ConfigurationVersion, pk=number)
    differences = configuration.diff(number - 1, number)
    context = {
        "title": f"Version {number}",
        "version": version,
        "page": Paginator(differences, DIFFERENCES_PER_PAGE).get_page(request.GET.get("page")),
        "previous": number - 1,
        "next": number + 1 if _exists(number + 1) else None,
    }
    return render(request, "routing/versions/version_detail.html", context)


def _exists(number: int) -> bool:
    return ConfigurationVersion.objects.filter(pk=number).exists()
