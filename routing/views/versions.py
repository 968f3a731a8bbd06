"""What was published, by whom, and what it changed."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from agents.permissions import may_configure, supervisor_required
from agents.queries.person_names import name_by
from config.request import AppRequest
from routing import configuration
from routing.configuration.documents.words import KIND_WORDS
from routing.forms.compare import CompareForm
from routing.models import ConfigurationChange, ConfigurationVersion

VERSIONS_PER_PAGE = 50
DIFFERENCES_PER_PAGE = 100


@require_GET
@supervisor_required
def version_list(request: AppRequest) -> HttpResponse:
    """All versions, the newest first, each with its first change in words; 4 queries."""
    versions = _named().annotate(change_count=Count("changes")).select_related("schedule")
    page = Paginator(versions.order_by("-number"), VERSIONS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    versions_shown = list(page)
    said = _first_changes(versions_shown)
    context = {
        "title": "Versions",
        "page": page,
        "rows": [{"version": each, "change": said.get(each.number, "")} for each in versions_shown],
        "has_notes": any(each.note for each in versions_shown),
    }
    return render(request, "routing/versions/version_list.html", context)


@require_GET
@supervisor_required
def version_compare(request: AppRequest) -> HttpResponse:
    """Any two versions; without numbers the newest and the one before it."""
    newest = ConfigurationVersion.objects.first()
    last = newest.number if newest else 0
    is_asked = "a" in request.GET or "b" in request.GET
    form = CompareForm(
        request.GET if is_asked else None, initial={"a": max(last - 1, 0), "b": last}
    )
    differences: list[configuration.Difference] = []
    if form.is_valid():
        differences = configuration.diff(form.cleaned_data["a"], form.cleaned_data["b"])
    context = {
        "title": "Compare versions",
        "form": form,
        "is_compared": form.is_bound and form.is_valid(),
        "page": Paginator(differences, DIFFERENCES_PER_PAGE).get_page(request.GET.get("page")),
        "query": urlencode({name: form.data.get(name, "") for name in ("a", "b")}),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "routing/versions/version_compare.html", context, status=status)


@require_GET
@supervisor_required
def version_detail(request: AppRequest, number: int) -> HttpResponse:
    """One version: what it changed compared with the one before it."""
    version = get_object_or_404(_named(), pk=number)
    differences = configuration.diff(number - 1, number)
    context = {
        "title": f"Version {number}",
        "version": version,
        "page": Paginator(differences, DIFFERENCES_PER_PAGE).get_page(request.GET.get("page")),
        "previous": number - 1,
        "can_roll_back": _exists(number + 1) and may_configure(request.user),
        "next": number + 1 if _exists(number + 1) else None,
    }
    return render(request, "routing/versions/version_detail.html", context)


def _named() -> "QuerySet[ConfigurationVersion, Any]":
    return ConfigurationVersion.objects.annotate(by_name=name_by("by"))


def _first_changes(versions: Sequence[ConfigurationVersion]) -> dict[int, str]:
    """One change of each version, such as `Queue “Support” added`; what is new comes first."""
    earlier = ConfigurationChange.objects.filter(
        kind=OuterRef("kind"), object_id=OuterRef("object_id"), version__lt=OuterRef("version")
    )
    found = (
        ConfigurationChange.objects.filter(version__in=versions)
        .annotate(is_known=Exists(earlier))
        .order_by("version_id", "is_known", "piece_id", "id")
        .distinct("version_id")
        .values_list("version_id", "kind", "name", "piece_id", "is_known")
    )
    return {
        number: f"{KIND_WORDS.get(kind, kind)} “{name}” {_verb(piece, is_known=is_known)}"
        for number, kind, name, piece, is_known in found
    }


def _verb(piece: str | None, *, is_known: bool) -> str:
    if piece is None:
        return "removed"
    return "changed" if is_known else "added"


def _exists(number: int) -> bool:
    return ConfigurationVersion.objects.filter(pk=number).exists()
